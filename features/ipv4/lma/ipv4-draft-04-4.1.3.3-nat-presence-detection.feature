Feature: A NAT before the MAG (draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.3.3, and -02, Section 4.1)
  The IPv4 Care-of Address option of a request says where the MAG is, the IPv4 header where the NAT is. If they differ, the LMA tells the MAG
  in a NAT Detection option, and both tunnel in UDP. Answers and packets go to address and port of the NAT.
  RFC 5844 excludes a NAT.

  @TC-LMA-V4NAT-BV-01 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-4.1.3.2-k3 @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3 @ipv4-draft-02-4.3.2-k4
  Scenario Outline: A MAG behind a NAT is told of it: <event>
    Given MAG1 signals over IPv4 behind a NAT
    And MAG2 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event>
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection     | one  |
      | outer source      | LMA1 |
      | outer destination | NAT1 |

    Examples:
      | id | event                 |
      | a  | MAG1 registers MN3    |
      | b  | MAG1 refreshes MN1    |
      | c  | MN1 hands off to MAG2 |

  @TC-LMA-V4NAT-BV-02 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.2-k3 @ipv4-draft-02-4.3.2-k4
  Scenario Outline: A NAT is told of for mobile nodes of every kind: <kind>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection | one |

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | ipv6-only |

  @TC-LMA-V4NAT-BV-03 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
  Scenario Outline: What else is answered goes to the NAT, too: <event>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event>
    Then <answer>
    And the answer carries:
      | outer source      | LMA1 |
      | outer destination | NAT1 |

    Examples:
      | id | event                                             | answer                                                             |
      | a  | MAG1 de-registers MN1                             | the LMA accepts the de-registration                                |
      | b  | MAG1 refreshes MN1 with no Access Technology Type | the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION |

  @TC-LMA-V4NAT-BV-04 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-4.1.3.1-k7 @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.3.2-k2
  Scenario Outline: Packets pass the NAT in UDP, in both directions: <kind>, <packets>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with F = 0
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | kind      | packets      |
      | a  | dual      | packets      |
      | b  | dual      | IPv4 packets |
      | c  | ipv4-only | IPv4 packets |
      | d  | ipv6-only | packets      |

  @TC-LMA-V4NAT-BV-05 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-4.1.3.1-d1 @ipv4-draft-04-4.1.3.1-k7 @ipv4-draft-04-4.1.4.1-d1 @ipv4-draft-02-4.3.2-k2 @ipv4-draft-02-4.3.2-d1
  Scenario Outline: A packet for the mobile node goes to the NAT in UDP, and is otherwise as it was: <packets>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When CN1 sends <packet> to MN1
    Then <packets> for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation     | IPv4-UDP  |
      | outer source      | LMA1      |
      | outer destination | NAT1      |
      | outer protocol    | 17 UDP    |
      | inner source      | CN1       |
      | inner Hop Limit   | one less  |
      | inner content     | unchanged |

    Examples:
      | id | packets      | packet         |
      | a  | packets      | a packet       |
      | b  | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4NAT-BV-06 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.4.1-k2
  Scenario Outline: A packet from the mobile node leaves the UDP tunnel and is routed on: <packets>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends <packet> to CN1 through MAG1
    Then <packets> from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner destination | CN1       |
      | inner Hop Limit   | one less  |
      | inner content     | unchanged |

    Examples:
      | id | packets      | packet         |
      | a  | packets      | a packet       |
      | b  | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4NAT-BV-07 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
  Scenario Outline: The answer goes to the port that the NAT has now: <event>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MAG1 signals over IPv4 behind a NAT with another port
    When <event>
    Then the LMA accepts the <kind>
    And the answer carries:
      | outer destination | NAT1 |

    Examples:
      | id | event                 | kind            |
      | a  | MAG1 refreshes MN1    | registration    |
      | b  | MAG1 registers MN3    | registration    |
      | c  | MAG1 de-registers MN1 | de-registration |

  @TC-LMA-V4NAT-BV-08 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-04-4.1.3.1-d1 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.3.2-d1
  Scenario Outline: Packets go to the port that the NAT has since the last request: <packets>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And <packets> for MN1 arrive at MAG1 only
    And MAG1 signals over IPv4 behind a NAT with another port
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | packets      |
      | a  | packets      |
      | b  | IPv4 packets |

  @TC-LMA-V4NAT-BV-09 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-04-4.1.3.1-d1 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.3.2-d1
  Scenario: Two MAGs behind one NAT get the packets of their own mobile nodes
    # The NAT has one address, and a port for each of them.
    Given MAG1 signals over IPv4 behind a NAT
    And MAG2 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG1 only
    And packets for MN2 arrive at MAG2 only
    And IPv4 packets for MN2 arrive at MAG2 only
    And packets from MN1 through MAG1 reach CN1
    And packets from MN2 through MAG2 reach CN1

  @TC-LMA-V4NAT-BV-10 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-3.1.2.4-k3 @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-02-4.1-k2
  Scenario Outline: A handoff to a MAG behind a NAT leads into the UDP tunnel: from <before>, <packets>
    Given MAG1 signals over <before>
    And MAG2 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And <packets> for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG2 only
    And <packets> from MN1 through MAG2 reach CN1

    Examples:
      | id | before            | packets      |
      | a  | IPv6              | packets      |
      | b  | IPv6              | IPv4 packets |
      | c  | IPv4              | packets      |
      | d  | IPv4              | IPv4 packets |
      | e  | IPv4 behind a NAT | packets      |
      | f  | IPv4 behind a NAT | IPv4 packets |

  @TC-LMA-V4NAT-BV-11 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: A MAG that is behind a NAT no more gets packets in plain IPv4: <event>, <packets>
    Given MAG1 signals over IPv4 behind a NAT
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And <packets> for MN1 arrive at MAG1 only
    And MAG1 signals over IPv4
    When <event>
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at <MAG> only
    And <packets> from MN1 through <MAG> reach CN1

    @ipv4-draft-04-4.1.3.1-k8 @ipv4-draft-02-4.3.2-k1
    Examples:
      | id | event              | MAG  | packets      |
      | a  | MAG1 refreshes MN1 | MAG1 | packets      |
      | b  | MAG1 refreshes MN1 | MAG1 | IPv4 packets |

    @ipv4-draft-04-4.1.3.1-k8 @ipv4-draft-04-3.1.2.4-k3 @ipv4-draft-02-4.3.2-k1
    Examples:
      | id | event                 | MAG  | packets      |
      | c  | MN1 hands off to MAG2 | MAG2 | packets      |
      | d  | MN1 hands off to MAG2 | MAG2 | IPv4 packets |

  @TC-LMA-V4NAT-BV-12 @LMA @MUST @config:lma-ipv4-transport
  @ipv4-draft-04-3.1.2.4-k2 @ipv4-draft-04-3.1.2.2-d1
  Scenario: A handoff from a MAG behind a NAT to one on IPv6 leads into the IPv6 tunnel
    Given MAG1 signals over IPv4 behind a NAT
    And MAG2 signals over IPv6
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And IPv4 packets for MN1 arrive at MAG2 only

  @TC-LMA-V4NAT-BV-13 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.1-k3a @ipv4-draft-04-4.1.3.1-k7
  Scenario: The session of a mobile node lives on behind a NAT
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And the session is the earlier one
    And packets for MN1 arrive at MAG2 only

  @TC-LMA-V4NAT-BI-01 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: Without a NAT the answer tells of none: <event> with <request>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event> with <request>
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection | absent |

    @ipv4-draft-04-4.1.3.2-k4 @ipv4-draft-02-4.3.2-k6
    Examples:
      | id | event                 | request |
      | a  | MAG1 registers MN3    | F = 0   |
      | b  | MAG1 refreshes MN1    | F = 0   |
      | c  | MN1 hands off to MAG2 | F = 0   |

    @ipv4-draft-04-4.1.3.2-k4
    Examples:
      | id | event              | request                 |
      | d  | MAG1 registers MN3 | F = 1                   |
      | e  | MAG1 refreshes MN1 | F = 1                   |
      | f  | MAG1 registers MN3 | no IPv4 Care-of Address |
      | g  | MAG1 refreshes MN1 | no IPv4 Care-of Address |

  @TC-LMA-V4NAT-BI-02 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.2-k4
  Scenario: A NAT that no IPv4 Care-of Address option shows is not told of
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with no IPv4 Care-of Address
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection | absent |

  @TC-LMA-V4NAT-BI-03 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.2-k4 @ipv4-draft-02-4.3.2-k6
  Scenario: A NAT that is no longer there is no longer told of
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MAG1 signals over IPv4
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection | absent |

  # The MAG is not told, and tunnels in plain IPv4: only what the LMA sends is looked at.
  @TC-LMA-V4NAT-BV-14 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.1-k9
  Scenario Outline: UDP encapsulation that a MAG forces is accepted, and packets for its mobile node are in UDP: <kind>, <packets>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only

    Examples:
      | id | kind      | packets      |
      | a  | dual      | packets      |
      | b  | dual      | IPv4 packets |
      | c  | ipv4-only | IPv4 packets |
      | d  | ipv6-only | packets      |

  @TC-LMA-V4NAT-BV-15 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.1-k9
  Scenario: A packet of a forced UDP tunnel is in UDP between the addresses of LMA and MAG
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 1
    When CN1 sends a packet to MN1
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation     | IPv4-UDP |
      | outer source      | LMA1     |
      | outer destination | MAG1     |

  @TC-LMA-V4NAT-BV-16 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.1-k8 @ipv4-draft-02-4.3.2-k1
  Scenario Outline: What is in UDP for one MAG is in plain IPv4 for another: <packets>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And <packets> for MN2 arrive at MAG2 only
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | packets      |
      | a  | packets      |
      | b  | IPv4 packets |
