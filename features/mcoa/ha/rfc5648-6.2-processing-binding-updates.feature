Feature: Binding Updates with a BID (RFC 5648, Section 6.2; draft-ietf-monami6-multiplecoa-04, Section 6.3)
  Each BID of a home address has a binding of its own. An update without a BID stands for all of them.

  @TC-HA-UPD-BV-01 @HA @MUST @config:ha-mcoa @rfc5648-3-k3 @rfc5648-6.2-d8 @mcoa-draft-04-3-k4 @mcoa-draft-04-6.3-d10
  Scenario: A new BID adds a binding to those that are there
    # A home agent without flow rules of its own may take either care-of address for a packet; both must be good to send from.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or CoA2 only
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted

  @TC-HA-UPD-BV-02 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d8 @mcoa-draft-04-6.3-d10
  Scenario: A first BID makes a binding where there was none
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 5
    Then the HA accepts BID 5
    And packets for MN1 arrive at CoA1 only

  @TC-HA-UPD-BV-03 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k13 @mcoa-draft-04-6.3-k19
  Scenario: A known BID with another care-of address moves that binding
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    And packets for MN1 arrive at CoA1 only
    When MN1 registers CoA3 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA3 only

  @TC-HA-UPD-BV-04 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k13 @mcoa-draft-04-6.3-k19
  Scenario: The move of one binding leaves the others where they are
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA1 are dropped

  @TC-HA-UPD-BV-05 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d6 @mcoa-draft-04-6.3-d1
  Scenario: The care-of address is the one in the option, whatever the source of the update is
    Given MN2 has registered CoA1
    When MN1 registers CoA2 as BID 1 from CoA1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 only

  @TC-HA-UPD-BV-06 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d6 @mcoa-draft-04-6.3-d1
  Scenario: An update from a registered care-of address can register another one
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 from CoA1
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are dropped

  @TC-HA-UPD-TI-01 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k11a @mcoa-draft-04-6.3-k19
  Scenario: An option without care-of address renews the binding of its BID
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Lifetime = 40 s
    And the HA accepts BID 1
    And MN1 refreshes BID 1 with Lifetime = 80 s
    And the HA accepts BID 1
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-UPD-TI-02 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k11a @mcoa-draft-04-6.3-k19
  Scenario: A refresh of one BID leaves the lifetime of the others as it is
    # The device may grant less than it is asked for: the end of BID 2 lies between, whatever it grants to all.
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Lifetime = 40 s
    And the HA accepts BID 1
    And MN1 registers CoA2 as BID 2 with Lifetime = 40 s
    And the HA accepts BID 2
    And half the lifetime of MN1 passes
    And MN1 refreshes BID 1 with Lifetime = 80 s
    And the HA accepts BID 1
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only
    And tunnelled packets of MN1 from CoA2 are dropped

  @TC-HA-UPD-BV-07 @HA @MUST @config:ha-mcoa
  Scenario Outline: A refresh without care-of address from another address: the binding is at <place>
    # The RFC names no care-of address for it, so that the one registered stays; the draft takes the source.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 1 from CoA3
    Then the HA accepts BID 1
    And packets for MN1 arrive at <place> only

    @edition:rfc5648 @rfc5648-6.2-k11b
    Examples:
      | id | place |
      | a  | CoA1  |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d2
    Examples:
      | id | place |
      | b  | CoA3  |

  @TC-HA-UPD-BV-08 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k11b
  Scenario: A refresh from the care-of address of another BID moves nothing
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 refreshes BID 1 from CoA2
    Then the HA accepts BID 1
    And tunnelled packets of MN1 from CoA1 are accepted

  @TC-HA-UPD-BI-01 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k12
  Scenario Outline: A BID without a binding is not refreshed without its care-of address: <state>
    # The status may stand in the option, or in the acknowledgement with 0 in the option.
    Given MN2 has registered CoA1
    And MN1 <state>
    When MN1 refreshes BID 2 from CoA2
    Then the HA rejects it with status MCOA_UNKNOWN_COA
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | state                        |
      | a  | has registered CoA1 as BID 1 |
      | b  | has registered CoA1 as BID 3 |

  @TC-HA-UPD-BI-02 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k12
  Scenario: A BID that was removed is not refreshed without its care-of address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 2
    And the HA accepts BID 2
    When MN1 refreshes BID 2 from CoA2
    Then the HA rejects it with status MCOA_UNKNOWN_COA
    And packets for MN1 arrive at CoA1 only

  @TC-HA-UPD-BI-03 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k12
  Scenario: The first update of a mobile node needs a care-of address in its option
    Given MN2 has registered CoA1
    When MN1 refreshes BID 1 from CoA1
    Then the HA rejects it with status MCOA_UNKNOWN_COA

  @TC-HA-UPD-BV-09 @HA @MUST @config:ha-mcoa
  Scenario Outline: O leaves the new binding alone, of <before>
    # In the RFC O is a flag of the Binding Update, in the draft one of the option.
    Given MN2 has registered CoA1
    And MN1 has registered <before>
    When MN1 registers CoA3 as BID 3 with <O>
    Then the HA accepts BID 3
    And packets for MN1 arrive at CoA3 only
    And tunnelled packets of MN1 from CoA1 are dropped

    @edition:rfc5648 @rfc5648-6.2-d7 @rfc5648-4.2-d1
    Examples:
      | id | before                          | O     |
      | a  | CoA1 as BID 1                   | O = 1 |
      | b  | CoA1 as BID 1 and CoA2 as BID 2 | O = 1 |
      | c  | CoA1 as BID 3                   | O = 1 |
      | d  | CoA1                            | O = 1 |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d8
    Examples:
      | id | before                          | O                                |
      | e  | CoA1 as BID 1                   | option[Binding Identifier].O = 1 |
      | f  | CoA1 as BID 1 and CoA2 as BID 2 | option[Binding Identifier].O = 1 |
      | g  | CoA1 as BID 3                   | option[Binding Identifier].O = 1 |

  @TC-HA-UPD-BV-10 @HA @MUST @config:ha-mcoa
  Scenario Outline: O keeps no binding of another mobile node from living: <O>
    Given MN2 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA3 as BID 3 with <O>
    Then the HA accepts BID 3
    And tunnelled packets of MN2 from CoA1 are accepted
    And tunnelled packets of MN2 from CoA2 are accepted
    And packets for MN1 arrive at CoA3 only

    @edition:rfc5648 @rfc5648-6.2-d7
    Examples:
      | id | O     |
      | a  | O = 1 |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d8
    Examples:
      | id | O                                |
      | b  | option[Binding Identifier].O = 1 |

  @TC-HA-UPD-BV-11 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-4.2-d1
  Scenario: O without the other flags of its octets is read in its own place
    # T (0x0080) and the bits behind O are not O.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with O = 0
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA1 are accepted

  @TC-HA-UPD-BO-01 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-d1
  Scenario: A binding without BID is not replaced by one with a BID unless O asks for it
    # That the update is answered is no more than advice.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-UPD-BO-04 @HA @SHOULD @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-d2
  Scenario: The mobile node is told that a binding without BID keeps one with a BID out
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then the HA rejects it with status MCOA_NON_MCOA_BINDING_EXISTS

  @TC-HA-UPD-BO-02 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d9
  Scenario: A binding without BID is replaced by one with a BID
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then packets for MN1 arrive at CoA2 only
    And tunnelled packets of MN1 from CoA1 are dropped

  @TC-HA-UPD-BO-03 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k18
  Scenario: The mobile node is told that a binding without BID was in the way
    # The number of the status was never assigned; it need not be one of a rejection.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then the status of BID 2 is MCOA_BID_CONFLICT

  @TC-HA-UPD-BV-12 @HA @MUST @config:ha-mcoa
  @rfc5648-6.2-k1 @mcoa-draft-04-6.3-k1 @mcoa-draft-04-6.3-k2
  Scenario: An update without BID takes the place of all bindings
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 registers CoA2
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only
    And tunnelled packets of MN1 from CoA1 are dropped
    And tunnelled packets of MN1 from CoA3 are dropped

  @TC-HA-UPD-BV-13 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k1 @mcoa-draft-04-6.3-k2
  Scenario: An update without BID for a new care-of address leaves that one alone
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA3 only

  @TC-HA-UPD-BV-14 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k5
  Scenario Outline: An update while a binding lives starts no duplicate address detection: <update>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 <update>
    Then the HA accepts BID <bid>
    And the HA does not test the home address of MN1

    Examples:
      | id | update                  | bid |
      | a  | registers CoA2 as BID 2 | 2   |
      | b  | registers CoA2 as BID 1 | 1   |
      | c  | refreshes BID 1         | 1   |

  @TC-HA-UPD-TI-03 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d8 @mcoa-draft-04-6.3-d10
  Scenario: Each binding ends with its own lifetime
    Given MN2 has registered CoA1
    And MN1 registers CoA2 as BID 2 with Lifetime = 40 s
    And the HA accepts BID 2
    And tunnelled packets of MN1 from CoA2 are accepted
    And half the lifetime of MN1 passes
    And MN1 registers CoA1 as BID 1 with Lifetime = 80 s
    And the HA accepts BID 1
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only
    And tunnelled packets of MN1 from CoA2 are dropped
