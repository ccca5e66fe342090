Feature: Forwarding through IPv4 tunnels (RFC 5844, Sections 4.1.3.1 and 4.1.4.1)
  IPv4 and IPv6 packets of a mobile node pass in one IPv4 tunnel between LMA and MAG, with a UDP header only where it was agreed.

  @TC-LMA-V4TUN-BV-09 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4-d1 @rfc5844-4.1.3.1-k3
  @ipv4-draft-04-4-d1 @ipv4-draft-04-4.1.3.1-k5
  @ipv4-draft-02-4.3.2-k1
  Scenario Outline: Packets of a mobile node pass in both directions through an IPv4 tunnel: <kind>, <packets>
    Given MN2 is registered at MAG2
    And MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | kind      | packets      |
      | a  | dual      | packets      |
      | b  | dual      | IPv4 packets |
      | c  | ipv4-only | IPv4 packets |
      | d  | ipv6-only | packets      |

  @TC-LMA-V4TUN-BV-10 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.1-k2 @rfc5844-4.1.3.1-d1 @rfc5844-4.1.3.1-k7 @rfc5844-4.1.4.1-d1
  @ipv4-draft-04-4.1.3.1-d1 @ipv4-draft-04-4.1.3.1-k8 @ipv4-draft-04-4.1.4.1-d1 @ipv4-draft-04-4.2.2-k12
  @ipv4-draft-02-4.3.2-d1
  Scenario Outline: A packet for the mobile node is in plain IPv4, and otherwise as it was: <kind>, <packets>
    Given MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When CN1 sends <packet> to MN1
    Then <packets> for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation     | IPv4       |
      | outer source      | LMA1       |
      | outer destination | MAG1       |
      | outer protocol    | <protocol> |
      | inner source      | CN1        |
      | inner Hop Limit   | one less   |
      | inner content     | unchanged  |

    Examples:
      | id | kind      | packets      | packet         | protocol |
      | a  | dual      | packets      | a packet       | 41 IPv6  |
      | b  | dual      | IPv4 packets | an IPv4 packet | 4 IPv4   |
      | c  | ipv4-only | IPv4 packets | an IPv4 packet | 4 IPv4   |
      | d  | ipv6-only | packets      | a packet       | 41 IPv6  |

  @TC-LMA-V4TUN-BV-11 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: Packets for every address of a mobile node go through the tunnel: <packets> for <addresses>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When CN1 sends <packet> to <addresses>
    Then <packets> for <addresses> arrive at MAG1 only

    @rfc5844-4.1.4.1-k1b @ipv4-draft-04-4.1.4.1-k1
    Examples:
      | id | kind      | packets | packet   | addresses              |
      | a  | dual      | packets | a packet | MN1                    |
      | b  | dual      | packets | a packet | another address of MN1 |
      | c  | ipv6-only | packets | a packet | another address of MN1 |

    @rfc5844-4.1.4.1-k1a @ipv4-draft-04-4.1.4.1-k1
    Examples:
      | id | kind      | packets      | packet         | addresses |
      | d  | dual      | IPv4 packets | an IPv4 packet | MN1       |
      | e  | ipv4-only | IPv4 packets | an IPv4 packet | MN1       |

  @TC-LMA-V4TUN-BV-12 @LMA @MUST @config:lma-ipv4-transport @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-4.1.4.1-k1 @ipv4-draft-04-4.1.4.1-k2
  Scenario: Packets of every IPv4 home address go through the tunnel
    Given MAG1 signals over IPv4
    And MN1 is a two-ipv4 mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has 2 IPv4 home addresses
    And IPv4 packets for every address of MN1 arrive at MAG1 only
    And IPv4 packets from every address of MN1 through MAG1 reach CN1

  @TC-LMA-V4TUN-BV-13 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: A packet from the mobile node leaves the IPv4 tunnel and is routed on: <kind>, <packets>
    Given MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When MN1 sends <packet> to CN1 through MAG1
    Then <packets> from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner destination | CN1       |
      | inner Hop Limit   | one less  |
      | inner content     | unchanged |

    @rfc5844-4.1.4.1-k2b @ipv4-draft-04-4.1.4.1-k2
    Examples:
      | id | kind      | packets | packet   |
      | a  | dual      | packets | a packet |
      | b  | ipv6-only | packets | a packet |

    @rfc5844-4.1.4.1-k2a @ipv4-draft-04-4.1.4.1-k2
    Examples:
      | id | kind      | packets      | packet         |
      | c  | dual      | IPv4 packets | an IPv4 packet |
      | d  | ipv4-only | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-14 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: A packet from one mobile node to another leaves one tunnel and enters the other: <packets>, from <first> to <second> at <MAG>
    Given MAG1 signals over <first>
    And MAG2 signals over <second>
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN2 is a dual mobile node
    And MN2 is registered at <MAG>
    When MN1 sends <packet> to MN2 through MAG1
    Then <packets> for MN2 arrive at <MAG> only

    @rfc5844-4.1.4.1-k1b @rfc5844-4.1.4.1-k2b @ipv4-draft-04-4.1.4.1-k1 @ipv4-draft-04-4.1.4.1-k2
    Examples:
      | id | first | second | MAG  | packets | packet   |
      | a  | IPv4  | IPv4   | MAG2 | packets | a packet |
      | b  | IPv4  | IPv4   | MAG1 | packets | a packet |

    @rfc5844-4.1.4.1-k2b @ipv4-draft-04-4.1.4.1-k2
    Examples:
      | id | first | second | MAG  | packets | packet   |
      | c  | IPv4  | IPv6   | MAG2 | packets | a packet |

    @rfc5844-4.1.4.1-k1b @ipv4-draft-04-4.1.4.1-k1
    Examples:
      | id | first | second | MAG  | packets | packet   |
      | d  | IPv6  | IPv4   | MAG2 | packets | a packet |

    @rfc5844-4.1.4.1-k1a @rfc5844-4.1.4.1-k2a @ipv4-draft-04-4.1.4.1-k1 @ipv4-draft-04-4.1.4.1-k2
    Examples:
      | id | first | second | MAG  | packets      | packet         |
      | e  | IPv4  | IPv4   | MAG2 | IPv4 packets | an IPv4 packet |
      | f  | IPv4  | IPv4   | MAG1 | IPv4 packets | an IPv4 packet |

    @rfc5844-4.1.4.1-k2a @ipv4-draft-04-4.1.4.1-k2
    Examples:
      | id | first | second | MAG  | packets      | packet         |
      | g  | IPv4  | IPv6   | MAG2 | IPv4 packets | an IPv4 packet |

    @rfc5844-4.1.4.1-k1a @ipv4-draft-04-4.1.4.1-k1
    Examples:
      | id | first | second | MAG  | packets      | packet         |
      | h  | IPv6  | IPv4   | MAG2 | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-15 @LMA @MUST @config:lma-ipv4-transport-udp @rfc5844-4.1.3.1-k6
  Scenario Outline: Where UDP encapsulation is forced, packets pass in UDP in both directions: <kind>, <packets>
    Given MN2 is registered at MAG2
    And MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | kind      | packets      |
      | a  | dual      | packets      |
      | b  | dual      | IPv4 packets |
      | c  | ipv4-only | IPv4 packets |
      | d  | ipv6-only | packets      |

  @TC-LMA-V4TUN-BV-16 @LMA @MUST @config:lma-ipv4-transport-udp
  @rfc5844-4.1.3.1-k6 @rfc5844-4.1.4.1-d1 @rfc5844-4.1.4.1-d2
  Scenario Outline: The packet stands right behind a UDP header of the ports for data, whatever port the request came from: <packets>, <port>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 1 and source port = <port>
    When CN1 sends <packet> to MN1
    Then <packets> for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation          | IPv4-UDP  |
      | outer source           | LMA1      |
      | outer destination      | MAG1      |
      | outer protocol         | 17 UDP    |
      | outer source port      | 5437      |
      | outer destination port | 5437      |
      | inner source           | CN1       |
      | inner Hop Limit        | one less  |
      | inner content          | unchanged |

    Examples:
      | id | packets      | packet         | port  |
      | a  | packets      | a packet       | 5436  |
      | b  | IPv4 packets | an IPv4 packet | 5436  |
      | c  | packets      | a packet       | 49152 |

  @TC-LMA-V4TUN-BV-17 @LMA @MUST @config:lma-ipv4-transport-udp
  Scenario Outline: A packet from the mobile node leaves the tunnel of UDP and is routed on: <packets>
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 1
    When MN1 sends <packet> to CN1 through MAG1
    Then <packets> from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner destination | CN1       |
      | inner Hop Limit   | one less  |
      | inner content     | unchanged |

    @rfc5844-4.1.4.1-k2b
    Examples:
      | id | packets | packet   |
      | a  | packets | a packet |

    @rfc5844-4.1.4.1-k2a
    Examples:
      | id | packets      | packet         |
      | b  | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-18 @LMA @MUST @config:lma-ipv4-transport-udp @rfc5844-4.1.3.1-k7
  Scenario Outline: A tunnel is in plain IPv4 unless UDP is asked for, though it would be accepted: <packets>
    # Another mobile node at the MAG has the tunnel of UDP.
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1 with F = 1
    And <packets> for MN2 arrive at MAG1 only
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 0
    When CN1 sends <packet> to MN1
    Then <packets> for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation | IPv4 |

    Examples:
      | id | packets      | packet         |
      | a  | packets      | a packet       |
      | b  | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-19 @LMA @MUST @config:lma-ipv4-transport-udp
  Scenario Outline: A later request changes the encapsulation: <event> with F = <flag>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1 with F = <before>
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = <before>
    And packets for MN1 arrive at MAG1 only
    When <event> with F = <flag>
    Then the LMA accepts the registration
    And packets for MN1 arrive at <MAG> only
    And IPv4 packets for MN1 arrive at <MAG> only
    And packets from MN1 through <MAG> reach CN1

    @rfc5844-4.1.3.1-k6
    Examples:
      | id | event                 | before | flag | MAG  |
      | a  | MAG1 refreshes MN1    | 0      | 1    | MAG1 |
      | b  | MN1 hands off to MAG2 | 0      | 1    | MAG2 |

    @rfc5844-4.1.3.1-k7
    Examples:
      | id | event                 | before | flag | MAG  |
      | c  | MAG1 refreshes MN1    | 1      | 0    | MAG1 |
      | d  | MN1 hands off to MAG2 | 1      | 0    | MAG2 |

  # RFC 5845 is no part of the tests. An LMA without it does not know the flag T and the GRE Key option.
  @TC-LMA-V4TUN-BI-01 @LMA @MUST @config:lma-ipv4-transport @ics:!gre-encapsulation @rfc5844-4.1.3.1-k7
  Scenario Outline: What asks for an encapsulation of RFC 5845 leads to plain IPv4 at an LMA without it: <request>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with <request>
    When CN1 sends a packet to MN1
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation  | IPv4    |
      | outer protocol | 41 IPv6 |

    Examples:
      | id | request     |
      | a  | T = 1       |
      | b  | GRE Key = 1 |
