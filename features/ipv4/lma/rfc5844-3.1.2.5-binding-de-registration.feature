Feature: De-registration of IPv4 home addresses (RFC 5844, Section 3.1.2.5)
  A request with lifetime 0 for both families ends the session after a wait. One for a single family ends that family alone.

  @TC-LMA-V4DER-BV-01 @LMA @MUST @config:lma-ipv4
  @rfc5844-3.1.2.5-k1a @rfc5844-3.1.2.2-k7 @rfc5844-3.1.2.2-k8 @ipv4-draft-04-3.1.2.5-k1a @ipv4-draft-04-3.1.2.2-k7 @ipv4-draft-04-3.1.2.2-k8
  @ipv4-draft-02-3.3.2-k13
  Scenario Outline: A session with an IPv4 home address is de-registered at once, and lives through the wait: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 de-registers MN1
    Then the LMA accepts the de-registration
    When just under MinDelayBeforeBCEDelete passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is the earlier one

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4DER-BV-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k1c @ipv4-draft-04-3.1.2.5-k1a
  Scenario Outline: A registration during the wait saves the IPv4 home address for good: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And MAG1 has de-registered MN1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for MN1 arrive at MAG2 only

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4DER-BO-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k1b @ipv4-draft-04-3.1.2.5-k1b
  Scenario Outline: A late de-registration from the former MAG is ignored: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And MN1 hands off to MAG2
    And the LMA accepts the registration
    And IPv4 packets for MN1 arrive at MAG2 only
    When MAG1 de-registers MN1
    Then the LMA does not answer
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for MN1 arrive at MAG2 only

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4DER-TI-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k2a @rfc5844-3-d4 @ipv4-draft-04-3.1.2.5-k2 @ipv4-draft-04-3-d3
  Scenario Outline: After the wait no packet for the IPv4 home address is tunnelled: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And no two mobile nodes share an IPv4 home address
    And IPv4 packets for MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for MN1 go nowhere
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4DER-TI-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.2-k8 @ipv4-draft-04-3.1.2.2-k8
  Scenario: One de-registration ends the traffic of both families
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    And IPv4 packets for MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 go nowhere
    And IPv4 packets for MN1 go nowhere

  @TC-LMA-V4DER-TI-03 @LMA @MUST @config:lma-ipv4 @ics:dynamic-tunnels @rfc5844-3.1.2.5-k2b
  Scenario: The de-registration of the last mobile node with IPv4 takes the tunnel to its MAG away
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
    And MAG2 has de-registered MN1
    And just over MinDelayBeforeBCEDelete passes
    When MN2 sends a packet to LMA1 through MAG2
    Then the packet goes nowhere

  @TC-LMA-V4DER-BV-03 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k4a
  Scenario: The IPv4 home address alone is de-registered
    # The address may be given up at once or after the wait.
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And no two mobile nodes share an IPv4 home address
    And IPv4 packets for MN1 arrive at MAG1 only
    When MAG1 de-registers MN1 with no Home Network Prefix
    Then the LMA accepts the de-registration
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for MN1 go nowhere

  @TC-LMA-V4DER-BV-07 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k3a
  Scenario: The de-registration of the IPv4 home address leaves the prefixes in force
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When MAG1 de-registers MN1 with no Home Network Prefix
    Then the LMA accepts the de-registration
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 arrive at MAG1 only
    And packets from MN1 through MAG1 reach CN1

  @TC-LMA-V4DER-BV-04 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k3a
  Scenario: After the de-registration of its IPv4 home address the session is refreshed as before
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 de-registers MN1 with no Home Network Prefix
    And the LMA accepts the de-registration
    And just over MinDelayBeforeBCEDelete passes
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And the session is the earlier one
    And MN1 keeps its home network prefixes

  @TC-LMA-V4DER-BV-05 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k4b
  Scenario: The prefixes alone are de-registered
    # The prefixes may be given up at once or after the wait.
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only
    When MAG1 de-registers MN1 with no IPv4 home address
    Then the LMA accepts the de-registration
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN1 go nowhere

  @TC-LMA-V4DER-BV-08 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k3b
  Scenario: The de-registration of the prefixes leaves the IPv4 home address in force
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When MAG1 de-registers MN1 with no IPv4 home address
    Then the LMA accepts the de-registration
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for MN1 arrive at MAG1 only
    And IPv4 packets from MN1 through MAG1 reach CN1

  @TC-LMA-V4DER-BV-06 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.5-k3b
  Scenario: After the de-registration of its prefixes the session is refreshed as before
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 de-registers MN1 with no IPv4 home address
    And the LMA accepts the de-registration
    And just over MinDelayBeforeBCEDelete passes
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And the session is the earlier one
    And MN1 keeps its IPv4 home address

  @TC-LMA-V4DER-BO-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.7-k2h @ipv4-draft-04-3.1.2.7-k1h
  Scenario Outline: A de-registration of an IPv4 home address that fits no session is ignored: <kind>, <address>
    # The address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 de-registers MN1 with no Home Network Prefix and IPv4 home address = <address>
    Then the LMA does not answer

    Examples:
      | id | kind      | address    |
      | a  | ipv4-only | unassigned |
      | b  | ipv4-only | foreign    |
      | c  | dual      | unassigned |
      | d  | dual      | foreign    |
