Feature: Processing requests over IPv4 (RFC 5844, Section 4.1.3.1)
  A request over IPv4 is judged as one over IPv6, but for its checksum and for the flag F, which an LMA refuses unless it is told to accept it.
  The transport is that of the MAG: it serves mobile nodes of every kind.

  @TC-LMA-V4TR-BV-01 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4-d1 @rfc5844-4.1.3.1-k8
  @ipv4-draft-04-4-d1 @ipv4-draft-04-4.1.3-k1 @ipv4-draft-04-4.1.3.1-k11
  @ipv4-draft-02-4.3.2-k3
  Scenario Outline: A registration over IPv4 is accepted: <kind>
    Given MN2 is registered at MAG2
    And MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |
      | c  | ipv6-only |

  @TC-LMA-V4TR-BV-02 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.1-k1 @rfc5844-4.1.3.1-k8 @ipv4-draft-04-4.1.3.1-k3a @ipv4-draft-04-4.1.3.1-k11
  Scenario Outline: A refresh over IPv4 finds the session: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And the session is the earlier one

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |
      | c  | ipv6-only |

  @TC-LMA-V4TR-BV-03 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.1-k1 @rfc5844-4.1.3.1-k8 @ipv4-draft-04-4.1.3.1-k3a @ipv4-draft-04-4.1.3.1-k11
  Scenario Outline: A de-registration over IPv4 is accepted at once, and ends the session after the wait: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 de-registers MN1
    Then the LMA accepts the de-registration
    When just over MinDelayBeforeBCEDelete passes
    Then a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |
      | c  | ipv6-only |

  @TC-LMA-V4TR-TI-01 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k1 @ipv4-draft-04-4.1.3.1-k3a
  Scenario Outline: A session over IPv4 ends with its lifetime: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    When just over the lifetime of MN1 passes
    Then a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |
      | c  | ipv6-only |

  @TC-LMA-V4TR-BI-01 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k1 @ipv4-draft-04-4.1.3.1-k3a
  Scenario Outline: A request over IPv4 is rejected for what one over IPv6 is: <status>, <kind>
    Given MAG1 signals over IPv4
    And MAG3 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When <MAG> registers MN1 with <request> and Link-local Address = marked
    Then the LMA rejects it with status <status>
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      | MAG  | request                        | status                               |
      | a  | dual      | MAG1 | no Mobile Node Identifier      | 160 MISSING_MN_IDENTIFIER_OPTION     |
      | b  | dual      | MAG3 | Home Network Prefix = ALL_ZERO | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG |
      | c  | ipv4-only | MAG3 | IPv4 home address = ALL_ZERO   | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG |
      | d  | dual      | MAG1 | no Handoff Indicator           | 161 MISSING_HANDOFF_INDICATOR_OPTION |
      | e  | ipv6-only | MAG1 | no Access Technology Type      | 162 MISSING_ACCESS_TECH_TYPE_OPTION  |
      | f  | ipv4-only | MAG1 | no Access Technology Type      | 162 MISSING_ACCESS_TECH_TYPE_OPTION  |

  @TC-LMA-V4TR-BI-02 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k1 @ipv4-draft-04-4.1.3.1-k3a
  Scenario: A mobile node that is not served is rejected over IPv4, too
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an unknown mobile node
    When MAG1 registers MN1
    Then the LMA rejects it with status 153 NOT_LMA_FOR_THIS_MOBILE_NODE

  @TC-LMA-V4TR-BO-01 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.3.1-k1 @rfc5844-4.1.3.1-k3 @ipv4-draft-04-4.1.3.1-k3a @ipv4-draft-04-4.1.3.1-k5
  Scenario Outline: A request over IPv4 that is rejected leaves the session as it is: <request>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MAG3 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <request>
    Then the LMA rejects it with status <status>
    And packets for MN1 arrive at MAG1 only
    And IPv4 packets for MN1 arrive at MAG1 only

    Examples:
      | id | request                                              | status                               |
      | a  | MN1 hands off to MAG2 with no Access Technology Type | 162 MISSING_ACCESS_TECH_TYPE_OPTION  |
      | b  | MN1 hands off to MAG3                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG |

  @TC-LMA-V4TR-BI-03 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k1 @ipv4-draft-04-4.1.3.1-k3a
  Scenario Outline: Of two faults of a request over IPv4 the first in the order of the rules is reported: <first> before <later>
    # An order is there only between checks that the LMA makes: each fault is first shown alone.
    Given MAG1 signals over IPv4
    And MAG3 signals over IPv4
    And MN2 is a dual mobile node
    And <first alone>
    And the LMA rejects it with status <first>
    And MN3 is a <kind of later> mobile node
    And <later alone>
    And the LMA rejects it with status <later>
    And MN1 is a <kind of later> mobile node
    When <both>
    Then the LMA rejects it with status <first>

    Examples:
      | id | both                                                                       | first alone                                       | first                                | kind of later | later alone                                       | later                                |
      | a  | MAG3 registers MN1 with no Mobile Node Identifier                          | MAG1 registers MN2 with no Mobile Node Identifier | 160 MISSING_MN_IDENTIFIER_OPTION     | dual          | MAG3 registers MN3                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG |
      | b  | MAG3 registers MN1                                                         | MAG3 registers MN2                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG | unknown       | MAG1 registers MN3                                | 153 NOT_LMA_FOR_THIS_MOBILE_NODE     |
      | c  | MAG3 registers MN1 with no Handoff Indicator                               | MAG3 registers MN2                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG | dual          | MAG1 registers MN3 with no Handoff Indicator      | 161 MISSING_HANDOFF_INDICATOR_OPTION |
      | d  | MAG1 registers MN1 with no Handoff Indicator and no Access Technology Type | MAG1 registers MN2 with no Handoff Indicator      | 161 MISSING_HANDOFF_INDICATOR_OPTION | dual          | MAG1 registers MN3 with no Access Technology Type | 162 MISSING_ACCESS_TECH_TYPE_OPTION  |

  @TC-LMA-V4TR-BV-04 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k2
  Scenario Outline: The checksum of the Mobility Header does not matter over IPv4: <checksum>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with Checksum = <checksum>
    Then the LMA accepts the registration

    Examples:
      | id | kind      | checksum |
      | a  | dual      | 0x0000   |
      | b  | dual      | 0x1234   |
      | c  | ipv4-only | 0xffff   |

  @TC-LMA-V4TR-BI-04 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.1-k3b
  Scenario Outline: A request over IPv4 with a wrong checksum of the Mobility Header is discarded: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with Checksum = wrong and Link-local Address = marked
    Then the LMA does not answer
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-LMA-V4TR-BO-02 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.3.1-k3b @ipv4-draft-04-4.1.3.1-k5
  Scenario Outline: A request over IPv4 with a wrong checksum of the Mobility Header leaves the session as it is: <request>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <request> with Checksum = wrong
    And just over MinDelayBeforeBCEDelete passes
    Then the LMA does not answer
    And packets for MN1 arrive at MAG1 only

    Examples:
      | id | request               |
      | a  | MN1 hands off to MAG2 |
      | b  | MAG1 de-registers MN1 |

  @TC-LMA-V4TR-BI-05 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k5
  Scenario Outline: A request that forces UDP encapsulation is refused, as long as nobody has allowed it: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with F = 1 and Link-local Address = marked
    Then the LMA rejects it with status 129 ADMINISTRATIVELY_PROHIBITED
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |
      | c  | ipv6-only |

  @TC-LMA-V4TR-BO-03 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.3.1-k5 @rfc5844-4.1.3.1-k3
  Scenario Outline: A refused request for UDP encapsulation leaves the session as it is: <request>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <request> with F = 1
    Then the LMA rejects it with status 129 ADMINISTRATIVELY_PROHIBITED
    And packets for MN1 arrive at MAG1 only
    And IPv4 packets for MN1 arrive at MAG1 only

    Examples:
      | id | request               |
      | a  | MAG1 refreshes MN1    |
      | b  | MN1 hands off to MAG2 |

  @TC-LMA-V4TR-BV-05 @LMA @MUST @config:lma-ipv4-transport-udp @rfc5844-1.2-d1 @rfc5844-4.1.3.1-k8
  Scenario Outline: A request that forces UDP encapsulation is accepted where it is allowed, and the MAG is told: <kind>
    Given MN2 is registered at MAG2
    And MAG1 signals over IPv4
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection | F 1 |

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |
      | c  | ipv6-only |

  @TC-LMA-V4TR-BV-06 @LMA @MUST @config:lma-ipv4-transport-udp @rfc5844-1.2-d1
  Scenario Outline: The MAG is told of UDP encapsulation again: <event>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1 with F = 1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with F = 1
    When <event> with F = 1
    Then the LMA accepts the registration
    And the answer carries:
      | NAT Detection | F 1 |

    Examples:
      | id | event                 |
      | a  | MAG1 refreshes MN1    |
      | b  | MN1 hands off to MAG2 |
