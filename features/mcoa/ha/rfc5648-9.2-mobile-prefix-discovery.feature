Feature: Mobile prefix discovery with several care-of addresses (RFC 5648, Section 9.2; draft-ietf-monami6-multiplecoa-04, Section 8.2)

  @TC-HA-MPS-BV-01 @HA @MUST @config:ha-mcoa @ics:mcoa-prefix-discovery @rfc5648-9.2-d1 @mcoa-draft-04-8.2-d1
  Scenario Outline: A solicitation from any registered care-of address is answered: <CoA>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 sends a Mobile Prefix Solicitation from <CoA>
    Then the HA answers with a Mobile Prefix Advertisement

    Examples:
      | id | CoA  |
      | a  | CoA1 |
      | b  | CoA2 |
      | c  | CoA3 |

  @TC-HA-MPS-BI-01 @HA @MUST @config:ha-mcoa @ics:mcoa-prefix-discovery @edition:rfc5648 @rfc5648-9.2-d1
  Scenario Outline: A solicitation from an address that is not registered is dropped: <state>
    # A Binding Error is sent as for any packet with a Home Address option.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 <state>
    When MN1 sends a Mobile Prefix Solicitation from <CoA>
    Then the HA does not answer

    Examples:
      | id | state         | CoA  |
      | b  | removes BID 2 | CoA2 |
