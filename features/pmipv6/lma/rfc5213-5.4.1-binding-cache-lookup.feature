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
    When MN1 hands off to MAG2 with Home Network Prefix = <prefixes>
    Then the LMA rejects it with status 159 BCE_PBU_PREFIX_SET_DO_NOT_MATCH
    And packets for MN1 arrive at MAG1 only

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
      | id | MAG     | request               | condition          |
      | a  | MAG2    | Handoff Indicator = 1 | the same interface |
      | b  | MAG2    | Handoff Indicator = 4 | the same interface |

    @rfc5213-5.4.1.1-k6b
    Examples:
      | id | MAG     | request                                                                                              | condition                   |
      | c  | MAG2    | Handoff Indicator = 2 and Access Technology Type = another and Mobile Node Link-layer Identifier = another | handoff between interfaces  |

    @rfc5213-5.4.1.1-k6d
    Examples:
      | id | MAG     | request                                                               | condition                   |
      | d  | MAG1    | Handoff Indicator = 5 and Mobile Node Link-layer Identifier = another | the same MAG and access     |

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

    @rfc5213-5.4.1.3-k7
    Examples:
      | id | indicator | identifier                           |
      | c  | 1         | no Mobile Node Link-layer Identifier |

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
