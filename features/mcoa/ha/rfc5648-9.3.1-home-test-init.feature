Feature: Reverse-tunnelled Home Test Inits (RFC 5648, Section 9.3.1; draft-ietf-monami6-multiplecoa-04, Section 8.3.1)

  @TC-HA-HOTI-BV-01 @HA @MUST @config:ha-mcoa @rfc5648-9.3.1-d1 @mcoa-draft-04-8.3.1-d1
  Scenario Outline: A Home Test Init is forwarded from each registered care-of address: <CoA>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 sends a Home Test Init from <CoA>
    Then the Home Test Init reaches CN1

    Examples:
      | id | CoA  |
      | a  | CoA1 |
      | b  | CoA2 |
      | c  | CoA3 |

  @TC-HA-HOTI-BI-01 @HA @MUST @config:ha-mcoa @rfc5648-9.3.1-d1 @mcoa-draft-04-8.3.1-d1
  Scenario Outline: A Home Test Init from an address that is not registered is not forwarded: <state>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 <state>
    When MN1 sends a Home Test Init from <CoA>
    Then the Home Test Init goes nowhere

    Examples:
      | id | state           | CoA  |
      | a  | refreshes BID 1 | CoA3 |
      | b  | removes BID 2   | CoA2 |
