Feature: Binding Refresh Requests of a correspondent node (RFC 6275, Section 9.5.5)
  A correspondent node may ask a mobile node to renew a binding that is in use.

  @TC-CN-BRR-BV-01 @CN @MUST @config:cn-mipv6 @ics:refresh-requests @rfc6275-9.5.5-d1 @rfc6275-6.1.2-k1
  Scenario: The request goes to the home address
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the CN accepts the registration
    When MN1 opens flow 1 from CoA1
    Then the CN asks MN1 to refresh its binding within 40 s
