Feature: Primary care-of address de-registration (RFC 6275, Section 10.3.2)
  A Binding Update of lifetime 0 ends the binding, from a foreign link or from home.

  @TC-HA-DER-BV-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k5 @rfc6275-10.3.2-k8 @rfc6275-10.3.2-k9
  @rfc6275-9.5.4-k15
  Scenario Outline: A de-registration is answered: A = <A>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 removes all its bindings with A = <A>
    Then the HA accepts the de-registration

    Examples:
      | id | A |
      | a  | 1 |
      | b  | 0 |

  @TC-HA-DER-BV-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k6
  Scenario Outline: The status of an accepted de-registration is 0: <request>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 <request>
    Then the HA answers with:
      | Status   | 0   |
      | Lifetime | 0 s |

    Examples:
      | id | request                  |
      | a  | removes all its bindings |
      | b  | returns home             |

  @TC-HA-DER-BV-03 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k13
  Scenario: After a de-registration from abroad packets are not tunnelled
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And packets for MN1 arrive at CoA1 only
    When MN1 removes all its bindings
    Then the HA accepts the de-registration
    And packets for MN1 go nowhere

  @TC-HA-DER-BV-04 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k13 @rfc6275-9.5.4-k13 @rfc6275-9.5.4-k14
  Scenario: Packets for a mobile node that has come home go to the home link
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And packets for MN1 arrive at CoA1 only
    When MN1 returns home
    Then the HA accepts the de-registration
    And packets for MN1 arrive at the home link only

  @TC-HA-DER-BV-05 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k13
  Scenario Outline: After a de-registration the home agent leaves the home address to the mobile node: <request>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And the HA defends the home address of MN1
    When MN1 <request>
    Then the HA accepts the de-registration
    And the HA does not defend the home address of MN1

    Examples:
      | id | request                  |
      | a  | returns home             |
      | b  | removes all its bindings |

  @TC-HA-DER-BV-06 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k23
  Scenario: A de-registration from the home address needs no Home Address option, and is about that address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 returns home
    Then the HA accepts the de-registration
    And packets for MN2 arrive at CoA1 only
    And packets for MN1 arrive at the home link only

  @TC-HA-DER-BV-07 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k12
  Scenario: A mobile node that leaves home again is registered again
    # The sequence number goes on, as the home agent may remember the last one.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And MN1 returns home
    And the HA accepts the de-registration
    When MN1 registers CoA2
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

  @TC-HA-DER-BI-01 @HA @SHOULD @config:ha-mipv6 @rfc6275-10.3.2-k4
  Scenario Outline: A de-registration without a binding gets status 133: <request>
    Given MN2 has registered CoA1
    When MN1 <request>
    Then the HA rejects it with status NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE

    Examples:
      | id | request                            |
      | a  | removes all its bindings from CoA1 |
      | b  | returns home                       |

  @TC-HA-DER-BI-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k3
  Scenario: A de-registration without a binding is not accepted
    Given MN2 has registered CoA1
    When MN1 removes all its bindings from CoA1
    Then the outcome is one of:
      | outcome                                               | reading                        | allowed when |
      | rejected with 133 NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE | the status that is recommended | always       |
      | rejected                                              | with another status            | always       |
      | not answered                                          | rejected without an answer     | always       |

  @TC-HA-DER-BI-03 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.2-k10
  Scenario: The rejection of a de-registration from home reaches the mobile node on the home link, not through the tunnel
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = 100
    And the HA accepts the registration
    When MN1 returns home with Sequence Number = 100
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW

  @TC-HA-DER-BO-01 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k15
  Scenario: A de-registration that is too old does not end the binding
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = 100
    And the HA accepts the registration
    When MN1 removes all its bindings with Sequence Number = 100
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And packets for MN1 arrive at CoA1 only

  @TC-HA-DER-BO-02 @HA @SHOULD @config:ha-mipv6 @rfc6275-10.3.2-k11
  Scenario: An update from abroad that comes after the return home does not bring the binding back
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = 100
    And the HA accepts the registration
    And MN1 returns home with Sequence Number = 102
    And the HA accepts the de-registration
    When MN1 registers CoA1 with Sequence Number = 101
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
