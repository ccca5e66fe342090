Feature: Configurations of a mobile node with several interfaces (draft-ietf-monami6-multiplecoa-04, Appendix A; RFC 5648, Section 3)
  Each figure is a state of the mobile node: its bindings, and the ways of its packets. The scenarios go from one to another, and back.
  Link 4 is a foreign link of the interface that comes home, and link 5 the home link at the interface of link 1.

  @TC-MN-FIG-BV-01 @MN @MUST @config:mn-mcoa @rfc5648-3-k1 @rfc5648-5.2-k1 @mcoa-draft-04-3-k1 @mcoa-draft-04-5.3-k2
  Scenario: Figure 6: three interfaces on foreign links
    Given the MN is at link 1
    When the MN gets a link at link 2 and link 4
    Then the MN has a binding for link 1, link 2 and link 4 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and link 4 only

  @TC-MN-FIG-BV-02 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @rfc5648-5.5.1-d1 @mcoa-draft-04-3-k6
  Scenario: From Figure 6 to Figure 7: one interface comes home, and has all packets
    Given the MN has registered link 1, link 2 and link 4
    When the MN loses link 4
    And 2 s passes
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And the MN has no binding at the HA
    And the MN answers Neighbor Solicitations for its home address
    And packets of the MN to CN1 come over the home link only

  @TC-MN-FIG-BV-03 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @rfc5648-5.2-k1 @mcoa-draft-04-5.3-k2
  Scenario: From Figure 7 to Figure 6: the mobile node leaves home, and registers all its care-of addresses
    Given the MN has registered link 1 and link 2
    And the MN gets a link at the home link
    And the MN sends a de-registration of all its bindings to the HA
    And 2 s passes
    When the MN loses the home link
    And 2 s passes
    And the MN gets a link at link 4
    Then the MN has a binding for link 1, link 2 and link 4 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and link 4 only

  @TC-MN-FIG-BV-04 @MN @MUST @config:mn-mcoa-single @ics:mn-foreign-links-at-home @rfc5648-5.5.2-d1 @mcoa-draft-04-5.5-k6
  Scenario: From Figure 6 to Figure 8: one interface is on the home link, and is not used
    Given the MN has registered link 1, link 2 and link 4
    When the MN moves from link 4 to the home link
    Then the MN sends a de-registration of link 4 to the HA
    And the MN has a binding for link 1 and link 2 at the HA
    And the MN does not answer Neighbor Solicitations for its home address
    And packets of the MN to CN1 come over link 1 and link 2 only

  @TC-MN-FIG-BV-05 @MN @MUST @config:mn-mcoa-single @ics:mn-foreign-links-at-home @rfc5648-5.2-k1 @mcoa-draft-04-5.3-k2
  Scenario: From Figure 8 to Figure 6: the interface leaves the home link, and is registered
    Given the MN has registered link 1 and link 2
    And the MN is at the home link
    And 5 s passes
    When the MN loses the home link
    And 2 s passes
    And the MN gets a link at link 4
    Then the MN sends a Binding Update for link 4 to the HA
    And the MN has a binding for link 1, link 2 and link 4 at the HA

  @TC-MN-FIG-BV-06 @MN @MUST @config:mn-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-5.6.3-k1
  Scenario: From Figure 6 to the home link beside foreign links: all of them are used
    Given the MN has registered link 1, link 2 and link 4
    When the MN loses link 4
    And 2 s passes
    And the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA with:
      | option[Binding Identifier].H | 1 |
    And the MN has a binding for link 1 and link 2 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and the home link only

  @TC-MN-FIG-BV-07 @MN @MUST @config:mn-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-5.2-k1
  Scenario: From the home link beside foreign links to Figure 6: the interface is registered without H
    Given the MN has registered link 1, link 2 and the home link
    When the MN loses the home link
    And 2 s passes
    And the MN gets a link at link 4
    Then the MN has a binding for link 1, link 2 and link 4 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and link 4 only

  @TC-MN-FIG-BV-08 @MN @MUST @config:mn-mcoa @rfc5648-3-k1 @rfc5648-5.2-k1 @mcoa-draft-04-3-k1 @mcoa-draft-04-5.3-k2
  Scenario: From Figure 6 to Figure 10: an interface comes to a foreign link of the home agent, and is registered as elsewhere
    Given the HA is the router of link 4
    And the MN has registered link 1 and link 2
    When the MN gets a link at link 4
    Then the MN sends a Binding Update for at least link 4 to the HA with:
      | options | Binding Identifier |
    And the MN has a binding for link 1, link 2 and link 4 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and link 4 only

  @TC-MN-FIG-BV-09 @MN @SHOULD @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.8-k2
  Scenario Outline: Figure 10: the tunnel is used although the home agent is the neighbour, as over other links: <link>
    Given the HA is the router of link 4
    And the MN has registered link 1, link 2 and link 4
    When HA1 sends packets to the MN over <link>
    Then packets of the MN to HA1 are reverse-tunnelled

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 4 |

  @TC-MN-FIG-BV-10 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @ics:mcoa-route-optimization
  @rfc5648-5.5.1-d1 @mcoa-draft-04-3-k6
  Scenario: From Figure 10 to Figure 7: the interface goes from the other link of the home agent to the home link
    Given the bindings of Figure 10
    When the MN moves from link 4 to the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And the MN has no binding at the HA
    And the MN answers Neighbor Solicitations for its home address
    And packets of the MN to HA1 come over the home link only

  @TC-MN-FIG-BV-11 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @ics:mcoa-route-optimization
  @rfc5648-5.2-k1 @mcoa-draft-04-5.3-k2
  Scenario: From Figure 7 to Figure 10: the interface goes from the home link to the other link of the home agent
    Given the bindings of Figure 7
    And the HA is the router of link 4
    When the MN moves from the home link to link 4
    Then the MN has a binding for link 1, link 2 and link 4 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and link 4 only

  @TC-MN-FIG-BV-12 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @ics:mcoa-route-optimization
  @rfc5648-5.5.1-d1 @mcoa-draft-04-3-k6
  Scenario: From Figure 7 to Figure 9: a second interface comes home, and is not registered
    # By which of the two it uses its home address is left to it.
    Given the bindings of Figure 7
    When the MN moves from link 1 to link 5
    And 10 s passes
    Then the MN has no binding at the HA

  @TC-MN-FIG-BV-13 @MN @MUST @config:mn-mcoa-home @ics:mn-home-link-only @ics:mcoa-route-optimization
  @rfc5648-5.5.1-d1 @mcoa-draft-04-3-k6
  Scenario: From Figure 9 to Figure 7: an interface leaves home, and the mobile node stays there with the other one
    Given the bindings of Figure 9
    When the MN moves from link 5 to link 1
    And 10 s passes
    Then the MN has no binding at the HA
    And the MN answers Neighbor Solicitations for its home address
    And packets of the MN to HA1 come over the home link only

  @TC-MN-FIG-BV-14 @MN @MUST @config:mn-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-5.6.3-k1 @rfc5648-4.4-k1
  @rfc5648-5.6.4-k1
  Scenario: From Figure 6 to the home link beside other routers: all links are used, and the home agent defends the home address
    # Status 5 says that there are other routers on the home link.
    Given the HA answers updates for the home link with:
      | option[Binding Identifier].Status = 5 |
    And the MN has registered link 1, link 2 and link 4
    When the MN moves from link 4 to the home link
    Then the MN sends a Binding Update for at least the home link to the HA with:
      | option[Binding Identifier].H | 1 |
    And the MN has a binding for link 1 and link 2 at the HA
    And the MN does not answer Neighbor Solicitations for its home address
    And packets of the MN to CN1 come over link 1, link 2 and the home link only

  @TC-MN-FIG-BV-15 @MN @MUST @config:mn-mcoa @ics:simultaneous-home-use @edition:rfc5648 @rfc5648-5.2-k1
  Scenario: From the home link beside other routers to Figure 6: the interface is registered without H
    Given the HA answers updates for the home link with:
      | option[Binding Identifier].Status = 5 |
    And the MN has registered link 1, link 2 and the home link
    When the MN moves from the home link to link 4
    Then the MN has a binding for link 1, link 2 and link 4 at the HA
    And packets of the MN to CN1 come over link 1, link 2 and link 4 only
