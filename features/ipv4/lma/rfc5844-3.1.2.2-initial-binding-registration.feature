Feature: The IPv4 home address of a new session (RFC 5844, Section 3.1.2.2)
  The LMA gives the mobile node an address, or the one that it asks for if it may use that. One session has both families.

  @TC-LMA-V4REG-BI-10 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.2-k2a @ipv4-draft-04-3.1.2.2-k2a
  Scenario Outline: An IPv4 address that is not the LMA's is not accepted: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with IPv4 home address = foreign and Link-local Address = marked
    Then the LMA does not accept it
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-LMA-V4REG-BI-11 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.2-k2b @rfc5844-3.1.2.2-k3 @rfc5844-3.1.2.2-k4 @rfc5844-3.1.2.6-k6b
  @ipv4-draft-04-3.1.2.2-k2b @ipv4-draft-04-3.1.2.2-k3 @ipv4-draft-04-3.1.2.2-k4 @ipv4-draft-04-3.1.2.6-k5b
  Scenario Outline: An IPv4 address of the LMA that the mobile node may not use is refused: <request>
    # The address that every fixed-ipv4 mobile node may use is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a fixed-ipv4 mobile node
    When MAG1 registers MN1 with <request> and Link-local Address = marked
    Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | request                                                   |
      | a  | IPv4 home address = unassigned                            |
      | b  | no Home Network Prefix and IPv4 home address = unassigned |

  @TC-LMA-V4REG-BI-12 @LMA @ambiguous @config:lma-ipv4 @rfc5844-3.1.2.2-k2b @rfc5844-3.1.2.7-k2e @ipv4-draft-04-3.1.2.2-k2b @ipv4-draft-04-3.1.2.7-k1e
  Scenario Outline: An IPv4 address of another mobile node is refused: <MAG>, <kind>, <indicator>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And IPv4 packets for MN2 arrive at MAG1 only
    And MN3 is a dual mobile node
    And MN3 is registered at MAG2
    And MN1 is a <kind> mobile node
    When <MAG> registers MN1 with IPv4 home address = MN2's and Handoff Indicator = <indicator>
    Then the outcome is one of:
      | outcome                                                  | reading                                         | allowed when |
      | rejected with 171 NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS   | the mobile node may not use that address        | always       |
      | rejected with 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX | the rule for prefixes, with the address instead | always       |

    Examples:
      | id | MAG  | kind      | indicator |
      | a  | MAG1 | dual      | 1         |
      | b  | MAG2 | dual      | 3         |
      | c  | MAG1 | ipv4-only | 2         |
      | d  | MAG2 | ipv4-only | 5         |

  @TC-LMA-V4REG-BI-13 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.7-k2e @ipv4-draft-04-3.1.2.7-k1e
  Scenario Outline: The IPv4 address that another mobile node asks for stays where it is: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And IPv4 packets for MN2 arrive at MAG1 only
    And MN3 is a dual mobile node
    And MN3 is registered at MAG2
    And IPv4 packets for MN3 arrive at MAG2 only
    And MN1 is a <kind> mobile node
    When MAG2 registers MN1 with IPv4 home address = MN2's
    Then the LMA does not accept it
    And IPv4 packets for MN2 arrive at MAG1 only
    And packets for MN2 arrive at MAG1 only

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-LMA-V4REG-BV-04 @LMA @MUST @config:lma-ipv4-narrow
  @rfc5844-3.1.2.2-k5 @rfc5844-3.1.2.2-k6 @ipv4-draft-04-3.1.2.2-k5 @ipv4-draft-04-3.1.2.2-k6 @ipv4-draft-02-3.3.2-k12
  Scenario: With no IPv4 home address left a registration is rejected for lack of resources
    # What earlier scenarios had of the few addresses is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN3 is an ipv4-only mobile node
    And MN3 is registered at MAG2
    And no two mobile nodes share an IPv4 home address
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1 with Link-local Address = marked
    Then the LMA rejects it with status 130 INSUFFICIENT_RESOURCES
    And the answer carries:
      | IPv4 answer | status 128 |
    And a new registration of MN1 finds no mobility session

  @TC-LMA-V4REG-BV-05 @LMA @MUST @config:lma-ipv4-narrow @rfc5844-3-d3 @ipv4-draft-02-3.3.2-k11
  Scenario: The last IPv4 home address is nobody else's
    # What earlier scenarios had of the few addresses is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When MAG2 registers MN1
    Then the LMA accepts the registration
    And no two mobile nodes share an IPv4 home address

  @TC-LMA-V4REG-BV-06 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.2-k7 @rfc5844-3.1.2.2-k9 @rfc5844-3.1.2.3-k1a @rfc5844-3.1.2.3-k1b
  @ipv4-draft-04-3.1.2.2-k7 @ipv4-draft-04-3.1.2.3-k1 @ipv4-draft-02-3.3.2-k13
  Scenario Outline: A refresh keeps session and IPv4 home address: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one

    @ipv4-draft-02-3.3.2-k18
    Examples:
      | id | kind      |
      | a  | ipv4-only |

    @ipv4-draft-02-3.3.2-k17
    Examples:
      | id | kind |
      | b  | dual |

  @TC-LMA-V4REG-BV-07 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.2-d1 @rfc5844-3.1.2.2-k8 @rfc5844-3-d2 @rfc5844-3-d4
  @ipv4-draft-04-3.1.2.2-k8 @ipv4-draft-04-3-d1 @ipv4-draft-04-3-d3
  Scenario Outline: Prefixes and IPv4 home address move together: <request>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with <request>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes and IPv4 home address
    And the session is the earlier one
    And packets for MN1 arrive at MAG2 only
    And IPv4 packets for MN1 arrive at MAG2 only

    Examples:
      | id | request                                                |
      | a  | Handoff Indicator = 3                                  |
      | d  | IPv4 home address = assigned and Handoff Indicator = 3 |

    @ipv4-draft-02-3-d1
    Examples:
      | id | request                                                               |
      | b  | Home Network Prefix = assigned and Handoff Indicator = 3              |
      | c  | Handoff Indicator = 2 and Mobile Node Link-layer Identifier = another |

  @TC-LMA-V4REG-TI-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.2-k8 @rfc5844-3-d4 @ipv4-draft-04-3.1.2.2-k8 @ipv4-draft-04-3-d3
  Scenario: Prefixes and IPv4 home address end with one lifetime
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    When just over the lifetime of MN1 passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is a new one

  @TC-LMA-V4REG-TI-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.2-k8 @ipv4-draft-04-3.1.2.2-k8
  Scenario: One refresh counts for prefixes and IPv4 home address
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    And half the lifetime of MN1 passes
    When MAG1 refreshes MN1 with Lifetime = 20 s
    Then the LMA accepts the registration
    When just under the lifetime of MN1 passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes and IPv4 home address
    And the session is the earlier one

  @TC-LMA-V4REG-BV-08 @LMA @MUST @config:lma-ipv4 @ics:!static-prefixes @rfc5844-3-d3
  Scenario Outline: A second interface gets an IPv4 home address of its own: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When MAG2 registers MN1 with Handoff Indicator = 1 and Mobile Node Link-layer Identifier = another
    Then the LMA accepts the registration
    And MN1 gets another IPv4 home address

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-LMA-V4REG-BV-09 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.7-k2f @rfc5844-3.1.2.6-k7 @ipv4-draft-04-3.1.2.7-k1f @ipv4-draft-04-3.1.2.6-k6
  Scenario Outline: An IPv4 home address that no session has is given to the mobile node that asks for it: <request>
    # The address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with <request>
    Then the LMA accepts the registration
    And no two mobile nodes share an IPv4 home address
    And the answer carries:
      | IPv4 answer | unassigned |

    Examples:
      | id | request                                                   |
      | a  | IPv4 home address = unassigned                            |
      | b  | no Home Network Prefix and IPv4 home address = unassigned |
