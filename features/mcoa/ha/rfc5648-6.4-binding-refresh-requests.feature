Feature: Binding Refresh Requests (RFC 5648, Section 6.4; draft-ietf-monami6-multiplecoa-04, Section 6.4)
  A home agent that asks for a refresh of a binding says which one by its BID.

  @TC-HA-BRR-TI-01 @HA @SHOULD @config:ha-mcoa @ics:mcoa-refresh-requests @rfc5648-6.4-k1 @mcoa-draft-04-6.4-k1
  Scenario Outline: The request for a refresh names the BID whose binding is about to end: <bid>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Lifetime = 400 s
    And the HA accepts BID 1
    And MN1 registers CoA2 as BID <bid> with Lifetime = 40 s
    And the HA accepts BID <bid>
    And packets for MN1 arrive at CoA1 or CoA2 only
    When half the lifetime of MN1 passes
    Then the HA asks MN1 to refresh BID <bid> within 40 s

    Examples:
      | id | bid   |
      | a  | 2     |
      | b  | 65535 |

  @TC-HA-BRR-TI-02 @HA @SHOULD @config:ha-mcoa @ics:mcoa-refresh-requests @ics:bulk-registration @rfc5648-6.4-k1 @mcoa-draft-04-6.4-k1
  Scenario: Of two bindings that end together, each is asked for
    # One request may name several BIDs, or each BID have a request of its own.
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 and CoA2 as BID 2 with Lifetime = 40 s
    And the HA accepts BID 1 and BID 2
    And packets for MN1 arrive at CoA1 or CoA2 only
    When half the lifetime of MN1 passes
    Then the HA asks MN1 to refresh BID 1 and BID 2 within 40 s
