Feature: Several care-of addresses end to end (RFC 5648, Section 3; draft-ietf-monami6-multiplecoa-04, Appendix A)
  The mobile node, its home agent, the correspondent node and the router of the foreign links are all real: the mobile node comes to
  links and loses them, and what it transfers goes on.

  @TC-E2E-MCOA-BV-01 @E2E @MUST @config:e2e-mcoa @rfc5648-3-d1a @mcoa-draft-04-A-d1a
  Scenario: A mobile node on three foreign links reaches its correspondent over each of them
    When MN1 comes to link 1, link 2 and link 3
    And 6 s passes
    Then MN1 reaches CN1 over link 1, link 2 and link 3 only
    When MN1 leaves link 1 and link 2
    And 3 s passes
    Then MN1 reaches CN1 over link 3 only
    When MN1 comes to link 1
    And 6 s passes
    And MN1 leaves link 3
    And 3 s passes
    Then MN1 reaches CN1 over link 1 only

  @TC-E2E-MCOA-BV-02 @E2E @MUST @config:e2e-mcoa @rfc5648-5.4-d2 @mcoa-draft-04-5.5-d1
  Scenario: What a mobile node transfers survives the loss of one link after the other
    Given MN1 comes to link 1, link 2 and link 3
    And 6 s passes
    When MN1 begins a transfer with CN1
    And 2 s passes
    And MN1 leaves link 1
    And 3 s passes
    And MN1 leaves link 2
    And 3 s passes
    Then the transfer of MN1 arrives whole
    And MN1 reaches CN1 over link 3 only

  @TC-E2E-MCOA-BV-03 @E2E @MUST @config:e2e-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-6.2-d5
  Scenario: A transfer goes on while one of three interfaces comes home, and when it alone is left
    Given MN1 comes to link 1 and link 2
    And 6 s passes
    When MN1 begins a transfer with CN1
    And 2 s passes
    And MN1 comes to the home link
    And 6 s passes
    And MN1 leaves link 1 and link 2
    And 3 s passes
    Then the transfer of MN1 arrives whole
    And MN1 reaches CN1 over the home link only

  @TC-E2E-MCOA-BV-04 @E2E @MUST @config:e2e-mcoa @rfc5648-5.4-d2 @mcoa-draft-04-5.5-d1
  Scenario: A mobile node that moves from link to link, and comes back, is reached by each move
    Given MN1 comes to link 1
    And 6 s passes
    When MN1 begins a transfer with CN1
    And MN1 comes to link 2
    And 6 s passes
    And MN1 leaves link 1
    And 3 s passes
    And MN1 comes to link 1
    And 6 s passes
    And MN1 leaves link 2
    And 3 s passes
    Then the transfer of MN1 arrives whole
    And MN1 reaches CN1 over link 1 only
