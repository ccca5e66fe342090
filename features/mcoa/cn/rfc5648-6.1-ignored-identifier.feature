@ics:ignores-bid
Feature: A correspondent node that ignores the BID (RFC 5648, Section 6.1)
  To it every mobile node has one binding, that of its last update, and no answer has a BID option.

  @TC-CN-IGN-BV-01 @CN @MUST @config:cn-mcoa @rfc5648-6.1-d1 @mcoa-draft-04-6.1-d2
  Scenario: An update with another BID moves the only binding
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-IGN-BV-02 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.2-d1
  Scenario: A Care-of Test has no BID option
    Given MN2 has registered CoA1 as BID 1
    When MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = 1
    Then the CN answers with a Care-of Test with:
      | Binding Identifier | none |

  @TC-CN-IGN-BV-03 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.2-d2
  Scenario: The token of such a test is valid
    Given MN2 has registered CoA1 as BID 1
    And MN1 sends a Home Test Init
    And MN1 sends a Care-of Test Init from CoA1 with Binding Identifier = 1
    When MN1 registers CoA1 with tokens = old
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted
