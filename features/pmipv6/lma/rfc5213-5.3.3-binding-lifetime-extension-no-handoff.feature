Feature: Binding lifetime extension without handoff (RFC 5213, Section 5.3.3)
  The MAG that holds a session refreshes it: the session stays what it was. Unrefreshed, it
  ends with the lifetime that was granted.

  @TC-LMA-REF-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.3-k1 @rfc5213-5.3.3-k2
  Scenario: A refresh keeps the session
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

  @TC-LMA-REF-TI-01 @LMA @MUST @config:lma-baseline @rfc5213-5-k1a
  Scenario: A session that is not refreshed ends with its lifetime
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    When just over the lifetime of MN1 passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is a new one

  @TC-LMA-REF-TI-02 @LMA @MUST @config:lma-baseline @rfc5213-5-k1a
  Scenario: A session lives as long as its lifetime
    Given MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    When just under the lifetime of MN1 passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is the earlier one

  @TC-LMA-REF-TI-03 @LMA @MUST @config:lma-baseline @rfc5213-5.3.3-k1
  Scenario: A refreshed session lives as long as the lifetime that the refresh was granted
    Given MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    And half the lifetime of MN1 passes
    When MAG1 refreshes MN1 with Lifetime = 20 s
    Then the LMA accepts the registration
    When just under the lifetime of MN1 passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is the earlier one

  @TC-LMA-REF-TI-04 @LMA @MUST @config:lma-baseline @rfc5213-5.3.3-k1
  Scenario: After a refresh the traffic flows as long as the lifetime that the refresh was granted
    Given MN1 is registered at MAG1 with Lifetime = 20 s
    And packets for MN1 arrive at MAG1 only
    And half the lifetime of MN1 passes
    And MAG1 refreshes MN1 with Lifetime = 20 s
    And the LMA accepts the registration
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at MAG1 only

  @TC-LMA-REF-TI-05 @LMA @MUST @config:lma-baseline @rfc5213-5-k1a
  Scenario Outline: When a lifetime has run out, the traffic for all prefixes of the session stops: <kind>
    Given MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s
    And no two mobile nodes share a home network prefix
    And packets for every prefix of MN1 arrive at MAG1 only
    When just over the lifetime of MN1 passes
    Then packets for every prefix of MN1 go nowhere

    Examples:
      | id | kind       |
      | a  | dynamic    |
      | b  | two-prefix |

  @TC-LMA-REF-TI-06 @LMA @MUST @config:lma-baseline @rfc5213-5-k1a
  Scenario: When a lifetime has run out, the MAG cannot send for the mobile node any more
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Lifetime = 20 s
    And no two mobile nodes share a home network prefix
    And packets from MN1 through MAG1 reach CN1
    When just over the lifetime of MN1 passes
    Then packets from MN1 through MAG1 go nowhere

  @TC-LMA-REF-TI-07 @LMA @MUST @config:lma-small-pool @ics:limits-lifetime @ics:!static-prefixes @rfc5213-5-k1a
  Scenario: A session ends with the lifetime that was granted, not with a longer one that was asked for
    # What earlier scenarios had of the small pool is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN1 is registered at MAG1 with Lifetime = 600 s
    And packets for MN1 arrive at MAG1 only
    And half the lifetime of MN1 passes
    And MN2 is registered at MAG1 with Lifetime = 600 s
    And no two mobile nodes share a home network prefix
    When just over the lifetime of MN1 passes
    Then packets for MN1 go nowhere

  @TC-LMA-REF-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-5.3.3-d1
  Scenario Outline: A refresh leaves the session all its prefixes: <refresh>
    Given MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    And packets for every prefix of MN1 arrive at MAG1 only
    When <refresh>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And packets for every prefix of MN1 arrive at MAG1 only

    Examples:
      | id | refresh                                                                                      |
      | a  | MAG1 refreshes MN1                                                                           |
      | b  | MAG1 refreshes MN1 with swap option[Home Network Prefix] with option[Home Network Prefix #2] |

  @TC-LMA-REF-BO-01 @LMA @ambiguous @config:lma-baseline @rfc5213-5.3.3-d2
  Scenario: A refresh after the lifetime has run out does not bring the session back
    # A registration after the lifetime finds no session.
    Given MN2 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    And MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    And just over the lifetime of MN1 passes
    And MAG1 registers MN2
    And the LMA accepts the registration
    And the session is a new one
    When MAG1 refreshes MN1
    Then the outcome is one of:
      | outcome                                                  | reading                                         | allowed when |
      | accepted, the session is a new one                       | a request for a new session with those prefixes | always       |
      | rejected with 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX | the prefixes are not the mobile node's any more | always       |
