Feature: Tunnelled payload under ESP (RFC 5648, Section 9.3.2; draft-ietf-monami6-multiplecoa-04, Section 8.3.2)
  One security association in tunnel mode protects all packets of a home address, whichever care-of address is in the outer header. All
  packets of the mobile nodes are under it, and packets for them count only under it.

  @TC-HA-PAY-BV-01 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-payload-esp @edition:rfc5648 @rfc5648-9.3.2-d1
  Scenario Outline: Protected packets are accepted from the first care-of address: <CoA>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 3
    Then the HA accepts BID 3
    And tunnelled packets of MN1 from <CoA> are accepted

    Examples:
      | id | CoA  |
      | a  | CoA1 |

  @TC-HA-PAY-BV-06 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-payload-esp @edition:rfc5648 @rfc5648-9.3.2-d1
  Scenario Outline: Protected packets are accepted from further care-of addresses: <CoA>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And tunnelled packets of MN1 from CoA1 are accepted
    When MN1 registers CoA3 as BID 3
    Then the HA accepts BID 3
    And tunnelled packets of MN1 from <CoA> are accepted

    Examples:
      | id | CoA  |
      | a  | CoA2 |
      | b  | CoA3 |

  @TC-HA-PAY-BV-02 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-payload-esp @edition:rfc5648 @rfc5648-9.3.2-d1
  Scenario: Protected packets are accepted from the care-of address to which a binding has moved
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    And tunnelled packets of MN1 from CoA1 are accepted
    When MN1 registers CoA2 as BID 1
    Then the HA accepts BID 1
    And tunnelled packets of MN1 from CoA2 are accepted

  @TC-HA-PAY-BV-03 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-payload-esp @rfc5648-9.3.2-d2 @mcoa-draft-04-8.3.2-d1
  Scenario: Protected packets go to the care-of address to which the binding has moved
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    And packets for MN1 arrive at CoA1 only
    When MN1 registers CoA2 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 only

  @TC-HA-PAY-BV-04 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-payload-esp @rfc5648-9.3.2-d2 @mcoa-draft-04-8.3.2-d1
  Scenario Outline: Protected packets go to the care-of address that is left when <BID> is removed
    # The tunnel does not stay at the first care-of address, and not at the last one.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes <BID> from <CoA>
    Then the HA accepts <BID>
    And packets for MN1 arrive at <CoA> only

    Examples:
      | id | BID   | CoA  |
      | a  | BID 1 | CoA2 |
      | b  | BID 2 | CoA1 |

  @TC-HA-PAY-BV-05 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-payload-esp @rfc5648-9.3.2-d2 @mcoa-draft-04-8.3.2-d1
  Scenario: A protected flow goes on over another care-of address when its own is removed
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 opens flow 1 from CoA1
    When MN1 removes BID 1 from CoA2
    Then the HA accepts BID 1
    And packets of flow 1 arrive at CoA2 only

  @TC-HA-PAY-BI-01 @HA @MUST @config:ha-mcoa-payload-esp @ics:mcoa-draft-04-payload-esp @edition:mcoa-draft-04
  @mcoa-draft-04-8.3.2-k1
  Scenario Outline: Protected packets from an address that is not registered are not forwarded: <state>
    # The security association does not say from which address they come.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And tunnelled packets of MN1 from CoA2 are accepted
    When MN1 <state>
    Then tunnelled packets of MN1 from <CoA> are dropped
    And tunnelled packets of MN1 from CoA1 are accepted

    Examples:
      | id | state           | CoA  |
      | a  | refreshes BID 1 | CoA3 |
      | b  | removes BID 2   | CoA2 |
