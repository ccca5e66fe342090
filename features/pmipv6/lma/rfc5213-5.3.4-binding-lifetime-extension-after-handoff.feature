Feature: Binding lifetime extension after handoff (RFC 5213, Section 5.3.4)
  Another MAG registers a mobile node that has a session: the session moves there, and with it
  the prefixes and the traffic.

  @TC-LMA-HND-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k1 @rfc5213-5.3.4-k8
  Scenario: A handoff moves the session
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

  @TC-LMA-HND-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k6
  Scenario: After a handoff the traffic follows the mobile node
    Given MN1 is registered at MAG1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only

  @TC-LMA-HND-BV-04 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k2
  Scenario: After a handoff no traffic for the mobile node arrives at the former MAG
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for MN1 do not arrive at MAG1

  @TC-LMA-HND-BV-05 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k4
  Scenario: After a handoff the mobile node sends through its new MAG
    Given MN1 is registered at MAG1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets from MN1 through MAG2 reach CN1

  @TC-LMA-HND-BV-03 @LMA @MUST @config:lma-baseline @rfc5213-5.4-k3
  Scenario: Both prefixes of a mobile node move together
    Given MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes

  @TC-LMA-HND-BO-01 @LMA @MUST @config:lma-baseline @rfc5213-5-k1c
  Scenario: After a handoff the former MAG cannot send for the mobile node
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets from MN1 through MAG1 reach CN1
    And MN1 hands off to MAG2
    And the LMA accepts the registration
    When MN1 sends a packet to CN1 through MAG1
    Then packets from MN1 through MAG1 go nowhere

  @TC-LMA-HND-BV-06 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k6
  Scenario: After a handoff the traffic for all prefixes follows the mobile node
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for every prefix of MN1 arrive at MAG2 only

  @TC-LMA-HND-BV-07 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k4
  Scenario: After a handoff the mobile node sends from all its prefixes through its new MAG
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets from every prefix of MN1 through MAG2 reach CN1

  @TC-LMA-HND-BV-08 @LMA @MUST @config:lma-baseline @rfc5213-5.3.4-k2
  Scenario: After a handoff no traffic for any prefix arrives at the former MAG
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for every prefix of MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for every prefix of MN1 do not arrive at MAG1

  @TC-LMA-HND-BO-02 @LMA @MUST @config:lma-baseline @rfc5213-5-k1c
  Scenario: After a handoff the former MAG cannot send for any prefix of the mobile node
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets from every prefix of MN1 through MAG1 reach CN1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets from every prefix of MN1 through MAG1 go nowhere

  @TC-LMA-HND-BV-09 @LMA @SHOULD @config:lma-no-wait @ics:dynamic-tunnels @rfc5213-5.3.4-k3
  Scenario: The handoff of the last mobile node takes the tunnel to its former MAG away
    # If an LMA answers a packet for itself from the tunnel of a MAG, it has that tunnel. At last MN2 asks, because an answer still reaches
    # it: an LMA that drops packets of mobile nodes that the MAG does not serve shows nothing of a tunnel that it keeps. A session of an
    # earlier scenario may have kept the tunnel until now.
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG2
    And packets for MN1 arrive at MAG2 only
    And packets from MN1 through MAG2 reach LMA1
    And MN1 hands off to MAG1
    And the LMA accepts the registration
    And just over MinDelayBeforeBCEDelete passes
    When MN2 sends a packet to LMA1 through MAG2
    Then the packet goes nowhere
