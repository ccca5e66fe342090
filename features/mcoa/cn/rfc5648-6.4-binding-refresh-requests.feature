@ics:!ignores-bid
Feature: Binding Refresh Requests of a correspondent node with a BID (RFC 5648, Section 6.4)
  The request says which binding has to be renewed.

  @TC-CN-BBR-BV-01 @CN @SHOULD @config:cn-mcoa
  Scenario Outline: The request names the BID of the binding that ends: <edition>
    # BID 2 lives on. That several bindings are named is right only if they need it, too.
    Given MN1 registers CoA1 as BID 1 with Lifetime = 40 s
    And the CN accepts the registration
    And MN1 registers CoA2 as BID 2 with Lifetime = 420 s
    And the CN accepts the registration
    When MN1 opens flow 1 from CoA1
    Then the CN asks MN1 to refresh BID 1 within 40 s

    @ics:mcoa-refresh-requests @rfc5648-6.4-k1
    Examples:
      | id | edition  |
      | a  | RFC 5648 |

    @ics:mcoa-draft-04-refresh-requests @mcoa-draft-04-6.4-k1
    Examples:
      | id | edition  |
      | b  | draft 04 |
