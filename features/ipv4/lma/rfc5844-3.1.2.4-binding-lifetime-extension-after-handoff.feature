Feature: Handoff of mobile nodes with IPv4 home addresses (RFC 5844, Section 3.1.2.4)
  After a handoff the IPv4 home address is reached through the new MAG. A family that the request leaves out is given up.

  @TC-LMA-V4REG-BV-10 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.4-k3a @rfc5844-3.1.2.4-k5 @rfc5844-3-d2 @ipv4-draft-04-3.1.2.4-k1 @ipv4-draft-04-3.1.2.4-k2 @ipv4-draft-04-3-d1
  Scenario Outline: After a handoff IPv4 packets take the tunnel to the new MAG: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And IPv4 packets for MN2 arrive at MAG1 only
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And IPv4 packets for MN1 arrive at MAG2 only
    And MN1 keeps its IPv4 home address

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4REG-BV-11 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.4-k4
  Scenario Outline: A handoff to a MAG without mobile nodes sets up a tunnel for IPv4: <kind>
    # What earlier scenarios had at that MAG has ended only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And IPv4 packets for MN1 arrive at MAG2 only
    And IPv4 packets from MN1 through MAG2 reach CN1

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4REG-BV-12 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.4-k3a
  Scenario: After a handoff the former MAG has no part in the IPv4 traffic
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And IPv4 packets from MN2 through MAG1 reach CN1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1
    And IPv4 packets from MN1 through MAG1 reach CN1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And IPv4 packets from MN1 through MAG1 go nowhere
    And IPv4 packets for MN1 do not arrive at MAG1

  @TC-LMA-V4REG-BV-13 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.4-k1 @rfc5844-3.1.2.7-k3 @rfc5844-3.1.2.6-k3
  Scenario Outline: A handoff request without prefixes moves the IPv4 home address alone: <address>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 hands off to MAG2 with no Home Network Prefix and IPv4 home address = <address>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And IPv4 packets for MN1 arrive at MAG2 only

    Examples:
      | id | address  |
      | a  | ALL_ZERO |
      | b  | assigned |

  @TC-LMA-V4REG-BV-14 @LMA @SHOULD @config:lma-ipv4 @rfc5844-3.1.2.4-k2
  Scenario: A handoff request without prefixes gives them up
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN3 is a dual mobile node
    And MN3 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2 with no Home Network Prefix
    Then the LMA accepts the registration
    And packets for MN1 go nowhere

  @TC-LMA-V4REG-BV-15 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.4-d1
  Scenario: A handoff request without an IPv4 home address moves the prefixes alone
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN3 is a dual mobile node
    And MN3 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2 with no IPv4 home address
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And packets for MN1 arrive at MAG2 only
    And IPv4 packets for MN1 go nowhere

  @TC-LMA-V4REG-BV-16 @LMA @MUST @config:lma-ipv4 @ics:dynamic-tunnels @rfc5844-3.1.2.4-k3b
  Scenario: The handoff of the last mobile node with IPv4 takes the tunnel to its former MAG away
    # If an LMA answers a packet for itself from the tunnel of a MAG, it has that tunnel, which is one for both families. At last MN2 asks,
    # because an answer still reaches it: an LMA that drops packets of mobile nodes that the MAG does not serve shows nothing of a tunnel
    # that it keeps.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG2
    And IPv4 packets for MN1 arrive at MAG2 only
    And packets from MN1 through MAG2 reach LMA1
    And MN1 hands off to MAG1
    And the LMA accepts the registration
    When MN2 sends a packet to LMA1 through MAG2
    Then the packet goes nowhere
