Feature: UDP in the tunnel (RFC 5844, Sections 4.2.2 and 4.2.2.2)
  The NAT Detection option of the acknowledgement decides whether packets are tunnelled in UDP. RFC 5844 looks at its F flag, the drafts at
  the option. What the MAG has asked for does not count, and each acknowledgement decides anew.

  @TC-MAG-V4NAT-BV-01 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: The option of the acknowledgement decides on UDP: F <F>, <packets>, <tunnel>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 accepts the request with NAT Detection = F <F>, refresh 600 s
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | <tunnel> |

    @rfc5844-4.2.2-k11 @ipv4-draft-04-4.2.2-k14 @ipv4-draft-02-4.2.2-k19
    Examples:
      | id | F | packet         | packets      | tunnel   |
      | a  | 1 | a packet       | packets      | IPv4-UDP |
      | b  | 1 | an IPv4 packet | IPv4 packets | IPv4-UDP |

    @rfc5844-4.2.2-k12b
    Examples:
      | id | F | packet         | packets      | tunnel |
      | c  | 0 | a packet       | packets      | IPv4   |
      | d  | 0 | an IPv4 packet | IPv4 packets | IPv4   |

    @ipv4-draft-04-4.2.2-k14 @ipv4-draft-02-4.2.2-k19
    Examples:
      | id | F | packet         | packets      | tunnel   |
      | e  | 0 | a packet       | packets      | IPv4-UDP |
      | f  | 0 | an IPv4 packet | IPv4 packets | IPv4-UDP |

  @TC-MAG-V4NAT-BV-02 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k11
  @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-04-4.2.2-k14 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.2.2-k19
  Scenario Outline: In UDP, packets pass in both directions: <kind>, <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    When MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And <packets> for MN1 arrive at MN1

    Examples:
      | id | kind      | a            | packet         | packets      |
      | a  | dual      | a dual       | a packet       | packets      |
      | b  | dual      | a dual       | an IPv4 packet | IPv4 packets |
      | c  | ipv4-only | an ipv4-only | an IPv4 packet | IPv4 packets |
      | d  | ipv6-only | an ipv6-only | a packet       | packets      |

  @TC-MAG-V4NAT-BV-03 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: In UDP, the packet is as the mobile node sent it, between the addresses and ports of the tunnel: <field>, <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    When MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | <field> | <value> |

    @rfc5844-4.2.2.2-d2
    Examples:
      | id | packet         | packets      | field                  | value |
      | a  | a packet       | packets      | outer source port      | 5437  |
      | b  | a packet       | packets      | outer destination port | 5437  |
      | c  | an IPv4 packet | IPv4 packets | outer source port      | 5437  |
      | d  | an IPv4 packet | IPv4 packets | outer destination port | 5437  |

    @ipv4-draft-04-4.2.2.2-d1
    Examples:
      | id | packet         | packets      | field         | value    |
      | e  | a packet       | packets      | encapsulation | IPv4-UDP |
      | f  | an IPv4 packet | IPv4 packets | encapsulation | IPv4-UDP |

    @rfc5844-4.2.2.2-d1 @ipv4-draft-04-4.2.2.2-d1
    Examples:
      | id | packet         | packets      | field             | value     |
      | g  | a packet       | packets      | outer source      | MAG1      |
      | h  | an IPv4 packet | IPv4 packets | outer destination | LMA1      |
      | i  | a packet       | packets      | inner content     | unchanged |
      | j  | an IPv4 packet | IPv4 packets | inner content     | unchanged |

    @rfc5844-4.2.2.2-d1
    Examples:
      | id | packet   | packets | field          | value  |
      | k  | a packet | packets | outer protocol | 17 UDP |

  @TC-MAG-V4NAT-BV-04 @MAG @MUST @config:mag-ipv4-transport-udp @rfc5844-4.2.2-k12a @ipv4-draft-04-4.2.2-k15
  Scenario Outline: A MAG that has asked for UDP tunnels without it where the acknowledgement does not tell of it: <packets>
    Given MN2 is attached at link 2 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1 with:
      | F | 1 |
    When LMA1 accepts the request with no NAT Detection
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4 |

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4NAT-BV-05 @MAG @MUST @config:mag-ipv4-transport-udp
  Scenario Outline: A MAG that has asked for UDP tunnels as the option of the acknowledgement says: F <F>, <tunnel>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1 with:
      | F | 1 |
    When LMA1 accepts the request with NAT Detection = F <F>, refresh 600 s
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | <tunnel> |
    And packets for MN1 arrive at MN1

    @rfc5844-4.2.2-k11 @ipv4-draft-04-4.2.2-k14
    Examples:
      | id | F | tunnel   |
      | a  | 1 | IPv4-UDP |

    @rfc5844-4.2.2-k12b
    Examples:
      | id | F | tunnel |
      | b  | 0 | IPv4   |

    @ipv4-draft-04-4.2.2-k14
    Examples:
      | id | F | tunnel   |
      | c  | 0 | IPv4-UDP |

  @TC-MAG-V4NAT-BV-06 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k11 @ipv4-draft-04-4.2.2-k14 @ipv4-draft-02-4.2.2-k19
  Scenario Outline: From the answer to an extension on, packets go in UDP: <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And <packets> from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 accepts the request with NAT Detection = F 1, refresh 600 s
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4-UDP |
    And <packets> for MN1 arrive at MN1

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4NAT-BV-07 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k12a @ipv4-draft-04-4.2.2-k15 @ipv4-draft-02-4.2.2-k18
  Scenario Outline: From the answer to an extension on, packets go without UDP: <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s and Lifetime = 40 s
    And <packets> from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 accepts the request
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4 |
    And <packets> for MN1 arrive at MN1

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4NAT-BV-08 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: Each LMA decides on its own tunnel: LMA1 <first>, LMA2 <second>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with <LMA1>
    And packets for MN2 arrive at MN2
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2 with <LMA2>
    And packets for MN1 arrive at MN1
    When MN2 sends a packet to CN1
    Then packets from MN2 reach CN1
    And the forwarded packet carries:
      | encapsulation | <tunnel> |

    @rfc5844-4.2.2-k11 @ipv4-draft-04-4.2.2-k14 @ipv4-draft-02-4.2.2-k19
    Examples:
      | id | first | second | LMA1                               | LMA2             | tunnel   |
      | a  | UDP   | plain  | NAT Detection = F 1, refresh 600 s | Lifetime = 400 s | IPv4-UDP |

    @rfc5844-4.2.2-k12a @ipv4-draft-04-4.2.2-k15
    Examples:
      | id | first | second | LMA1             | LMA2                               | tunnel |
      | b  | plain | UDP    | Lifetime = 400 s | NAT Detection = F 1, refresh 600 s | IPv4   |

  @TC-MAG-V4NAT-BV-09 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k11 @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-02-4.1-k2
  Scenario Outline: Two mobile nodes share a tunnel in UDP, and each has its packets: <MN>, <packets>
    Given MN2 is an ipv4-only mobile node
    And MN2 is attached at link 2 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    And MN1 is an ipv6-only mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s
    When <MN> sends <packet> to CN1
    Then <packets> from <MN> reach CN1
    And <packets> for <MN> arrive at <MN>

    Examples:
      | id | MN  | packet         | packets      |
      | a  | MN1 | a packet       | packets      |
      | b  | MN2 | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4NAT-BO-01 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a @ipv4-draft-02-4.2.2-k21
  Scenario Outline: A rejection with a NAT Detection option opens no tunnel in UDP: <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And <packets> from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES with NAT Detection = F 1, refresh 600 s
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 go nowhere
    And packets from MN2 reach CN1

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4NAT-BI-01 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario Outline: The option of an acknowledgement that must be ignored does not change the tunnel: <option>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And packets from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 accepts the request with <option> = <value> and NAT Detection = F 1, refresh 600 s
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4 |

    Examples:
      | id | option                 | value                |
      | a  | Handoff Indicator      | 3                    |
      | b  | Mobile Node Identifier | stranger@example.com |
