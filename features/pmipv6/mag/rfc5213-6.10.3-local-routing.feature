Feature: Local routing (RFC 5213, Sections 6.10.3, 6.10.5 and 9.2)
  With EnableMAGLocalRouting = 1, packets between mobile nodes of one MAG go directly from link to link, as long as both have a binding.
  All others still go through the tunnel.

  @TC-MAG-LOC-BV-01 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-6.10.3-k1 @rfc5213-6.10.5-k11
  @rfc5213-9.2-k4
  Scenario Outline: A packet between two mobile nodes goes directly to the link of the other one: from <sender> to <addressee>
    # MN1 is registered first: a MAG must not know the way to earlier nodes, or to later ones, alone.
    Given MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And MN2 is attached at link 2 and registered with LMA1 with Home Network Prefix = 2001:db8:cccc::/64, 2001:db8:dddd::/64
    And half INITIAL_BINDACK_TIMEOUT passes
    And packets from <sender> reach CN1
    When <sender> sends a packet to <address>
    Then packets for <address> arrive at <addressee>

    Examples:
      | id | sender | address                  | addressee |
      | a  | MN1    | MN2                      | MN2       |
      | b  | MN2    | MN1                      | MN1       |
      | c  | MN1    | the second prefix of MN2 | MN2       |
      | d  | MN2    | the second prefix of MN1 | MN1       |
      | e  | MN1    | another address of MN2   | MN2       |

  @TC-MAG-LOC-BV-02 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-6.10.5-k12
  Scenario Outline: With local routing, a packet to a correspondent node still goes through the tunnel: from <sender>
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And half INITIAL_BINDACK_TIMEOUT passes
    And packets for <sender> arrive at <sender>
    When <sender> sends a packet to CN1
    Then packets from <sender> reach CN1

    Examples:
      | id | sender |
      | a  | MN1    |
      | b  | MN2    |

  @TC-MAG-LOC-BO-01 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-6.10.5-k12
  Scenario Outline: A packet to a mobile node that has left goes through the tunnel again: <leaver> has left
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And half INITIAL_BINDACK_TIMEOUT passes
    And <stayer> sends a packet to <leaver>
    And packets for <leaver> arrive at <leaver>
    And <leaver> detaches
    And the MAG sends a Proxy Binding Update for <leaver>
    And twice INITIAL_BINDACK_TIMEOUT passes
    When <stayer> sends a packet to <leaver>
    Then packets from <stayer> to <leaver> go through the tunnel to LMA1 only
    And packets from <stayer> reach CN1

    Examples:
      | id | leaver | stayer |
      | a  | MN2    | MN1    |
      | b  | MN1    | MN2    |

  @TC-MAG-LOC-BO-02 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-6.10.5-k12
  Scenario: A mobile node that has left and is back on its link without a binding gets no packet of another one directly
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to MN2
    And packets for MN2 arrive at MN2
    And MN2 detaches
    And the MAG sends a Proxy Binding Update for MN2
    And twice INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    And MN2 returns to link 2 without a word
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go through the tunnel to LMA1 only
    And packets from MN1 reach CN1

  @TC-MAG-LOC-BO-03 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-6.10.5-k8
  Scenario: Without a binding of its sender, no packet to another mobile node is forwarded
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 ignores registrations
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to MN2
    And packets for MN2 arrive at MN2
    And 44 s passes
    When MN1 sends a packet to MN2
    Then the packet goes nowhere

  @TC-MAG-LOC-BV-03 @MAG @MAY @config:mag-profile @ics:local-routing-policy @rfc5213-9.2-k5
  Scenario: By the policy of its sender, a packet goes directly although EnableMAGLocalRouting is 0
    Given MN1 is a locally-routed mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 sends a packet to MN1
    And packets from MN2 to MN1 go through the tunnel to LMA1 only
    When MN1 sends a packet to MN2
    Then packets for MN2 arrive at MN2

  @TC-MAG-LOC-BV-04 @MAG @MAY @config:mag-profile @ics:local-routing-policy @rfc5213-9.2-k5
  Scenario: By the policy of its sender, a packet goes through the tunnel although EnableMAGLocalRouting is 1
    Given MN1 is an always-tunnelled mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And the operator sets EnableMAGLocalRouting to 1
    And MN2 sends a packet to MN1
    And packets for MN1 arrive at MN1
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go through the tunnel to LMA1 only
