Feature: Configurations of a mobile node with several interfaces (draft-ietf-monami6-multiplecoa-04, Appendix A)
  Each figure is a state of the home agent: its bindings, its defence of the home address, and the ways that packets can take.

  @TC-HA-FIG-BV-06 @HA @MUST @config:ha-mcoa @mcoa-draft-04-A-d1a @rfc5648-3-d1a
  Scenario: Figure 6: all interfaces are on foreign links
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 3
    Then the HA accepts BID 3
    And the HA defends the home address of MN1
    And packets for MN1 arrive at CoA1, CoA2 or CoA3 only
    And packets for MN1 from the home link arrive at CoA1, CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-FIG-BV-07 @HA @MUST @config:ha-mcoa @mcoa-draft-04-A-d2a @rfc5648-3-d2a
  Scenario: Figure 7: one interface is on the home link, and the mobile node has come home with it
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    And the HA defends the home address of MN1
    When MN1 returns home
    Then the HA accepts the de-registration
    And the HA does not defend the home address of MN1
    And packets for MN1 arrive at the home link only
    And tunnelled packets of MN1 from CoA2 are dropped

  @TC-HA-FIG-BV-08 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-A-d3a
  Scenario: Figure 8: one interface is on the home link, and is not used
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 removes BID 3 from CoA1
    Then the HA accepts BID 3
    And the HA defends the home address of MN1
    And packets for MN1 arrive at CoA1 or CoA2 only
    And packets for MN1 from the home link arrive at CoA1 or CoA2 only

  @TC-HA-FIG-BV-09 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-A-d4a
  Scenario: Figure 9: several interfaces are on the home link
    # The home agent cannot tell this from Figure 7: the second interface has lost its binding before.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    And MN1 removes BID 3 from CoA1
    And the HA accepts BID 3
    When MN1 returns home
    Then the HA accepts the de-registration
    And the HA does not defend the home address of MN1
    And packets for MN1 arrive at the home link only

  @TC-HA-FIG-BV-10 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-A-d5a
  Scenario: Figure 10: a foreign link that the home agent manages stands for the home link
    # The care-of addresses are on a link of the home agent: their packets are tunnelled all the same.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 returns home
    And the HA accepts the de-registration
    And packets for MN1 arrive at the home link only
    When MN1 registers CoA1 as BID 1
    Then the HA accepts BID 1
    And the HA defends the home address of MN1
    And packets for MN1 arrive at CoA1 only
    And tunnelled packets of MN1 from CoA1 are accepted
