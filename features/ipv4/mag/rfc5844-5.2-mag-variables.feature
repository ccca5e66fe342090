Feature: Configuration variables of a MAG for IPv4 transport (RFC 5844, Section 5.2)
  The operator can have the MAG ask for UDP in its updates, and the value survives a restart. Draft -04 has two variables, which act
  together: one lets the MAG ask for UDP, the other forces it.

  @TC-MAG-V4VAR-BV-01 @MAG @MUST @config:mag-ipv4-transport @rfc5844-5.2-d1 @ipv4-draft-04-5.2-k5
  Scenario Outline: By default the MAG does not ask for UDP: <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 0 |

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |
      | c  | ipv6-only | an ipv6-only |

  @TC-MAG-V4VAR-BV-02 @MAG @MUST @config:mag-ipv4-transport @rfc5844-5.2-k1
  Scenario: With ForceIPv4UDPEncapsulationSupport set to 1, the MAG asks for UDP
    Given MN2 is attached at link 2 and registered with LMA1
    And the operator sets ForceIPv4UDPEncapsulationSupport to 1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 1 |

  @TC-MAG-V4VAR-BV-03 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-04-5.2-k1 @ipv4-draft-04-5.2-k6
  Scenario: With both variables of draft -04 set to 1, the MAG asks for UDP
    Given MN2 is attached at link 2 and registered with LMA1
    And the operator sets RequestIPv4UDPEncapsulationSupport to 1
    And the operator sets ForceIPv4UDPEncapsulationSupport to 1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 1 |

  @TC-MAG-V4VAR-BV-04 @MAG @MUST @config:mag-ipv4-transport-udp @rfc5844-5.2-k1 @ipv4-draft-04-5.2-k1
  Scenario: With ForceIPv4UDPEncapsulationSupport set to 0, the MAG does not ask for UDP any more
    Given MN2 is attached at link 2 and registered with LMA1
    And the operator sets ForceIPv4UDPEncapsulationSupport to 0
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 0 |

  @TC-MAG-V4VAR-BV-05 @MAG @MUST @config:mag-ipv4-transport @rfc5844-5.2-k2
  Scenario: ForceIPv4UDPEncapsulationSupport = 1 is still in force after a restart
    Given the operator sets ForceIPv4UDPEncapsulationSupport to 1
    And the device restarts
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 1 |

  @TC-MAG-V4VAR-BV-06 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-04-5.2-k2
  Scenario: Both variables of draft -04 are still in force after a restart
    Given the operator sets RequestIPv4UDPEncapsulationSupport to 1
    And the operator sets ForceIPv4UDPEncapsulationSupport to 1
    And the device restarts
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 1 |

  @TC-MAG-V4VAR-BV-07 @MAG @MUST @config:mag-ipv4-transport-udp @rfc5844-5.2-k2 @ipv4-draft-04-5.2-k2
  Scenario: ForceIPv4UDPEncapsulationSupport = 0 is still in force after a restart
    Given the operator sets ForceIPv4UDPEncapsulationSupport to 0
    And the device restarts
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 0 |
