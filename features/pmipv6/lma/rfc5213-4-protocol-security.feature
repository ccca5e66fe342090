Feature: Protocol security (RFC 5213, Section 4)
  The operator of an LMA says which MAGs may register mobile nodes.

  @TC-LMA-AUT-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-4-k7
  Scenario: A MAG that the operator authorizes can register mobile nodes
    Given MN2 is registered at MAG1
    And MAG3 registers MN3
    And the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG
    And the operator authorizes MAG3
    When MAG3 registers MN1
    Then the LMA accepts the registration

  @TC-LMA-AUT-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-4-k7
  Scenario Outline: A MAG that the operator no longer authorizes cannot register mobile nodes any more: <request>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG2
    And the operator no longer authorizes MAG2
    When <request>
    Then the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG

    Examples:
      | id | request               |
      | a  | MAG2 registers MN3    |
      | b  | MAG2 refreshes MN1    |
      | c  | MN2 hands off to MAG2 |

  @TC-LMA-SEC-BV-01 @LMA @MUST @config:lma-esp @rfc5213-4-k2
  Scenario: A registration that ESP protects without encryption is accepted
    # The association of another MAG works, in the exchanges before each scenario, too: silence is due to this one.
    Given MN2 is registered at MAG1
    When MAG2 registers MN1
    Then the LMA accepts the registration

  # An LMA that answers nothing under ESP, but does so in clear, is alive.
  @TC-LMA-SEC-BV-06 @LMA @MUST @config:lma-esp @rfc5213-4-k2
  Scenario: An LMA answers what ESP protects
    When MAG1 registers MN1
    Then the LMA accepts the registration

  @TC-LMA-SEC-BV-02 @LMA @MUST @config:lma-esp @rfc5213-5.3.6-k31
  Scenario Outline: The answer goes under the association with the MAG that asked: <request>
    Given MN1 is registered at MAG1
    When <request>
    Then the LMA accepts the <kind>

    Examples:
      | id | request                | kind            |
      | a  | MAG2 registers MN2     | registration    |
      | b  | MAG1 refreshes MN1     | registration    |
      | c  | MN1 hands off to MAG2  | registration    |
      | d  | MAG1 de-registers MN1  | de-registration |

  @TC-LMA-SEC-BV-03 @LMA @MUST @config:lma-esp @rfc5213-5.3.6-k31
  Scenario: A rejection goes under the association with the MAG that asked
    When MAG1 registers MN1 with no Handoff Indicator
    Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION

  @TC-LMA-SEC-BV-04 @LMA @SHOULD @config:lma-esp @rfc5213-4-k3
  Scenario Outline: The LMA protects its answers by ESP in transport mode: <mag>
    When <mag> registers MN1
    Then the LMA accepts the registration

    Examples:
      | id | mag  |
      | a  | MAG1 |
      | b  | MAG2 |

  @TC-LMA-SEC-BI-01 @LMA @MUST @config:lma-esp @rfc5213-4-k1
  Scenario Outline: A registration that is not protected as agreed changes nothing: <mag>, <how>
    Given MN1 has no mobility session
    When <mag> registers MN1 with Link-local Address = marked and protection = <how>
    Then the LMA does not answer
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | mag  | how           |
      | a  | MAG1 | none          |
      | c  | MAG1 | other SPI     |
      | d  | MAG1 | another MAG's |
      | e  | MAG1 | no ICV        |
      | f  | MAG2 | none          |
      | g  | MAG2 | wrong key     |
      | h  | MAG2 | another MAG's |
      | i  | MAG2 | no ICV        |

  @TC-LMA-SEC-BO-01 @LMA @MUST @config:lma-esp @rfc5213-4-k1
  Scenario Outline: A request that is not protected leaves the session as it is: <request>, <how>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    When <request> with protection = <how>
    And just over MinDelayBeforeBCEDelete passes
    Then the LMA does not answer
    And packets for MN1 arrive at MAG1 only

    Examples:
      | id | request               | how           |
      | a  | MN1 hands off to MAG2 | none          |
      | b  | MAG1 de-registers MN1 | none          |
      | c  | MN1 hands off to MAG2 | another MAG's |
      | d  | MAG1 de-registers MN1 | wrong key     |

  @TC-LMA-SEC-BI-02 @LMA @SHOULD @config:lma-esp @rfc5213-4-k3
  Scenario: A registration in tunnel mode, where transport mode is agreed, is not answered
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with protection = tunnel mode
    Then the LMA does not answer

  @TC-LMA-SEC-BI-03 @LMA @MUST @config:lma-esp @rfc5213-5.3.1-k8
  Scenario: A MAG with a security association and without authority is rejected
    Given MN2 is registered at MAG1
    When MAG3 registers MN1
    Then the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG

  # RFC 4303 advises against the detection of replays with manual keys. Without it, the order of messages protects the session.
  @TC-LMA-SEC-BO-02 @LMA @MUST @config:lma-esp @rfc5213-5.5-k18
  Scenario: A registration that is replayed does not take the mobile node back
    Given MN1 is registered at MAG2
    And MN1 hands off to MAG1
    And the LMA accepts the registration
    When MAG2 registers MN1 with protection = replayed
    Then the LMA does not accept it
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-SEC-BO-03 @LMA @MUST @config:lma-esp @ics:esp-anti-replay @rfc5213-4-k1
  Scenario Outline: An LMA that detects replays discards a packet that is too late: <how>
    Given MN1 is registered at MAG1
    When MAG1 refreshes MN1 with protection = <how>
    Then the LMA does not answer

    Examples:
      | id | how              |
      | a  | replayed         |
      | b  | delayed too long |

  @TC-LMA-SEC-BV-05 @LMA @MUST @config:lma-esp @ics:esp-anti-replay @rfc5213-4-k2
  Scenario: An LMA that detects replays accepts a packet that another one has overtaken
    # RFC 4303, Section 3.4.3: a window of at least 32 packets.
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    When MAG1 refreshes MN1 with protection = delayed
    Then the LMA accepts the registration
