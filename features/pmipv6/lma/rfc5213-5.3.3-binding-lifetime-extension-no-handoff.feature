Feature: Binding lifetime extension without handoff (RFC 5213, Section 5.3.3)
  The MAG that holds a session refreshes it: the session stays what it was. Unrefreshed, it
  ends with the lifetime that was granted.

  @TC-LMA-REF-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.3-k1 @rfc5213-5.3.3-k2 @rfc5213-5.3.2-k7
  Scenario: A refresh keeps the session
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

  @TC-LMA-REF-TI-01 @LMA @MUST @config:lma-baseline @rfc5213-5-k1a
  Scenario: A session that is not refreshed ends with its lifetime
    Given MN1 is registered at MAG1 with Lifetime = 20 s and Link-local Address = marked
    When just over 20 s passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is a new one
