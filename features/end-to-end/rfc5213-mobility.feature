Feature: Mobility end to end (RFC 5213, Section 3)
  The LMA, the MAGs, the mobile node and the correspondent node are all real: the mobile node moves and
  notices nothing of it.

  @TC-E2E-MOB-BV-01 @E2E @MUST @config:e2e-baseline @rfc5213-5.3.2-k1 @rfc5213-6.9.1.2-k25
  Scenario: An attaching mobile node has a home address and reaches its correspondent
    When MN1 attaches at link 1
    And 3 s passes
    Then MN1 has a home address
    And MN1 reaches CN1

  @TC-E2E-MOB-BV-02 @E2E @MUST @config:e2e-baseline @rfc5213-6.7-d1 @rfc5213-5.3.4-k1 @rfc5213-5.3.5-k7b
  Scenario: A mobile node moves with its address, and when it leaves nothing is left
    When MN1 attaches at link 1
    And 3 s passes
    Then MN1 has a home address
    And MN1 reaches CN1
    When MN1 moves to link 2
    And 3 s passes
    Then MN1 keeps its home address
    And MN1 reaches CN1
    When MN1 detaches
    Then nothing of MN1 is left

  @TC-E2E-MOB-BV-03 @E2E @MUST @config:e2e-baseline @rfc5213-6.7-d1 @rfc5213-5.3.4-k1
  Scenario: What a mobile node transfers survives its handoffs
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 begins a transfer with CN1
    And MN1 moves to link 2
    And 5 s passes
    And MN1 moves to link 1
    Then MN1 keeps its home address
    And the transfer of MN1 arrives whole
