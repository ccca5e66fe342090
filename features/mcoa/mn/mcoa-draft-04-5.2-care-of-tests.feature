@ics:mcoa-route-optimization
Feature: Return routability of several care-of addresses (draft-ietf-monami6-multiplecoa-04, Sections 3, 4.2 and 5.2)
  One Home Test serves all care-of addresses. A Care-of Test Init tells the BID of its address.

  @TC-MN-CTI-BV-01 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.2-k2 @mcoa-draft-04-5.2-k3
  Scenario Outline: A Care-of Test Init has the BID of its care-of address, without flags: <link>
    Given the MN has registered link 1 and link 2
    When CN1 sends packets to the MN
    Then the MN sends a Care-of Test Init from <link> within 20 s with:
      | option[Binding Identifier].BID | the BID of <link> |
      | option[Binding Identifier].C   | 0                 |
      | option[Binding Identifier].O   | 0                 |
      | option[Binding Identifier].H   | 0                 |

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MN-CTI-BO-01 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.2-k4
  Scenario: A correspondent node whose Care-of Tests have no BID gets updates without BID
    Given the CN ignores BIDs
    And the MN has registered link 1 and link 2
    When CN1 sends packets to the MN
    Then the MN sends a Care-of Test Init from link 1 within 20 s
    And the MN sends no Binding Update with a BID to the CN for 30 s

  @TC-MN-CTI-BO-02 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-4.2.1-d6
  Scenario: The token of a refused Care-of Test is not used
    Given the MN has registered link 1 and link 2
    And the CN answers Care-of Test Inits with:
      | option[Binding Identifier].Status = MCOA_INCOMPLIANT |
    When CN1 sends packets to the MN
    Then the MN sends a Care-of Test Init from link 1 within 20 s
    And the MN sends no Binding Update to the CN for 20 s

  @TC-MN-CTI-BO-03 @MN @MUST @config:mn-mcoa @ics:mn-asks-correspondents-for-answers @edition:mcoa-draft-04 @mcoa-draft-04-3-d4
  Scenario: A care-of token that has expired is renewed without a new Home Test
    # The home token has just come.
    Given the MN has registered link 1
    And the CN rejects the next update with status EXPIRED_CARE_OF_NONCE_INDEX
    When CN1 sends packets to the MN
    Then the MN sends a Care-of Test Init
    And the MN sends a Binding Update to the CN
    And the MN sends a Care-of Test Init within 20 s
    And the MN sends no Home Test Init for 10 s
