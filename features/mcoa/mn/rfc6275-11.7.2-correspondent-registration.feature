@ics:mn-route-optimization
Feature: Correspondent registration (RFC 6275, Section 11.7.2)
  A mobile node registers its care-of address with a correspondent node, and each that follows.

  @TC-MN-COR-BV-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.2-k8 @rfc6275-11.7.2-k17 @rfc6275-11.7.2-d1 @rfc6275-6.1.7-k3
  @rfc6275-6.2-k1 @rfc6275-6.2-k2
  Scenario: The update has the home address, nonce indices and an authenticator
    Given the MN has registered link 1
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN with:
      | Source              | the care-of address of link 1 |
      | Home Address option | the home address              |
      | K                   | 0                             |

  @TC-MN-COR-BV-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.2-k11
  Scenario: The correspondent node is not asked for more than what is left at the home agent
    Given the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN

  @TC-MN-COR-BV-03 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.2-k1
  Scenario: A new care-of address is registered with the correspondent node, too
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    When the MN loses link 1
    And the MN gets a link at link 2
    Then the MN sends a Binding Update to the CN
    And the MN has a binding for link 2 at the CN

  @TC-MN-COR-BV-04 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.2-k18
  Scenario: Each update has a greater Sequence Number than the one before, whatever its care-of address is
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    When the MN loses link 1
    And the MN gets a link at link 2
    Then the MN sends a Binding Update to the CN with:
      | Sequence Number | after the last |

  @TC-MN-COR-BV-05 @MN @SHOULD @config:mn-mipv6 @ics:mn-returns-home @ics:mn-deletes-at-correspondents @rfc6275-11.7.2-k13
  Scenario: The update by which a mobile node at home removes its binding has no care-of nonce index
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    When the MN loses link 1
    And the MN gets a link at the home link
    Then the MN sends a de-registration of all its bindings to the CN with:
      | option[Nonce Indices].Care-of Nonce Index | 0 |

  @TC-MN-COR-BV-06 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.3.1-k4
  Scenario: With a binding at the correspondent node packets go there directly
    Given the MN has registered link 1
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN
    And packets of the MN to CN1 are route-optimised
    And packets of the MN to CN1 come over link 1 only

  @TC-MN-COR-BV-07 @MN @MUST @config:mn-mipv6 @rfc6275-11.3.1-k11
  Scenario: After a move packets go directly only from an address that the correspondent node has
    # As long as the correspondent node does not answer the tests, it has the old address alone.
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    And the CN does not answer Care-of Test Inits
    When the MN loses link 1
    And the MN gets a link at link 2
    Then packets of the MN to CN1 are reverse-tunnelled

  @TC-MN-COR-BO-01 @MN @SHOULD @config:mn-mipv6 @ics:mn-asks-correspondents-for-answers @rfc6275-11.7.3-k15
  Scenario: A correspondent node that refuses every update gets no more of them, and packets go through the home agent
    Given the MN has registered link 1
    And the CN answers updates with:
      | Status = 129 |
    And CN1 sends packets to the MN
    And the MN sends a Binding Update to the CN
    When 60 s passes
    Then the MN sends no Binding Update to the CN for 20 s
    And packets of the MN to CN1 are reverse-tunnelled
