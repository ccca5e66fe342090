Feature: Path MTU discovery (RFC 5213, Section 6.9.5)
  A router on the path to a MAG that cannot pass a packet of the tunnel on lowers the MTU of the tunnel. A packet that does not fit is
  reported to its source, unless it is so small that every link carries it: then the LMA tunnels it in fragments (RFC 2473, Section 7.1).
  After such a report, an LMA may also use the least MTU of all, 1280 (RFC 1981, Section 3).
  A report takes 8 octets only, because an LMA remembers it for minutes, and every scenario lowers the same path. The path to MAG2 becomes
  smaller than the tunnel of a packet that every link carries, and stays so.

  @TC-LMA-MTU-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4c
  Scenario: The sender of a packet that does not fit into the tunnel is told, with what fits
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1
    Then CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-LMA-MTU-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4c
  Scenario: A packet that does not fit into the tunnel is not tunnelled, not even in fragments
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1
    Then the packet goes nowhere

  @TC-LMA-MTU-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k2 @rfc5213-6.9.5-k3
  Scenario: After Packet Too Big no packet in the tunnel is larger than the reported MTU
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 8
    Then no packet in the tunnel is larger than the path MTU
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-MTU-BV-03 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k8
  Scenario: The header of the tunnel counts
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1
    Then no packet in the tunnel is larger than the path MTU
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-MTU-BV-04 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k2
  Scenario: Every report counts, and for every mobile node behind the tunnel
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN2 with inner size = the tunnel MTU + 8
    Then no packet in the tunnel is larger than the path MTU
    And packets for MN2 arrive at MAG1 only

  @TC-LMA-MTU-BV-05 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4c
  Scenario: After Packet Too Big the sender of a packet that does not fit any more is told
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 8
    Then CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-LMA-MTU-BV-06 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k8
  Scenario: After Packet Too Big a packet that just fits is tunnelled
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU
    Then packets for MN1 arrive at MAG1 only, unless the tunnel has the least MTU

  @TC-LMA-MTU-BI-02 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k8
  Scenario: A report about a packet of another node and another path changes nothing
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8 and quoted source = CN1 and quoted destination = core router
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU
    Then packets for MN1 arrive at MAG1 only

  @TC-LMA-MTU-BI-03 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k2
  Scenario Outline: A report never raises the MTU: <MTU>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = <MTU>
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 4
    Then no packet in the tunnel is larger than the path MTU
    And packets for MN1 arrive at MAG1 only

    Examples:
      | id | MTU                |
      | a  | the path MTU + 4   |
      | b  | the path MTU + 500 |

  @TC-LMA-MTU-BV-07 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4c
  Scenario Outline: A packet that every link carries is tunnelled, whatever the path: <size>
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG2
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1296
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = <size>
    Then packets for MN1 arrive at MAG2 only

    Examples:
      | id | size |
      | a  | 1280 |
      | b  | 1257 |

  @TC-LMA-MTU-BV-09 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4c
  Scenario: No sender is told of less than every link carries
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG2
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1296
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = 1281
    Then CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-LMA-MTU-BV-08 @LMA @MUST @config:lma-baseline @rfc5213-6.9.5-k2
  Scenario: A packet that every link carries is tunnelled in fragments that the path carries
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG2
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1296
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = 1280
    Then no packet in the tunnel is larger than the path MTU
    And packets for MN1 arrive at MAG2 only
