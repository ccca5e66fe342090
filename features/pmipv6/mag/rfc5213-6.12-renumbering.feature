Feature: Renumbering of home network prefixes (RFC 5213, Section 6.12)
  The operator tells the MAG that a prefix of a session has become invalid. The mobile node has two, and only the first is withdrawn.

  @TC-MAG-REN-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.12-k1
  Scenario: A prefix that becomes invalid is withdrawn from the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    When the operator withdraws the prefix of MN1
    Then the MAG withdraws 2001:db8:aaaa::/64 from MN1

  @TC-MAG-REN-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.12-k2
  Scenario: Packets of a prefix that has become invalid are not tunnelled any more
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets from MN1 reach CN1
    When the operator withdraws the prefix of MN1
    Then packets from the first prefix of MN1 go nowhere

  @TC-MAG-REN-BV-03 @MAG @MUST @config:mag-baseline @rfc5213-6.12-k2
  Scenario: Packets for a prefix that has become invalid are not delivered any more
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets for MN1 arrive at MN1
    When the operator withdraws the prefix of MN1
    Then packets for the first prefix of MN1 go nowhere

  @TC-MAG-REN-BV-04 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k1 @rfc5213-6.10.5-k12
  Scenario: A prefix that becomes invalid takes nothing away from another prefix, or from another mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets for the second prefix of MN1 arrive at MN1
    When the operator withdraws the prefix of MN1
    Then packets for the second prefix of MN1 arrive at MN1
    And packets from the second prefix of MN1 reach CN1
    And packets for MN2 arrive at MN2
    And packets from MN2 reach CN1
