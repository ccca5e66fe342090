Feature: The care-of address of a data packet (RFC 5648, Section 3)
  Where the home agent has no rules of its own, packets go where the mobile node was last seen, and a flow stays where it is.

  @TC-HA-FLOW-BV-01 @HA @SHOULD @config:ha-mcoa @ics:!mcoa-flow-rules @edition:rfc5648 @rfc5648-3-k6
  Scenario: Packets go to the care-of address of the last update
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA2 only

  @TC-HA-FLOW-BV-02 @HA @SHOULD @config:ha-mcoa @ics:!mcoa-flow-rules @edition:rfc5648 @rfc5648-3-k6
  Scenario: Packets go to the care-of address from which the last data packet came
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And packets for MN1 arrive at CoA2 only
    When MN1 opens flow 1 from CoA1
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-FLOW-BV-03 @HA @SHOULD @config:ha-mcoa @ics:!mcoa-flow-rules @edition:rfc5648 @rfc5648-3-k6
  Scenario: Packets go to the care-of address that was refreshed last
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 refreshes BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA1 only

  @TC-HA-FLOW-BV-04 @HA @SHOULD @config:ha-mcoa @ics:!mcoa-flow-rules @edition:rfc5648 @rfc5648-3-k8
  Scenario: A flow stays on its care-of address when another one is used
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 opens flow 1 from CoA1
    And packets of flow 1 arrive at CoA1 only
    When MN1 opens flow 2 from CoA2
    Then packets of flow 1 arrive at CoA1 only
    And packets of flow 2 arrive at CoA2 only

  @TC-HA-FLOW-BV-07 @HA @SHOULD @config:ha-mcoa @ics:!mcoa-flow-rules @edition:rfc5648 @rfc5648-3-k8
  Scenario: A flow that began over the only care-of address stays there when a second one comes
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    And MN1 opens flow 1 from CoA1
    And packets of flow 1 arrive at CoA1 only
    When MN1 registers CoA2 as BID 2
    Then the HA accepts BID 2
    And packets of flow 1 arrive at CoA1 only

  @TC-HA-FLOW-BV-06 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d3 @mcoa-draft-04-6.3-d7
  Scenario: A flow goes on over another care-of address when its own is removed
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 opens flow 1 from CoA1
    When MN1 removes BID 1 from CoA2
    Then the HA accepts BID 1
    And packets of flow 1 arrive at CoA2 only
