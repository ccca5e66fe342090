Feature: Tunnels with the TLV header (draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.3.1, and -02, Section 4.3.2)
  The flag T of a request asks for a TLV header between the UDP header of the tunnel and the packet. In the older version of the draft the
  request itself has that header, too.

  @TC-LMA-V4TUN-BV-36 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: A request with T = 1 leads to a tunnel with the TLV header: <path>, <packets>
    Given MAG1 signals over <path>
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with <request>
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only

    @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.1.3.1-k10
    Examples:
      | id | path              | request | packets      |
      | a  | IPv4              | T = 1   | packets      |
      | b  | IPv4              | T = 1   | IPv4 packets |
      | c  | IPv4 behind a NAT | T = 1   | packets      |
      | d  | IPv4 behind a NAT | T = 1   | IPv4 packets |

    @ics:ipv4-draft-02-tlv-header @ipv4-draft-02-4.3.2-d2 @ipv4-draft-02-4.3.2-k8
    Examples:
      | id | path              | request             | packets      |
      | e  | IPv4              | T = 1 and TLV = yes | packets      |
      | f  | IPv4              | T = 1 and TLV = yes | IPv4 packets |
      | g  | IPv4 behind a NAT | T = 1 and TLV = yes | packets      |
      | h  | IPv4 behind a NAT | T = 1 and TLV = yes | IPv4 packets |

  @TC-LMA-V4TUN-BV-37 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: The packet stands behind IPv4, UDP and TLV headers, and is otherwise as it was: <request>, <packets>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with <request>
    When CN1 sends <packet> to MN1
    Then <packets> for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation     | IPv4-UDP-TLV |
      | outer source      | LMA1         |
      | outer destination | MAG1         |
      | inner Hop Limit   | one less     |
      | inner content     | unchanged    |

    @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.1.3.1-k10
    Examples:
      | id | request | packets      | packet         |
      | a  | T = 1   | packets      | a packet       |
      | b  | T = 1   | IPv4 packets | an IPv4 packet |

    @ics:ipv4-draft-02-tlv-header @ipv4-draft-02-4.3.2-d2 @ipv4-draft-02-4.3.2-k8
    Examples:
      | id | request             | packets      | packet         |
      | c  | T = 1 and TLV = yes | packets      | a packet       |
      | d  | T = 1 and TLV = yes | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-38 @LMA @MUST @config:lma-ipv4-transport @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.1.4.1-k2
  Scenario Outline: The LMA takes the TLV header off what comes from the MAG, with those before it: <packets>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with T = 1
    When MN1 sends <packet> to CN1 through MAG1
    Then <packets> from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner destination | CN1       |
      | inner content     | unchanged |

    Examples:
      | id | packets      | packet         |
      | a  | packets      | a packet       |
      | b  | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-39 @LMA @MUST @config:lma-ipv4-transport @ics:ipv4-draft-04-tlv-header @ipv4-draft-04-4.1.3.1-k8
  Scenario: A tunnel has no TLV header that nobody has asked for
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1 with T = 1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with T = 0
    When CN1 sends a packet to MN1
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation | IPv4 |

  @TC-LMA-V4TUN-BV-40 @LMA @MUST @config:lma-ipv4-transport @ics:ipv4-draft-04-tlv-header
  Scenario Outline: A later request changes the header of the tunnel: <event> with T = <flag>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with T = <before>
    And packets for MN1 arrive at MAG1 only
    When <event> with T = <flag>
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only
    And IPv4 packets for MN1 arrive at MAG2 only

    @ipv4-draft-04-4.1.3.1-k10
    Examples:
      | id | event                 | before | flag |
      | a  | MN1 hands off to MAG2 | 0      | 1    |

    @ipv4-draft-04-4.1.3.1-k8
    Examples:
      | id | event                 | before | flag |
      | b  | MN1 hands off to MAG2 | 1      | 0    |
