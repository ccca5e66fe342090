Feature: The acknowledgement for an IPv4 home address (RFC 5844, Sections 3.1.2.6 and 3.3)
  Every answer to a request for IPv4 has an option that answers it. An acceptance tells address, prefix length and default router;
  a rejection repeats what was asked for.

  @TC-LMA-V4FMT-BV-01 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.6-k4 @rfc5844-3.1.2.6-k5 @rfc5844-3.1.2.6-k7 @rfc5844-3.1.2.6-k8 @rfc5844-3.1.2.6-d2 @rfc5844-3.1.2.6-k9 @rfc5844-3.1.2.6-k11
  @rfc5844-3.3.2-d1 @rfc5844-3.3.2-k1 @rfc5844-3.3.2-k2 @rfc5844-3.3.3-d1 @rfc5844-3.3.3-k1 @rfc5844-3.3.3-k2
  @ipv4-draft-04-3.1.2.6-k4 @ipv4-draft-04-3.1.2.6-k6 @ipv4-draft-04-3.1.2.6-k7 @ipv4-draft-04-3.1.2.6-d2 @ipv4-draft-04-3.1.2.6-k8
  @ipv4-draft-04-3.1.2.6-k10 @ipv4-draft-04-3.3.1-d1 @ipv4-draft-04-3.3.1-k1 @ipv4-draft-04-3.3.1-k2
  @ipv4-draft-02-3.3.2-k10 @ipv4-draft-02-3.3.2-k19 @ipv4-draft-02-3.3.2-k20 @ipv4-draft-02-3.3.2-k21 @ipv4-draft-02-3.3.2-k23
  @ipv4-draft-02-3.3.2-k24
  Scenario Outline: The acceptance tells the mobile node's IPv4 home address: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And the answer carries:
      | IPv4 answer | status 0 |

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4FMT-BV-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.6-k3 @ipv4-draft-04-3.1.2.6-k3
  Scenario Outline: The acceptance of a request for IPv4 alone has no prefix: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with no Home Network Prefix
    Then the LMA accepts the registration
    And the answer carries:
      | Home Network Prefix | absent |

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4FMT-BV-03 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.6-k7 @rfc5844-3.1.2.6-k9 @rfc5844-3.1.2.6-k11 @ipv4-draft-04-3.1.2.6-k6 @ipv4-draft-04-3.1.2.6-k8 @ipv4-draft-04-3.1.2.6-k10
  Scenario Outline: Address and default router are told again: <event>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the answer carries:
      | default router | present |

    Examples:
      | id | event                 |
      | a  | MAG1 refreshes MN1    |
      | b  | MN1 hands off to MAG2 |

  @TC-LMA-V4FMT-BI-01 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.6-k5 @rfc5844-3.1.2.6-k6a @rfc5844-3.1.2.6-k6b @rfc5844-3.1.2.6-d1 @rfc5844-3.1.2.6-k10
  @ipv4-draft-04-3.1.2.6-k4 @ipv4-draft-04-3.1.2.6-k5a @ipv4-draft-04-3.1.2.6-k5b @ipv4-draft-04-3.1.2.6-d1 @ipv4-draft-04-3.1.2.6-k9
  Scenario Outline: A rejection for an address repeats the request: <request>
    # The address that every fixed-ipv4 mobile node may use is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a fixed-ipv4 mobile node
    When MAG1 registers MN1 with <request>
    Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS
    And the answer carries:
      | IPv4 answer    | status 129, the requested address |
      | default router | absent                            |

    Examples:
      | id | request                                                   |
      | a  | IPv4 home address = unassigned                            |
      | b  | no Home Network Prefix and IPv4 home address = unassigned |

  @TC-LMA-V4FMT-BI-02 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.6-k5 @rfc5844-3.1.2.6-k6a @rfc5844-3.1.2.6-k6b @rfc5844-3.1.2.6-d1 @rfc5844-3.1.2.6-k10
  @ipv4-draft-04-3.1.2.6-k4 @ipv4-draft-04-3.1.2.6-k5a @ipv4-draft-04-3.1.2.6-k5b @ipv4-draft-04-3.1.2.6-d1 @ipv4-draft-04-3.1.2.6-k9
  Scenario Outline: A rejection for another cause answers for IPv4 as well: <request>, <event>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event> with <request>
    Then the LMA rejects it with status <status>
    And the answer carries:
      | IPv4 answer    | status 128 or above, the requested address |
      | default router | absent                                     |

    Examples:
      | id | event                 | request                   | status                               |
      | a  | MAG1 refreshes MN1    | no Access Technology Type | 162 MISSING_ACCESS_TECH_TYPE_OPTION  |
      | b  | MN1 hands off to MAG2 | no Handoff Indicator      | 161 MISSING_HANDOFF_INDICATOR_OPTION |

  @TC-LMA-V4FMT-BI-03 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.6-k3 @rfc5844-3.1.2.6-k4 @rfc5844-3.1.2.6-k6a @rfc5844-3.1.2.6-k6b @rfc5844-3.1.2.6-d1
  @ipv4-draft-04-3.1.2.6-k3 @ipv4-draft-04-3.1.2.6-k5a @ipv4-draft-04-3.1.2.6-k5b @ipv4-draft-04-3.1.2.6-d1
  Scenario: The rejection of a request for any IPv4 home address has 0.0.0.0 and no prefix
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1 with no Access Technology Type
    Then the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION
    And the answer carries:
      | IPv4 answer         | one, status 128 or above, the requested address |
      | Home Network Prefix | absent                                          |

  @TC-LMA-V4FMT-BI-04 @LMA @MUST @config:lma-ipv4 @ipv4-draft-02-3.3.2-k21 @ipv4-draft-02-3.3.2-k24
  Scenario: A rejection answers for IPv4 with a status of dual-stack Mobile IPv6
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1 with no Access Technology Type
    Then the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION
    And the answer carries:
      | IPv4 answer | status 128 or above |

  @TC-LMA-V4FMT-BI-05 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.6-k6a @rfc5844-3.1.2.6-k6b
  Scenario: The rejection of several IPv4 home addresses answers for them
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with IPv4 home address = ALL_ZERO, unassigned
    Then the LMA rejects it with status MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED
    And the answer carries:
      | IPv4 answer | status 128 or above, the requested address |

  @TC-LMA-V4FMT-BV-04 @LMA @MUST @config:lma-ipv4 @rfc5844-3.3.1-k3
  Scenario Outline: Reserved bits of a request do not matter: <bits>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1 with option[IPv4 home address].Reserved = <bits>
    Then the LMA accepts the registration
    And the answer carries:
      | IPv4 answer | status 0, not the requested address |

    Examples:
      | id | bits  |
      | a  | 0x3ff |
      | b  | 0x200 |
      | c  | 1     |

  @TC-LMA-V4FMT-BV-05 @LMA @MUST @config:lma-ipv4-narrow @ics:dhcp-support-mode @rfc5844-3.3.4-k1 @rfc5844-3.3.4-k2 @rfc5844-3.3.4-d1
  Scenario: An LMA that is set to have the MAG serve DHCP says so
    # What earlier scenarios had of the few addresses is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is an ipv4-only mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And the answer carries:
      | DHCP support mode | 1 |
