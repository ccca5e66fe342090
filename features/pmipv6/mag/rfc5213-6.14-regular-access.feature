Feature: Nodes without mobility service (RFC 5213, Sections 6.9.2, 6.10.5 and 6.14)
  A node that is not entitled to the mobility service is not registered. The MAG may give it regular IPv6 access with a prefix of its own
  network.

  @TC-MAG-ACC-BV-01 @MAG @MUST @config:mag-regular-access @ics:regular-access @rfc5213-6.14-k1
  Scenario: A node without mobility service is not registered
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    When MN1 attaches at link 1
    Then the MAG sends no Proxy Binding Update for MN1 for twice INITIAL_BINDACK_TIMEOUT

  @TC-MAG-ACC-BV-02 @MAG @SHOULD @config:mag-regular-access @ics:regular-access @rfc5213-6.14-k2 @rfc5213-6.14-k3
  Scenario: A node without mobility service gets a prefix of the visited network
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    When MN1 attaches at link 1
    Then the MAG advertises the visited prefix to MN1

  @TC-MAG-ACC-BV-03 @MAG @MUST @config:mag-regular-access @ics:regular-access @rfc5213-6.14-d1
  Scenario: A node without mobility service gets no home network prefix, not even one of another mobile node
    Given MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    And MN1 is a visitor mobile node
    When MN1 attaches at link 1
    And MN1 sends a Router Solicitation
    Then the MAG advertises no home network prefix to MN1
    And the MAG does not advertise 2001:db8:cccc::/64 to MN1

  @TC-MAG-ACC-BV-04 @MAG @SHOULD @config:mag-regular-access @ics:regular-access @rfc5213-6.14-k2 @rfc5213-6.14-k3
  Scenario: Packets of a node without mobility service go their way without a tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    And MN1 attaches at link 1
    And the MAG advertises the visited prefix to MN1
    When MN1 sends a packet to CN1
    Then packets from MN1 reach CN1 without a tunnel

  @TC-MAG-ACC-BV-05 @MAG @MUST @config:mag-regular-access @ics:regular-access @rfc5213-6.10.5-k12
  Scenario: Packets of a mobile node go through the tunnel, whatever nodes without mobility service there are
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    And MN1 attaches at link 1
    And the MAG advertises the visited prefix to MN1
    When MN2 sends a packet to CN1
    Then packets from MN2 reach CN1

  @TC-MAG-ACC-BO-01 @MAG @MUST @config:mag-regular-access @ics:regular-access @rfc5213-6.10.5-k7
  Scenario: A packet of a node without mobility service for a mobile node goes to the LMA of the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    And MN1 attaches at link 1
    And the MAG advertises the visited prefix to MN1
    And packets for MN2 arrive at MN2
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go towards LMA1 only

  @TC-MAG-ACC-BO-02 @MAG @MAY @config:mag-regular-access @ics:regular-access-after-rejection @rfc5213-6.9.2-k5
  Scenario Outline: A mobile node whose registration has failed gets a prefix of the visited network: <status>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status <status>
    Then the MAG advertises the visited prefix to MN1

    Examples:
      | id | status                          |
      | a  | 129 ADMINISTRATIVELY_PROHIBITED |
      | b  | 152 PROXY_REG_NOT_ENABLED       |

  @TC-MAG-ACC-BV-06 @MAG @MUST @config:mag-regular-access @ics:regular-access @rfc5213-6.14-d2
  Scenario: The Mobile IPv6 signalling of a node without mobility service passes unchanged
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    And MN1 attaches at link 1
    And the MAG advertises the visited prefix to MN1
    When MN1 sends a packet to CN1 with inner message = Binding Update
    Then packets from MN1 reach CN1 without a tunnel
    And the forwarded packet carries:
      | inner content   | unchanged |
      | inner Hop Limit | one less  |

  @TC-MAG-ACC-BO-03 @MAG @MUST @config:mag-regular-access @ics:regular-access @rfc5213-6.10.5-k10
  Scenario: A packet of a mobile node for a node without mobility service goes through the tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    And MN1 attaches at link 1
    And the MAG advertises the visited prefix to MN1
    And packets for MN1 arrive at MN1
    When MN2 sends a packet to MN1
    Then packets from MN2 to MN1 go through the tunnel to LMA1 only

  @TC-MAG-ACC-BV-08 @MAG @MUST @config:mag-regular-access @ics:regular-access @ics:local-routing @rfc5213-6.10.5-k11
  Scenario: With EnableMAGLocalRouting = 1, a packet of a mobile node goes directly to a node without mobility service
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a visitor mobile node
    And MN1 attaches at link 1
    And the MAG advertises the visited prefix to MN1
    And packets from MN2 reach CN1
    And the operator sets EnableMAGLocalRouting to 1
    When MN2 sends a packet to MN1
    Then packets for MN1 arrive at MN1
