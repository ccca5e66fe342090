Feature: Returning home with one interface in use (RFC 5648, Section 5.5; draft-ietf-monami6-multiplecoa-04, Sections 3 and 5.5)
  A mobile node that comes home with one of its interfaces goes on with that one alone, or without it. Link 4 is a foreign link of the
  interface that comes home.

  @TC-MN-RET-BV-01 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @rfc5648-5.5.1-d1 @mcoa-draft-04-3-k6
  Scenario Outline: A mobile node that goes on at home alone removes all its bindings: <from>
    Given the MN has registered <from>
    When the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And packets of the MN to CN1 come over the home link only

    Examples:
      | id | from                      |
      | a  | link 1                    |
      | b  | link 1 and link 2         |
      | c  | link 1, link 2 and link 3 |

  @TC-MN-RET-BV-02 @MN @SHOULD @config:mn-mcoa-home @ics:mn-home-link-only @edition:mcoa-draft-04 @mcoa-draft-04-5.5-k3
  Scenario: The update of a return home has no BID option
    Given the MN has registered link 1 and link 2
    When the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA with:
      | options | no Binding Identifier |

  @TC-MN-RET-BV-03 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @edition:mcoa-draft-04 @mcoa-draft-04-3-k6
  Scenario: A mobile node that comes home with an interface that had a binding removes all bindings without BIDs
    Given the MN has registered link 1 and link 4
    When the MN loses link 4
    And 2 s passes
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA with:
      | options | no Binding Identifier |

  @TC-MN-RET-BV-04 @MN @MUST @config:mn-mcoa-single @ics:mn-foreign-links-at-home @rfc5648-5.5.2-d1 @mcoa-draft-04-5.5-k6
  @mcoa-draft-04-5.5-d2
  Scenario: A mobile node that goes on over foreign links removes the binding of the interface that is at home
    Given the MN has registered link 1 and link 4
    When the MN moves from link 4 to the home link
    Then the MN sends a de-registration of link 4 to the HA with:
      | Source | the care-of address of link 1 |
    And the MN has a binding for link 1 at the HA
    And packets of the MN to CN1 come over link 1 only

  @TC-MN-RET-BV-05 @MN @MUST @config:mn-mcoa-single @ics:mn-foreign-links-at-home @edition:mcoa-draft-04 @mcoa-draft-04-5.5-k5
  Scenario: A mobile node that goes on over foreign links does not use its home address on the home link
    # The home agent goes on to defend the address there. Every packet on the home link is judged.
    Given the MN has registered link 1 and link 2
    When the MN gets a link at the home link
    Then the MN does not answer Neighbor Solicitations for its home address
    And packets of the MN to CN1 come over link 1 and link 2 only
