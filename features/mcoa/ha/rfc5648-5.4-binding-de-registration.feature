Feature: Removal of bindings (RFC 5648, Sections 5.4 and 6.2; draft-ietf-monami6-multiplecoa-04, Sections 5.5 and 6.3)
  A Binding Update of lifetime 0 removes the bindings whose BIDs it names, or all of them if it names none.

  @TC-HA-DEL-BV-01 @HA @MUST @config:ha-mcoa
  @rfc5648-5.4-d2 @rfc5648-6.2-d3 @mcoa-draft-04-5.5-d1 @mcoa-draft-04-6.3-d7
  Scenario: The removal of one BID leaves the others
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 removes BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or CoA3 only
    And tunnelled packets of MN1 from CoA2 are dropped
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-DEL-BV-02 @HA @MUST @config:ha-mcoa
  @rfc5648-5.4-d2 @rfc5648-6.2-d3 @mcoa-draft-04-5.5-d1 @mcoa-draft-04-6.3-d7
  Scenario Outline: The BID decides what is removed, not the source of the update: from <from>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 2 from <from>
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | from |
      | a  | CoA1 |
      | b  | CoA2 |
      | c  | CoA3 |

  @TC-HA-DEL-BV-03 @HA @MUST @config:ha-mcoa @ics:bulk-registration
  @rfc5648-5.4-d2 @mcoa-draft-04-5.5-d1
  Scenario: One update removes several BIDs
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 removes BID 1 and BID 3
    Then the HA accepts BID 1 and BID 3
    And packets for MN1 arrive at CoA2 only
    And tunnelled packets of MN1 from CoA1 are dropped
    And tunnelled packets of MN1 from CoA3 are dropped

  @TC-HA-DEL-BV-04 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d3 @mcoa-draft-04-6.3-d7
  Scenario: After the removal of its last BID nothing is tunnelled
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 1
    And the HA accepts BID 1
    And packets for MN1 arrive at CoA2 only
    When MN1 removes BID 2
    Then the HA accepts BID 2
    And packets for MN1 go nowhere

  @TC-HA-DEL-BV-05 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k2 @mcoa-draft-04-6.3-k3
  Scenario Outline: An update of lifetime 0 without BID removes all bindings: from <from>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    And packets for MN1 arrive at CoA1, CoA2 or CoA3 only
    When MN1 removes all its bindings from <from>
    Then the HA accepts the de-registration
    And packets for MN1 go nowhere
    And tunnelled packets of MN1 from CoA1 are dropped
    And tunnelled packets of MN1 from CoA2 are dropped

    Examples:
      | id | from |
      | a  | CoA1 |
      | b  | CoA3 |

  @TC-HA-DEL-BV-06 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-d4
  Scenario: O has no effect in an update of lifetime 0
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 removes BID 2 with O = 1
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or CoA3 only
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-DEL-BV-09 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d4
  Scenario: O does not keep a binding from being removed
    # The home agent can ignore O: the other bindings stay then, or they go as well.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    And tunnelled packets of MN1 from CoA2 are accepted
    When MN1 removes BID 2 with option[Binding Identifier].O = 1
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA2 are dropped

  @TC-HA-DEL-BI-01 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k8
  Scenario Outline: A BID without a binding is not removed: <state>
    # 133, and not 167, which is for refreshes.
    Given MN2 has registered CoA1
    And MN1 has registered <state>
    When MN1 removes BID 2 from CoA1
    Then the HA rejects it with status NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | state         |
      | a  | CoA1 as BID 1 |
      | b  | CoA1 as BID 3 |

  @TC-HA-DEL-BI-02 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k8
  Scenario: A BID cannot be removed twice
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 2
    And the HA accepts BID 2
    When MN1 removes BID 2 from CoA1
    Then the HA rejects it with status NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE
    And packets for MN1 arrive at CoA1 only

  @TC-HA-DEL-BI-03 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k16
  Scenario: The removal of a BID without a binding is not accepted, and leaves the others
    # The status is a recommendation.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 removes BID 2 from CoA1
    Then the outcome is one of:
      | outcome                                               | reading                        | allowed when |
      | rejected with 133 NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE | the status that is recommended | always       |
      | rejected                                              | with another status            | always       |
    And packets for MN1 arrive at CoA1 only

  @TC-HA-DEL-BI-04 @HA @SHOULD @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k17
  Scenario: The removal of a BID without a binding gets status 133
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 removes BID 2 from CoA1
    Then the HA rejects it with status NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE

  @TC-HA-DEL-BI-05 @HA @MUST @config:ha-mcoa @ics:bulk-registration @edition:rfc5648 @rfc5648-6.2-k8
  Scenario: Of two BIDs of one removal, the one without a binding is not accepted
    # The known one may be removed, or the whole update be rejected.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA3 as BID 3
    When MN1 removes BID 1 and BID 2
    Then the status of BID 2 is NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-DEL-BV-07 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-3-d1
  Scenario: The removal of one binding does not end the defence of the home address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 1
    Then the HA accepts BID 1
    And the HA defends the home address of MN1
    And packets for MN1 from the home link arrive at CoA2 only

  @TC-HA-DEL-BV-08 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d8 @mcoa-draft-04-6.3-d10
  Scenario: A BID that was removed can be registered again
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 2
    And the HA accepts BID 2
    And packets for MN1 arrive at CoA1 only
    When MN1 registers CoA3 as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or CoA3 only
    And tunnelled packets of MN1 from CoA3 are accepted
    And tunnelled packets of MN1 from CoA2 are dropped
