Feature: IPv4 transport end to end (RFC 5844, Section 4, and its drafts)
  All nodes are real. MAG1 reaches the LMA over IPv4, MAG2 over IPv6, and the mobile node moves between them: nothing that it has, and
  nothing that it transfers, depends on what lies between a MAG and the LMA.

  @TC-E2E-V4TUN-BV-01 @E2E @MUST @config:e2e-ipv4-transport @rfc5844-4.1.3.1-k3 @rfc5844-4.2.2-k8 @rfc5844-4-d1
  @ipv4-draft-04-4.1.3.1-k5 @ipv4-draft-04-4.2.2-k11 @ipv4-draft-04-4-d1 @ipv4-draft-02-4.3.2-k1 @ipv4-draft-02-4.2.2-k18
  Scenario: A mobile node of both families reaches its correspondent from a MAG that has registered it over IPv4
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 runs udhcpc
    Then MN1 has 1 IPv4 home address
    And MN1 reaches CN1
    And MN1 reaches CN1 over IPv4

  @TC-E2E-V4TUN-BV-02 @E2E @MUST @config:e2e-ipv4-transport @rfc5844-4.1.3.1-k3 @rfc5844-4.2.2-k8 @ipv4-draft-04-4.1.3.1-k5
  @ipv4-draft-04-4.2.2-k11 @ipv4-draft-02-4.3.2-k1 @ipv4-draft-02-4.2.2-k18
  Scenario: A transfer survives handoffs from a MAG over IPv4 to one over IPv6, and back
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 begins a transfer with CN1
    And MN1 moves to link 2
    And 5 s passes
    And MN1 moves to link 1
    Then the transfer of MN1 arrives whole
    And MN1 keeps its home address
    And MN1 reaches CN1

  @TC-E2E-V4TUN-BV-03 @E2E @MUST @config:e2e-ipv4-transport @rfc5844-4.1.3.1-k3 @rfc5844-4.2.2-k8 @ipv4-draft-04-4.1.3.1-k5
  @ipv4-draft-04-4.2.2-k11 @ipv4-draft-02-4.3.2-k1 @ipv4-draft-02-4.2.2-k18
  Scenario: A transfer over IPv4 survives handoffs from a MAG over IPv4 to one over IPv6, and back
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
