Feature: A mobile node that is gone without a sign (RFC 5213, Sections 6.9.1.4 and 6.13)
  Before the MAG extends a binding, it makes sure that the mobile node is still there. The link of a mobile node that falls silent stays
  up, and it does not answer any more.

  @TC-MAG-PRS-TI-01 @MAG @MUST @config:mag-baseline @ics:silent-node-detection @rfc5213-6.13-k1 @rfc5213-6.13-k2
  Scenario: The binding of a mobile node that has fallen silent is not extended
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And packets for MN1 arrive at MN1
    When MN1 falls silent
    Then the MAG sends no registration for MN1 for 60 s

  @TC-MAG-PRS-TI-02 @MAG @SHOULD @config:mag-baseline @ics:silent-node-detection @rfc5213-6.13-k3
  Scenario: The binding of a mobile node that has fallen silent is ended before its lifetime is over
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And packets for MN1 arrive at MN1
    When MN1 falls silent
    Then the MAG sends a de-registration for MN1 within 40 s

  @TC-MAG-PRS-TI-03 @MAG @MUST @config:mag-baseline @ics:silent-node-detection @rfc5213-6.13-k1 @rfc5213-6.13-k2
  Scenario: The binding of a mobile node that has fallen silent after an extension is not extended again
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 accepts registrations with Lifetime = 40 s
    And the MAG sends a registration for MN1 within 40 s
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 falls silent
    Then the MAG sends no registration for MN1 for 60 s

  @TC-MAG-PRS-BV-01 @MAG @MUST @config:mag-baseline @ics:silent-node-detection @rfc5213-6.10.5-k1
  Scenario: A mobile node that falls silent takes nothing away from another one
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And packets for MN2 arrive at MN2
    When MN1 falls silent
    And 60 s passes
    Then packets for MN2 arrive at MN2

  @TC-MAG-PRS-BO-01 @MAG @MUST @config:mag-baseline @ics:link-teardown-advertisement @ics:silent-node-detection @rfc5213-6.9.1.4-k9
  Scenario: The link to a mobile node whose session has ended is taken down
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 and Lifetime = 40 s
    When MN1 falls silent
    Then the MAG sends a de-registration for MN1 within 40 s
    And the MAG tears down the link to MN1
