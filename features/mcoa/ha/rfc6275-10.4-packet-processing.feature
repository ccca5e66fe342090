Feature: Packets of and for a mobile node (RFC 6275, Section 10.4)
  The home agent takes in what is for a mobile node that is away, and forwards what comes out of its tunnel.

  @TC-HA-INT-BV-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.1-k16 @rfc6275-10.4.1-k17
  Scenario: A home agent answers for the home address on the home link
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And the HA defends the home address of MN1

  @TC-HA-INT-BV-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.1-k3
  Scenario: When it begins to serve a home address, a home agent announces it
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And the HA announces the home address of MN1

  @TC-HA-INT-BV-03 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.1-k4
  Scenario: With L set a home agent announces the link-local address, too
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with L = 1
    Then the HA accepts the registration
    And the HA announces the link-local address of MN1

  @TC-HA-INT-BV-04 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-d2
  Scenario Outline: With L set a home agent defends both addresses: <address>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with L = 1
    Then the HA accepts the registration
    And the HA defends the <address> of MN1

    Examples:
      | id | address            |
      | a  | home address       |
      | b  | link-local address |

  @TC-HA-INT-BV-05 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-d1
  Scenario: With L clear a home agent does not defend a link-local address
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with L = 0
    Then the HA accepts the registration
    And the HA does not defend the link-local address of MN1

  @TC-HA-INT-BV-06 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.1-k1 @rfc6275-10.3.1-k37
  Scenario: Packets from a host on the home link reach the mobile node through the tunnel
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When CN2 sends a packet to MN1
    Then packets for MN1 from the home link arrive at CoA1 only

  @TC-HA-INT-TI-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k37
  Scenario: Just under its lifetime a binding still makes the home agent defend the home address
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the HA accepts the registration
    When just under the lifetime of MN1 passes
    Then the HA defends the home address of MN1

  @TC-HA-INT-TI-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.1-k16
  Scenario: A move to another care-of address does not interrupt the defence of the home address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2
    Then the HA accepts the registration
    And the HA defends the home address of MN1

  @TC-HA-INT-BI-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.2-k2
  Scenario: Packets for the link-local address are not tunnelled
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with L = 1
    And the HA accepts the registration
    And packets for MN1 arrive at CoA1 only
    When CN2 sends a packet to the link-local address of MN1
    Then the packet goes nowhere

  @TC-HA-TUN-BV-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.5-k1
  Scenario: Packets that come through the tunnel from the care-of address are forwarded
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And tunnelled packets of MN1 from CoA1 are accepted

  @TC-HA-TUN-BI-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.5-k3
  Scenario Outline: Packets that come through a tunnel from another address are not forwarded: <from>
    Given MN2 has registered CoA2
    And MN1 has registered CoA1
    And tunnelled packets of MN1 from CoA1 are accepted
    When MN1 registers <to>
    Then the HA accepts the registration
    And tunnelled packets of MN1 from <from> are dropped

    Examples:
      | id | to   | from |
      | a  | CoA1 | CoA3 |
      | b  | CoA2 | CoA1 |

  @TC-HA-TUN-BO-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.4.5-k3
  Scenario: After the de-registration nothing of the mobile node is forwarded out of its tunnel
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And tunnelled packets of MN1 from CoA1 are accepted
    When MN1 removes all its bindings
    Then the HA accepts the de-registration
    And tunnelled packets of MN1 from CoA1 are dropped

  @TC-HA-HAO-BI-01 @HA @MUST @config:ha-mipv6 @rfc6275-9.3.1-k6 @rfc6275-9.3.1-d1 @rfc6275-9.3.3-k2 @rfc6275-9.3.3-d1
  @rfc6275-6.1-k1 @rfc6275-6.1.9-k1
  Scenario: A packet with a Home Address option from another address than the care-of address is refused
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are answered by a Binding Error

  @TC-HA-HAO-BI-02 @HA @MUST @config:ha-mipv6 @rfc6275-9.3.1-k6 @rfc6275-9.3.3-k2 @rfc6275-9.3.3-d1
  Scenario: A packet with a Home Address option without a binding is refused
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 removes all its bindings
    Then the HA accepts the de-registration
    And packets with a Home Address option of MN1 from CoA1 are answered by a Binding Error

  @TC-HA-HAO-BI-07 @HA @MUST @config:ha-mipv6 @rfc6275-9.3.1-k5
  Scenario: A packet with a Home Address option from another address than the care-of address is dropped
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are dropped

  @TC-HA-HAO-BI-08 @HA @MUST @config:ha-mipv6 @rfc6275-9.3.1-k3
  Scenario: A packet with a Home Address option without a binding is dropped
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 removes all its bindings
    Then the HA accepts the de-registration
    And packets with a Home Address option of MN1 from CoA1 are dropped

  @TC-HA-HAO-BI-03 @HA @MUST @config:ha-mipv6 @rfc6275-9.1-k7
  Scenario: A packet with a Home Address option does not move the binding
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And packets with a Home Address option of MN1 from CoA2 are dropped
    When 1 s passes
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-HDR-BI-01 @HA @MUST @config:ha-mipv6 @rfc6275-9.2-k4
  Scenario: A Mobility Header of an unknown type is answered by a Binding Error
    # With a binding, so that the Home Address option itself is right: without one, the error may be about it.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA1 with MH Type = 200
    Then the HA reports a Binding Error

  @TC-HA-HDR-BI-02 @HA @MUST @config:ha-mipv6
  Scenario Outline: A Mobility Header with a fault changes nothing: <fault>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with <fault>
    Then the HA does not answer
    And packets for MN1 arrive at CoA1 only

    @rfc6275-9.2-k2
    Examples:
      | id | fault            |
      | a  | Checksum = wrong |

    @rfc6275-9.2-k6
    Examples:
      | id | fault              |
      | b  | Payload Proto = 17 |

  @TC-HA-HDR-BI-03 @HA @SHOULD @config:ha-mipv6
  Scenario Outline: A Mobility Header with a fault is reported by ICMPv6: <fault>
    # The octet counts from the start of the Mobility Header. A binding makes the Home Address option right.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA1 with <fault>
    Then the HA reports a Parameter Problem at octet <octet>

    @rfc6275-9.2-k7 @rfc6275-9.2-k8
    Examples:
      | id | fault              | octet |
      | a  | Payload Proto = 17 | 0     |

    @rfc6275-9.2-k11 @rfc6275-9.2-k12
    Examples:
      | id | fault          | octet |
      | b  | Header Len = 0 | 1     |
