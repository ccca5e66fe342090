Feature: The acknowledgement over IPv4 (RFC 5844, Section 4.1.3.2)
  The answer goes back the way the request came, in UDP over IPv4. RFC 5844 has the Mobility Header right behind the UDP header; in its
  drafts an IPv6 packet stands between them.

  @TC-LMA-V4TR-BV-07 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: An acceptance goes back over IPv4: <event>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event>
    Then the LMA accepts the <kind>
    And the answer carries:
      | transport         | <transport> |
      | outer source      | LMA1        |
      | outer destination | <MAG>       |
      | UDP checksum      | right       |
      | Checksum          | <checksum>  |

    @rfc5844-4.1.3.2-d1 @rfc5844-4.1.3.2-d2 @rfc5844-4.1.3.2-d3 @rfc5844-4.1.3.2-k3 @rfc5844-4.1.3.2-k4 @rfc5844-4.1.3.2-k5 @rfc5844-4.1.3.2-d5
    Examples:
      | id | event                 | kind            | MAG  | transport | checksum |
      | a  | MAG1 registers MN3    | registration    | MAG1 | IPv4-UDP  | 0        |
      | b  | MAG1 refreshes MN1    | registration    | MAG1 | IPv4-UDP  | 0        |
      | c  | MN1 hands off to MAG2 | registration    | MAG2 | IPv4-UDP  | 0        |
      | d  | MAG1 de-registers MN1 | de-registration | MAG1 | IPv4-UDP  | 0        |

    @ipv4-draft-04-4.1.3.2-k5 @ipv4-draft-04-4.1.3.2-k6 @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
    Examples:
      | id | event                 | kind            | MAG  | transport     | checksum |
      | e  | MAG1 registers MN3    | registration    | MAG1 | IPv4-UDP-IPv6 | right    |
      | f  | MAG1 refreshes MN1    | registration    | MAG1 | IPv4-UDP-IPv6 | right    |
      | g  | MN1 hands off to MAG2 | registration    | MAG2 | IPv4-UDP-IPv6 | right    |
      | h  | MAG1 de-registers MN1 | de-registration | MAG1 | IPv4-UDP-IPv6 | right    |

  @TC-LMA-V4TR-BV-08 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: A rejection goes back over IPv4: <status>
    Given MAG1 signals over IPv4
    And MAG3 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When <MAG> registers MN1 with <request>
    Then the LMA rejects it with status <status>
    And the answer carries:
      | transport         | <transport> |
      | outer source      | LMA1        |
      | outer destination | <MAG>       |
      | UDP checksum      | right       |
      | Checksum          | <checksum>  |

    @rfc5844-4.1.3.2-d1 @rfc5844-4.1.3.2-d2 @rfc5844-4.1.3.2-d3 @rfc5844-4.1.3.2-k3 @rfc5844-4.1.3.2-k4 @rfc5844-4.1.3.2-k5 @rfc5844-4.1.3.2-d5
    Examples:
      | id | MAG  | request                        | status                               | transport | checksum |
      | a  | MAG1 | no Mobile Node Identifier      | 160 MISSING_MN_IDENTIFIER_OPTION     | IPv4-UDP  | 0        |
      | b  | MAG1 | no Access Technology Type      | 162 MISSING_ACCESS_TECH_TYPE_OPTION  | IPv4-UDP  | 0        |
      | c  | MAG3 | Home Network Prefix = ALL_ZERO | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG | IPv4-UDP  | 0        |
      | d  | MAG1 | F = 1                          | 129 ADMINISTRATIVELY_PROHIBITED      | IPv4-UDP  | 0        |

    @ipv4-draft-04-4.1.3.2-k5 @ipv4-draft-04-4.1.3.2-k6 @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
    Examples:
      | id | MAG  | request                        | status                               | transport     | checksum |
      | e  | MAG1 | no Mobile Node Identifier      | 160 MISSING_MN_IDENTIFIER_OPTION     | IPv4-UDP-IPv6 | right    |
      | f  | MAG1 | no Access Technology Type      | 162 MISSING_ACCESS_TECH_TYPE_OPTION  | IPv4-UDP-IPv6 | right    |
      | g  | MAG3 | Home Network Prefix = ALL_ZERO | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG | IPv4-UDP-IPv6 | right    |

  @TC-LMA-V4TR-BV-12 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.2-d2
  Scenario Outline: The answer comes from the port for signalling: <event>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event> with source port = 49152
    Then the LMA accepts the <kind>
    And the answer carries:
      | source port | 5436 |

    Examples:
      | id | event                 | kind            |
      | a  | MAG1 registers MN3    | registration    |
      | b  | MAG1 refreshes MN1    | registration    |
      | c  | MAG1 de-registers MN1 | de-registration |

  @TC-LMA-V4TR-BV-09 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.2-d3 @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
  Scenario Outline: The answer goes to the port of the request: <event>
    # The port of one request says nothing of the next.
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with source port = 49152
    When <event> with source port = <port>
    Then the LMA accepts the <kind>
    And the answer carries:
      | destination port | <port> |

    Examples:
      | id | event                 | kind            | port  |
      | a  | MAG1 registers MN3    | registration    | 49152 |
      | b  | MAG1 refreshes MN1    | registration    | 49152 |
      | c  | MAG1 refreshes MN1    | registration    | 65535 |
      | d  | MAG1 de-registers MN1 | de-registration | 1024  |

  @TC-LMA-V4TR-BI-06 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.2-d3 @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
  Scenario: A rejection goes to the port of the request, too
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with no Access Technology Type and source port = 49152
    Then the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION
    And the answer carries:
      | destination port | 49152 |

  @TC-LMA-V4TR-BV-10 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.2-k5 @rfc5844-4.1.3.2-d5 @ipv4-draft-04-4.1.3.2-k6 @ipv4-draft-04-4.1.3.2-d1 @ipv4-draft-02-4.3.2-k3
  Scenario Outline: The answer goes to the address of the request, not to that of an earlier one: <event>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MAG1 signals over <path>
    When <event>
    Then the LMA accepts the registration
    And the answer carries:
      | outer source | LMA1 |

    Examples:
      | id | event              | path                      |
      | a  | MAG1 refreshes MN1 | IPv4 from another address |
      | b  | MAG1 registers MN3 | IPv4 from another address |

  @TC-LMA-V4TR-BV-11 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.2-d1 @ipv4-draft-04-4.1.3.2-k5 @ipv4-draft-02-4.3.2-k3
  Scenario: The transport of the request decides, not that of an earlier one
    Given MAG1 signals over IPv6
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MAG1 signals over IPv4
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And the answer carries:
      | outer source      | LMA1 |
      | outer destination | MAG1 |
