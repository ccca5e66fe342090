Feature: Forwarding through an IPv4 tunnel (RFC 5844, Sections 4, 4.1.4.2, 4.1.4.3 and 4.2.2.2)
  Packets of both families pass between the access link and an IPv4 tunnel to the LMA. Such a tunnel has the rules for congestion marks of
  any other, and for its MTU and for errors those of a tunnel of IPv6 in IPv4 (RFC 4213).

  @TC-MAG-V4TUN-BV-01 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4-d1 @rfc5844-4.2.2-k8 @ipv4-draft-04-4-d1 @ipv4-draft-04-4.2.2-k11 @ipv4-draft-02-4.2.2-k18
  Scenario Outline: A registration over IPv4 opens the tunnel in both directions: <kind>, <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And <packets> for MN1 arrive at MN1

    Examples:
      | id | kind      | a            | packet         | packets      |
      | a  | dual      | a dual       | a packet       | packets      |
      | b  | dual      | a dual       | an IPv4 packet | IPv4 packets |
      | c  | ipv4-only | an ipv4-only | an IPv4 packet | IPv4 packets |
      | d  | ipv6-only | an ipv6-only | a packet       | packets      |

  @TC-MAG-V4TUN-BV-02 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: The tunnel of <packets> is one of IPv4, from the MAG's address to the LMA's: <field>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | <field> | <value> |

    @rfc5844-4.2.2-k9 @rfc5844-4.2.2-k12a @ipv4-draft-04-4.2.2-k15 @ipv4-draft-02-4.2.2-k18
    Examples:
      | id | packet         | packets      | field         | value |
      | a  | a packet       | packets      | encapsulation | IPv4  |
      | b  | an IPv4 packet | IPv4 packets | encapsulation | IPv4  |

    @rfc5844-4.2.2-d1 @rfc5844-4.2.2.2-d1 @ipv4-draft-04-4.2.2.2-d1
    Examples:
      | id | packet         | packets      | field             | value |
      | c  | a packet       | packets      | outer source      | MAG1  |
      | d  | an IPv4 packet | IPv4 packets | outer source      | MAG1  |
      | e  | a packet       | packets      | outer destination | LMA1  |
      | f  | an IPv4 packet | IPv4 packets | outer destination | LMA1  |

    @rfc5844-4.2.2.2-d1
    Examples:
      | id | packet         | packets      | field          | value   |
      | g  | a packet       | packets      | outer protocol | 41 IPv6 |
      | h  | an IPv4 packet | IPv4 packets | outer protocol | 4 IPv4  |

    @rfc5844-4.2.2.2-d1 @ipv4-draft-04-4.2.2.2-d1
    Examples:
      | id | packet         | packets      | field           | value     |
      | i  | a packet       | packets      | inner content   | unchanged |
      | j  | an IPv4 packet | IPv4 packets | inner content   | unchanged |
      | k  | a packet       | packets      | inner Hop Limit | one less  |
      | l  | an IPv4 packet | IPv4 packets | inner Hop Limit | one less  |

  @TC-MAG-V4TUN-BV-03 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2.2-k1 @ipv4-draft-04-4.2.2.2-k1 @ipv4-draft-02-4.2.2-k18
  Scenario Outline: What goes to a mobile node on another link goes to the LMA, too: <packets>
    Given MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And <packets> from MN1 reach CN1
    When MN1 sends <packet> to MN2
    Then <packets> from MN1 to MN2 go through the tunnel to LMA1 only

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4TUN-BV-04 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2.2-k1 @ipv4-draft-04-4.2.2.2-k1 @ipv4-draft-02-4.2.2-k18
  Scenario Outline: What goes to a mobile node with another LMA goes to the sender's LMA: <packets>
    Given MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is an other-anchor mobile node
    And MN2 is attached at link 2 and registered with LMA2
    And <packets> from MN1 reach CN1
    When MN1 sends <packet> to MN2
    Then <packets> from MN1 to MN2 go through the tunnel to LMA1 only

    Examples:
      | id | packet   | packets |
      | a  | a packet | packets |

  @TC-MAG-V4TUN-BV-05 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2.2-d1 @ipv4-draft-04-4.2.2.2-d1 @ipv4-draft-02-4.2.2-k18
  Scenario Outline: Packets of mobile nodes with different LMAs go through the tunnel to the own LMA: <sender>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets for <sender> arrive at <sender>
    When <sender> sends a packet to CN1
    Then packets from <sender> reach CN1
    And the forwarded packet carries:
      | encapsulation     | IPv4  |
      | outer destination | <LMA> |

    Examples:
      | id | sender | LMA  |
      | a  | MN1    | LMA2 |
      | b  | MN2    | LMA1 |

  @TC-MAG-V4TUN-BV-06 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2.2-k3 @ipv4-draft-04-4.2.2.2-k3
  Scenario Outline: What comes out of the tunnel is delivered without its headers: <packets>, <tunnel>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <edit>
    And <packets> for MN1 arrive at MN1
    When <packet> for MN1 arrives through LMA1's tunnel
    Then <packets> for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner Hop Limit | one less  |
      | inner content   | unchanged |

    Examples:
      | id | packet         | packets      | tunnel | edit                               |
      | a  | a packet       | packets      | plain  | Lifetime = 400 s                   |
      | b  | an IPv4 packet | IPv4 packets | plain  | Lifetime = 400 s                   |
      | c  | a packet       | packets      | UDP    | NAT Detection = F 1, refresh 600 s |
      | d  | an IPv4 packet | IPv4 packets | UDP    | NAT Detection = F 1, refresh 600 s |

  @TC-MAG-V4TUN-BV-07 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k8 @rfc5844-4.2.2-k4 @ipv4-draft-04-4.2.2-k11 @ipv4-draft-04-4.2.2-k7 @ipv4-draft-02-4.2.2-k18
  Scenario: Packets pass while a session is extended over IPv4 again and again
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 accepts registrations with Lifetime = 40 s
    When 100 s passes
    Then the MAG sends a registration for MN1 within 40 s
    And IPv4 packets from MN1 reach CN1
    And packets from MN1 reach CN1
    And IPv4 packets for MN1 arrive at MN1
    And packets for MN1 arrive at MN1

  @TC-MAG-V4TUN-BV-08 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k8 @ipv4-draft-04-4.2.2-k11 @ipv4-draft-02-4.2.2-k18
  Scenario Outline: Two mobile nodes share a tunnel, and each has its packets: <MN>, <packets>
    Given MN2 is an ipv4-only mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv6-only mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN3 is a dual mobile node
    And MN3 is attached at link 3 and registered with LMA1
    When <MN> sends <packet> to CN1
    Then <packets> from <MN> reach CN1
    And <packets> for <MN> arrive at <MN>

    Examples:
      | id | MN  | packet         | packets      |
      | a  | MN1 | a packet       | packets      |
      | b  | MN2 | an IPv4 packet | IPv4 packets |
      | c  | MN3 | a packet       | packets      |
      | d  | MN3 | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4TUN-BV-09 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.1.4.3-d1a @ipv4-draft-04-4.1.4.3-d1 @ipv4-draft-02-4.4-d1
  Scenario Outline: A binding that expires does not take the shared IPv4 tunnel away: <packets>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And <packets> for MN2 arrive at MN2
    And LMA1 ignores registrations
    When 44 s passes
    Then <packets> for MN2 arrive at MN2
    And <packets> from MN2 reach CN1

    Examples:
      | id | packets      |
      | a  | packets      |
      | b  | IPv4 packets |

  @TC-MAG-V4TUN-BV-10 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.1.4.3-d1a @ipv4-draft-04-4.1.4.3-d1 @ipv4-draft-02-4.4-d1
  Scenario Outline: A mobile node that leaves does not take the shared IPv4 tunnel away: <packets>, <tunnel>
    Given MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <edit>
    And MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with <edit>
    And <packets> for MN2 arrive at MN2
    When MN1 detaches
    And just over INITIAL_BINDACK_TIMEOUT passes
    Then <packets> for MN2 arrive at MN2
    And <packets> from MN2 reach CN1

    Examples:
      | id | packets      | tunnel | edit                               |
      | a  | packets      | plain  | Lifetime = 400 s                   |
      | b  | IPv4 packets | plain  | Lifetime = 400 s                   |
      | c  | packets      | UDP    | NAT Detection = F 1, refresh 600 s |
      | d  | IPv4 packets | UDP    | NAT Detection = F 1, refresh 600 s |

  @TC-MAG-V4TUN-BV-11 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: At the entrance of an IPv4 tunnel the congestion field shows: <inner>, <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends <packet> to CN1 with inner ECN = <inner>
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | outer ECN | <outer> |
      | inner ECN | <inner> |

    @rfc5844-4.1.4.2-k1a @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | packet         | packets      | inner   | outer   |
      | a  | a packet       | packets      | Not-ECT | Not-ECT |
      | b  | an IPv4 packet | IPv4 packets | Not-ECT | Not-ECT |

    @rfc5844-4.1.4.2-k1b @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | packet         | packets      | inner | outer                     |
      | c  | a packet       | packets      | CE    | ECT(0), or CE by RFC 6040 |
      | d  | an IPv4 packet | IPv4 packets | CE    | ECT(0), or CE by RFC 6040 |

    @rfc5844-4.1.4.2-k1c @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | packet         | packets      | inner  | outer  |
      | e  | a packet       | packets      | ECT(0) | ECT(0) |
      | f  | a packet       | packets      | ECT(1) | ECT(1) |
      | g  | an IPv4 packet | IPv4 packets | ECT(0) | ECT(0) |
      | h  | an IPv4 packet | IPv4 packets | ECT(1) | ECT(1) |

  @TC-MAG-V4TUN-BV-12 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: In an IPv4 tunnel with UDP the congestion field shows as in one without: <inner>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    When MN1 sends a packet to CN1 with inner ECN = <inner>
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer ECN | <outer> |
      | inner ECN | <inner> |

    @rfc5844-4.1.4.2-k1b @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | inner | outer                     |
      | a  | CE    | ECT(0), or CE by RFC 6040 |

    @rfc5844-4.1.4.2-k1c @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | inner  | outer  |
      | b  | ECT(0) | ECT(0) |
      | c  | ECT(1) | ECT(1) |

  @TC-MAG-V4TUN-BV-13 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: At the exit of an IPv4 tunnel congestion is passed on, nothing else: outer <outer>, inner <inner>, <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When <packet> for MN1 arrives through LMA1's tunnel with outer ECN = <outer> and inner ECN = <inner>
    Then <packets> for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner ECN | <result> |

    @rfc5844-4.1.4.2-k1d @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | packet         | packets      | outer | inner  | result |
      | a  | a packet       | packets      | CE    | ECT(0) | CE     |
      | b  | a packet       | packets      | CE    | ECT(1) | CE     |
      | c  | an IPv4 packet | IPv4 packets | CE    | ECT(0) | CE     |
      | d  | an IPv4 packet | IPv4 packets | CE    | ECT(1) | CE     |

    @rfc5844-4.1.4.2-k1e @ipv4-draft-04-4.1.4.2-k1
    Examples:
      | id | packet         | packets      | outer   | inner   | result  |
      | e  | a packet       | packets      | ECT(0)  | ECT(1)  | ECT(1)  |
      | f  | a packet       | packets      | Not-ECT | ECT(0)  | ECT(0)  |
      | g  | a packet       | packets      | ECT(1)  | Not-ECT | Not-ECT |
      | h  | a packet       | packets      | Not-ECT | CE      | CE      |
      | i  | an IPv4 packet | IPv4 packets | ECT(0)  | ECT(1)  | ECT(1)  |
      | j  | an IPv4 packet | IPv4 packets | Not-ECT | ECT(0)  | ECT(0)  |
      | k  | an IPv4 packet | IPv4 packets | ECT(1)  | Not-ECT | Not-ECT |
      | l  | an IPv4 packet | IPv4 packets | Not-ECT | CE      | CE      |

  @TC-MAG-V4TUN-BV-14 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.1.4.2-k1d @ipv4-draft-04-4.1.4.2-k1
  Scenario Outline: At the exit of an IPv4 tunnel with UDP congestion is passed on: inner <inner>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    When a packet for MN1 arrives through LMA1's tunnel with outer ECN = CE and inner ECN = <inner>
    Then packets for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner ECN | CE |

    Examples:
      | id | inner  |
      | a  | ECT(0) |
      | b  | ECT(1) |

  @TC-MAG-V4TUN-BI-01 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.1.4.2-k2a
  Scenario Outline: The sender of an IPv6 packet that does not fit into the IPv4 tunnel is told its MTU: <tunnel>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <edit>
    And MN1 finds the MTU of the tunnel
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 1
    Then MN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

    Examples:
      | id | tunnel | edit                               |
      | a  | plain  | Lifetime = 400 s                   |
      | b  | UDP    | NAT Detection = F 1, refresh 600 s |

  @TC-MAG-V4TUN-BV-15 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.1.4.2-k2b
  Scenario Outline: An IPv6 packet that every link carries fits into the IPv4 tunnel: <size>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a packet to CN1 with inner size = <size>
    Then packets from MN1 reach CN1

    Examples:
      | id | size |
      | a  | 1280 |
      | b  | 1279 |

  @TC-MAG-V4TUN-BV-16 @MAG @MUST @config:mag-ipv4-transport @ics:dynamic-ipv4-tunnel-mtu @rfc5844-4.1.4.2-k3
  Scenario: After Fragmentation Needed in the tunnel the sender of an IPv6 packet is told the smaller MTU
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 8
    Then MN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-MAG-V4TUN-BV-17 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.1.4.2-k3
  Scenario Outline: After another error in the tunnel the sender of an IPv6 packet hears of Destination Unreachable or of nothing: <error>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When a core router reports <error> about the last tunnelled packet
    Then no ICMPv6 error is sent but Destination Unreachable to the source of the packet that it quotes

    Examples:
      | id | error                   |
      | a  | Time Exceeded           |
      | b  | Destination Unreachable |

  @TC-MAG-V4TUN-BV-18 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.1.4.2-k3
  Scenario Outline: An error in the tunnel does not end the service of a mobile node: <error>, <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And <packets> from MN1 reach CN1
    When a core router reports <error> about the last tunnelled packet
    Then <packets> from MN1 reach CN1
    And <packets> for MN1 arrive at MN1

    Examples:
      | id | error                   | packets      |
      | a  | Time Exceeded           | packets      |
      | b  | Destination Unreachable | packets      |
      | c  | Time Exceeded           | IPv4 packets |
      | d  | Destination Unreachable | IPv4 packets |

  # The scenarios below bring the path to less than IPv6 demands, which a MAG remembers for minutes. Therefore they use another LMA than
  # those above.

  @TC-MAG-V4TUN-BV-19 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.1.4.2-k2b
  Scenario Outline: On a path that takes less than 1280 octets the tunnelled packet may be fragmented: <MTU>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets from MN1 reach CN1
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = <MTU>
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = 1280
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer DF | 0 |

    Examples:
      | id | MTU  |
      | a  | 1299 |
      | b  | 1000 |
      | c  | 576  |

  @TC-MAG-V4TUN-BI-02 @MAG @MUST @config:mag-ipv4-transport @ics:dynamic-ipv4-tunnel-mtu @rfc5844-4.1.4.2-k2a
  Scenario: On a path that takes less than 1280 octets the sender of an IPv6 packet is told of 1280
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets from MN1 reach CN1
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1000
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = 1281
    Then MN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-MAG-V4TUN-BV-20 @MAG @SHOULD @config:mag-ipv4-transport @rfc5844-3.4.3-k6
  Scenario Outline: The MTU that a DHCP client is offered is that of the IPv4 tunnel: <tunnel>
    Given MN2 is attached at link 2 and registered with LMA1 with <edit>
    And MN2 finds the MTU of the tunnel
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <edit>
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Interface MTU | that of the tunnel |

    Examples:
      | id | tunnel | edit                               |
      | a  | plain  | Lifetime = 400 s                   |
      | b  | UDP    | NAT Detection = F 1, refresh 600 s |
