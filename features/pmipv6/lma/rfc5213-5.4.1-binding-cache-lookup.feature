Feature: Binding Cache entry lookup (RFC 5213, Section 5.4.1)
  Which session a request means: found by its prefixes (5.4.1.1), else by link-layer identifier
  (5.4.1.2), else by the mobile node alone (5.4.1.3), with the Handoff Indicator in case of doubt.

  @TC-LMA-LKP-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.1-k4
  Scenario: A prefix of another mobile node is refused
    Given MN2 is registered at MAG1
    And packets for MN2 arrive at MAG1 only
    When MAG2 registers MN1 with Home Network Prefix = MN2's
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And packets for MN2 arrive at MAG1 only

  @TC-LMA-LKP-BI-02 @LMA @MUST @config:lma-baseline
  Scenario Outline: A set of prefixes that is not the session's is refused: <prefixes>
    Given MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    And MN2 is registered at MAG2
    When MN1 hands off to MAG2 with Home Network Prefix = <prefixes>
    Then the LMA rejects it with status 159 BCE_PBU_PREFIX_SET_DO_NOT_MATCH
    And packets for every prefix of MN1 arrive at MAG1 only

    @rfc5213-5.4.1.1-k5a
    Examples:
      | id | prefixes                    |
      | a  | the first assigned, foreign |

    @rfc5213-5.4.1.1-k5b
    Examples:
      | id | prefixes           |
      | b  | the first assigned |
      | c  | assigned, foreign  |

  @TC-LMA-LKP-BV-01 @LMA @MUST @config:lma-baseline
  Scenario Outline: A request with the prefixes of a session updates it: <condition>
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When <MAG> registers MN1 with Home Network Prefix = assigned and <request>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    @rfc5213-5.4.1.1-k6a
    Examples:
      | id | MAG  | request               | condition          |
      | a  | MAG2 | Handoff Indicator = 1 | the same interface |
      | b  | MAG2 | Handoff Indicator = 4 | the same interface |

    @rfc5213-5.4.1.1-k6b
    Examples:
      | id | MAG  | request                                                                                                    | condition                  |
      | c  | MAG2 | Handoff Indicator = 2 and Access Technology Type = another and Mobile Node Link-layer Identifier = another | handoff between interfaces |

    @rfc5213-5.4.1.1-k6d
    Examples:
      | id | MAG  | request                                                               | condition               |
      | d  | MAG1 | Handoff Indicator = 5 and Mobile Node Link-layer Identifier = another | the same MAG and access |

  @TC-LMA-LKP-BV-02 @LMA @MUST @config:lma-baseline
  Scenario Outline: Another interface takes the session over when the indicator says so: <indicator>, <identifier>
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with Home Network Prefix = ALL_ZERO and Handoff Indicator = <indicator> and <identifier>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    @rfc5213-5.4.1.2-k6 @rfc5213-5.4-k4 @rfc5213-5.4-k5
    Examples:
      | id | indicator | identifier                                  |
      | a  | 2         | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k3a
    Examples:
      | id | indicator | identifier                           |
      | b  | 2         | no Mobile Node Link-layer Identifier |

    @rfc5213-5.4.1.3-k3b
    Examples:
      | id | indicator | identifier                           |
      | c  | 3         | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-BV-03 @LMA @MUST @config:lma-baseline @ics:!static-prefixes
  Scenario Outline: Another interface gets a session of its own otherwise: <indicator>, <identifier>
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with Handoff Indicator = <indicator> and <identifier>
    Then the LMA accepts the registration
    And the session is a new one
    And MN1 gets other home network prefixes

    @rfc5213-5.4.1.2-k12 @rfc5213-5.4-k1 @rfc5213-5.2-k2
    Examples:
      | id | indicator | identifier                                  |
      | a  | 1         | Mobile Node Link-layer Identifier = another |
      | b  | 3         | Mobile Node Link-layer Identifier = another |
      | d  | 1         | Access Technology Type = another            |

    @rfc5213-5.4.1.2-k12
    Examples:
      | id | indicator | identifier                                  |
      | e  | 5         | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k7
    Examples:
      | id | indicator | identifier                           |
      | c  | 1         | no Mobile Node Link-layer Identifier |
      | f  | 5         | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-BV-04 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.2-k3
  Scenario: A registration that is sent again, its answer being lost, finds the session it has made
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 registers MN1 with Home Network Prefix = ALL_ZERO
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

  @TC-LMA-LKP-TI-01 @LMA @SHOULD @config:lma-baseline @ics:waits-for-deregistration
  Scenario Outline: In doubt the LMA waits for the former MAG to let go: <identifier>
    Given MN1 is registered at MAG1
    And MAG2 registers MN1 with Home Network Prefix = ALL_ZERO and Handoff Indicator = 4 and <identifier>
    When MAG1 de-registers MN1
    Then the LMA accepts the de-registration
    And the LMA accepts the registration by MAG2
    And MN1 keeps its home network prefixes
    And packets for MN1 arrive at MAG2 only

    @rfc5213-5.4.1.2-k9
    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k4
    Examples:
      | id | identifier                           |
      | b  | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-TI-02 @LMA @MUST @config:lma-baseline @ics:!static-prefixes
  Scenario Outline: In doubt and without a de-registration there is a new session in the end: <identifier>
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with Handoff Indicator = 4 and <identifier>
    Then the LMA accepts the registration
    And the session is a new one
    And MN1 gets other home network prefixes

    @rfc5213-5.4.1.2-k10
    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k5
    Examples:
      | id | identifier                           |
      | b  | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-BI-03 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.1-k4
  Scenario Outline: A prefix of another mobile node is refused, whoever asks for it and how: <MAG>, <indicator>
    Given MN2 is registered at MAG1
    And packets for MN2 arrive at MAG1 only
    And MN3 is registered at MAG2
    And no two mobile nodes share a home network prefix
    When <MAG> registers MN1 with Home Network Prefix = MN2's and Handoff Indicator = <indicator>
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And packets for MN2 arrive at MAG1 only

    Examples:
      | id | MAG  | indicator |
      | a  | MAG1 | 1         |
      | b  | MAG1 | 5         |
      | c  | MAG1 | 2         |
      | d  | MAG2 | 2         |
      | e  | MAG2 | 3         |

  @TC-LMA-LKP-BV-05 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4-k1
  Scenario Outline: A second interface leaves the session of the first in force: <MAG>, <identifier>
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When <MAG> registers MN1 with Handoff Indicator = 1 and <identifier>
    Then the LMA accepts the registration
    And MN1 gets other home network prefixes
    And packets for the first session of MN1 arrive at MAG1 only
    And packets for the second session of MN1 arrive at <MAG> only

    Examples:
      | id | MAG  | identifier                                  |
      | a  | MAG1 | Mobile Node Link-layer Identifier = another |
      | b  | MAG2 | Mobile Node Link-layer Identifier = another |
      | c  | MAG2 | Access Technology Type = another            |

  @TC-LMA-LKP-BV-06 @LMA @MUST @config:lma-baseline @ics:!static-prefixes
  Scenario Outline: Of several sessions none is taken over without its identifier: <indicator>, <identifier>
    Given MN1 is registered at MAG1 with Link-local Address = marked
    And MN1 is registered at MAG2 with Mobile Node Link-layer Identifier = another and Link-local Address = marked
    When MAG1 registers MN1 with Handoff Indicator = <indicator> and <identifier>
    Then the LMA accepts the registration
    And the session is a new one

    @rfc5213-5.4.1.2-k12
    Examples:
      | id | indicator | identifier                                            |
      | a  | 2         | Mobile Node Link-layer Identifier = 02:00:5e:00:53:01 |
      | b  | 4         | Mobile Node Link-layer Identifier = 02:00:5e:00:53:01 |

    @rfc5213-5.4.1.3-k7
    Examples:
      | id | indicator | identifier                           |
      | c  | 2         | no Mobile Node Link-layer Identifier |
      | d  | 3         | no Mobile Node Link-layer Identifier |
      | e  | 4         | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-BV-07 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.1-k6a
  Scenario Outline: The prefixes of a session may stand in any order: <request>
    Given MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN1 has 2 home network prefixes
    When <request> with Home Network Prefix = assigned and swap option[Home Network Prefix] with option[Home Network Prefix #2]
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | request               |
      | a  | MN1 hands off to MAG2 |
      | b  | MAG1 refreshes MN1    |

  @TC-LMA-LKP-TI-03 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4-d1
  Scenario: The de-registration of one session leaves the other in force
    Given MN1 is registered at MAG1
    And MN1 is registered at MAG2 with Mobile Node Link-layer Identifier = another
    And packets for the first session of MN1 arrive at MAG1 only
    And packets for the second session of MN1 arrive at MAG2 only
    And MAG2 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for the first session of MN1 arrive at MAG1 only

  @TC-LMA-LKP-TI-04 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4-d1
  Scenario: The end of one session leaves the other in force
    Given MN1 is registered at MAG1
    And MN1 is registered at MAG2 with Mobile Node Link-layer Identifier = another and Lifetime = 20 s
    And packets for the first session of MN1 arrive at MAG1 only
    And packets for the second session of MN1 arrive at MAG2 only
    When just over the lifetime of MN1 passes
    Then packets for the first session of MN1 arrive at MAG1 only

  @TC-LMA-LKP-TI-05 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4-d1
  Scenario: A longer session does not prolong the other
    # The traffic of a mobile node with one session ends with its lifetime.
    Given MN2 is registered at MAG1 with Lifetime = 20 s
    And packets for MN2 arrive at MAG1 only
    And just over the lifetime of MN2 passes
    And packets for MN2 go nowhere
    And MN3 is registered at MAG1
    And MN1 is registered at MAG1 with Lifetime = 20 s
    And MN1 is registered at MAG2 with Mobile Node Link-layer Identifier = another and Lifetime = 40 s
    And packets for the first session of MN1 arrive at MAG1 only
    And packets for the second session of MN1 arrive at MAG2 only
    When just over 20 s passes
    Then packets for the first session of MN1 go nowhere

  @TC-LMA-LKP-TI-06 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.2-k1
  Scenario Outline: In doubt and without a de-registration the new session has none of several prefixes of the first: <identifier>
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN1 has 2 home network prefixes
    When MAG2 registers MN1 with Handoff Indicator = 4 and <identifier>
    Then the LMA accepts the registration
    And the session is a new one
    And MN1 gets other home network prefixes

    @rfc5213-5.4.1.2-k10
    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k5
    Examples:
      | id | identifier                           |
      | b  | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-TI-07 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4-k1
  Scenario: In doubt and without a de-registration the new session leaves the first in force
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When MAG2 registers MN1 with Handoff Indicator = 4 and Mobile Node Link-layer Identifier = another
    Then the LMA accepts the registration
    And MN1 gets other home network prefixes
    And packets for the first session of MN1 arrive at MAG1 only
    And packets for the second session of MN1 arrive at MAG2 only

  @TC-LMA-LKP-TI-08 @LMA @MUST @config:lma-baseline @ics:waits-for-deregistration @ics:!static-prefixes @rfc5213-9.1-k5
  Scenario Outline: In doubt there is no new session before MaxDelayBeforeNewBCEAssign has passed: <identifier>
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with Handoff Indicator = 4 and <identifier>
    Then the LMA keeps the registration by MAG2 waiting for MaxDelayBeforeNewBCEAssign
    And the LMA accepts the registration by MAG2
    And the session is a new one

    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |
      | b  | no Mobile Node Link-layer Identifier        |

  @TC-LMA-LKP-TI-09 @LMA @MUST @config:lma-baseline @ics:waits-for-deregistration @rfc5213-9.1-k5
  Scenario Outline: A de-registration just under MaxDelayBeforeNewBCEAssign after a request in doubt is in time: <identifier>
    # A de-registration in the middle of the wait is waited for.
    Given MN2 is registered at MAG1 with Link-local Address = marked
    And MAG2 registers MN2 with Home Network Prefix = ALL_ZERO and Handoff Indicator = 4 and <identifier>
    And MAG1 has de-registered MN2
    And the LMA accepts the registration by MAG2
    And the session is the earlier one
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG2 registers MN1 with Home Network Prefix = ALL_ZERO and Handoff Indicator = 4 and <identifier>
    When just under MaxDelayBeforeNewBCEAssign passes
    And MAG1 de-registers MN1
    Then the LMA accepts the registration by MAG2
    And the session is the earlier one

    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |
      | b  | no Mobile Node Link-layer Identifier        |

  @TC-LMA-LKP-TI-10 @LMA @SHOULD @config:lma-baseline @ics:waits-for-deregistration
  Scenario Outline: In doubt the LMA answers as soon as the former MAG lets go: <identifier>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And MAG2 registers MN1 with Home Network Prefix = ALL_ZERO and Handoff Indicator = 4 and <identifier>
    When MAG1 de-registers MN1
    Then the LMA accepts the registration by MAG2 at once
    And MN1 keeps its home network prefixes

    @rfc5213-5.4.1.2-k9
    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k4
    Examples:
      | id | identifier                           |
      | b  | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-TI-11 @LMA @SHOULD @config:lma-baseline @ics:waits-for-deregistration
  Scenario Outline: In doubt the LMA goes on waiting when another mobile node is de-registered: <identifier>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG2 registers MN1 with Home Network Prefix = ALL_ZERO and Handoff Indicator = 4 and <identifier>
    And MAG1 has de-registered MN2
    When half MaxDelayBeforeNewBCEAssign passes
    Then the LMA keeps the registration by MAG2 waiting
    When MAG1 de-registers MN1
    Then the LMA accepts the registration by MAG2
    And the session is the earlier one

    @rfc5213-5.4.1.2-k9
    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k4
    Examples:
      | id | identifier                           |
      | b  | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-BI-04 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.1-k7
  Scenario Outline: The prefixes of a session are not given to another one of the mobile node: <MAG>, <indicator>, <interface>, <kind>
    # The request brings a link-local address, so that its answer need not return one of a session.
    Given MN2 is registered at MAG2
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    When <MAG> registers MN1 with Home Network Prefix = assigned and Link-local Address = marked and Handoff Indicator = <indicator> and <interface>
    Then the request does not get the home network prefixes of MN1's session

    Examples:
      | id | kind       | MAG  | indicator | interface                                                                        |
      | a  | dynamic    | MAG2 | 1         | Mobile Node Link-layer Identifier = another                                      |
      | b  | dynamic    | MAG2 | 1         | Access Technology Type = another                                                 |
      | c  | dynamic    | MAG1 | 1         | Access Technology Type = another                                                 |
      | d  | dynamic    | MAG1 | 1         | Access Technology Type = another and Mobile Node Link-layer Identifier = another |
      | e  | dynamic    | MAG2 | 3         | Mobile Node Link-layer Identifier = another                                      |
      | f  | dynamic    | MAG2 | 4         | Mobile Node Link-layer Identifier = another                                      |
      | g  | dynamic    | MAG2 | 1         | no Mobile Node Link-layer Identifier                                             |
      | h  | two-prefix | MAG2 | 1         | Mobile Node Link-layer Identifier = another                                      |

  @TC-LMA-LKP-BI-05 @LMA @MUST @config:lma-baseline @rfc5213-5.4-k1
  Scenario Outline: A second interface that asks for the prefix of the first does not get its packets: <interface>
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When MAG2 registers MN1 with Home Network Prefix = assigned and Link-local Address = marked and Handoff Indicator = 1 and <interface>
    Then the request does not get the home network prefixes of MN1's session
    And packets for the first session of MN1 arrive at MAG1 only

    Examples:
      | id | interface                                   |
      | a  | Mobile Node Link-layer Identifier = another |
      | b  | Access Technology Type = another            |

  @TC-LMA-LKP-BV-08 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.1-k6c
  Scenario Outline: A session without link-layer identifier is handed off by a request without one: <kind>
    Given MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with no Mobile Node Link-layer Identifier and Link-local Address = marked
    When MAG2 registers MN1 with Home Network Prefix = assigned and Handoff Indicator = 3 and no Mobile Node Link-layer Identifier
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | kind       |
      | a  | dynamic    |
      | b  | two-prefix |

  @TC-LMA-LKP-BI-06 @LMA @MUST @config:lma-baseline @rfc5213-5.4.1.1-k7
  Scenario Outline: A session without link-layer identifier is not handed off by any other request: <indicator>, <interface>
    # The request brings a link-local address, so that its answer need not return one of a session.
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG1 with no Mobile Node Link-layer Identifier
    When MAG2 registers MN1 with Home Network Prefix = assigned and Link-local Address = marked and Handoff Indicator = <indicator> and <interface>
    Then the request does not get the home network prefixes of MN1's session

    Examples:
      | id | indicator | interface                                                                 |
      | a  | 1         | no Mobile Node Link-layer Identifier                                      |
      | b  | 4         | no Mobile Node Link-layer Identifier                                      |
      | c  | 3         | no Mobile Node Link-layer Identifier and Access Technology Type = another |
      | d  | 3         | Mobile Node Link-layer Identifier = its own                               |

  @TC-LMA-LKP-BV-09 @LMA @ambiguous @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4.1.1-k3
  Scenario Outline: A request for a prefix that no session has does not mean an earlier session: <request>
    # The prefix may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is registered at MAG2
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When <request>
    Then the outcome is one of:
      | outcome                                                  | reading                                      | allowed when |
      | accepted, the session is a new one                       | a request for a new session with that prefix | always       |
      | rejected with 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX | the mobile node may not use that prefix      | always       |

    Examples:
      | id | kind       | request                                                |
      | a  | dynamic    | MAG1 refreshes MN1 with Home Network Prefix = owned    |
      | b  | dynamic    | MN1 hands off to MAG2 with Home Network Prefix = owned |
      | c  | two-prefix | MN1 hands off to MAG2 with Home Network Prefix = owned |

  @TC-LMA-LKP-BV-10 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.4.1.1-k3
  Scenario Outline: A request for a prefix that no session has leaves an earlier session in force: <request>
    # The prefix may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is registered at MAG2
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When <request>
    Then the request does not get the home network prefixes of MN1's session
    And packets for the first session of MN1 arrive at MAG1 only

    Examples:
      | id | request                                                |
      | a  | MAG1 refreshes MN1 with Home Network Prefix = owned    |
      | b  | MN1 hands off to MAG2 with Home Network Prefix = owned |

  @TC-LMA-LKP-TI-12 @LMA @MAY @config:lma-no-wait @ics:!waits-for-deregistration @ics:!static-prefixes
  Scenario Outline: In doubt an LMA that is set up not to wait opens a new session at once: <identifier>
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG2 registers MN1 with Handoff Indicator = 4 and <identifier>
    Then the LMA accepts the registration by MAG2 at once
    And the session is a new one

    @rfc5213-5.4.1.2-k11
    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |

    @rfc5213-5.4.1.3-k6
    Examples:
      | id | identifier                           |
      | b  | no Mobile Node Link-layer Identifier |

  @TC-LMA-LKP-TI-13 @LMA @MUST @config:lma-no-wait @ics:!waits-for-deregistration @ics:!static-prefixes @rfc5213-5.4-k1
  Scenario Outline: A new session that is opened at once leaves the first in force: <identifier>
    Given MN2 is registered at MAG2
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When MAG2 registers MN1 with Handoff Indicator = 4 and <identifier>
    Then the LMA accepts the registration
    And MN1 gets other home network prefixes
    And packets for the first session of MN1 arrive at MAG1 only
    And packets for the second session of MN1 arrive at MAG2 only

    Examples:
      | id | identifier                                  |
      | a  | Mobile Node Link-layer Identifier = another |
      | b  | no Mobile Node Link-layer Identifier        |
