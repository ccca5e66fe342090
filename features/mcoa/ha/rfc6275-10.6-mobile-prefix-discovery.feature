Feature: Mobile prefix discovery (RFC 6275, Sections 6.7, 6.8 and 10.6)
  A mobile node asks its home agent for the prefixes of the home link.

  @TC-HA-MPD-BV-01 @HA @SHOULD @config:ha-mipv6 @ics:mobile-prefix-discovery @rfc6275-8.4-k13
  Scenario: A solicitation from the care-of address is answered
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 sends a Mobile Prefix Solicitation from CoA1
    Then the HA answers with a Mobile Prefix Advertisement

  @TC-HA-MPD-BV-02 @HA @MUST @config:ha-mipv6 @ics:mobile-prefix-discovery @rfc6275-6.8-k10
  @rfc6275-10.6.3-k2 @rfc6275-10.6.3-k3 @rfc6275-10.6.3-k4
  Scenario: An advertisement goes to the care-of address that asked, and repeats the identifier
    Given MN2 has registered CoA1
    And MN1 has registered CoA2
    When MN1 sends a Mobile Prefix Solicitation from CoA2
    Then the HA answers with a Mobile Prefix Advertisement
