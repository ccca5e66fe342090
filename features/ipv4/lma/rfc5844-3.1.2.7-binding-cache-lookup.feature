Feature: Binding Cache entry lookup by IPv4 home address (RFC 5844, Section 3.1.2.7)
  Without a prefix, the IPv4 home address that a request names identifies the session, by the rules for prefixes.

  @TC-LMA-V4LKP-BV-04 @LMA @MUST @config:lma-ipv4
  Scenario Outline: A request with the IPv4 home address of a session updates it: <condition>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When <MAG> registers MN1 with IPv4 home address = assigned and <request>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one

    @rfc5844-3.1.2.7-k2a @ipv4-draft-04-3.1.2.7-k1a @ipv4-draft-02-3.3.2-k18
    Examples:
      | id | MAG  | request               | condition                                |
      | a  | MAG2 | Handoff Indicator = 1 | the same interface, indicator 1          |
      | b  | MAG2 | Handoff Indicator = 4 | the same interface, indicator 4          |
      | c  | MAG1 | Handoff Indicator = 3 | the same interface, indicator 3, one MAG |

    @rfc5844-3.1.2.7-k2b @ipv4-draft-04-3.1.2.7-k1b
    Examples:
      | id | MAG  | request                                                                                                    | condition                  |
      | d  | MAG2 | Handoff Indicator = 2 and Access Technology Type = another and Mobile Node Link-layer Identifier = another | handoff between interfaces |

    @rfc5844-3.1.2.7-k2d @ipv4-draft-04-3.1.2.7-k1d
    Examples:
      | id | MAG  | request                                                               | condition               |
      | e  | MAG1 | Handoff Indicator = 5 and Mobile Node Link-layer Identifier = another | the same MAG and access |

  @TC-LMA-V4LKP-BV-05 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.7-k2c @ipv4-draft-04-3.1.2.7-k1c
  Scenario: A handoff without a link-layer identifier finds a session that has none
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1 with no Mobile Node Link-layer Identifier and Link-local Address = marked
    When MN1 hands off to MAG2 with IPv4 home address = assigned and no Mobile Node Link-layer Identifier
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one

  @TC-LMA-V4LKP-BV-06 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.7-k3 @rfc5844-3.1.2.7-k2a
  Scenario Outline: One IPv4 home address finds a session with any number of prefixes: <request>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MN1 hands off to MAG2 with IPv4 home address = assigned and <request>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one

    Examples:
      | id | request                        |
      | a  | Home Network Prefix = ALL_ZERO |
      | b  | no Home Network Prefix         |

  @TC-LMA-V4LKP-BI-01 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.7-k2g @rfc5844-3-d3 @ipv4-draft-04-3.1.2.7-k1g
  Scenario Outline: Another interface does not get the IPv4 home address of the first: <MAG>, <indicator>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When <MAG> registers MN1 with IPv4 home address = assigned and Handoff Indicator = <indicator> and Mobile Node Link-layer Identifier = another
    Then the request does not get the IPv4 home address of MN1's session

    Examples:
      | id | MAG  | indicator |
      | a  | MAG2 | 1         |
      | b  | MAG2 | 3         |
      | c  | MAG2 | 5         |

  @TC-LMA-V4LKP-BI-02 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.7-k2g @ipv4-draft-04-3.1.2.7-k1g
  Scenario: A request of another interface leaves the session of the first in force
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When MAG2 registers MN1 with IPv4 home address = assigned and Handoff Indicator = 1 and Mobile Node Link-layer Identifier = another
    Then the request does not get the IPv4 home address of MN1's session
    And IPv4 packets for the first session of MN1 arrive at MAG1 only

  @TC-LMA-V4LKP-BV-07 @LMA @ambiguous @config:lma-ipv4 @rfc5844-3.1.2.7-k2f @ipv4-draft-04-3.1.2.7-k1f
  Scenario Outline: A request for an IPv4 home address that no session has does not mean an earlier session: <MAG>
    # The address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When <MAG> registers MN1 with IPv4 home address = unassigned
    Then the outcome is one of:
      | outcome                                                | reading                                       | allowed when |
      | accepted, the session is a new one                     | a request for a new session with that address | always       |
      | rejected with 171 NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS | the mobile node may not use that address      | always       |

    Examples:
      | id | MAG  |
      | a  | MAG1 |
      | b  | MAG2 |
