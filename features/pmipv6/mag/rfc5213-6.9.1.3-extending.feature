Feature: Extending the binding lifetime (RFC 5213, Section 6.9.1.3)
  The MAG registers again before the lifetime that the LMA granted ends, with the same kinds
  of options and what it was assigned.

  @TC-MAG-EXT-TI-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.3-k1 @rfc5213-6.9.1.3-k3
  Scenario: The binding is extended before the granted lifetime ends
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Lifetime = 40 s
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s

  @TC-MAG-EXT-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.3-k2
  Scenario: The extension names both assigned prefixes
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 and Lifetime = 40 s
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s
