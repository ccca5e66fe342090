Feature: Routing of IPv4 packets (RFC 5844, Sections 3.1.2.2, 3.1.3 and 3.1.4)
  IPv4 packets of a registered mobile node pass between the LMA and the serving MAG in a tunnel of IPv6, congestion marks included.

  @TC-LMA-V4FWD-BV-01 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.2-k10 @rfc5844-3.1.2.2-d2 @rfc5844-3.1.2.2-k11 @rfc5844-3.1.3-k2 @rfc5844-3.1.3-d1
  @ipv4-draft-04-3.1.2.2-k10 @ipv4-draft-04-3.1.2.2-d1 @ipv4-draft-04-3.1.2.2-k11 @ipv4-draft-04-3.1.3-k3
  @ipv4-draft-02-3.3.2-k9 @ipv4-draft-02-3.3.2-k14 @ipv4-draft-02-3.3.2-k16 @ipv4-draft-02-3.3.3-k3
  Scenario Outline: An IPv4 packet for the mobile node goes through the tunnel to its MAG: <kind>, <MAG>
    Given MN1 is a <kind> mobile node
    And MN1 is registered at <MAG>
    When CN1 sends an IPv4 packet to MN1
    Then IPv4 packets for MN1 arrive at <MAG> only
    And the forwarded packet carries:
      | outer source      | LMA1      |
      | outer destination | <MAG>     |
      | outer protocol    | 4 IPv4    |
      | inner source      | CN1       |
      | inner Hop Limit   | one less  |
      | inner checksum    | right     |
      | inner content     | unchanged |

    Examples:
      | id | kind      | MAG  |
      | a  | ipv4-only | MAG1 |
      | b  | dual      | MAG2 |

  @TC-LMA-V4FWD-BV-02 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.2-k10 @rfc5844-3.1.3-k3 @ipv4-draft-04-3.1.2.2-k10 @ipv4-draft-04-3.1.3-k4 @ipv4-draft-02-3.3.2-k14 @ipv4-draft-02-3.3.3-k4
  Scenario Outline: An IPv4 packet from the mobile node leaves the tunnel and is routed on: <kind>
    Given MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When MN1 sends an IPv4 packet to CN1 through MAG1
    Then IPv4 packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner Hop Limit | one less  |
      | inner checksum  | right     |
      | inner content   | unchanged |

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4FWD-BV-03 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.3-k2 @rfc5844-3.1.3-k3 @ipv4-draft-04-3.1.3-k3 @ipv4-draft-04-3.1.3-k4
  Scenario Outline: An IPv4 packet from one mobile node to another leaves one tunnel and enters the other: <MAG>
    Given MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1
    And MN2 is a dual mobile node
    And MN2 is registered at <MAG>
    When MN1 sends an IPv4 packet to MN2 through MAG1
    Then IPv4 packets for MN2 arrive at <MAG> only

    Examples:
      | id | MAG  |
      | a  | MAG1 |
      | b  | MAG2 |

  @TC-LMA-V4FWD-BV-04 @LMA @MUST @config:lma-ipv4
  Scenario Outline: At the tunnel entrance the congestion field of an IPv4 packet is copied: <inner>
    Given MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When CN1 sends an IPv4 packet to MN1 with inner ECN = <inner>
    Then IPv4 packets for MN1 arrive at MAG1 only
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

  @TC-LMA-V4FWD-BV-05 @LMA @MUST @config:lma-ipv4
  Scenario Outline: At the tunnel exit congestion is passed on to the IPv4 packet, nothing else: outer <outer>, inner <inner>
    Given MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1
    When MN1 sends an IPv4 packet to CN1 through MAG1 with outer ECN = <outer> and inner ECN = <inner>
    Then IPv4 packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner ECN      | <result> |
      | inner checksum | right    |

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

  @TC-LMA-V4FWD-BV-07 @LMA @MUST @config:lma-ipv4-route-announcement @ics:route-announcement
  @rfc5844-3.1.3-k1 @ipv4-draft-04-3.1.3-k2 @ipv4-draft-02-3.3.3-k2
  Scenario Outline: Routers on the home link learn that the IPv4 home address of a mobile node is behind the LMA: <kind>
    Given MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And a router on the home link hears of an IPv4 route to MN1

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-LMA-V4FWD-BV-08 @LMA @MUST @config:lma-ipv4-route-announcement @ics:route-announcement
  @rfc5844-3.1.3-k1 @ipv4-draft-04-3.1.3-k2 @ipv4-draft-02-3.3.3-k2
  Scenario Outline: The route to the IPv4 home address stays when <event>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When <event>
    Then the LMA accepts the <kind>
    And a router on the home link hears of an IPv4 route to MN1

    Examples:
      | id | event                 | kind            |
      | a  | MN1 hands off to MAG2 | registration    |
      | b  | MAG1 refreshes MN1    | registration    |
      | c  | MAG1 de-registers MN2 | de-registration |
