Feature: Protection of several care-of addresses (RFC 5648, Section 9; draft-ietf-monami6-multiplecoa-04, Sections 8 and 9)
  The security associations are those of the home address, whichever care-of address is used.

  @TC-HA-SEC-BV-01 @HA @MUST @config:ha-mcoa-esp @rfc5648-9.2-d2 @mcoa-draft-04-8.2-d2
  Scenario Outline: One security association serves updates from all care-of addresses: <CoA>
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers <CoA> as BID 2
    Then the HA accepts BID 2

    Examples:
      | id | CoA  |
      | a  | CoA2 |
      | b  | CoA3 |

  @TC-HA-SEC-BV-02 @HA @MUST @config:ha-mcoa-esp @edition:rfc5648 @rfc5648-6.2-k11a
  Scenario: Under ESP an option without care-of address renews the binding of its BID
    # The description of status 164 says otherwise; the procedure decides.
    Given MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 1
    Then the HA accepts BID 1

  @TC-HA-SEC-BV-03 @HA @MUST @config:ha-mcoa-esp @edition:rfc5648 @rfc5648-6.2-k12
  Scenario: Under ESP an option without care-of address does not register a new BID
    Given MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 2 from CoA2
    Then the HA rejects it with status MCOA_UNKNOWN_COA

  @TC-HA-SEC-BI-01 @HA @MUST @config:ha-mcoa-esp @edition:mcoa-draft-04 @edition:rfc5648
  @mcoa-draft-04-9-d1 @rfc5648-9-d1 @rfc6275-10.3.1-k2
  Scenario Outline: An update that is not protected as agreed is not answered: <how>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with protection = <how>
    Then the HA does not answer
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | how                   |
      | a  | none                  |
      | b  | wrong key             |
      | c  | other SPI             |
      | d  | no ICV                |
      | e  | another mobile node's |

  @TC-HA-SEC-BI-02 @HA @MUST @config:ha-mcoa-esp @edition:mcoa-draft-04 @edition:rfc5648
  @mcoa-draft-04-9-d1 @rfc5648-9-d1 @rfc6275-10.3.1-k2
  Scenario: A removal that is not protected leaves the bindings as they are
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 1 with protection = none
    Then the HA does not answer
    And tunnelled packets of MN1 from CoA1 are accepted
