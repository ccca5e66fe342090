Feature: The TLV header (drafts -04 and -02 of draft-ietf-netlmm-pmip6-ipv4-support, Section 4.2.2)
  T = 1 in the acknowledgement puts a TLV header behind UDP in every packet of the tunnel. Draft -02 has the MAG ask for it, by the flag and
  by such a header in the update itself.

  @TC-MAG-V4TR-BV-22 @MAG @MUST @config:mag-ipv4-transport-tlv @ics:ipv4-draft-02-tlv-header
  Scenario Outline: In draft -02, a MAG that asks for the TLV header does so in its update: <field>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | <field> | <value> |

    @ipv4-draft-02-4.2.2-k10
    Examples:
      | id | field     | value             |
      | a  | transport | IPv4-UDP-TLV-IPv6 |

    @ipv4-draft-02-4.2.2-k11
    Examples:
      | id | field | value |
      | b  | T     | 1     |

  @TC-MAG-V4TR-BV-23 @MAG @MUST @config:mag-ipv4-transport-tlv @ics:ipv4-draft-02-tlv-header
  Scenario Outline: In draft -02, later updates ask for the TLV header, too: <update>, <field>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with T = 1; TLV = yes; Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | <field> | <value> |

    @ipv4-draft-02-4.2.2-k10
    Examples:
      | id | update            | event                          | field     | value             |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes | transport | IPv4-UDP-TLV-IPv6 |
      | b  | a de-registration | MN1 detaches                   | transport | IPv4-UDP-TLV-IPv6 |

    @ipv4-draft-02-4.2.2-k11
    Examples:
      | id | update            | event                          | field | value |
      | c  | an extension      | INITIAL_BINDACK_TIMEOUT passes | T     | 1     |
      | d  | a de-registration | MN1 detaches                   | T     | 1     |

  @TC-MAG-V4TUN-BV-21 @MAG @MUST @config:mag-ipv4-transport-tlv
  Scenario Outline: After T = 1 in the acknowledgement packets go with a TLV header: <packets>, <edition>
    Given MN2 is attached at link 2 and registered with LMA1 with <answer>
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <answer>
    When MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4-UDP-TLV |
      | inner content | unchanged    |
    And <packets> for MN1 arrive at MN1

    @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.2.2-k16
    Examples:
      | id | edition                 | packet         | packets      | answer                                    |
      | a  | draft -04               | a packet       | packets      | T = 1                                     |
      | b  | draft -04               | an IPv4 packet | IPv4 packets | T = 1                                     |
      | e  | draft -04, behind a NAT | a packet       | packets      | T = 1; NAT Detection = F 1, refresh 600 s |

    @ics:ipv4-draft-02-tlv-header @ipv4-draft-02-4.2.2-k22
    Examples:
      | id | edition   | packet         | packets      | answer           |
      | c  | draft -02 | a packet       | packets      | T = 1; TLV = yes |
      | d  | draft -02 | an IPv4 packet | IPv4 packets | T = 1; TLV = yes |

  @TC-MAG-V4TUN-BV-22 @MAG @MUST @config:mag-ipv4-transport-tlv @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.2.2.2-k3
  Scenario Outline: What comes out of a tunnel with a TLV header is delivered without its headers: <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with T = 1
    And <packets> for MN1 arrive at MN1
    When <packet> for MN1 arrives through LMA1's tunnel
    Then <packets> for MN1 arrive at MN1
    And the forwarded packet carries:
      | inner Hop Limit | one less  |
      | inner content   | unchanged |

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4TUN-BV-23 @MAG @MUST @config:mag-ipv4-transport-tlv @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.2.2-k15
  Scenario Outline: In draft -04, after T = 0 in the acknowledgement packets go in plain IPv4: <packets>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 accepts the request with T = 0
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4 |

    Examples:
      | id | packet         | packets      |
      | a  | a packet       | packets      |
      | b  | an IPv4 packet | IPv4 packets |

  @TC-MAG-V4TUN-BV-24 @MAG @MUST @config:mag-ipv4-transport-tlv @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.2.2-k16
  Scenario: In draft -04, from T = 1 in the answer to an extension on, packets go with a TLV header
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with T = 0 and Lifetime = 40 s
    And packets from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 accepts the request with T = 1
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And the forwarded packet carries:
      | encapsulation | IPv4-UDP-TLV |
    And packets for MN1 arrive at MN1
