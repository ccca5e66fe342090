@ics:simultaneous-home-use
Feature: Home link and foreign links at once (RFC 5648, Sections 4.4, 5.6 and 6.3)
  A mobile node that comes home with one interface, and goes on with the others, registers its home address as a care-of address with H.

  @TC-MN-HB-BV-01 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.6.3-k1 @rfc5648-5.6.3-k2 @rfc5648-5.6.3-k3
  @rfc5648-5.6.3-d1
  Scenario Outline: At home the mobile node registers a home binding, and keeps the others: <from>
    Given the MN has registered <from>
    When the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA with:
      | Lifetime                                   | above 0 s        |
      | option[Binding Identifier].H               | 1                |
      | option[Binding Identifier].Care-of Address | the home address |
    And the MN has a binding for <from> at the HA
    And the MN has a binding for the home link at the HA

    Examples:
      | id | from                      |
      | a  | link 1                    |
      | b  | link 1, link 2 and link 3 |

  @TC-MN-HB-BV-02 @MN @SHOULD @config:mn-mcoa @ics:names-link-layer-address @edition:rfc5648 @rfc5648-5.6.3-k4
  Scenario: The home binding names the link-layer address
    Given the MN has registered link 1
    When the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA with:
      | options | Mobility Header Link-Layer Address |

  @TC-MN-HB-BV-03 @MN @MUST @config:mn-mcoa @ics:names-link-layer-address @edition:rfc5648 @rfc5648-5.6.3-k5
  Scenario: The link-layer address is named as that of the mobile node
    Given the MN has registered link 1
    When the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA

  @TC-MN-HB-BV-04 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.6.3-k7
  Scenario: Until the answer comes the home agent defends the home address alone
    Given the MN has registered link 1
    And the HA does not answer updates
    When the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA
    And the MN does not answer Neighbor Solicitations for its home address

  @TC-MN-HB-BV-05 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-4.4-k1 @rfc5648-5.6.2-k2 @rfc5648-5.6.3-k8
  @rfc5648-5.6.4-k1
  Scenario Outline: Beside other routers the home agent defends the home address, also after the answer: status in the <place>
    Given the MN has registered link 1
    And the HA answers updates for the home link with:
      | <field> = 5 |
    When the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA
    And the MN does not answer Neighbor Solicitations for its home address

    Examples:
      | id | place           | field                             |
      | a  | option          | option[Binding Identifier].Status |
      | b  | acknowledgement | Status                            |

  @TC-MN-HB-BV-06 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.6.4-k2
  Scenario: Beside other routers packets go to the link-layer address of the router without Neighbor Discovery
    Given the MN has registered link 1
    And the HA answers updates for the home link with:
      | option[Binding Identifier].Status = 5 |
    And the MN is at the home link
    And the MN sends a Binding Update for at least the home link to the HA
    When CN1 sends packets to the MN over the home link
    Then packets of the MN on the home link go to the link-layer address of the router

  @TC-MN-HB-TI-01 @MN @SHOULD @config:mn-mcoa @edition:rfc5648 @rfc5648-5.6.3-k9
  Scenario: The home binding is renewed before its lifetime is over
    Given the MN has registered link 1 and the home link
    When 20 s passes
    Then the MN sends a Binding Update for at least the home link to the HA within 40 s

  @TC-MN-HB-BV-07 @MN @SHOULD @config:mn-mcoa @edition:rfc5648 @rfc5648-5.6.5-k1
  Scenario: A mobile node that leaves home says so at once
    # By an update for a care-of address, without H.
    Given the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1 and the home link
    When the MN loses the home link
    Then the MN sends a Binding Update for at least link 1 to the HA within 5 s with:
      | option[Binding Identifier].H | 0 |
    And packets of the MN to CN1 come over link 1 only

  @TC-MN-HB-BO-01 @MN @SHOULD @config:mn-mcoa @edition:rfc5648 @rfc5648-6.3-k5
  Scenario: A home agent that answers the home binding without BID option delivers at home alone
    Given the MN has registered link 1
    And the HA answers updates for the home link with:
      | no Binding Identifier |
    When the MN gets a link at the home link
    Then the MN sends a Binding Update for at least the home link to the HA
    And packets of the MN to CN1 come over the home link only

  @TC-MN-HB-BV-08 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.5-d4 @mcoa-draft-04-5.5-d5
  Scenario: In the draft an update of lifetime 0 with H makes the binding of the interface at home a home binding
    # In a bulk update it has the lifetime of the others.
    Given the MN has registered link 1 and link 4
    When the MN loses link 4
    And 2 s passes
    And the MN gets a link at the home link
    Then the MN sends a Binding Update for at least link 4 to the HA with:
      | option[Binding Identifier].H | 1 |
    And the MN has a binding for link 1 at the HA

  @TC-MN-HB-BV-09 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.5-d4
  Scenario: With a home binding both links are used
    Given the MN has registered link 1 and link 4
    When the MN loses link 4
    And 2 s passes
    And the MN gets a link at the home link
    Then the MN sends a Binding Update for at least link 4 to the HA with:
      | option[Binding Identifier].H | 1 |
    And packets of the MN to CN1 come over link 1 and the home link only
