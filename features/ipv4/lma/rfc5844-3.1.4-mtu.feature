Feature: IPv4 packets that do not fit into the tunnel (RFC 5844, Section 3.1.4; RFC 2473, Sections 7.2 and 8.3)
  A packet that must not be fragmented is reported to its source. Any other is tunnelled whole, in fragments of the tunnel packet.
  What goes wrong inside the tunnel is reported to the source in ICMPv4.

  @TC-LMA-V4MTU-BV-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k2a
  Scenario Outline: The source of an IPv4 packet with DF that does not fit is told what fits: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When CN1 sends an IPv4 packet to MN1 with inner size = the tunnel MTU + 1 and inner DF = 1
    Then CN1 receives the ICMPv4 error Fragmentation Needed of the tunnel MTU

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4MTU-BI-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k2a
  Scenario: An IPv4 packet with DF that does not fit is not tunnelled, not even in fragments
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When CN1 sends an IPv4 packet to MN1 with inner size = the tunnel MTU + 1 and inner DF = 1
    Then the packet goes nowhere

  @TC-LMA-V4MTU-BV-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k2b
  Scenario Outline: An IPv4 packet without DF that does not fit is tunnelled whole, in fragments: <size>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When CN1 sends an IPv4 packet to MN1 with inner size = <size>
    Then IPv4 packets for MN1 arrive at MAG1 only

    Examples:
      | id | size                |
      | a  | the tunnel MTU + 1  |
      | b  | the tunnel MTU + 40 |

  @TC-LMA-V4MTU-BV-06 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k2b
  Scenario: The fragments of an IPv4 packet without DF fit the path
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And IPv4 packets for MN1 arrive at MAG1 only
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends an IPv4 packet to MN1 with inner size = the tunnel MTU + 8
    Then no packet in the tunnel is larger than the path MTU

  @TC-LMA-V4MTU-BV-03 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k2a
  Scenario: An IPv4 packet with DF that just fits is tunnelled
    Given MN2 is an ipv6-only mobile node
    And MN2 is registered at MAG1
    And MN2 finds the MTU of the tunnel
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When CN1 sends an IPv4 packet to MN1 with inner size = the tunnel MTU and inner DF = 1
    Then IPv4 packets for MN1 arrive at MAG1 only

  @TC-LMA-V4MTU-BV-04 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k3b
  Scenario: After Packet Too Big the source of an IPv4 packet with DF that does not fit any more is told
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And IPv4 packets for MN1 arrive at MAG1 only
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends an IPv4 packet to MN1 with inner size = the tunnel MTU + 8 and inner DF = 1
    Then CN1 receives the ICMPv4 error Fragmentation Needed of the tunnel MTU

  @TC-LMA-V4MTU-BV-05 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.4-k3a
  Scenario Outline: What goes wrong in the tunnel is reported to the source of the IPv4 packet: <error>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When a core router reports <error> about the last tunnelled packet
    Then CN1 receives the ICMPv4 error Host Unreachable

    Examples:
      | id | error                   |
      | a  | Time Exceeded           |
      | b  | Destination Unreachable |
