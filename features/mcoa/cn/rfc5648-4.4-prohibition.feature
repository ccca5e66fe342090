@ics:!ignores-bid
Feature: A correspondent node that must not register several care-of addresses (RFC 5648, Section 4.4)
  The operator can forbid it. Then updates with a BID are rejected, and those without are served.

  @TC-CN-PRO-BI-01 @CN @MUST @config:cn-mcoa-forbidden
  Scenario Outline: An update with a BID is rejected: <edition>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1
    Then the CN rejects it with status MCOA_PROHIBITED
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

    @ics:mcoa-prohibition @rfc5648-4.4-d2
    Examples:
      | id | edition  |
      | a  | RFC 5648 |

    @ics:mcoa-draft-04-prohibition @mcoa-draft-04-4.3-d1
    Examples:
      | id | edition  |
      | b  | draft 04 |

  @TC-CN-PRO-BI-02 @CN @MUST @config:cn-mcoa-forbidden
  Scenario Outline: A binding without a BID stays when an update with a BID is rejected: <edition>
    # Another status may say why: a binding without a BID exists.
    Given MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    @ics:mcoa-prohibition @rfc5648-4.4-d2
    Examples:
      | id | edition  |
      | a  | RFC 5648 |

    @ics:mcoa-draft-04-prohibition @mcoa-draft-04-4.3-d1
    Examples:
      | id | edition  |
      | b  | draft 04 |
