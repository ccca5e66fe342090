@ics:mn-returns-home
Feature: Returning home (RFC 6275, Section 11.5.5)
  A mobile node that comes home removes its binding by an update from its home address, and takes the address over from its home agent.

  @TC-MN-HOME-BV-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.5.5-k1 @rfc6275-11.5.5-k3 @rfc6275-11.5.5-k4
  Scenario: A mobile node that comes home removes its binding
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA with:
      | A                   | 1                |
      | H                   | 1                |
      | Lifetime            | 0 s              |
      | Source              | the home address |

  @TC-MN-HOME-BV-02 @MN @MUST @config:mn-mipv6 @rfc6275-11.5.5-k2
  Scenario: Until it has sent its update, the mobile node does not use its home address at home
    # The home agent still has the address, and defends it. Every packet on the home link is judged.
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And packets of the MN to CN1 come over the home link only

  @TC-MN-HOME-BV-03 @MN @MUST @config:mn-mipv6 @rfc6275-11.5.5-k9
  Scenario: The mobile node does not test its home address for duplicates while it has a binding
    # A solicitation for the link-layer address of the home agent looks the same, but the node waits for its answer.
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And packets of the MN to CN1 come over the home link only

  @TC-MN-HOME-BV-04 @MN @MUST @config:mn-mipv6 @rfc6275-11.5.5-k11 @rfc6275-11.5.5-k12
  Scenario: The mobile node answers for its home address as soon as it has sent its update
    # The home agent may have to ask for the link-layer address before it can answer.
    Given the MN has registered link 1
    And the HA does not answer updates
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And the MN answers Neighbor Solicitations for its home address

  @TC-MN-HOME-BV-05 @MN @MUST @config:mn-mipv6 @rfc6275-11.5.5-k13 @rfc6275-11.5.5-k15 @rfc6275-11.5.5-k17 @rfc6275-11.5.5-k18
  Scenario: After the answer the mobile node tells the home link its link-layer address
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And the MN advertises its home address

  @TC-MN-HOME-BV-06 @MN @MUST @config:mn-mipv6 @rfc6275-11.5.5-k1
  Scenario: At home packets go without a tunnel
    Given the MN has registered link 1
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the HA
    And packets of the MN to CN1 come over the home link only

  @TC-MN-HOME-BV-07 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.1-k1
  Scenario: A mobile node that leaves home again registers
    Given the MN has registered link 1
    And the MN loses link 1
    And the MN gets a link at the home link
    And the MN sends a de-registration of all its bindings to the HA
    And 2 s passes
    When the MN loses the home link
    And the MN gets a link at link 2
    Then the MN has a binding for link 2 at the HA
    And packets of the MN to CN1 come over link 2 only
