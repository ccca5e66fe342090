Feature: A MAG behind a NAT, end to end (the drafts before RFC 5844, Section 4)
  All nodes are real. MAG1 is behind NAT1, MAG2 in front of it. The NAT gives what MAG1 sends a port of its own, which the LMA has to learn,
  and which changes when the NAT loses its bindings: MAG1 does not notice, and the LMA knows it only by the next request.

  @TC-E2E-V4NAT-BV-01 @E2E @MUST @config:e2e-ipv4-nat @ipv4-draft-04-4.1.3.1-k7 @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-04-4.2.2-k14
  @ipv4-draft-02-4.3.2-k2 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.2.2-k19
  Scenario: A mobile node of both families reaches its correspondent from a MAG behind a NAT
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 runs udhcpc
    Then MN1 has 1 IPv4 home address
    And MN1 reaches CN1
    And MN1 reaches CN1 over IPv4

  @TC-E2E-V4NAT-BV-02 @E2E @MUST @config:e2e-ipv4-nat @ipv4-draft-04-4.1.3.1-k7 @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-04-4.2.2-k14
  @ipv4-draft-02-4.3.2-k2 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.2.2-k19
  Scenario: A transfer survives handoffs from behind the NAT to in front of it, and back
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 begins a transfer with CN1
    And MN1 moves to link 2
    And 5 s passes
    And MN1 moves to link 1
    Then the transfer of MN1 arrives whole
    And MN1 keeps its home address
    And MN1 reaches CN1

  @TC-E2E-V4NAT-BV-03 @E2E @MUST @config:e2e-ipv4-nat @ipv4-draft-04-4.1.3.1-k7 @ipv4-draft-04-4.1.3.3-k1 @ipv4-draft-04-4.2.2-k14
  @ipv4-draft-02-4.3.2-k2 @ipv4-draft-02-4.1-k2 @ipv4-draft-02-4.2.2-k19
  Scenario: A transfer over IPv4 survives handoffs from behind the NAT to in front of it, and back
    Given MN1 attaches at link 1
    And MN1 has a home address
    And MN1 runs udhcpc
    And MN1 has 1 IPv4 home address
    When MN1 begins a transfer with CN1 over IPv4
    And MN1 moves to link 2
    And 5 s passes
    And MN1 moves to link 1
    Then the transfer of MN1 arrives whole
    And MN1 keeps its IPv4 home address
    And MN1 reaches CN1 over IPv4

  # Draft -04 has no time after which a MAG repeats its update, so that what a NAT forgets may stay forgotten.
  @TC-E2E-V4NAT-TI-01 @E2E @MUST @config:e2e-ipv4-nat @edition:ipv4-draft-02 @ipv4-draft-02-4.3.2-d1 @ipv4-draft-02-4.1-k2
  Scenario: A transfer goes on when the NAT has given the MAG another port, and the LMA has learnt it
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 begins a transfer with CN1
    And 3 s passes
    And NAT1 forgets its bindings
    And 16 s passes
    Then the transfer of MN1 arrives whole
    And MN1 reaches CN1

  @TC-E2E-V4NAT-TI-02 @E2E @MUST @config:e2e-ipv4-nat @edition:ipv4-draft-02 @ipv4-draft-02-4.3.2-d1 @ipv4-draft-02-4.1-k2
  Scenario: A mobile node that was silent for longer than the NAT keeps a binding reaches its correspondent again
    Given MN1 attaches at link 1
    And MN1 has a home address
    When 28 s passes
    Then MN1 reaches CN1

