Feature: Access links (RFC 5213, Section 6.3)
  A link that carries several mobile nodes emulates a link of its own for each of them. No other mobile node gets what is for one of them.

  @TC-MAG-SHL-BV-01 @MAG @MUST @config:mag-shared-link @ics:shared-link @rfc5213-6.3-d1
  Scenario: Each mobile node on a link gets its prefix at its own link-layer address
    Given MN1 is attached at link 1 and registered with LMA1
    And LMA1 ignores registrations
    And MN2 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN2
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:cccc::/64
    Then the MAG advertises 2001:db8:cccc::/64 to MN2 with:
      | link-layer destination | that of the mobile node |
    And the MAG does not advertise 2001:db8:cccc::/64 to MN1

  @TC-MAG-SHL-BV-02 @MAG @MUST @config:mag-shared-link @ics:shared-link @rfc5213-6.3-d1
  Scenario Outline: Where one mobile node on a link solicits routers, another one does not get its prefix: <asker>
    Given MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64
    And MN2 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64
    And half INITIAL_BINDACK_TIMEOUT passes
    When <asker> sends a Router Solicitation
    Then the MAG does not advertise <prefix> to <other>

    Examples:
      | id | asker | prefix             | other |
      | a  | MN1   | 2001:db8:aaaa::/64 | MN2   |
      | b  | MN2   | 2001:db8:cccc::/64 | MN1   |

  @TC-MAG-SHL-BV-03 @MAG @MUST @config:mag-shared-link @ics:shared-link @rfc5213-6.3-d1
  Scenario Outline: Packets for a mobile node go to its own link-layer address: <addressee>
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 1 and registered with LMA1
    And half INITIAL_BINDACK_TIMEOUT passes
    When a packet for <addressee> arrives through LMA1's tunnel
    Then packets for <addressee> arrive at <addressee>
    And packets for <other> arrive at <other>

    Examples:
      | id | addressee | other |
      | a  | MN1       | MN2   |
      | b  | MN2       | MN1   |

  @TC-MAG-SHL-BV-04 @MAG @MUST @config:mag-shared-link @ics:shared-link @rfc5213-6.3-d1
  Scenario: Packets of each mobile node on a link go through the tunnel
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 1 and registered with LMA1
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And packets from MN2 reach CN1

  @TC-MAG-SHL-BV-05 @MAG @MUST @config:mag-shared-link @ics:shared-link @rfc5213-6.3-d1
  Scenario: A mobile node that attaches to a link does not end the session of another one there
    Given MN1 is attached at link 1 and registered with LMA1
    When MN2 attaches at link 1
    Then the MAG sends a registration for MN2
    And the MAG sends no de-registration for MN1 for twice INITIAL_BINDACK_TIMEOUT
