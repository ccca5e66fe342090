Feature: Several care-of addresses forbidden by configuration (RFC 5648, Section 4.4; draft-ietf-monami6-multiplecoa-04, Section 4.3)

  @TC-HA-PRO-BI-01 @HA @MUST @config:ha-mcoa-forbidden @ics:mcoa-prohibition @rfc5648-4.4-d2 @mcoa-draft-04-4.3-d1
  Scenario: An update with a BID is rejected, and changes no binding
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then the HA rejects it with status MCOA_PROHIBITED
    And packets for MN1 arrive at CoA1 only

  @TC-HA-PRO-BI-02 @HA @MUST @config:ha-mcoa-forbidden @ics:mcoa-prohibition @rfc5648-4.4-d2 @mcoa-draft-04-4.3-d1
  Scenario: A first update with a BID is rejected
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1
    Then the HA rejects it with status MCOA_PROHIBITED
    And packets for MN1 go nowhere
    And packets for MN2 arrive at CoA1 only

  @TC-HA-PRO-BV-01 @HA @MUST @config:ha-mcoa-forbidden @ics:mcoa-prohibition @rfc5648-4.4-d2 @mcoa-draft-04-4.3-d1
  Scenario: An update without a BID is accepted all the same
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1
    And the HA rejects it with status MCOA_PROHIBITED
    When MN1 registers CoA2
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

  # A home agent that forbids both several care-of addresses and bulk updates has two statuses for a bulk update: no scenario sends one.
