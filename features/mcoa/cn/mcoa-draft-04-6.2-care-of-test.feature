@ics:!ignores-bid
Feature: Care-of Tests with a BID (draft-ietf-monami6-multiplecoa-04, Sections 5.2 and 6.2)
  A Care-of Test Init tells the BID, and the test repeats it. The BID has no part in the token.

  @TC-CN-COT-BV-01 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.2-k5 @mcoa-draft-04-6.2-k6 @mcoa-draft-04-4.2.1-d2
  Scenario: The Care-of Test has a BID option of Status 0
    Given MN2 has registered CoA1 as BID 1
    When MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = 1
    Then the CN answers with a Care-of Test with:
      | Binding Identifier Status | 0 |

  @TC-CN-COT-BV-04 @CN @SHOULD @config:cn-mcoa @mcoa-draft-04-6.2-k7
  Scenario Outline: The Care-of Test repeats the BID: <bid>
    Given MN2 has registered CoA1 as BID 1
    When MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = <bid>
    Then the CN answers with a Care-of Test with:
      | Binding Identifier | <bid> |

    Examples:
      | id | bid   |
      | b  | 2     |
      | c  | 65535 |

  @TC-CN-COT-BV-02 @CN @MUST @config:cn-mcoa @mcoa-draft-04-5.2-d1
  Scenario Outline: The BID has no part in the token: tested as <tested>, registered as <binding>
    Given MN2 has registered CoA1 as BID 1
    And MN1 sends a Home Test Init
    And MN1 sends a Care-of Test Init from CoA1 with <tested>
    When MN1 registers <binding> with tokens = old
    Then the CN accepts the registration

    Examples:
      | id | tested                 | binding       |
      | a  | Binding Identifier = 1 | CoA1 as BID 1 |
      | b  | Binding Identifier = 1 | CoA1 as BID 2 |
      | c  | Binding Identifier = 1 | CoA1          |

  @TC-CN-COT-BV-03 @CN @MUST @config:cn-mcoa @mcoa-draft-04-5.2-d1
  Scenario: Tests of one address with different BIDs bring the same token
    # With another nonce the token is another one, and the test is repeated.
    Given MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = 1
    When MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = 2
    Then the tokens of the last two Care-of Tests of MN1 are equal

  @TC-CN-COT-BI-01 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.2-k4
  Scenario Outline: A Care-of Test Init with a flag that is not for correspondent nodes is refused in the test: <flags>
    # H alone is not named: it may be refused or not.
    Given MN2 has registered CoA1 as BID 1
    When MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = <octets>
    Then the CN answers with a Care-of Test with:
      | Binding Identifier        | 1                |
      | Binding Identifier Status | MCOA_INCOMPLIANT |

    Examples:
      | id | flags   | octets                                   |
      | a  | C       | 0001008020010db801000000000000005e010001 |
      | b  | O       | 00010040                                 |
      | c  | C and O | 000100c020010db801000000000000005e010001 |

  @TC-CN-COT-BI-02 @CN @SHOULD @config:cn-mcoa @mcoa-draft-04-6.2-k3
  Scenario Outline: A refused test brings no valid token: <flags>
    Given MN2 has registered CoA1 as BID 1
    And MN1 sends a Home Test Init
    And MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = <octets>
    When MN1 registers CoA1 as BID 1 with tokens = old
    Then packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

    Examples:
      | id | flags   | octets                                   |
      | a  | C       | 0001008020010db801000000000000005e010001 |
      | b  | O       | 00010040                                 |
      | c  | C and O | 000100c020010db801000000000000005e010001 |
