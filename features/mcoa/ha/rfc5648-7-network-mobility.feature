Feature: Mobile routers with several care-of addresses (RFC 5648, Section 7; draft-ietf-monami6-multiplecoa-04, Section 7)
  A mobile router registers the prefix of its mobile network in explicit mode (RFC 3963) with each of its care-of addresses.

  @TC-HA-NEMO-BV-01 @HA @MUST @config:ha-mcoa @ics:nemo @rfc5648-7-d1 @mcoa-draft-04-7-d1
  Scenario: A mobile router registers its network with a BID
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 for its mobile network
    Then the HA accepts BID 1

  @TC-HA-NEMO-BV-02 @HA @MUST @config:ha-mcoa @ics:nemo @rfc5648-7-d1 @rfc5648-7-d2 @mcoa-draft-04-7-d1 @mcoa-draft-04-7-d2
  Scenario: Packets for the mobile network go to a care-of address of the mobile router
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 for its mobile network
    And the HA accepts BID 1
    When MN1 registers CoA2 as BID 2 for its mobile network
    Then the HA accepts BID 2
    And packets for the mobile network of MN1 arrive at CoA1 or CoA2 only

  @TC-HA-NEMO-BV-03 @HA @MUST @config:ha-mcoa @ics:nemo @rfc5648-7-d2 @mcoa-draft-04-7-d2
  Scenario Outline: The mobile network outlives the removal of one BID: <bid>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 for its mobile network
    And the HA accepts BID 1
    And MN1 registers CoA2 as BID 2 for its mobile network
    And the HA accepts BID 2
    When MN1 removes BID <bid>
    Then the HA accepts BID <bid>
    And packets for the mobile network of MN1 arrive at <CoA> only

    Examples:
      | id | bid | CoA  |
      | a  | 1   | CoA2 |
      | b  | 2   | CoA1 |

  @TC-HA-NEMO-BV-04 @HA @MUST @config:ha-mcoa @ics:nemo @ics:bulk-registration
  @rfc5648-7-d1 @rfc5648-7-d2 @mcoa-draft-04-7-d1 @mcoa-draft-04-7-d2
  Scenario: A bulk update registers the mobile network with several care-of addresses
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 and CoA2 as BID 2 for its mobile network
    Then the HA accepts BID 1 and BID 2
    And packets for the mobile network of MN1 arrive at CoA1 or CoA2 only

  @TC-HA-NEMO-BV-05 @HA @MUST @config:ha-mcoa @ics:nemo @rfc5648-7-d2 @mcoa-draft-04-7-d2
  Scenario: The mobile network goes with the last binding of the mobile router
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 for its mobile network
    And the HA accepts BID 1
    And packets for the mobile network of MN1 arrive at CoA1 only
    When MN1 removes BID 1
    Then the HA accepts BID 1
    And packets for the mobile network of MN1 go nowhere

  @TC-HA-NEMO-BV-06 @HA @MUST @config:ha-mcoa @ics:nemo @rfc5648-7-d2 @mcoa-draft-04-7-d2
  Scenario: The mobile network follows its mobile router to a new care-of address
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 for its mobile network
    And the HA accepts BID 1
    And packets for the mobile network of MN1 arrive at CoA1 only
    When MN1 registers CoA3 as BID 1 for its mobile network
    Then the HA accepts BID 1
    And packets for the mobile network of MN1 arrive at CoA3 only
