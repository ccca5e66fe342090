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

  @TC-LMA-REG-BV-23 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-d1
  Scenario Outline: A session is found again by the values that opened it: <values>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with <values> and Link-local Address = marked
    When MAG1 registers MN1 with Home Network Prefix = ALL_ZERO and <values>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | values                                                                                     |
      | a  | Access Technology Type = another                                                           |
      | b  | Mobile Node Link-layer Identifier = 02:00:5e:00:53:01                                      |
      | c  | Access Technology Type = another and Mobile Node Link-layer Identifier = 02:00:5e:00:53:01 |

  @TC-LMA-REG-BV-24 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-d1
  Scenario Outline: The Proxy-CoA of the first request is that of the session: <registration>
    # With the access technology of the session, a request from its Proxy-CoA updates it, whatever the link-layer identifier.
    Given MN2 is registered at MAG1
    And MN1 is registered at <registration> and Link-local Address = marked
    When MAG2 registers MN1 with Home Network Prefix = assigned and Handoff Indicator = 5 and Mobile Node Link-layer Identifier = another
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | registration                               |
      | a  | MAG2 with Handoff Indicator = 1            |
      | b  | MAG1 with Alternate Care-of Address = MAG2 |

  @TC-LMA-REG-BV-25 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-d1
  Scenario: An Alternate Care-of Address in the first request is the Proxy-CoA of the session
    # The LMA has tunnels to both MAGs, and tunnels to each of them what is for its mobile node.
    Given MN2 is registered at MAG1
    And packets for MN2 arrive at MAG1 only
    And MN3 is registered at MAG2
    And packets for MN3 arrive at MAG2 only
    When MAG1 registers MN1 with Alternate Care-of Address = MAG2
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only

  @TC-LMA-REG-BV-26 @LMA @MAY @config:lma-baseline @rfc5213-5.4-k2
  Scenario: An interface may have more than one prefix
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has 2 home network prefixes

  @TC-LMA-REG-BV-27 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-k7
  Scenario: Every mobile node that is accepted has a session, which its next registration finds
    Given MN2 is registered at MAG1
    And MN3 is registered at MAG1
    And MN4 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is the earlier one

  @TC-LMA-REG-BI-14 @LMA @MUST @config:lma-baseline @rfc5213-5.3.2-k5b
  Scenario Outline: A prefix that the LMA owns, but the mobile node may not use, is refused: <prefixes>
    # The prefix that every fixed-prefix mobile node may use is free again only now.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is registered at MAG1
    And MN1 is a fixed-prefix mobile node
    When MAG1 registers MN1 with Home Network Prefix = <prefixes> and Link-local Address = marked
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | prefixes          |
      | a  | unassigned        |
      | b  | owned, unassigned |
      | c  | unassigned, owned |
