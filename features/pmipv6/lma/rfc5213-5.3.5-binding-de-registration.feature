Feature: Binding de-registration (RFC 5213, Section 5.3.5)
  A request with lifetime 0 from the MAG that holds the session ends it, after a wait in which
  another registration can still save it.

  @TC-LMA-DER-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-k3
  Scenario: A de-registration is accepted at once
    Given MN1 is registered at MAG1
    When MAG1 de-registers MN1
    Then the LMA accepts the de-registration

  @TC-LMA-DER-BV-02 @LMA @SHOULD @config:lma-baseline @rfc5213-5.3.5-k5
  Scenario: During the wait the traffic of the mobile node is dropped
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only
    And packets from MN1 through MAG1 reach CN1
    When MAG1 de-registers MN1
    Then the LMA accepts the de-registration
    And packets for MN1 go nowhere
    And packets from MN1 through MAG1 go nowhere

  @TC-LMA-DER-BV-03 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-k6 @rfc5213-5.3.5-d1 @rfc5213-5.3.5-d2
  Scenario: A registration during the wait saves the session for good
    # After a handoff without a de-registration the traffic follows, too.
    Given MN2 is registered at MAG1
    And MN2 hands off to MAG2
    And the LMA accepts the registration
    And packets for MN2 arrive at MAG2 only
    And MN1 is registered at MAG1
    And MAG1 has de-registered MN1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 arrive at MAG2 only

  @TC-LMA-DER-TI-01 @LMA @MUST @config:lma-baseline
  Scenario Outline: A de-registered session lives for MinDelayBeforeBCEDelete, no longer: just <side> it
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 has de-registered MN1
    When just <side> MinDelayBeforeBCEDelete passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is <session>

    @rfc5213-5.3.5-k2 @rfc5213-9.1-k3
    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |

    @rfc5213-5.3.5-k7a @rfc5213-9.1-k4
    Examples:
      | id | side | session   |
      | b  | over | a new one |

  @TC-LMA-DER-TI-02 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-k7b
  Scenario: After MinDelayBeforeBCEDelete the routes are gone
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 go nowhere

  @TC-LMA-DER-BO-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-k1a
  Scenario: A late de-registration from the former MAG is ignored
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MN1 hands off to MAG2
    And the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only
    When MAG1 de-registers MN1
    Then the LMA does not answer
    And packets for MN1 arrive at MAG2 only
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 arrive at MAG2 only

  @TC-LMA-DER-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-k1b
  Scenario: A de-registration for another care-of address is ignored
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When MAG1 de-registers MN1 with Alternate Care-of Address = MAG2
    Then the LMA does not answer
    And packets for MN1 arrive at MAG1 only
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 arrive at MAG1 only

  @TC-LMA-DER-BO-02 @LMA @MUST @config:lma-baseline
  Scenario Outline: A de-registration that fits no session is ignored: <request>
    Given MN1 has no mobility session
    When MAG1 de-registers MN1 with <request>
    Then the LMA does not answer

    @rfc5213-5.4.1.1-k8
    Examples:
      | id | request                       |
      | a  | Home Network Prefix = foreign |

    @rfc5213-5.4.1.2-k13
    Examples:
      | id | request                        |
      | b  | Home Network Prefix = ALL_ZERO |

    @rfc5213-5.4.1.3-k8
    Examples:
      | id | request                              |
      | c  | no Mobile Node Link-layer Identifier |

  @TC-LMA-DER-BV-04 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-d2
  Scenario Outline: The MAG that has de-registered a mobile node can save its session, and its traffic flows again for good: <kind>
    Given MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And packets for every prefix of MN1 arrive at MAG1 only
    And packets from every prefix of MN1 through MAG1 reach CN1
    And MAG1 has de-registered MN1
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And packets for every prefix of MN1 arrive at MAG1 only
    And packets from every prefix of MN1 through MAG1 reach CN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for every prefix of MN1 arrive at MAG1 only
    And packets from every prefix of MN1 through MAG1 reach CN1

    Examples:
      | id | kind       |
      | a  | dynamic    |
      | b  | two-prefix |

  @TC-LMA-DER-BV-05 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-d2
  Scenario: After a handoff during the wait the traffic flows through the new MAG at once
    # After a handoff without a de-registration the traffic follows, too.
    Given MN2 is registered at MAG1
    And MN2 hands off to MAG2
    And the LMA accepts the registration
    And packets for MN2 arrive at MAG2 only
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only
    And packets from MN1 through MAG2 reach CN1

  @TC-LMA-DER-TI-03 @LMA @MUST @config:lma-baseline @rfc5213-5.3.5-k7b
  Scenario: After MinDelayBeforeBCEDelete the routes of all prefixes are gone
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for every prefix of MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for every prefix of MN1 go nowhere

  @TC-LMA-DER-TI-04 @LMA @MUST @config:lma-baseline @ics:waits-for-deregistration @rfc5213-5.3.5-k7b
  Scenario: A request that has waited for a de-registration does not come back after the next one
    Given MN2 is registered at MAG2
    And packets for MN2 arrive at MAG2 only
    And MN1 is registered at MAG1
    And MAG2 registers MN1 with Home Network Prefix = ALL_ZERO and Handoff Indicator = 4 and Mobile Node Link-layer Identifier = another
    And MAG1 has de-registered MN1
    And the LMA accepts the registration by MAG2
    And no two mobile nodes share a home network prefix
    And MAG2 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 go nowhere
