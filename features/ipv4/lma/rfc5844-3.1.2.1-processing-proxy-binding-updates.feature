Feature: Processing requests for IPv4 home addresses (RFC 5844, Section 3.1.2.1)
  A request asks for prefixes, for an IPv4 home address, or for both. Profile and home network say which families a mobile
  node may have. Prefixes identify the session; without them, IPv4 home address or link-layer identifier do.

  @TC-LMA-V4REG-BV-01 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.1-k2 @rfc5844-3.1.2.2-k1 @rfc5844-3.1.2.2-k12
  @ipv4-draft-04-3.1.2.1-k2 @ipv4-draft-04-3.1.2.2-k1 @ipv4-draft-04-3.1.2.2-k12
  @ipv4-draft-02-3.3.2-k2 @ipv4-draft-02-3.3.2-k7
  Scenario Outline: A registration for IPv4 alone is accepted: <kind>, <request>
    Given MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with <request>
    Then the LMA accepts the registration
    And MN1 has at least 1 IPv4 home address

    Examples:
      | id | kind      | request                                                |
      | a  | ipv4-only | IPv4 home address = ALL_ZERO                           |
      | b  | dual      | no Home Network Prefix                                 |
      | c  | ipv4-only | IPv4 home address = ALL_ZERO and Handoff Indicator = 4 |

  @TC-LMA-V4REG-BV-02 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.1-k13 @rfc5844-3.1.2.2-k1 @rfc5844-3.1.2.2-k12 @ipv4-draft-04-3.1.2.2-k1 @ipv4-draft-04-3.1.2.2-k12
  Scenario: A registration for both families brings a prefix and an IPv4 home address of its own
    Given MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has at least 1 home network prefix
    And MN1 has at least 1 IPv4 home address
    And no two mobile nodes share a home network prefix

  @TC-LMA-V4REG-BV-22 @LMA @MUST @config:lma-ipv4 @rfc5844-3-d3 @ipv4-draft-02-3.3.2-k11
  Scenario: Every mobile node gets an IPv4 home address of its own
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN3 is an ipv4-only mobile node
    And MN3 is registered at MAG2
    And MN4 is a dual mobile node
    And MN4 is registered at MAG2
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And no two mobile nodes share an IPv4 home address

  @TC-LMA-V4REG-BI-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-d1
  Scenario Outline: A request for IPv4 alone is rejected for what a request for IPv6 is: <status>
    Given MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When <MAG> registers MN1 with <request> and Link-local Address = marked
    Then the LMA rejects it with status <status>
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | MAG  | request                      | status                               |
      | a  | MAG1 | no Mobile Node Identifier    | 160 MISSING_MN_IDENTIFIER_OPTION     |
      | b  | MAG3 | IPv4 home address = ALL_ZERO | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG |
      | c  | MAG1 | no Handoff Indicator         | 161 MISSING_HANDOFF_INDICATOR_OPTION |
      | d  | MAG1 | no Access Technology Type    | 162 MISSING_ACCESS_TECH_TYPE_OPTION  |

  @TC-LMA-V4REG-BI-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-d1
  Scenario Outline: IPv4 is not for mobile nodes that are not served: <kind>
    Given MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with no Home Network Prefix and IPv4 home address = ALL_ZERO
    Then the LMA rejects it with status <status>

    Examples:
      | id | kind     | status                           |
      | a  | unknown  | 153 NOT_LMA_FOR_THIS_MOBILE_NODE |
      | b  | disabled | 152 PROXY_REG_NOT_ENABLED        |

  @TC-LMA-V4REG-BI-03 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.1-k4 @ipv4-draft-04-3.1.2.1-k4 @ipv4-draft-02-3.3.2-k4 @ipv4-draft-02-3.3.2-k22
  Scenario: A request for neither family is rejected
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with no Home Network Prefix and no IPv4 home address and Link-local Address = marked
    Then the LMA rejects it with status MISSING_HOME_NETWORK_PREFIX_OPTION
    And a new registration of MN1 finds no mobility session

  @TC-LMA-V4REG-BI-04 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k5a
  Scenario: A mobile node whose profile has IPv4 alone gets no prefix
    Given MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1 with Home Network Prefix = ALL_ZERO and Link-local Address = marked
    Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE
    And a new registration of MN1 finds no mobility session

  @TC-LMA-V4REG-BI-05 @LMA @MUST @config:lma-ipv4-narrow @rfc5844-3.1.2.1-k5b
  Scenario: A home network without IPv6 gives no prefix, whatever the profile allows
    # What earlier scenarios had of the few addresses is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE

  @TC-LMA-V4REG-BI-06 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k6a
  Scenario Outline: A mobile node whose profile has IPv6 alone gets no IPv4 home address: <request>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv6-only mobile node
    When MAG1 registers MN1 with <request> and Link-local Address = marked
    Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | request                                                 |
      | a  | IPv4 home address = ALL_ZERO                            |
      | b  | no Home Network Prefix and IPv4 home address = ALL_ZERO |

  @TC-LMA-V4REG-BI-07 @LMA @MUST @config:lma-no-ipv4 @rfc5844-3.1.2.1-k6b
  Scenario Outline: A home network without IPv4 gives no IPv4 home address, whatever the profile allows: <request>
    Given MN2 is registered at MAG1
    And MN1 has no mobility session
    When MAG1 registers MN1 with <request> and Link-local Address = marked
    Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | request                                                 |
      | a  | IPv4 home address = ALL_ZERO                            |
      | b  | no Home Network Prefix and IPv4 home address = ALL_ZERO |

  @TC-LMA-V4REG-BI-08 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k7
  Scenario Outline: More than one IPv4 home address is refused: <kind>, <addresses>
    Given MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with IPv4 home address = <addresses> and Link-local Address = marked
    Then the LMA rejects it with status MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      | addresses            |
      | a  | dual      | ALL_ZERO, ALL_ZERO   |
      | b  | dual      | ALL_ZERO, unassigned |
      | c  | ipv4-only | ALL_ZERO, ALL_ZERO   |

  @TC-LMA-V4REG-BI-09 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k13
  Scenario: A prefix that the mobile node may not use is refused also beside a request for IPv4
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with Home Network Prefix = foreign and Link-local Address = marked
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And a new registration of MN1 finds no mobility session

  @TC-LMA-V4LKP-BV-01 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.1-k9a @ipv4-draft-04-3.1.2.1-k6a @ipv4-draft-02-3.3.2-k8 @ipv4-draft-02-3.3.2-k17
  Scenario Outline: Prefixes identify the session, whatever IPv4 home address stands beside them: <event>, <address>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When <event> with Home Network Prefix = assigned and IPv4 home address = <address>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes and IPv4 home address
    And the session is the earlier one

    Examples:
      | id | event                 | address  |
      | a  | MN1 hands off to MAG2 | ALL_ZERO |
      | b  | MN1 hands off to MAG2 | assigned |
      | c  | MAG1 refreshes MN1    | ALL_ZERO |
      | d  | MAG1 refreshes MN1    | assigned |

  @TC-LMA-V4LKP-BV-08 @LMA @ambiguous @config:lma-ipv4 @rfc5844-3.1.2.1-k9a @ipv4-draft-04-3.1.2.1-k6a @ipv4-draft-02-3.3.2-k17
  Scenario Outline: Prefixes identify the session also beside an IPv4 home address that it does not have: <event>
    # The address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When <event> with Home Network Prefix = assigned and IPv4 home address = unassigned
    Then the outcome is one of:
      | outcome                                                | reading                                      | allowed when |
      | accepted, the session is the earlier one               | the address does not matter                  | always       |
      | rejected with 171 NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS | the mobile node may not have another address | always       |
      | rejected with 129 ADMINISTRATIVELY_PROHIBITED          | the same, in an edition without that status  | always       |
      | rejected with 159 BCE_PBU_PREFIX_SET_DO_NOT_MATCH      | the addresses of the session are others      | always       |

    Examples:
      | id | event                 |
      | a  | MN1 hands off to MAG2 |
      | b  | MAG1 refreshes MN1    |

  @TC-LMA-V4LKP-BV-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k9b @rfc5844-3.1.2.2-k9 @ipv4-draft-04-3.1.2.1-k6b
  Scenario Outline: A request for any IPv4 home address finds the session of the interface: <MAG>, <indicator>
    Given MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When <MAG> registers MN1 with IPv4 home address = ALL_ZERO and Handoff Indicator = <indicator>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one
    And the answer carries:
      | IPv4 answer | its earlier IPv4 home address |

    Examples:
      | id | MAG  | indicator |
      | a  | MAG1 | 1         |
      | b  | MAG2 | 1         |
      | c  | MAG2 | 3         |
      | d  | MAG2 | 4         |
      | e  | MAG1 | 5         |

  @TC-LMA-V4LKP-BV-03 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k9c @ipv4-draft-04-3.1.2.1-k6b
  Scenario Outline: Without a link-layer identifier the only session of the mobile node is meant: <indicator>
    Given MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with no Mobile Node Link-layer Identifier and Handoff Indicator = <indicator>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one

    Examples:
      | id | indicator |
      | a  | 2         |
      | b  | 3         |

  @TC-LMA-V4REG-BV-03 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.1-k17
  Scenario Outline: A session of prefixes alone gets an IPv4 home address later: <event>
    Given MN2 is a dual mobile node
    And MN2 is registered at <MAG>
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with no IPv4 home address and Link-local Address = marked
    When <event> with Home Network Prefix = assigned and IPv4 home address = ALL_ZERO
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one
    And MN1 has at least 1 IPv4 home address
    And packets for MN1 arrive at <MAG> only
    And IPv4 packets for MN1 arrive at <MAG> only

    Examples:
      | id | event                 | MAG  |
      | a  | MAG1 refreshes MN1    | MAG1 |
      | b  | MN1 hands off to MAG2 | MAG2 |
