Feature: Bulk registration (RFC 5648, Section 5.3; draft-ietf-monami6-multiplecoa-04, Section 5.4)
  One Binding Update registers several care-of addresses.

  @TC-HA-BULK-BV-01 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-6.2-d9 @rfc5648-6.2-d8
  @mcoa-draft-04-6.3-k12 @mcoa-draft-04-6.3-d10
  Scenario: One update registers three care-of addresses
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    Then the HA accepts BID 1, BID 2 and BID 3
    And packets for MN1 arrive at CoA1, CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-BULK-BV-02 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-6.2-d9 @mcoa-draft-04-6.3-k12
  Scenario Outline: The order of the options does not matter: <bindings>
    Given MN2 has registered CoA1
    When MN1 registers <bindings>
    Then the HA accepts BID 1, BID 2 and BID 65535
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

    Examples:
      | id | bindings                                           |
      | a  | CoA3 as BID 65535, CoA2 as BID 2 and CoA1 as BID 1 |
      | b  | CoA2 as BID 2, CoA3 as BID 65535 and CoA1 as BID 1 |

  @TC-HA-BULK-BV-03 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-6.2-d9 @rfc5648-3-k3
  @mcoa-draft-04-6.3-k12 @mcoa-draft-04-3-k4
  Scenario: A bulk update adds to the bindings that are there
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 and CoA3 as BID 3
    Then the HA accepts BID 2 and BID 3
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-BULK-BV-04 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-6.2-k13 @mcoa-draft-04-6.3-k19
  Scenario: A bulk update moves known BIDs and adds new ones
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 1 and CoA3 as BID 3
    Then the HA accepts BID 1 and BID 3
    And packets for MN1 arrive at CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA1 are dropped

  @TC-HA-BULK-BV-05 @HA @MUST @config:ha-mcoa @ics:bulk-registration
  Scenario Outline: A bulk update with O leaves its own bindings alone: <O>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 and CoA3 as BID 3 with <O>
    Then the HA accepts BID 2 and BID 3
    And packets for MN1 arrive at CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted
    And tunnelled packets of MN1 from CoA1 are dropped

    @edition:rfc5648 @rfc5648-6.2-d7 @rfc5648-4.2-d1
    Examples:
      | id | O     |
      | a  | O = 1 |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d8
    Examples:
      | id | O                                                                     |
      | b  | option[Binding Identifier].O = 1; option[Binding Identifier #2].O = 1 |

  @TC-HA-BULK-BV-06 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-d7
  Scenario: A bulk update with O takes the place of a binding without BID
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2 and CoA3 as BID 3 with O = 1
    Then the HA accepts BID 2 and BID 3
    And packets for MN1 arrive at CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA1 are dropped

  @TC-HA-BULK-BO-01 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-d1
  Scenario: A bulk update without O does not take the place of a binding without BID
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2 and CoA3 as BID 3
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-BULK-TI-01 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-5.3-d3 @mcoa-draft-04-5.4-d1
  Scenario: The lifetime of a bulk update is that of each of its bindings: just under it
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 and CoA2 as BID 2 with Lifetime = 40 s
    And the HA accepts BID 1 and BID 2
    When just under the lifetime of MN1 passes
    Then tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted

  @TC-HA-BULK-TI-02 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-5.3-d3 @mcoa-draft-04-5.4-d1
  Scenario: The lifetime of a bulk update is that of each of its bindings, while another lives on
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 and CoA2 as BID 2 with Lifetime = 40 s
    And the HA accepts BID 1 and BID 2
    And half the lifetime of MN1 passes
    And MN1 registers CoA3 as BID 3 with Lifetime = 80 s
    And the HA accepts BID 3
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA3 only
    And tunnelled packets of MN1 from CoA1 are dropped
    And tunnelled packets of MN1 from CoA2 are dropped

  @TC-HA-BULK-TI-03 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-5.3-d3 @rfc5648-6.2-k11a
  Scenario: One update without care-of addresses renews several bindings
    # In the draft an update without C has the source of the update as care-of address of each BID.
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 and CoA2 as BID 2 with Lifetime = 40 s
    And the HA accepts BID 1 and BID 2
    And MN1 refreshes BID 1 and BID 2 with Lifetime = 80 s
    And the HA accepts BID 1 and BID 2
    When just under the lifetime of MN1 passes
    Then tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted

  @TC-HA-BULK-BI-01 @HA @MUST @config:ha-mcoa @ics:bulk-registration
  Scenario Outline: One BID of a bulk update is refused for its care-of address: the answer says so in its option
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 and CoA2 as BID 2 with option[Binding Identifier #2].Care-of Address = <address>
    Then the answer gives BID 2 the status <status>

    @edition:rfc5648 @rfc5648-6.2-k19 @rfc5648-6.2-k6
    Examples:
      | id | address  | status         |
      | a  | ff0e::5e | MCOA_MALFORMED |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k7 @mcoa-draft-04-6.3-k11
    Examples:
      | id | address | status           |
      | b  | ::      | MCOA_INCOMPLIANT |

  @TC-HA-BULK-BI-02 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-k20
  Scenario: If one BID of a bulk update is refused, the others are registered, and the status of the acknowledgement is 4
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3 with option[Binding Identifier #2].Care-of Address = ff0e::5e
    Then the HA answers with:
      | Status | 4 |
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-BULK-BI-03 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-k19 @rfc5648-6.2-k12
  Scenario: Of two BIDs of one refresh, the one without a binding is refused in its option
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 1 and BID 2
    Then the answer gives BID 2 the status MCOA_UNKNOWN_COA
    And packets for MN1 arrive at CoA1 only

  @TC-HA-BULK-TI-04 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-k20
  Scenario: Of two BIDs of one refresh, the one with a binding is renewed
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Lifetime = 40 s
    And the HA accepts BID 1
    And MN1 refreshes BID 1 and BID 2 with Lifetime = 80 s
    And the HA accepts BID 1
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-BULK-BV-07 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-k21
  Scenario: If the result is the same for all BIDs, the acknowledgement states it
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    Then the HA answers with:
      | Status | 0 |

  @TC-HA-BULK-BI-04 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k15
  Scenario Outline: A bulk update with different flags is refused, and changes no binding: <flag>
    # H is left out: the draft describes bulk updates in which the BID of the home link alone has it.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 and CoA3 as BID 3 with <flag>
    Then the HA rejects it with status MCOA_FLAG_CONFLICTS
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | flag                                |
      | a  | option[Binding Identifier].O = 1    |
      | b  | option[Binding Identifier #2].O = 1 |

  @TC-HA-BULK-BI-05 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-6.2-d3 @mcoa-draft-04-6.3-d7
  Scenario: One BID never has two bindings
    # An update that names a BID twice may be rejected, or register one of the two care-of addresses: after the removal nothing is left.
    Given MN2 has registered CoA1
    And MN1 has registered CoA3 as BID 3
    And MN1 registers CoA1 as BID 1 and CoA2 as BID 1
    When MN1 removes BID 1 from CoA3
    Then packets for MN1 arrive at CoA3 only

  @TC-HA-BULK-BI-06 @HA @MUST @config:ha-mcoa-narrow @ics:!bulk-registration @edition:rfc5648 @rfc5648-4.4-d3
  Scenario Outline: Where bulk registration is not permitted, an update with several BIDs changes nothing: <bindings>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers <bindings>
    Then the HA rejects it with status MCOA_BULK_REGISTRATION_PROHIBITED
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | bindings                        |
      | a  | CoA2 as BID 2 and CoA3 as BID 3 |
      | b  | CoA2 as BID 1 and CoA3 as BID 2 |

  @TC-HA-BULK-BV-08 @HA @MUST @config:ha-mcoa-narrow @ics:!bulk-registration @rfc5648-6.2-d8 @mcoa-draft-04-6.3-d10
  Scenario: Where bulk registration is not permitted, single updates register as many BIDs
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted
