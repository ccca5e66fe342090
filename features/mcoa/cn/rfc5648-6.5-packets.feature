@ics:!ignores-bid
Feature: Packets of mobile nodes with several care-of addresses at a correspondent node (RFC 5648, Sections 3 and 6.5)
  A Home Address option is right from each registered care-of address. Packets to the mobile node go to one of them.

  @TC-CN-BHA-BV-01 @CN @MUST @config:cn-mcoa @rfc5648-6.5-k1 @mcoa-draft-04-6.5-k1
  Scenario: Packets are accepted from each registered care-of address
    Given MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA3 are accepted

  @TC-CN-BHA-BI-01 @CN @MUST @config:cn-mcoa @rfc5648-6.5-k2 @mcoa-draft-04-6.5-k3
  Scenario: Packets from an address that is not registered are dropped
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA3 are dropped
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted

  @TC-CN-BHA-BI-02 @CN @MUST @config:cn-mcoa @rfc5648-6.5-k3 @mcoa-draft-04-6.5-k4
  Scenario: The sender of such packets is told
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA3 are answered by a Binding Error

  @TC-CN-BHA-BV-02 @CN @MUST @config:cn-mcoa @rfc5648-6.5-k4 @mcoa-draft-04-6.5-k5
  Scenario Outline: An update is processed from an address that is not registered: <binding>
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers <binding>
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA3 are accepted

    Examples:
      | id | binding       |
      | a  | CoA3 as BID 3 |
      | b  | CoA3 as BID 1 |
      | c  | CoA3          |

  @TC-CN-BFW-BV-02 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.1-d1 @mcoa-draft-04-5.5-d1 @rfc5648-5.4-d2
  Scenario: Packets do not go to a care-of address whose BID is removed
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 opens flow 1 from CoA2
    When MN1 removes BID 2
    Then the CN accepts the de-registration
    And packets of flow 1 arrive at CoA1 only
    And packets for MN1 arrive at CoA1 only

  @TC-CN-BFW-BV-03 @CN @SHOULD @config:cn-mcoa @ics:!mcoa-flow-rules @rfc5648-3-k6
  Scenario: Packets go to the care-of address of the last signal
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And packets for MN1 arrive at CoA2 only
    When MN1 registers CoA1 as BID 1
    Then the CN accepts BID 1
    And packets for MN1 arrive at CoA1 only

  @TC-CN-BFW-BV-05 @CN @SHOULD @config:cn-mcoa @rfc5648-3-k8
  Scenario: The packets of a flow take one path
    # A flow may stay where it is, or follow the last signal; it may not use both paths at a time.
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 opens flow 1 from CoA1
    When MN1 opens flow 2 from CoA2
    Then packets of flow 1 arrive at CoA1 or CoA2 only

  @TC-CN-BFW-BI-01 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k2 @mcoa-draft-04-6.3-k3
  Scenario: Without a binding packets go to the home address
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes all its bindings
    Then the CN accepts the de-registration
    And packets for MN1 go to its home address
