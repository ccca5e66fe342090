@ics:!seeks-another-home-agent
Feature: Binding Acknowledgements with BIDs (RFC 5648, Section 5.7; draft-ietf-monami6-multiplecoa-04, Sections 4.2 and 5.6)
  What a mobile node does with the statuses of its bindings, and with a peer that does not know BIDs or forbids them.

  @TC-MN-MACK-BO-01 @MN @SHOULD @config:mn-mcoa @rfc5648-5.7-k2 @mcoa-draft-04-5.6-k2
  Scenario: A home agent that does not know BIDs gets no more of them
    Given the HA ignores BIDs
    And the MN is at link 1 and link 2
    And the MN sends a Binding Update with a BID to the HA
    And 10 s passes
    When the MN gets a link at link 3
    Then the MN sends no Binding Update with a BID to the HA for 45 s
    And the MN sends a Binding Update to the HA within 40 s

  @TC-MN-MACK-BO-02 @MN @SHOULD @config:mn-mcoa @ics:mcoa-route-optimization @ics:mn-asks-correspondents-for-answers
  @edition:rfc5648 @rfc5648-5.7-k2
  Scenario: A correspondent node that does not know BIDs gets no more of them
    Given the CN ignores BIDs
    And the MN has registered link 1 and link 2
    And CN1 sends packets to the MN
    And the MN sends a Binding Update with a BID to the CN
    And 20 s passes
    When link 1 gets another prefix
    Then the MN sends no Binding Update with a BID to the CN for 30 s

  @TC-MN-MACK-BO-03 @MN @MUST @config:mn-mcoa @rfc5648-5.7-k4 @mcoa-draft-04-5.6-k4
  Scenario: A home agent that forbids several care-of addresses is asked for one at most
    Given the HA forbids several care-of addresses
    And the MN is at link 1 and link 2
    And the MN sends a Binding Update with a BID to the HA
    And 10 s passes
    When the MN gets a link at link 3
    Then the MN registers at most one care-of address with the HA for 45 s

  @TC-MN-MACK-BO-04 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.6-k5
  Scenario: A home agent that forbids several care-of addresses gets updates without BID
    Given the HA forbids several care-of addresses
    And the MN is at link 1 and link 2
    And the MN sends a Binding Update with a BID to the HA
    And 10 s passes
    When the MN gets a link at link 3
    Then the MN sends no Binding Update with a BID to the HA for 45 s
    And the MN sends a Binding Update to the HA within 40 s with:
      | options | no Binding Identifier |

  @TC-MN-MACK-BO-05 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @ics:mn-asks-correspondents-for-answers
  @rfc5648-5.7-k4 @mcoa-draft-04-5.6-k4
  Scenario: A correspondent node that forbids several care-of addresses is asked for one at most
    Given the CN forbids several care-of addresses
    And the MN has registered link 1 and link 2
    And CN1 sends packets to the MN
    And the MN sends a Binding Update with a BID to the CN
    And 20 s passes
    When link 1 gets another prefix
    Then the MN registers at most one care-of address with the CN for 30 s

  @TC-MN-MACK-BO-06 @MN @MUST @config:mn-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-5.7-d2
  Scenario: A home agent that forbids bulk registration gets the care-of addresses one by one
    Given the HA forbids bulk updates
    When the MN gets a link at link 1, link 2 and link 3
    Then the MN sends at most 1 Binding Updates with several BIDs to the HA for 45 s
    And the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-MACK-BO-07 @MN @SHOULD @config:mn-mcoa @ics:bulk-registration @edition:mcoa-draft-04 @mcoa-draft-04-5.6-k6
  Scenario: A home agent that does not support bulk registration gets the care-of addresses one by one
    Given the HA forbids bulk updates
    When the MN gets a link at link 1, link 2 and link 3
    Then the MN sends at most 1 Binding Updates with several BIDs to the HA for 45 s

  @TC-MN-MACK-BO-09 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.7-k5
  Scenario: A mobile node that is told of a binding without BID asks to replace it
    Given the MN has registered link 1 and link 2
    And the HA rejects the next update with status MCOA_NON_MCOA_BINDING_EXISTS
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for at least link 3 to the HA
    And the MN sends a Binding Update with a BID to the HA within 60 s with:
      | O | 1 |

  @TC-MN-MACK-BO-10 @MN @SHOULD @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.6-k8
  Scenario: A mobile node that is told of a binding without BID asks to replace it, or sends no BID
    # The next update is judged.
    Given the MN has registered link 1 and link 2
    And the HA rejects the next update with status MCOA_BID_CONFLICT
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for at least link 3 to the HA
    And the MN sends a Binding Update to the HA within 60 s

  @TC-MN-MACK-BO-11 @MN @SHOULD @config:mn-mcoa @edition:rfc5648 @rfc5648-5.7-k6
  Scenario: A binding that the home agent has lost is registered again with its care-of address
    # A mobile node that always names the care-of address gets no status 167.
    Given the MN has registered link 1 and link 2
    When the HA has lost the binding of link 2
    And 45 s passes
    Then the MN has a binding for link 1 and link 2 at the HA

  @TC-MN-MACK-BO-12 @MN @MUST @config:mn-mcoa-single @rfc5648-5.7-d3 @mcoa-draft-04-4.2.1-k3 @mcoa-draft-04-5.6-k3
  Scenario Outline: What counts is the status of the option unless it is 0, and then that of the acknowledgement: <case>
    # Over the link that is refused nothing is sent.
    Given the MN has registered link 1
    And the HA answers updates for link 2 with:
      | Status = <acknowledgement>                   |
      | option[Binding Identifier].Status = <option> |
    And the MN is at link 2
    And the MN sends a Binding Update for link 2 to the HA
    When CN1 sends packets to the MN over link 2
    Then packets of the MN to CN1 come over link 1 only

    Examples:
      | id | case                        | acknowledgement | option |
      | a  | the option refuses          | 0               | 128    |
      | b  | the acknowledgement refuses | 128             | 0      |

  @TC-MN-MACK-BV-01 @MN @MUST @config:mn-mcoa-single @rfc5648-5.7-d3 @mcoa-draft-04-4.2.1-k3 @mcoa-draft-04-5.6-k3
  Scenario: An option of status 0 in an acknowledgement that accepts is an acceptance
    Given the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA
    And the MN sends no Binding Update for link 2 to the HA for 10 s

  @TC-MN-MACK-BO-08 @MN @MUST @config:mn-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-5.7-d1
  Scenario Outline: After a refusal of bulk registration none of its care-of addresses is used: <link>
    # An address that was kept is usable sooner than a new one: the mobile node has been at both links before, so that both come at once.
    # The home agent does not answer the single updates that follow.
    Given the HA answers updates with:
      | Lifetime = 8 s |
    And the MN has registered link 2 and link 3
    And the MN loses link 2 and link 3
    And 12 s passes
    And the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1
    And the HA forbids bulk updates
    And the HA does not answer updates
    And the MN gets a link at link 2 and link 3
    And the MN sends a Binding Update for at least link 2 and link 3 to the HA within 40 s
    When CN1 sends packets to the MN over <link>
    Then packets of the MN to CN1 come over link 1 only

    Examples:
      | id | link   |
      | a  | link 2 |
      | b  | link 3 |

  @TC-MN-MACK-BO-13 @MN @MUST @config:mn-mcoa @ics:bulk-registration @rfc5648-5.7-d3 @mcoa-draft-04-4.2.1-k3 @mcoa-draft-04-5.6-k3
  Scenario Outline: Of a bulk registration, the care-of address whose option refuses it is not used: <refused>
    # The mobile node has been at both links before, as above. It chooses which of the options comes first.
    Given the HA answers updates with:
      | Lifetime = 8 s |
    And the MN has registered link 2 and link 3
    And the MN loses link 2 and link 3
    And 12 s passes
    And the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1
    And the HA answers updates for <refused> with:
      | Status = <acknowledgement>              |
      | option[Binding Identifier].Status = 128 |
    And the MN gets a link at link 2 and link 3
    And the MN sends a Binding Update for at least link 2 and link 3 to the HA
    When CN1 sends packets to the MN over <refused>
    Then packets of the MN to CN1 come over link 1 and <accepted> only

    @edition:rfc5648
    Examples:
      | id | refused | accepted | acknowledgement  |
      | a  | link 2  | link 3   | MCOA_NOTCOMPLETE |
      | b  | link 3  | link 2   | MCOA_NOTCOMPLETE |

    @edition:mcoa-draft-04
    Examples:
      | id | refused | accepted | acknowledgement |
      | c  | link 2  | link 3   | 0               |
      | d  | link 3  | link 2   | 0               |
