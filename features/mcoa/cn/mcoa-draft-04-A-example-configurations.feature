@ics:!ignores-bid
Feature: Examples of bindings at a correspondent node (draft-ietf-monami6-multiplecoa-04, Appendix A)
  Figures 6 to 10 of the draft, and 1 to 3 of RFC 5648, as states of a correspondent node. A care-of address on a foreign link of
  the home agent (Figure 10) is one like the others.

  @TC-CN-FIG-BV-01 @CN @MUST @config:cn-mcoa @mcoa-draft-04-A-d1b @mcoa-draft-04-A-d5b @rfc5648-3-d1b
  Scenario: All interfaces on foreign links: three bindings (Figures 6 and 10)
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 3
    Then the CN accepts BID 3
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA3 are accepted
    And packets for MN1 arrive at CoA1, CoA2 or CoA3 only

  @TC-CN-FIG-BV-02 @CN @MUST @config:cn-mcoa @mcoa-draft-04-A-d2b @rfc5648-3-d2b @rfc5648-3-d3b
  Scenario: One interface at home: the other two are still used (Figure 7)
    Given MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    And MN1 removes BID 1 from CoA2
    And the CN accepts the de-registration
    When MN1 registers CoA2 as BID 2
    Then the CN accepts BID 2
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA3 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets for MN1 arrive at CoA2 or CoA3 only

  @TC-CN-FIG-BV-03 @CN @MUST @config:cn-mcoa @mcoa-draft-04-A-d3b
  Scenario: The interface at home is disabled: its binding is removed from a foreign link (Figure 8)
    Given MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 removes BID 3 from CoA1
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA3 are dropped
    And packets for MN1 arrive at CoA1 or CoA2 only

  @TC-CN-FIG-BV-04 @CN @MUST @config:cn-mcoa @mcoa-draft-04-A-d4b
  Scenario: Two interfaces at home: one binding is left (Figure 9)
    Given MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    And MN1 removes BID 1 from CoA2
    And the CN accepts the de-registration
    When MN1 removes BID 3 from CoA2
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN1 from CoA3 are dropped
    And packets for MN1 arrive at CoA2 only
