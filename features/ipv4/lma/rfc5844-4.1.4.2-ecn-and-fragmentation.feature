Feature: Congestion marks, sizes and errors of IPv4 tunnels (RFC 5844, Section 4.1.4.2; RFC 4213, Sections 3.2 and 3.4)
  Congestion marks are treated as in a tunnel of IPv6. The MTU of the tunnel is fixed, or follows the path. An IPv6 packet that every link
  carries goes through the tunnel in any case; one that does not fit is reported to its source.
  A report takes 8 octets only, because an LMA remembers it for minutes, and every scenario lowers the same path. The path to MAG2 becomes
  smaller than the tunnel of a packet that every link carries, and stays so.

  @TC-LMA-V4TUN-BV-20 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: At the entrance of an IPv4 tunnel the congestion field is copied: <inner> of <packet>
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When CN1 sends <packet> to MN1 with inner ECN = <inner>
    Then <packets> for MN1 arrive at MAG1 only
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

  @TC-LMA-V4TUN-BV-21 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: At the exit of an IPv4 tunnel congestion is passed on, nothing else: outer <outer>, inner <inner> of <packet>
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends <packet> to CN1 through MAG1 with outer ECN = <outer> and inner ECN = <inner>
    Then <packets> from MN1 through MAG1 reach CN1
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

  @TC-LMA-V4TUN-BV-22 @LMA @MUST @config:lma-ipv4-transport-udp
  Scenario Outline: The congestion field is copied into a tunnel of UDP, and a mark passed on from it: <inner>
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 1
    When CN1 sends a packet to MN1 with inner ECN = <inner>
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer ECN | <outer> |
      | inner ECN | <inner> |

    @rfc5844-4.1.4.2-k1a
    Examples:
      | id | inner   | outer   |
      | a  | Not-ECT | Not-ECT |

    @rfc5844-4.1.4.2-k1b
    Examples:
      | id | inner | outer                     |
      | b  | CE    | ECT(0), or CE by RFC 6040 |

    @rfc5844-4.1.4.2-k1c
    Examples:
      | id | inner  | outer  |
      | c  | ECT(0) | ECT(0) |
      | d  | ECT(1) | ECT(1) |

  @TC-LMA-V4TUN-BV-23 @LMA @MUST @config:lma-ipv4-transport-udp
  Scenario Outline: A mark of congestion leaves a tunnel of UDP with the packet: outer <outer>, inner <inner>
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 1
    When MN1 sends a packet to CN1 through MAG1 with outer ECN = <outer> and inner ECN = <inner>
    Then packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner ECN | <result> |

    @rfc5844-4.1.4.2-k1d
    Examples:
      | id | outer | inner  | result |
      | a  | CE    | ECT(0) | CE     |

    @rfc5844-4.1.4.2-k1e
    Examples:
      | id | outer  | inner   | result  |
      | b  | ECT(1) | Not-ECT | Not-ECT |

  @TC-LMA-V4TUN-BV-24 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.4.2-k2a
  Scenario Outline: The source of an IPv6 packet that does not fit into the IPv4 tunnel is told what fits: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 1
    Then CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv6-only |

  @TC-LMA-V4TUN-BV-27 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.4.2-k2b
  Scenario Outline: An IPv6 packet that every link carries goes through the IPv4 tunnel, whatever the path: <size>
    Given MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG2
    And packets for MN1 arrive at MAG2 only
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1296
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = <size>
    Then packets for MN1 arrive at MAG2 only
    And the forwarded packet carries:
      | outer DF | 0 |

    Examples:
      | id | size |
      | a  | 1280 |
      | b  | 1277 |

  @TC-LMA-V4TUN-BV-28 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.4.2-k2b
  Scenario: An IPv6 packet of 1280 octets goes through the IPv4 tunnel
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When CN1 sends a packet to MN1 with inner size = 1280
    Then packets for MN1 arrive at MAG1 only

  @TC-LMA-V4TUN-BV-29 @LMA @MUST @config:lma-ipv4-transport @ics:dynamic-ipv4-tunnel-mtu @rfc5844-4.1.4.2-k2a
  Scenario: No source is told of less than every link carries
    Given MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG2
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1296
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = 1281
    Then CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-LMA-V4TUN-BV-30 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.4.2-k3
  Scenario Outline: An error about a packet of the IPv4 tunnel does no harm: <error>
    # RFC 4213, Section 3.4: the LMA may report it, if at all, to the source of the inner packet, and as Destination Unreachable.
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When a core router reports <error> about the last tunnelled packet
    Then no ICMPv6 error is sent but Destination Unreachable to the source of the packet that it quotes
    And packets for MN1 arrive at MAG1 only
    And IPv4 packets for MN1 arrive at MAG1 only

    Examples:
      | id | error                   |
      | a  | Time Exceeded           |
      | b  | Destination Unreachable |

  @TC-LMA-V4TUN-BV-31 @LMA @MUST @config:lma-ipv4-transport @ics:dynamic-ipv4-tunnel-mtu @rfc5844-4.1.4.2-k3
  Scenario: An MTU that follows the path becomes smaller with it
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = the tunnel MTU + 8
    Then CN1 receives the ICMPv6 error Packet Too Big of the tunnel MTU

  @TC-LMA-V4TUN-BV-32 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.4.2-k3
  Scenario: After a report of a smaller path what fits still arrives
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 1 s passes
    When CN1 sends a packet to MN1 with inner size = 1280
    Then packets for MN1 arrive at MAG1 only
    And IPv4 packets for MN1 arrive at MAG1 only
