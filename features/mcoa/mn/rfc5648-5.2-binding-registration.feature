Feature: Registration of single care-of addresses (RFC 5648, Section 5.2; draft-ietf-monami6-multiplecoa-04, Sections 4.2 and 5.3)
  One update registers one care-of address with its BID, at the home agent or at a correspondent node.

  @TC-MN-MREG-BV-01 @MN @MUST @config:mn-mcoa-single @rfc5648-5.2-k1 @mcoa-draft-04-3-k2 @mcoa-draft-04-5.3-k2
  Scenario: A further care-of address is added by an update with its BID
    Given the MN has registered link 1 and link 2
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for link 3 to the HA with:
      | options | Binding Identifier |
    And the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-MREG-BV-02 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.2-d2
  Scenario: An update that adds a care-of address does not ask to replace the others
    Given the MN has registered link 1 and link 2
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for at least link 3 to the HA with:
      | O | 0 |
    And the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-MREG-BV-03 @MN @MUST @config:mn-mcoa @rfc5648-5.2-k3 @mcoa-draft-04-4.2.1-k4
  Scenario Outline: A changed care-of address is registered for its BID: <link>
    Given the MN has registered link 1 and link 2
    When <link> gets another prefix
    Then the MN sends a Binding Update for at least <link> to the HA within 20 s
    And the MN has a binding for link 1 and link 2 at the HA
    And packets of the MN to CN1 come over link 1 and link 2 only

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MN-MREG-BV-04 @MN @MUST @config:mn-mcoa-single @rfc5648-5.2-k4 @mcoa-draft-04-4.2.1-k4
  Scenario: Beside a BID option there is no Alternate Care-of Address option
    Given the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA with:
      | options | no Alternate Care-of Address |

  @TC-MN-MREG-BV-05 @MN @MUST @config:mn-mcoa-esp @rfc5648-5.2-k3 @rfc5648-5.2-k4 @mcoa-draft-04-5.3-k3 @mcoa-draft-04-5.3-k4
  Scenario: Under ESP the BID option names the care-of address
    # ESP does not protect the source of the update.
    Given the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for at least link 2 to the HA with:
      | options | no Alternate Care-of Address |
    And the MN has a binding for link 2 at the HA

  @TC-MN-MREG-BV-06 @MN @MUST @config:mn-mcoa-esp @ics:bulk-registration @edition:mcoa-draft-04 @mcoa-draft-04-5.4-k3
  Scenario: Under ESP a bulk update has no Alternate Care-of Address option
    Given the MN has registered link 1 and link 2
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for at least link 3 to the HA with:
      | options | no Alternate Care-of Address |

  @TC-MN-MREG-BV-07 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @rfc5648-5.2-k5 @rfc5648-5.2-d1 @rfc5648-2-d2
  @rfc5648-4.3-d2 @rfc5648-4.3-d3
  @mcoa-draft-04-5.2-k1 @mcoa-draft-04-5.3-k5 @mcoa-draft-04-5.3-d1 @mcoa-draft-04-2-k3 @mcoa-draft-04-4.2.1-d3
  @mcoa-draft-04-4.2.1-d4 @mcoa-draft-04-4.2.1-d5
  Scenario: Each care-of address is registered with the correspondent node by an update of its own, with its own token
    Given the MN has registered link 1 and link 2
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update for link 1 to the CN within 20 s
    And the MN sends a Binding Update for link 2 to the CN within 20 s
    And the MN has a binding for link 1 and link 2 at the CN

  @TC-MN-MREG-BO-01 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @rfc5648-5.2-k5 @mcoa-draft-04-5.2-k1 @mcoa-draft-04-5.3-k5
  Scenario: A care-of address without a test is not registered with the correspondent node
    Given the MN has registered link 1 and link 2
    And the CN does not answer Care-of Test Inits from link 2
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update for link 1 to the CN within 20 s
    And the MN sends no Binding Update for link 2 to the CN for 20 s

  @TC-MN-MREG-BV-08 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @edition:mcoa-draft-04 @mcoa-draft-04-3-d2
  Scenario: The correspondent node gets the BIDs that the home agent has
    Given the MN has registered link 1 and link 2
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update for link 1 to the CN within 20 s with:
      | option[Binding Identifier].BID | the BID of link 1 |
    And the MN sends a Binding Update for link 2 to the CN within 20 s with:
      | option[Binding Identifier].BID | the BID of link 2 |
