Feature: Home link and foreign links (RFC 5648, Sections 5.5, 5.6 and 6.3; draft-ietf-monami6-multiplecoa-04, Section 5.5)
  A mobile node that comes home removes all its bindings, or adds a home binding to those of its foreign links. The RFC makes that by an
  update with the home address as care-of address, the draft by one of lifetime 0 with H.

  @TC-HA-HOME-BV-01 @HA @MUST @config:ha-mcoa
  @rfc5648-5.5.1-d2 @rfc5648-6.2-k2 @mcoa-draft-04-6.3-k3
  Scenario: After a return home with all interfaces everything goes to the home link
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 returns home
    Then the HA accepts the de-registration
    And packets for MN1 arrive at the home link only

  @TC-HA-HOME-BV-02 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648
  @rfc5648-6.3-k1 @rfc5648-6.3-d1 @rfc5648-6.2-d5
  Scenario: A home binding alone takes all packets to the home link
    # As the only router of the home link, the home agent may answer with 0 or with 5.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    And MN1 removes BID 1
    And the HA accepts BID 1
    When MN1 registers the home link as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at the home link only

  @TC-HA-HOME-BV-03 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648
  @rfc5648-5.6.2-k1b @rfc5648-3-d3a @rfc5648-6.2-d5
  Scenario: With a home binding and a foreign one, packets go to the home link or to the care-of address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers the home link as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or the home link only
    And tunnelled packets of MN1 from CoA1 are accepted

  @TC-HA-HOME-BV-04 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-6.2-d3
  Scenario: The removal of the home binding leaves the foreign ones
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and the home link as BID 2
    When MN1 removes BID 2 from CoA1
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 only

  @TC-HA-HOME-TI-01 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-6.2-d5
  Scenario: A home binding ends with its lifetime as others do
    # The shorter its lifetime, the more devices grant the other binding a longer one.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    And MN1 registers the home link as BID 2 with Lifetime = 12 s
    And the HA accepts BID 2
    When just over the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-HOME-BV-06 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-5.6.5-d1
  Scenario: A mobile node that leaves home moves its home binding to a care-of address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and the home link as BID 2
    When MN1 registers CoA2 as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or CoA2 only

  @TC-HA-HOME-BV-07 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-5.6.5-d1
  Scenario: Any update without H ends delivery over the home link
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and the home link as BID 2
    When MN1 registers CoA1 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA1 only

  @TC-HA-HOME-BV-08 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @ics:bulk-registration @edition:rfc5648
  @rfc5648-6.3-k1 @rfc5648-5.6.2-k1b
  Scenario: A bulk update registers the home link beside foreign links
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 and the home link as BID 2
    Then the HA accepts BID 1 and BID 2
    And packets for MN1 arrive at CoA1 or the home link only

  @TC-HA-HOME-BI-01 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-6.3-k2
  Scenario Outline: A home binding that is refused gets the status of an error: <fault>
    # From a foreign link, as the answer over the home link has its own rules. Which status a fault has is asked elsewhere.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers the home link as BID 2 from CoA1 with <fault>
    Then the outcome is one of:
      | outcome                          | reading                    | allowed when |
      | rejected with 164 MCOA_MALFORMED | the status of this fault   | always       |
      | rejected                         | the status of another case | always       |
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | fault                                                 |
      | a  | option[Binding Identifier].Care-of Address = ff0e::5e |
      | b  | Binding Identifier = 000200800000                     |

  @TC-HA-HOME-BI-02 @HA @MUST @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-6.3-k2
  Scenario: A home binding beside a binding without BID is refused
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers the home link as BID 2 from CoA1
    Then the outcome is one of:
      | outcome                                        | reading                           | allowed when |
      | rejected with 165 MCOA_NON_MCOA_BINDING_EXISTS | the status that is advised        | always       |
      | not answered                                   | not processed, without an answer  | always       |
    And packets for MN1 arrive at CoA1 only

  @TC-HA-HOME-BI-03 @HA @MUST @config:ha-mcoa-narrow @ics:!simultaneous-home-use @edition:rfc5648 @rfc5648-4.4-d4
  Scenario: Where simultaneous use of home and foreign links is not permitted, a home binding is refused
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers the home link as BID 2 from CoA1
    Then the HA rejects it with status MCOA_SIMULTANEOUS_HOME_AND_FOREIGN_PROHIBITED
    And packets for MN1 arrive at CoA1 only

  @TC-HA-HOME-BV-09 @HA @MUST @config:ha-mcoa-other-routers @ics:other-routers-on-home-link @edition:rfc5648
  @rfc5648-6.3-d2 @rfc5648-6.3-k3
  Scenario: Beside other routers a home binding is accepted with status 5
    # The status may stand in the option or in the acknowledgement.
    Given MN2 has registered CoA1
    When MN1 registers the home link as BID 1
    Then the status of BID 1 is MCOA_RETURNHOME_WO_NDP

  @TC-HA-HOME-BV-10 @HA @MUST @config:ha-mcoa-other-routers @ics:other-routers-on-home-link @edition:rfc5648
  @rfc5648-5.6.4-d1 @rfc5648-6.3-d3
  Scenario: Beside other routers packets reach the mobile node at home by its link-layer address
    # The mobile node answers no Neighbor Solicitation for its home address.
    Given MN2 has registered CoA1
    When MN1 registers the home link as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at the home link only

  @TC-HA-HOME-BV-11 @HA @MUST @config:ha-mcoa-other-routers @ics:other-routers-on-home-link @edition:rfc5648 @rfc5648-5.6.2-k1a
  Scenario: Beside other routers the home agent goes on to take in what is for the home address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers the home link as BID 2
    Then the HA accepts BID 2
    And the HA defends the home address of MN1

  @TC-HA-HOME-TI-02 @HA @SHOULD @config:ha-mcoa-other-routers @ics:other-routers-on-home-link @edition:rfc5648 @rfc5648-5.6.4-k3
  Scenario: The link-layer address of the mobile node is remembered
    Given MN2 has registered CoA1
    And MN1 registers the home link as BID 1 with Lifetime = 400 s
    And the HA accepts BID 1
    When half the lifetime of MN1 passes
    Then packets for MN1 arrive at the home link only

  @TC-HA-HOME-BV-12 @HA @SHOULD @config:ha-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-6.3-k4
  Scenario: The answer to a home binding comes to the link-layer address that the update names
    # Until the answer comes, the mobile node answers no Neighbor Solicitation for its home address: with one, nothing would come.
    Given MN2 has registered CoA1
    When MN1 registers the home link as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at the home link only

  @TC-HA-HOME-BV-13 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-5.6.2-k1a
  Scenario: While a binding lives the home agent takes in packets from elsewhere and from the home link
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA1 only
    And packets for MN1 from the home link arrive at CoA1 only
    And the HA defends the home address of MN1

  @TC-HA-HOME-BV-14 @HA @MUST @config:ha-mcoa @ics:mcoa-draft-04-home-binding @edition:mcoa-draft-04
  @mcoa-draft-04-5.5-d3 @mcoa-draft-04-6.3-d6
  Scenario: With a home binding the home agent leaves the home address to the mobile node
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And the HA defends the home address of MN1
    When MN1 removes BID 1 from the home link with option[Binding Identifier].H = 1
    Then the HA accepts BID 1
    And the HA does not defend the home address of MN1

  @TC-HA-HOME-BV-15 @HA @MUST @config:ha-mcoa @ics:mcoa-draft-04-home-binding @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d5
  Scenario: With a home binding packets go to the home link or to a foreign care-of address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 1 from the home link with option[Binding Identifier].H = 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 or the home link only
    And tunnelled packets of MN1 from CoA2 are accepted

  @TC-HA-HOME-BV-16 @HA @SHOULD @config:ha-mcoa @ics:mcoa-draft-04-home-binding @edition:mcoa-draft-04 @mcoa-draft-04-5.5-k7
  Scenario: A home binding is remembered: it can be removed
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 1 from the home link with option[Binding Identifier].H = 1
    And the HA accepts BID 1
    When MN1 removes BID 1 from CoA2
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 only

  @TC-HA-HOME-BV-17 @HA @MUST @config:ha-mcoa @ics:mcoa-draft-04-home-binding @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d6
  Scenario: After the end of the home binding the home agent defends the home address again
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 1 from the home link with option[Binding Identifier].H = 1
    And the HA accepts BID 1
    And the HA does not defend the home address of MN1
    When MN1 removes BID 1 from CoA2
    Then the HA defends the home address of MN1

  @TC-HA-HOME-BV-18 @HA @MUST @config:ha-mcoa @ics:mcoa-draft-04-home-binding @edition:mcoa-draft-04 @mcoa-draft-04-5.5-d6
  Scenario: A mobile node that leaves home turns its home binding into one that is tunnelled
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN1 removes BID 1 from the home link with option[Binding Identifier].H = 1
    And the HA accepts BID 1
    When MN1 registers CoA3 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 or CoA3 only
    And tunnelled packets of MN1 from CoA3 are accepted

  @TC-HA-HOME-BV-19 @HA @SHOULD @config:ha-mcoa @ics:simultaneous-home-use @ics:!mcoa-flow-rules @edition:rfc5648 @rfc5648-3-k6
  Scenario: After the update from the home link packets go there
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers the home link as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at the home link only
