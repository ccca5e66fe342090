Feature: Tunnel and forwarding (RFC 5213, Section 5.6)
  Packets of a registered mobile node pass between the LMA and the serving MAG in an
  IPv6-in-IPv6 tunnel, congestion marks included.

  @TC-LMA-FWD-BV-01 @LMA @MUST @config:lma-baseline
  @rfc5213-5.6.2-k1 @rfc5213-5.6.2-k3 @rfc5213-5.6.2-k4a @rfc5213-5.6.1-k1 @rfc5213-5.6.1-k4 @rfc5213-5.3.2-k10
  Scenario: A packet for the mobile node goes through the tunnel to its MAG
    Given MN1 is registered at MAG1
    When CN1 sends a packet to MN1
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer source      | LMA1     |
      | outer destination | MAG1     |
      | inner source      | CN1      |
      | inner Hop Limit   | one less |

  @TC-LMA-FWD-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k5 @rfc5213-5.3.2-k8
  Scenario: A packet from the mobile node leaves the tunnel and is routed on
    Given MN1 is registered at MAG1
    When MN1 sends a packet to CN1 through MAG1
    Then packets from MN1 through MAG1 reach CN1

  @TC-LMA-FWD-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4b
  Scenario: A packet whose hop limit runs out is not tunnelled
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Hop Limit = 1
    Then the packet goes nowhere

  @TC-LMA-FWD-BV-03 @LMA @MUST @config:lma-baseline
  Scenario Outline: At the tunnel entrance the congestion field is copied: <inner>
    Given MN1 is registered at MAG1
    When CN1 sends a packet to MN1 with inner ECN = <inner>
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer ECN | <inner> |
      | inner ECN | <inner> |

    @rfc5213-5.6.3-k1a
    Examples:
      | id | inner   |
      | a  | Not-ECT |

    @rfc5213-5.6.3-k2
    Examples:
      | id | inner  |
      | b  | ECT(0) |
      | c  | ECT(1) |

  @TC-LMA-FWD-BV-04 @LMA @MUST @config:lma-baseline
  Scenario Outline: At the tunnel exit congestion is passed on, nothing else: outer <outer>, inner <inner>
    Given MN1 is registered at MAG1
    When MN1 sends a packet to CN1 through MAG1 with outer ECN = <outer> and inner ECN = <inner>
    Then packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner ECN | <result> |

    @rfc5213-5.6.3-k4
    Examples:
      | id | outer | inner  | result |
      | a  | CE    | ECT(0) | CE     |
      | b  | CE    | ECT(1) | CE     |

    @rfc5213-5.6.3-k5
    Examples:
      | id | outer   | inner   | result  |
      | c  | ECT(0)  | ECT(1)  | ECT(1)  |
      | d  | Not-ECT | ECT(0)  | ECT(0)  |
      | e  | ECT(1)  | Not-ECT | Not-ECT |
      | f  | Not-ECT | CE      | CE      |

  # RFC 4301, Section 5.1.2.2: the field is copied at the entrance; a mark at the exit is passed on to what can bear it, and to nothing else.
  @TC-LMA-FWD-BV-20 @LMA @MUST @config:lma-esp @ics:esp-payload @rfc5213-5.6.3-k3
  Scenario Outline: At the entrance of a tunnel under ESP the congestion field is copied: <inner>
    Given MN1 is registered at MAG2
    And packets for MN1 arrive at MAG2 only
    When CN1 sends a packet to MN1 with inner ECN = <inner>
    Then packets for MN1 arrive at MAG2 only
    And the forwarded packet carries:
      | outer ECN | <inner> |
      | inner ECN | <inner> |

    Examples:
      | id | inner   |
      | a  | Not-ECT |
      | b  | ECT(0)  |
      | c  | ECT(1)  |
      | d  | CE      |

  @TC-LMA-FWD-BV-21 @LMA @MUST @config:lma-esp @ics:esp-payload @rfc5213-5.6.3-k6
  Scenario Outline: At the exit of a tunnel under ESP congestion is passed on, and no packet is lost: outer <outer>, inner <inner>
    Given MN1 is registered at MAG2
    And packets from MN1 through MAG2 reach CN1
    When MN1 sends a packet to CN1 through MAG2 with outer ECN = <outer> and inner ECN = <inner>
    Then packets from MN1 through MAG2 reach CN1
    And the forwarded packet carries:
      | inner ECN | <result> |

    Examples:
      | id | outer   | inner   | result  |
      | a  | CE      | ECT(0)  | CE      |
      | b  | CE      | ECT(1)  | CE      |
      | d  | ECT(0)  | ECT(1)  | ECT(1)  |
      | e  | ECT(1)  | Not-ECT | Not-ECT |
      | f  | Not-ECT | CE      | CE      |

    # RFC 6040, Section 4.2, has such a packet dropped.
    @ics:!rfc6040
    Examples:
      | id | outer   | inner   | result  |
      | c  | CE      | Not-ECT | Not-ECT |

  @TC-LMA-FWD-BV-05 @LMA @MUST @config:lma-baseline @rfc5213-5.6.1-d1
  Scenario: A mobile node that leaves does not take the shared tunnel away
    Given MN1 is registered at MAG1
    And MN2 is registered at MAG1
    And packets for MN2 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN2 arrive at MAG1 only

  @TC-LMA-FWD-BI-02 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4b
  Scenario: The sender of a packet whose hop limit runs out before the tunnel is told
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Hop Limit = 1
    Then CN1 receives the ICMPv6 error Time Exceeded

  @TC-LMA-FWD-BI-03 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k6
  Scenario: A packet whose hop limit runs out behind the tunnel goes nowhere, and its sender is told in the tunnel
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    And packets from MN1 through MAG1 reach CN1
    When MN1 sends a packet to CN1 through MAG1 with inner Hop Limit = 1
    Then the packet goes nowhere
    And MN1 receives the ICMPv6 error Time Exceeded through MAG1

  @TC-LMA-FWD-BV-06 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-k10
  Scenario: Packets for all prefixes of a mobile node go through the tunnel to its MAG
    Given MN1 is a two-prefix mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And packets for every prefix of MN1 arrive at MAG1 only

  @TC-LMA-FWD-BV-07 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k3
  Scenario: Packets for any address in a prefix go through the tunnel to the MAG
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to another address of MN1
    Then packets for another address of MN1 arrive at MAG1 only

  @TC-LMA-FWD-BV-08 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k5
  Scenario: Packets from all prefixes of a mobile node leave the tunnel and are routed on
    Given MN1 is a two-prefix mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And packets from every prefix of MN1 through MAG1 reach CN1

  @TC-LMA-FWD-BV-09 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k6
  Scenario Outline: Extension headers of the tunnel end with the tunnel: <headers>
    Given MN1 is registered at MAG1
    And packets from MN1 through MAG1 reach CN1
    When MN1 sends a packet to CN1 through MAG1 with <headers>
    Then packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner Hop Limit | one less |
      | inner headers   | none     |

    Examples:
      | id | headers                                                                                                |
      | a  | outer Destination Options = Tunnel Encapsulation Limit 4                                               |
      | b  | outer Hop-by-Hop Options = 01 04 00000000                                                              |
      | c  | outer Hop-by-Hop Options = 01 04 00000000 and outer Destination Options = Tunnel Encapsulation Limit 4 |
      | d  | outer Destination Options = 1e 0c 000000000000000000000000                                             |
      | e  | outer Destination Options = 00 1e 00 04 01 04                                                          |

  @TC-LMA-FWD-BV-10 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k5
  Scenario Outline: A packet from one mobile node to another leaves one tunnel and enters the other: <MAG>
    Given MN1 is registered at MAG1
    And MN2 is registered at <MAG>
    And packets from MN1 through MAG1 reach CN1
    And packets for MN2 arrive at <MAG> only
    When MN1 sends a packet to MN2 through MAG1
    Then packets for MN2 arrive at <MAG> only

    Examples:
      | id | MAG  |
      | a  | MAG2 |
      | b  | MAG1 |

  @TC-LMA-FWD-BV-11 @LMA @MUST @config:lma-baseline @rfc5213-5.6.1-d1
  Scenario Outline: A mobile node whose lifetime runs out does not take the shared tunnel away: <order>
    Given <first>
    And <second>
    And packets for MN2 arrive at MAG1 only
    When just over the lifetime of MN1 passes
    Then packets for MN2 arrive at MAG1 only
    And packets from MN2 through MAG1 reach CN1

    Examples:
      | id | order         | first                                          | second                                         |
      | a  | it came last  | MN2 is registered at MAG1                      | MN1 is registered at MAG1 with Lifetime = 20 s |
      | b  | it came first | MN1 is registered at MAG1 with Lifetime = 20 s | MN2 is registered at MAG1                      |

  @TC-LMA-FWD-BV-12 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k6
  Scenario: A packet from the tunnel goes on as a forwarded one
    Given MN1 is registered at MAG1
    And packets from MN1 through MAG1 reach CN1
    When MN1 sends a packet to CN1 through MAG1
    Then packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner destination | CN1      |
      | inner Hop Limit   | one less |
      | inner headers     | none     |

  @TC-LMA-FWD-BV-13 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4d
  Scenario Outline: A limit of encapsulations is one less in the tunnel: <options>
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Destination Options = <options>
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer Tunnel Encapsulation Limit | <outer> |
      | inner Tunnel Encapsulation Limit | <inner> |

    Examples:
      | id | options                        | inner | outer |
      | a  | Tunnel Encapsulation Limit 4   | 4     | 3     |
      | b  | Tunnel Encapsulation Limit 1   | 1     | 0     |
      | c  | Tunnel Encapsulation Limit 255 | 255   | 254   |
      | d  | 1e 00 04 01 04                 | 4     | 3     |

  @TC-LMA-FWD-BI-04 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4e
  Scenario: A packet that must not be encapsulated any more does not enter the tunnel
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Destination Options = Tunnel Encapsulation Limit 0
    Then the packet goes nowhere

  @TC-LMA-FWD-BI-05 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4e
  Scenario: The sender of a packet that must not be encapsulated any more is told
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Destination Options = Tunnel Encapsulation Limit 0
    Then CN1 receives the ICMPv6 error Parameter Problem at octet 44

  @TC-LMA-FWD-BV-14 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k3
  Scenario: A fragment that is not the first goes through the tunnel as any other packet
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Fragment Offset = 1232
    Then packets for MN1 arrive at MAG1 only

  @TC-LMA-FWD-BV-15 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k5
  Scenario: A fragment that is not the first leaves the tunnel as any other packet
    Given MN1 is registered at MAG1
    And packets from MN1 through MAG1 reach CN1
    When MN1 sends a packet to CN1 through MAG1 with inner Fragment Offset = 1232
    Then packets from MN1 through MAG1 reach CN1

  @TC-LMA-FWD-BV-16 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k3 @rfc5213-5.6.2-k5
  Scenario: A router that advertises itself on the core link does not end the service of a mobile node
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    And packets from MN1 through MAG1 reach CN1
    When a router on the core link advertises itself
    Then packets for MN1 arrive at MAG1 only
    And packets from MN1 through MAG1 reach CN1

  @TC-LMA-FWD-BV-17 @LMA @MUST @config:lma-baseline @rfc5213-5.6.3-k1b
  Scenario: At the tunnel entrance the mark of congestion is not lost, and not passed on unless the LMA follows RFC 6040
    Given MN1 is registered at MAG1
    When CN1 sends a packet to MN1 with inner ECN = CE
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer ECN | ECT(0), or CE by RFC 6040 |
      | inner ECN | CE                        |

  @TC-LMA-FWD-BV-18 @LMA @MUST @config:lma-route-announcement @ics:route-announcement @rfc5213-5.6.2-k2
  Scenario Outline: Routers on the home link learn that the prefixes of a mobile node are behind the LMA: <kind>
    Given MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And a router on the home link hears of a route to every prefix of MN1

    Examples:
      | id | kind       |
      | a  | dynamic    |
      | b  | two-prefix |

  @TC-LMA-FWD-BV-19 @LMA @MUST @config:lma-route-announcement @ics:route-announcement @rfc5213-5.6.2-k2
  Scenario Outline: The route to a mobile node stays when <event>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When <event>
    Then the LMA accepts the <kind>
    And a router on the home link hears of a route to MN1

    Examples:
      | id | event                 | kind            |
      | a  | MN1 hands off to MAG2 | registration    |
      | b  | MAG1 refreshes MN1    | registration    |
      | c  | MAG1 de-registers MN2 | de-registration |

  @TC-LMA-FWD-TI-01 @LMA @SHOULD @config:lma-no-wait @ics:dynamic-tunnels @rfc5213-5.6.1-k6
  Scenario Outline: The end of the last session of a MAG takes the tunnel away: <end>
    # If an LMA answers a packet for itself from the tunnel of a MAG, it has that tunnel. At last MN2 asks, because an answer still reaches
    # it: an LMA that drops packets of mobile nodes that the MAG does not serve shows nothing of a tunnel that it keeps. A tunnel that
    # exists before the first session shows nothing: earlier sessions may not have ended, or the LMA may have lost their state.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is registered at MAG1
    And MN2 sends a packet to LMA1 through MAG2
    And the packet goes nowhere
    And MN1 is registered at MAG2 with Lifetime = 20 s
    And packets for MN1 arrive at MAG2 only
    And packets from MN1 through MAG2 reach LMA1
    And <end>
    And <wait> passes
    When MN2 sends a packet to LMA1 through MAG2
    Then the packet goes nowhere

    Examples:
      | id | end                                     | wait                              |
      | a  | MAG2 has de-registered MN1              | just over MinDelayBeforeBCEDelete |
      | b  | packets from MN1 through MAG2 reach CN1 | just over the lifetime of MN1     |
