Feature: Stateful address configuration (RFC 5213, Section 6.11)
  The MAG relays DHCPv6 between its mobile nodes and a server. The server finds the prefixes of the mobile node by the link-address.

  @TC-MAG-DHC-BV-01 @MAG @MUST @config:mag-dhcpv6 @ics:dhcpv6-relay @rfc5213-6.11-k1
  Scenario Outline: A DHCPv6 message of a mobile node is relayed: <message>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPv6 <message>
    Then the MAG relays the DHCPv6 message

    Examples:
      | id | message |
      | a  | Solicit |
      | b  | Request |
      | c  | Renew   |
      | d  | Rebind  |

  @TC-MAG-DHC-BV-02 @MAG @MUST @config:mag-dhcpv6 @ics:dhcpv6-relay @rfc5213-6.11-k1
  Scenario: The answer of the server reaches the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPv6 Solicit
    Then the MAG relays the DHCPv6 message
    And the answer of the DHCPv6 server reaches MN1

  @TC-MAG-DHC-BV-03 @MAG @MUST @config:mag-dhcpv6 @ics:dhcpv6-relay @rfc5213-6.11-d1
  Scenario Outline: The link-address is in a home network prefix of the mobile node that asks: <MN>
    Given MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    When <MN> sends a DHCPv6 Solicit
    Then the MAG relays the DHCPv6 message with:
      | link-address | in a home network prefix of the mobile node |

    Examples:
      | id | MN  |
      | a  | MN1 |
      | b  | MN2 |

  @TC-MAG-DHC-BV-04 @MAG @MUST @config:mag-dhcpv6 @ics:dhcpv6-relay @rfc5213-6.11-d2
  Scenario: On another link the link-address is in a home network prefix of the mobile node, too
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64
    When MN1 sends a DHCPv6 Solicit
    Then the MAG relays the DHCPv6 message with:
      | link-address | in a home network prefix of the mobile node |
