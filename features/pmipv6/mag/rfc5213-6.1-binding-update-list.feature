Feature: Binding Update List (RFC 5213, Sections 5.4 and 6.1)
  An entry of the list is about one interface of a mobile node. Two interfaces of one node on two links have two sessions, and what
  happens to one does not touch the other.

  @TC-MAG-BUL-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k2
  Scenario: The second interface of a mobile node is registered, too
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And LMA1 ignores registrations
    When MN2 attaches at link 2
    Then the MAG sends a registration for MN2

  @TC-MAG-BUL-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.1-d1
  Scenario: A second interface that attaches does not end the session of the first
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN2 attaches at link 2
    Then the MAG sends a registration for MN2
    And the MAG sends no de-registration for MN1 for twice INITIAL_BINDACK_TIMEOUT

  @TC-MAG-BUL-BV-03 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1
  Scenario: A packet out of the tunnel is delivered on the link of the interface that has its prefix
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    When a packet for MN1 arrives through LMA1's tunnel
    Then packets for every prefix of MN1 arrive at MN1
    And packets for MN2 arrive at MN2

  @TC-MAG-BUL-BV-04 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k22
  Scenario: Packets from both interfaces of a mobile node are tunnelled
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    When MN1 sends a packet to CN1
    Then packets from every prefix of MN1 reach CN1
    And packets from MN2 reach CN1

  @TC-MAG-BUL-BV-05 @MAG @MUST @config:mag-baseline @rfc5213-6.1-d1
  Scenario Outline: An interface that leaves does not end the session of the other: <leaver>
    Given MN3 is attached at link 3 and registered with LMA1
    And MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64
    And MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    And packets for <other> arrive at <other>
    And <leaver> detaches
    And the MAG sends a Proxy Binding Update for <leaver>
    When twice INITIAL_BINDACK_TIMEOUT passes
    Then packets for <other> arrive at <other>
    And packets from <other> reach CN1
    And the MAG sends no de-registration for <other> for twice INITIAL_BINDACK_TIMEOUT

    Examples:
      | id | leaver | other |
      | a  | MN1    | MN2   |
      | b  | MN2    | MN1   |

  @TC-MAG-BUL-BV-06 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.4-k3
  Scenario Outline: The de-registration of an interface names its own prefixes: <leaver>
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    When <leaver> detaches
    Then the MAG sends a Proxy Binding Update for <leaver> with:
      | Lifetime | 0 s |

    Examples:
      | id | leaver |
      | a  | MN1    |
      | b  | MN2    |
