Feature: Configuration variables of a MAG (RFC 5213, Section 9.2)
  The operator can set EnableMAGLocalRouting; the value survives a restart.

  @TC-MAG-VAR-BV-17 @MAG @MUST @config:mag-baseline @rfc5213-9.2-k1
  Scenario: With EnableMAGLocalRouting set to 1, packets between mobile nodes go directly
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And packets from MN1 reach CN1
    And the operator sets EnableMAGLocalRouting to 1
    When MN1 sends a packet to MN2
    Then packets for MN2 arrive at MN2

  @TC-MAG-VAR-BV-18 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-9.2-k1
  Scenario: With EnableMAGLocalRouting set to 0, packets between mobile nodes go through the tunnel
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to MN2
    And packets for MN2 arrive at MN2
    And the operator sets EnableMAGLocalRouting to 0
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go through the tunnel to LMA1 only

  @TC-MAG-VAR-BV-19 @MAG @MUST @config:mag-baseline @rfc5213-9.2-k2
  Scenario: EnableMAGLocalRouting = 1 is still in force after a restart
    Given the operator sets EnableMAGLocalRouting to 1
    And the device restarts
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to MN2
    Then packets for MN2 arrive at MN2

  @TC-MAG-VAR-BV-20 @MAG @MUST @config:mag-local-routing @ics:local-routing @rfc5213-9.2-k2
  Scenario: EnableMAGLocalRouting = 0 is still in force after a restart
    Given the operator sets EnableMAGLocalRouting to 0
    And the device restarts
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And packets from MN1 reach CN1
    When MN1 sends a packet to MN2
    Then packets from MN1 to MN2 go through the tunnel to LMA1 only
