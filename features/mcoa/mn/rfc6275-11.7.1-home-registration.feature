Feature: Binding Updates to the home agent (RFC 6275, Section 11.7.1)
  A mobile node registers the address that it gets on a foreign link, and each that follows.

  @TC-MN-REG-BV-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.1-k1 @rfc6275-11.7.1-k2 @rfc6275-11.7.1-k3 @rfc6275-11.7.1-k4
  @rfc6275-11.7.1-k5 @rfc6275-11.7.1-k6 @rfc6275-11.7.1-k11 @rfc6275-11.7.1-k18 @rfc6275-6.1.7-k5 @rfc6275-6.1.7-k10
  @rfc6275-6.1.7-k11 @rfc6275-6.1.1-k2 @rfc6275-6.1.1-k3 @rfc6275-6.1.1-d1 @rfc6275-6.1-k1
  Scenario: A mobile node on a foreign link registers its care-of address
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA with:
      | A                   | 1                            |
      | H                   | 1                            |
      | Lifetime            | above 0 s                    |
      | Source              | the care-of address of link 1 |
      | Home Address option | the home address             |
    And the MN has a binding for link 1 at the HA

  @TC-MN-REG-BV-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-6.1.1-k1
  Scenario: No other header follows the Binding Update
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA

  @TC-MN-REG-BV-03 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.1-k10 @rfc6275-6.1.7-k2
  Scenario: Where nobody negotiates security associations, the update does not promise to move them
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA with:
      | K | 0 |

  @TC-MN-REG-BV-04 @MN @SHOULD @config:mn-mipv6 @ics:mn-link-local-compatible @rfc6275-11.7.1-k7
  Scenario: A link-local address with the interface identifier of the home address is registered with L
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA with:
      | L | 1 |

  @TC-MN-REG-BV-05 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.1-k1 @rfc6275-11.7.2-k8
  Scenario: A mobile node that moves to another link registers its new care-of address
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at link 2
    Then the MN sends a Binding Update to the HA with:
      | Source | the care-of address of link 2 |
    And the MN has a binding for link 2 at the HA
    And packets of the MN to CN1 come over link 2 only

  @TC-MN-REG-BV-06 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.1-k1 @rfc6275-11.7.2-k8
  Scenario: A mobile node whose link gets another prefix registers its new care-of address
    Given the MN has registered link 1
    When link 1 gets another prefix
    Then the MN sends a Binding Update to the HA with:
      | Source | the care-of address of link 1 |

  @TC-MN-REG-BV-07 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.2-k18
  Scenario: Each update has a greater Sequence Number than the one before
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at link 2
    Then the MN sends a Binding Update to the HA with:
      | Sequence Number | after the last |

  @TC-MN-REG-BO-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.1-k20
  Scenario Outline: After status 135 the mobile node goes on from the Sequence Number of the answer: <last>
    # At the second one the numbers begin again at 0.
    Given the HA answers the next update with:
      | Status = 135             |
      | Sequence Number = <last> |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 40 s with:
      | Sequence Number | after <last> |

    Examples:
      | id | last  |
      | a  | 300   |
      | b  | 65535 |

  @TC-MN-REG-BO-02 @MN @MUST @config:mn-mipv6 @ics:mn-restored-by-restart @rfc6275-11.7.1-k23
  Scenario: A home address that another node has is not registered again
    # By status 134 the home agent says that it has found that node.
    Given the HA answers the next update with:
      | Status = 134 |
    And the MN is at link 1
    And the MN sends a Binding Update to the HA
    And 5 s passes
    When the MN loses link 1
    And 2 s passes
    And the MN gets a link at link 2
    Then the MN sends no Binding Update to the HA for 20 s
