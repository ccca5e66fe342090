Feature: Forwarding of IPv4 packets by a MAG (RFC 5844, Sections 3.1.4 and 3.2.4)
  IPv4 packets of a registered mobile node pass between its access link and the tunnel to its LMA, and no others. The tunnel is one of
  IPv6, whose rules for congestion marks, for its MTU and for errors hold for IPv4 packets, too.

  @TC-MAG-V4FWD-BV-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.4-k1 @ipv4-draft-04-3.2.4-k1
  Scenario: An IPv4 packet out of the tunnel is delivered without its header
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When an IPv4 packet for MN1 arrives through LMA1's tunnel
    Then IPv4 packets for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner Hop Limit | one less  |
      | inner content   | unchanged |

  @TC-MAG-V4FWD-BV-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.4-k2 @ipv4-draft-04-3.2.4-k3
  Scenario: An IPv4 packet of the mobile node goes through the tunnel to its LMA
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 reach CN1

  @TC-MAG-V4FWD-BV-03 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.4-k4 @ipv4-draft-04-3.2.4-k4 @ipv4-draft-02-3.2.2-d1
  Scenario: The tunnel leaves the IPv4 packet as it was
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer source      | MAG1      |
      | outer destination | LMA1      |
      | inner Hop Limit   | one less  |
      | inner content     | unchanged |

  @TC-MAG-V4FWD-BV-04 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.4-k2 @ipv4-draft-04-3.2.4-k3
  Scenario: An IPv4 packet to a mobile node on another link goes to the LMA, too
    Given MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN1 reach CN1
    When MN1 sends an IPv4 packet to MN2
    Then IPv4 packets from MN1 to MN2 go through the tunnel to LMA1 only

  @TC-MAG-V4FWD-BV-05 @MAG @MUST @config:mag-ipv4-variables @ics:local-routing @rfc5844-3.2.4-k3 @ipv4-draft-04-3.2.4-k2
  Scenario: With EnableMAGLocalRouting, IPv4 packets between mobile nodes go directly
    Given MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN1 reach CN1
    When MN1 sends an IPv4 packet to MN2
    Then IPv4 packets for MN2 arrive at MN2

  @TC-MAG-V4FWD-BI-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.4-k5a
  Scenario Outline: An IPv4 packet with another source than the mobile node's address is not forwarded: <source>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with IPv4 answer = 198.18.7.9/16
    And IPv4 packets from MN2 reach CN1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.8/16
    And IPv4 packets from MN1 reach CN1
    When MN1 sends an IPv4 packet to CN1 with inner source = <source>
    Then the packet goes nowhere

    Examples:
      | id | source       |
      | a  | unassigned   |
      | b  | 198.18.7.9   |
      | c  | 203.0.113.99 |
      | d  | 198.18.0.1   |

  @TC-MAG-V4FWD-BO-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.4-k5b @rfc5844-3.4.3-k1a
  Scenario: Before the acknowledgement nothing of a mobile node is forwarded
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And IPv4 packets from MN1 reach CN1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere

  @TC-MAG-V4FWD-BV-06 @MAG @MUST @config:mag-ipv4-server
  Scenario Outline: At the tunnel entrance the congestion field of an IPv4 packet shows: <inner>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends an IPv4 packet to CN1 with inner ECN = <inner>
    Then IPv4 packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer ECN | <outer> |
      | inner ECN | <inner> |

    @rfc5844-3.1.4-k1a
    Examples:
      | id | inner   | outer   |
      | a  | Not-ECT | Not-ECT |

    @rfc5844-3.1.4-k1b
    Examples:
      | id | inner | outer                     |
      | b  | CE    | ECT(0), or CE by RFC 6040 |

    @rfc5844-3.1.4-k1c
    Examples:
      | id | inner  | outer  |
      | c  | ECT(0) | ECT(0) |
      | d  | ECT(1) | ECT(1) |

  @TC-MAG-V4FWD-BV-07 @MAG @MUST @config:mag-ipv4-server
  Scenario Outline: At the tunnel exit congestion is passed on to an IPv4 packet, nothing else: outer <outer>, inner <inner>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When an IPv4 packet for MN1 arrives through LMA1's tunnel with outer ECN = <outer> and inner ECN = <inner>
    Then IPv4 packets for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner ECN | <result> |

    @rfc5844-3.1.4-k1d
    Examples:
      | id | outer | inner  | result |
      | a  | CE    | ECT(0) | CE     |
      | b  | CE    | ECT(1) | CE     |

    @rfc5844-3.1.4-k1e
    Examples:
      | id | outer   | inner   | result  |
      | c  | ECT(0)  | ECT(1)  | ECT(1)  |
      | d  | Not-ECT | ECT(0)  | ECT(0)  |
      | e  | ECT(1)  | Not-ECT | Not-ECT |
      | f  | Not-ECT | CE      | CE      |

  @TC-MAG-V4FWD-BI-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.1.4-k2a
  Scenario: The sender of an IPv4 packet that must not be fragmented and does not fit is told the MTU of the tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    When MN1 sends an IPv4 packet to CN1 with inner size = the tunnel MTU + 1 and inner DF = 1
    Then MN1 receives the ICMPv4 error Fragmentation Needed of the tunnel MTU

  @TC-MAG-V4FWD-BV-08 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.1.4-k2b
  Scenario: An IPv4 packet that may be fragmented and does not fit goes in fragments of the tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    When MN1 sends an IPv4 packet to CN1 with inner size = the tunnel MTU + 1
    Then IPv4 packets from MN1 reach CN1
    And the forwarded packet carries:
      | inner content | unchanged |

  @TC-MAG-V4FWD-BV-09 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.1.4-k3a
  Scenario Outline: An error from inside the tunnel reaches the sender of the IPv4 packet: <error>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And IPv4 packets from MN1 reach CN1
    When a core router reports <error> about the last tunnelled packet
    Then MN1 receives the ICMPv4 error Host Unreachable

    Examples:
      | id | error                   |
      | a  | Time Exceeded           |
      | b  | Destination Unreachable |

  @TC-MAG-V4FWD-BV-10 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.1.4-k3b
  Scenario: After Packet Too Big in the tunnel the sender of an IPv4 packet is told the smaller MTU
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends an IPv4 packet to CN1 with inner size = the tunnel MTU + 8 and inner DF = 1
    Then MN1 receives the ICMPv4 error Fragmentation Needed of the tunnel MTU
