Feature: Binding identifiers (RFC 5648, Sections 2, 3, 4.2, 4.3 and 5.1; draft-ietf-monami6-multiplecoa-04, Sections 2, 3, 4.2 and 5.1)
  Each care-of address has a number of its own, which stays. The first one may be registered without a number, as long as it is alone.

  @TC-MN-BID-BV-01 @MN @MUST @config:mn-mcoa
  @rfc5648-2-d1 @rfc5648-3-k1 @rfc5648-5.1-k1 @rfc5648-5.1-k3 @rfc5648-4.3-k4 @rfc5648-4.3-d1 @rfc5648-4.3-k7
  @mcoa-draft-04-2-d1 @mcoa-draft-04-3-k1 @mcoa-draft-04-3-k2 @mcoa-draft-04-5.3-k2 @mcoa-draft-04-4.2.1-d2
  Scenario: Three care-of addresses get three BIDs
    Given the MN has registered link 1 and link 2
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for at least link 3 to the HA
    And the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-BID-BV-02 @MN @MUST @config:mn-mcoa @mcoa-draft-04-2-k1 @mcoa-draft-04-5.1-k2
  Scenario: No BID is 0
    When the MN gets a link at link 1, link 2 and link 3
    Then the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-BID-BV-03 @MN @SHOULD @config:mn-mcoa @edition:rfc5648 @rfc5648-4.3-k5 @rfc5648-5.1-k2
  Scenario: A BID of 0 is not used
    When the MN gets a link at link 1, link 2 and link 3
    Then the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-BID-BV-04 @MN @MUST @config:mn-mcoa @rfc5648-5.1-k3 @rfc5648-5.2-k1 @mcoa-draft-04-3-k1 @mcoa-draft-04-5.3-k2
  Scenario: With its second care-of address the first one has a BID, too
    Given the MN is at link 1
    And the MN sends a Binding Update to the HA
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for at least link 2 to the HA with:
      | options | Binding Identifier |
    And the MN has a binding for link 1 and link 2 at the HA

  @TC-MN-BID-BV-05 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.1-k4 @rfc5648-5.2-k3 @rfc5648-4.3-k4
  Scenario: The first update of a BID names the care-of address in its option
    Given the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for at least link 2 to the HA
    And the MN has a binding for link 2 at the HA

  @TC-MN-BID-BV-06 @MN @MUST @config:mn-mcoa-single @ics:mn-keeps-bids @edition:mcoa-draft-04 @mcoa-draft-04-2-d2
  Scenario Outline: A binding keeps its BID: <event>
    Given the MN has registered link 1 and link 2
    When <event>
    Then the MN sends a Binding Update for link 2 to the HA within 40 s with:
      | option[Binding Identifier].BID | the BID of link 2 |

    Examples:
      | id | event                                             |
      | a  | 20 s passes                                       |
      | b  | link 2 gets another prefix                        |

  @TC-MN-BID-BV-09 @MN @MUST @config:mn-mcoa-single @ics:mn-keeps-bids @edition:mcoa-draft-04 @mcoa-draft-04-2-d2
  Scenario: A link that comes back has the BID that it had
    Given the MN has registered link 1 and link 2
    And the MN loses link 2
    And 2 s passes
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA within 20 s with:
      | Lifetime                       | above 0 s         |
      | option[Binding Identifier].BID | the BID of link 2 |

  @TC-MN-BID-BV-07 @MN @MUST @config:mn-mcoa @ics:mn-several-prefixes @edition:mcoa-draft-04 @mcoa-draft-04-5.1-d1
  Scenario: Two prefixes of one link give two care-of addresses with two BIDs
    Given the MN has registered link 1
    When link 1 gets a second prefix
    Then the MN has 2 bindings at the HA

  @TC-MN-BID-BV-08 @MN @MUST @config:mn-mcoa @rfc5648-4.2-d2
  Scenario: O is for updates with BIDs only
    # A home agent that answers without BID option does not know it. The updates that follow have none.
    Given the HA ignores BIDs
    When the MN gets a link at link 1 and link 2
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 40 s with:
      | options | no Binding Identifier |
      | O       | 0                     |

  @TC-MN-BID-BI-01 @MN @MUST @config:mn-mcoa @rfc5648-4.3-k8
  Scenario: Reserved bits in the option of an answer change nothing
    Given the HA answers updates with:
      | option[Binding Identifier].Reserved = 127 |
      | Lifetime = 80 s                           |
    And the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for at least link 2 to the HA
    And the MN sends no Binding Update for link 2 to the HA for 10 s

  @TC-MN-BID-BI-02 @MN @SHOULD @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-4.2.1-k5
  Scenario: A care-of address in the option of an answer changes nothing
    Given the HA answers updates with:
      | option[Binding Identifier].Care-of Address = a foreign address |
      | Lifetime = 80 s                                                |
    And the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for at least link 2 to the HA
    And the MN sends no Binding Update for link 2 to the HA for 10 s
    And packets of the MN to CN1 come over link 1 and link 2 only
