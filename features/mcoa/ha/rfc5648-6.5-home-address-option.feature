Feature: Packets with a Home Address option (RFC 5648, Section 6.5; draft-ietf-monami6-multiplecoa-04, Section 6.5)
  Such a packet is accepted from every registered care-of address of the home address, and from no other address.

  @TC-HA-HAO-BV-02 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k1 @mcoa-draft-04-6.5-k1
  Scenario Outline: A Home Address option is accepted from each registered care-of address: <CoA>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 3
    Then the HA accepts BID 3
    And packets with a Home Address option of MN1 from <CoA> are accepted

    Examples:
      | id | CoA  |
      | a  | CoA1 |
      | b  | CoA2 |
      | c  | CoA3 |

  @TC-HA-HAO-BI-04 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k3 @mcoa-draft-04-6.5-k4
  Scenario: A Home Address option from an address that is not registered is answered by a Binding Error
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the HA accepts BID 2
    And packets with a Home Address option of MN1 from CoA3 are answered by a Binding Error

  @TC-HA-HAO-BI-05 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k3 @mcoa-draft-04-6.5-k4
  Scenario: A Home Address option from the care-of address of a removed BID is answered by a Binding Error
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 2
    Then the HA accepts BID 2
    And packets with a Home Address option of MN1 from CoA2 are answered by a Binding Error

  @TC-HA-HAO-BI-06 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k3 @mcoa-draft-04-6.5-k4
  Scenario: A Home Address option from the former care-of address of a BID is answered by a Binding Error
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 1
    Then the HA accepts BID 1
    And packets with a Home Address option of MN1 from CoA1 are answered by a Binding Error

  @TC-HA-HAO-BI-09 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k2 @mcoa-draft-04-6.5-k3
  Scenario Outline: A packet with a Home Address option from an address that is not registered is dropped: <CoA>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 2
    Then the HA accepts BID 2
    And packets with a Home Address option of MN1 from <CoA> are dropped

    Examples:
      | id | CoA  |
      | a  | CoA2 |
      | b  | CoA3 |

  @TC-HA-HAO-BV-03 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k4 @mcoa-draft-04-6.5-k5
  Scenario: A Binding Update is processed from an address that is not registered
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA3 as BID 1 from CoA3
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA3 only

  @TC-HA-HAO-BV-04 @HA @MUST @config:ha-mcoa @rfc5648-6.5-k4 @mcoa-draft-04-6.5-k5
  Scenario: A Binding Update may come from an address that it does not register
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 from CoA3
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA2 are accepted
    And tunnelled packets of MN1 from CoA3 are dropped
