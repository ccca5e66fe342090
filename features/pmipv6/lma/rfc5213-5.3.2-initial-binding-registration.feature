Feature: Initial binding registration (RFC 5213, Section 5.3.2)
  A request that belongs to no session opens one: with prefixes the LMA chooses, or with those
  the request names if the mobile node may use them.

  @TC-LMA-REG-BV-03 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k3 @rfc5213-5.3.2-k12
  Scenario: A first registration is accepted
    Given MN1 has no mobility session
    When MAG1 registers MN1
    Then the LMA accepts the registration

  @TC-LMA-REG-BV-08 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.3.2-k1
  Scenario: A first registration that asks for no prefix in particular is given one
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Home Network Prefix = ALL_ZERO
    Then the LMA accepts the registration
    And the answer carries:
      | Home Network Prefix | NON_ZERO |

  @TC-LMA-REG-BV-04 @LMA @MUST @config:lma-baseline @rfc5213-5-k1b
  Scenario: No longer lifetime is granted than was asked for
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Lifetime = 40 s
    Then the LMA accepts the registration
    And the answer carries:
      | Lifetime | at most 40 s |

  @TC-LMA-REG-BV-05 @LMA @MUST @config:lma-small-pool @ics:!static-prefixes @rfc5213-5.3.2-k2 @rfc5213-5.2-k1
  Scenario: The last prefix of the pool is nobody else's
    # What earlier scenarios had of the small pool is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN1 is registered at MAG1
    And MN2 is registered at MAG1
    And MN3 is registered at MAG2
    When MAG2 registers MN4
    Then the LMA accepts the registration
    And no two mobile nodes share a home network prefix

  @TC-LMA-REG-BV-06 @LMA @MUST @config:lma-small-pool @ics:!static-prefixes @rfc5213-5.3.2-k4
  Scenario: With no prefix left a registration is rejected for lack of resources
    # What earlier scenarios had of the small pool is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN1 is registered at MAG1
    And MN2 is registered at MAG1
    And MN3 is registered at MAG1
    And MN4 is registered at MAG1
    And no two mobile nodes share a home network prefix
    When MAG1 registers MN5 with Link-local Address = marked
    Then the LMA rejects it with status 130 INSUFFICIENT_RESOURCES
    And a new registration of MN5 finds no mobility session

  @TC-LMA-REG-BI-09 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-k5a @rfc5213-5.3.2-k6 @rfc5213-4-k6b
  Scenario: A prefix the LMA does not own is refused
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Home Network Prefix = foreign and Link-local Address = marked
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And a new registration of MN1 finds no mobility session

  @TC-LMA-REG-BV-07 @LMA @MUST @config:lma-baseline @rfc5213-5.3.6-k10
  Scenario: A mobile node with two prefixes is told both
    Given MN1 is a two-prefix mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has 2 home network prefixes

  @TC-LMA-REG-BI-12 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-k5a @rfc5213-5.3.2-k6
  Scenario Outline: A prefix that the LMA owns does not excuse one that it does not own: <prefixes>
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Home Network Prefix = <prefixes> and Link-local Address = marked
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | prefixes       |
      | a  | owned, foreign |
      | b  | foreign, owned |

  @TC-LMA-REG-BV-22 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-k12
  Scenario: After a router has advertised itself on the core link, a mobile node is registered as before
    Given MN2 is registered at MAG1
    And a router on the core link advertises itself
    When MAG1 registers MN1
    Then the LMA accepts the registration
