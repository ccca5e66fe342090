Feature: Forwarding rules (RFC 5213, Sections 5.6 and 6.10.5)
  Packets of a registered mobile node pass between its access link and the tunnel to its LMA,
  congestion marks included; no others pass.

  @TC-MAG-FWD-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1 @rfc5213-6.10.5-k2 @rfc5213-6.6-k9
  Scenario: A packet out of the tunnel is delivered on the link of its mobile node
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    When a packet for MN1 arrives through LMA1's tunnel
    Then packets for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner source    | CN1      |
      | inner Hop Limit | one less |

  @TC-MAG-FWD-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k12 @rfc5213-6.10.5-k14a @rfc5213-5.6.1-k1 @rfc5213-5.6.1-k4 @rfc5213-9.2-k3
  Scenario: A packet of the mobile node goes through the tunnel to its LMA
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer source      | MAG1     |
      | outer destination | LMA1     |
      | inner destination | CN1      |
      | inner Hop Limit   | one less |

  @TC-MAG-FWD-BV-05 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k10 @rfc5213-9.2-k3
  Scenario: A packet to a mobile node on another link goes to the LMA, too
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go through the tunnel to LMA1 only

  @TC-MAG-FWD-BV-06 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1
  Scenario: What the LMA sends back of a packet to a mobile node on another link is delivered there
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And packets for MN2 arrive at MN2
    When a packet of MN1 for MN2 arrives through LMA1's tunnel
    Then packets for MN2 arrive at MN2

  @TC-MAG-FWD-BV-07 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1
  Scenario: Packets for every address in every assigned prefix are delivered
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets for MN1 arrive at MN1
    When a packet for MN1 arrives through LMA1's tunnel
    Then packets for every prefix of MN1 arrive at MN1
    And packets for another address of MN1 arrive at MN1

  @TC-MAG-FWD-BV-08 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k3
  Scenario Outline: Extension headers of the tunnel end with the tunnel: <headers>
    Given MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    When a packet for MN1 arrives through LMA1's tunnel with <headers>
    Then packets for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner Hop Limit | one less |
      | inner headers   | none     |

    Examples:
      | id | headers                                                                                                 |
      | a  | outer Destination Options = Tunnel Encapsulation Limit 4                                                |
      | b  | outer Hop-by-Hop Options = 01 04 00 00 00 00                                                            |
      | c  | outer Hop-by-Hop Options = 1e 0c 000000000000000000000000 and outer Destination Options = 01 04 00000000 |
      | d  | outer Destination Options = 1e 0c 000000000000000000000000                                              |
      | e  | outer Destination Options = 00 1e 00 04 01 04                                                           |

  @TC-MAG-FWD-BV-09 @MAG @MUST @config:mag-baseline @rfc5213-5.6.1-d1
  Scenario: A binding that expires does not take the shared tunnel away
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And packets for MN2 arrive at MN2
    And LMA1 ignores registrations
    When 44 s passes
    Then packets for MN2 arrive at MN2
    And packets from MN2 reach CN1

  @TC-MAG-FWD-BI-01 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k13
  Scenario: A packet with a link-local source is not forwarded
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner source = link-local
    Then the packet goes nowhere

  @TC-MAG-FWD-BI-02 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k14b
  Scenario: A packet whose hop limit runs out is not tunnelled
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner Hop Limit = 1
    Then the packet goes nowhere

  @TC-MAG-FWD-BI-04 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k14b
  Scenario: The sender of a packet whose hop limit runs out before the tunnel is told
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner Hop Limit = 1
    Then MN1 receives the ICMPv6 error Time Exceeded

  @TC-MAG-FWD-BI-03 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k3
  Scenario: A packet out of the tunnel whose hop limit runs out is not delivered
    Given MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    When a packet for MN1 arrives through LMA1's tunnel with inner Hop Limit = 1
    Then the packet goes nowhere

  @TC-MAG-FWD-BO-01 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k4
  Scenario: A packet for a prefix of no link is dropped
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    When a packet for a prefix that is assigned to nobody arrives
    Then the packet goes nowhere

  @TC-MAG-FWD-BO-04 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k5
  Scenario: The drop of a packet for a prefix of no link is reported as RFC 2473 says, or not at all
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    When a packet for a prefix that is assigned to nobody arrives
    Then no ICMPv6 error is sent but Destination Unreachable to the source of the packet that it quotes

  @TC-MAG-FWD-BO-05 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k5
  Scenario: The drop of a packet for a mobile node that has left is reported as RFC 2473 says, or not at all
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    When a packet for MN1 arrives through LMA1's tunnel
    Then no ICMPv6 error is sent but Destination Unreachable to the source of the packet that it quotes

  @TC-MAG-FWD-BO-02 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k8
  Scenario: Without a binding nothing of the mobile node is forwarded
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 and Lifetime = 40 s
    And LMA1 ignores registrations
    And packets from MN1 reach CN1
    When 44 s passes
    Then packets from every prefix of MN1 go nowhere

  @TC-MAG-FWD-BO-03 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k8
  Scenario: Before the acknowledgement nothing of a mobile node that has come back is forwarded
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When MN1 sends a packet to CN1
    Then packets from MN1 go nowhere

  @TC-MAG-FWD-BV-03 @MAG @MUST @config:mag-baseline
  Scenario Outline: At the tunnel entrance the congestion field is copied: <inner>
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a packet to CN1 with inner ECN = <inner>
    Then packets from MN1 reach CN1
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

  @TC-MAG-FWD-BV-04 @MAG @MUST @config:mag-baseline
  Scenario Outline: At the tunnel exit congestion is passed on, nothing else: outer <outer>, inner <inner>
    Given MN1 is attached at link 1 and registered with LMA1
    When a packet for MN1 arrives through LMA1's tunnel with outer ECN = <outer> and inner ECN = <inner>
    Then packets for MN1 arrive at MN1
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
  @TC-MAG-FWD-BV-15 @MAG @MUST @config:mag-esp @ics:esp-payload @rfc5213-5.6.3-k3
  Scenario Outline: At the entrance of a tunnel under ESP the congestion field is copied: <inner>
    Given MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner ECN = <inner>
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer ECN | <inner> |
      | inner ECN | <inner> |

    Examples:
      | id | inner   |
      | a  | Not-ECT |
      | b  | ECT(0)  |
      | c  | ECT(1)  |
      | d  | CE      |

  @TC-MAG-FWD-BV-16 @MAG @MUST @config:mag-esp @ics:esp-payload @rfc5213-5.6.3-k6
  Scenario Outline: At the exit of a tunnel under ESP congestion is passed on, and no packet is lost: outer <outer>, inner <inner>
    Given MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets for MN1 arrive at MN1
    When a packet for MN1 arrives through LMA2's tunnel with outer ECN = <outer> and inner ECN = <inner>
    Then packets for MN1 arrive at MN1
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

  @TC-MAG-FWD-BV-10 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k14d
  Scenario Outline: A limit of encapsulations is one less in the tunnel: <options>
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner Destination Options = <options>
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer Tunnel Encapsulation Limit | <outer> |
      | inner Tunnel Encapsulation Limit | <inner> |

    Examples:
      | id | options                        | inner | outer |
      | a  | Tunnel Encapsulation Limit 4   | 4     | 3     |
      | b  | Tunnel Encapsulation Limit 1   | 1     | 0     |
      | c  | Tunnel Encapsulation Limit 255 | 255   | 254   |
      | d  | 1e 00 04 01 04                 | 4     | 3     |

  @TC-MAG-FWD-BI-05 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k14e
  Scenario: A packet that must not be encapsulated any more does not enter the tunnel
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner Destination Options = Tunnel Encapsulation Limit 0
    Then the packet goes nowhere

  @TC-MAG-FWD-BI-06 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k14e
  Scenario: The sender of a packet that must not be encapsulated any more is told
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner Destination Options = Tunnel Encapsulation Limit 0
    Then MN1 receives the ICMPv6 error Parameter Problem at octet 44

  @TC-MAG-FWD-BV-11 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k12
  Scenario: A fragment that is not the first goes through the tunnel as any other packet
    Given MN1 is attached at link 1 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1 with inner Fragment Offset = 1232
    Then packets from MN1 reach CN1

  @TC-MAG-FWD-BV-12 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1
  Scenario: A fragment that is not the first is delivered out of the tunnel as any other packet
    Given MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    When a packet for MN1 arrives through LMA1's tunnel with inner Fragment Offset = 1232
    Then packets for MN1 arrive at MN1

  @TC-MAG-FWD-BV-13 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1 @rfc5213-6.10.5-k12
  Scenario: A router that advertises itself on the core link does not end the service of a mobile node
    Given MN1 is attached at link 1 and registered with LMA1
    And packets for MN1 arrive at MN1
    And packets from MN1 reach CN1
    When a router on the core link advertises itself
    Then packets for MN1 arrive at MN1
    And packets from MN1 reach CN1

  @TC-MAG-FWD-BV-14 @MAG @MUST @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.10.5-k1
  Scenario Outline: Packets are delivered whichever link-local address the MAG uses: <answer>
    # Two tests for duplicates take 2 s: one of the address that the LMA names, and one of the other.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And LMA1 accepts registrations
    When LMA1 accepts the request with <answer>
    And 5 s passes
    And a packet for MN1 arrives through LMA1's tunnel
    Then packets for MN1 arrive at MN1

    Examples:
      | id | answer                       |
      | a  | Link-local Address = its own |
      | b  | no Link-local Address        |

  @TC-MAG-FWD-BV-17 @MAG @MUST @config:mag-esp @ics:esp-payload @rfc5213-6.10.5-d1
  Scenario: Packets of a mobile node go to its LMA under ESP where the two have agreed on it
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets for MN1 arrive at MN1
    When MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | outer source      | MAG1 |
      | outer destination | LMA2 |
      | outer protection  | ESP  |

  @TC-MAG-FWD-BV-18 @MAG @MUST @config:mag-esp @ics:esp-payload @rfc5213-6.10.5-d1
  Scenario: A packet for another mobile node goes under ESP, too, and nothing of it in clear
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets for MN1 arrive at MN1
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go through the tunnel to LMA2 only
    And the forwarded packet carries:
      | outer protection | ESP |
