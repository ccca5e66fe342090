Feature: Configuration variables of a local mobility anchor (RFC 5213, Section 9.1)
  An operator can set how long an LMA waits and how old a timestamp may be. The values stay in force after a restart, and have defaults.

  @TC-LMA-VAR-TI-01 @LMA @MUST @config:lma-baseline @rfc5213-9.1-k1
  Scenario Outline: The operator sets MinDelayBeforeBCEDelete: just <side> it
    Given the operator sets MinDelayBeforeBCEDelete to 6000
    And MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 has de-registered MN1
    When just <side> 6 s passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is <session>

    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |
      | b  | over  | a new one       |

  @TC-LMA-VAR-TI-02 @LMA @MUST @config:lma-baseline @ics:waits-for-deregistration @ics:!static-prefixes @rfc5213-9.1-k1
  Scenario Outline: The operator sets MaxDelayBeforeNewBCEAssign: a de-registration just <side> it
    Given the operator sets MaxDelayBeforeNewBCEAssign to 3000
    And MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG2 registers MN1 with Handoff Indicator = 4 and Mobile Node Link-layer Identifier = another
    When just <side> 3 s passes
    And MAG1 de-registers MN1
    Then the LMA accepts the registration by MAG2
    And the session is <session>

    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |
      | b  | over  | a new one       |

  @TC-LMA-VAR-BV-01 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-9.1-k1
  Scenario Outline: The operator sets TimestampValidityWindow: a timestamp inside it, <timestamp>
    Given the operator sets TimestampValidityWindow to 5000
    And MN2 is registered at MAG1
    When MAG1 registers MN1 with Timestamp = <timestamp>
    Then the LMA accepts the registration

    Examples:
      | id | timestamp            |
      | a  | now - just under 5 s |
      | b  | now + just under 5 s |

  @TC-LMA-VAR-BI-01 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-9.1-k1
  Scenario Outline: The operator sets TimestampValidityWindow: a timestamp outside of it, <timestamp>
    Given the operator sets TimestampValidityWindow to 5000
    And MN2 is registered at MAG1 with Timestamp = now + just under 5 s
    When MAG1 registers MN1 with Timestamp = <timestamp>
    Then the LMA rejects it with status 156 TIMESTAMP_MISMATCH

    Examples:
      | id | timestamp           |
      | a  | now - just over 5 s |
      | b  | now + just over 5 s |

  @TC-LMA-VAR-TI-03 @LMA @MUST @config:lma-baseline @rfc5213-9.1-k2
  Scenario Outline: MinDelayBeforeBCEDelete survives a restart: just <side> it
    Given the operator sets MinDelayBeforeBCEDelete to 6000
    And the device restarts
    And MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 has de-registered MN1
    When just <side> 6 s passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is <session>

    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |
      | b  | over  | a new one       |

  @TC-LMA-VAR-TI-04 @LMA @MUST @config:lma-baseline @ics:waits-for-deregistration @ics:!static-prefixes @rfc5213-9.1-k2
  Scenario Outline: MaxDelayBeforeNewBCEAssign survives a restart: a de-registration just <side> it
    Given the operator sets MaxDelayBeforeNewBCEAssign to 3000
    And the device restarts
    And MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG2 registers MN1 with Handoff Indicator = 4 and Mobile Node Link-layer Identifier = another
    When just <side> 3 s passes
    And MAG1 de-registers MN1
    Then the LMA accepts the registration by MAG2
    And the session is <session>

    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |
      | b  | over  | a new one       |

  @TC-LMA-VAR-BV-02 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-9.1-k2
  Scenario: TimestampValidityWindow survives a restart
    Given the operator sets TimestampValidityWindow to 5000
    And the device restarts
    And MN2 is registered at MAG1
    When MAG1 registers MN1 with Timestamp = now - just under 5 s
    Then the LMA accepts the registration

  @TC-LMA-VAR-TI-05 @LMA @MUST @config:lma-defaults @rfc5213-9.1-d1
  Scenario Outline: MinDelayBeforeBCEDelete is 10 s if nobody sets it: just <side> it
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 has de-registered MN1
    When just <side> 10 s passes
    And MAG1 registers MN1
    Then the LMA accepts the registration
    And the session is <session>

    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |
      | b  | over  | a new one       |

  @TC-LMA-VAR-TI-06 @LMA @MUST @config:lma-defaults @ics:waits-for-deregistration @ics:!static-prefixes @rfc5213-9.1-d2
  Scenario Outline: MaxDelayBeforeNewBCEAssign is 1.5 s if nobody sets it: a de-registration just <side> it
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG2 registers MN1 with Handoff Indicator = 4 and Mobile Node Link-layer Identifier = another
    When just <side> 1.5 s passes
    And MAG1 de-registers MN1
    Then the LMA accepts the registration by MAG2
    And the session is <session>

    Examples:
      | id | side  | session         |
      | a  | under | the earlier one |
      | b  | over  | a new one       |

  @TC-LMA-VAR-BV-03 @LMA @MUST @config:lma-defaults @ics:timestamp-option @rfc5213-9.1-d3
  Scenario Outline: TimestampValidityWindow is 300 ms if nobody sets it: a timestamp inside it, <timestamp>
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Timestamp = <timestamp>
    Then the LMA accepts the registration

    Examples:
      | id | timestamp               |
      | a  | now - just under 300 ms |
      | b  | now + just under 300 ms |

  @TC-LMA-VAR-BI-02 @LMA @MUST @config:lma-defaults @ics:timestamp-option @rfc5213-9.1-d3
  Scenario Outline: TimestampValidityWindow is 300 ms if nobody sets it: a timestamp outside of it, <timestamp>
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Timestamp = <timestamp>
    Then the LMA rejects it with status 156 TIMESTAMP_MISMATCH

    Examples:
      | id | timestamp              |
      | a  | now - just over 300 ms |
      | b  | now + just over 300 ms |
