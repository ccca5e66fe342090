Feature: Stateful address configuration at an LMA (RFC 5213, Section 6.11)
  The DHCPv6 server and the LMA know the same prefixes of the link of a mobile node. The LMA assigns all of them, and the server an address of
  each.

  @TC-LMA-DHC-BV-01 @LMA @MUST @config:lma-baseline @ics:stateful-address-configuration @rfc5213-6.11-k3
  Scenario: Every prefix of the link is assigned
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has 2 home network prefixes

  @TC-LMA-DHC-BV-02 @LMA @MUST @config:lma-baseline @ics:stateful-address-configuration @rfc5213-6.11-k3
  Scenario Outline: The prefixes of the link stay with the mobile node as long as the session lives: <event>
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    When <event>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes

    Examples:
      | id | event                                                     |
      | a  | MAG1 refreshes MN1                                        |
      | b  | MN1 hands off to MAG2                                     |
      | c  | MN1 hands off to MAG2 with Home Network Prefix = ALL_ZERO |
