Feature: Address configuration of mobile nodes (RFC 5213, Section 6.4)
  Router Advertisements say how a mobile node may configure its addresses: as the policy for it says, and the same on every access link.

  @TC-MAG-ADV-BV-14 @MAG @MUST @config:mag-profile @rfc5213-6.4-d2
  Scenario: To a mobile node that gets its addresses by DHCPv6, the MAG says so
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a stateful mobile node
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | managed    | 1 |
      | autonomous | 0 |

  @TC-MAG-ADV-BV-15 @MAG @MUST @config:mag-profile @rfc5213-6.4-d2
  Scenario: To a mobile node that forms its addresses and gets everything else by DHCPv6, the MAG says so
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a stateless mobile node
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    Then the MAG advertises 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 to MN1 with:
      | managed    | 0 |
      | other      | 1 |
      | autonomous | 1 |

  @TC-MAG-ADV-BV-16 @MAG @MUST @config:mag-profile @rfc5213-6.4-d2
  Scenario Outline: On another link a mobile node configures its addresses as its profile says there, too: <kind>
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a <kind> mobile node
    And MN1 is attached at <first> and registered with LMA1
    When MN1 moves to <link>
    Then the MAG advertises the home network prefixes to MN1 with:
      | <flag>  | 1                     |
      | managed | as on the link before |
      | other   | as on the link before |

    Examples:
      | id | kind      | flag    | first  | link   |
      | a  | stateful  | managed | link 1 | link 2 |
      | b  | stateful  | managed | link 2 | link 1 |
      | c  | stateless | other   | link 1 | link 2 |
      | d  | stateless | other   | link 2 | link 1 |

  @TC-MAG-ADV-BV-17 @MAG @MUST @config:mag-baseline @rfc5213-6.4-d2
  Scenario Outline: A mobile node is told the same about its addresses on every link: <link> after <first>
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is attached at <first> and registered with LMA1
    When MN1 moves to <link>
    Then the MAG advertises the home network prefixes to MN1 with:
      | managed | as on the link before |
      | other   | as on the link before |

    Examples:
      | id | first  | link   |
      | a  | link 1 | link 2 |
      | b  | link 2 | link 1 |

  @TC-MAG-ADV-BV-18 @MAG @MUST @config:mag-profile @rfc5213-6.4-d2
  Scenario: Also when asked again, the MAG says how a mobile node gets its addresses
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a stateful mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a Router Solicitation
    Then the MAG advertises the home network prefixes to MN1 with:
      | managed | 1 |
