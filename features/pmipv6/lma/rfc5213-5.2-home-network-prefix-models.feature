Feature: Supported home network prefix models (RFC 5213, Section 5.2)
  The prefixes of one interface are one session. Two interfaces of one mobile node have two sessions, and a request about one of
  them leaves the prefixes of the other alone.

  @TC-LMA-HNP-BV-01 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.2-k3
  Scenario Outline: A refresh of one session finds its own prefixes, not those of the other: <refresh>, <MAG>
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN2 is registered at <MAG> with Link-local Address = marked
    And no two mobile nodes share a home network prefix
    When <refresh>
    Then the LMA accepts the registration
    And <MN> keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | MAG  | MN  | refresh                                                  |
      | a  | MAG2 | MN1 | MAG1 refreshes MN1                                       |
      | b  | MAG2 | MN2 | MAG2 refreshes MN2                                       |
      | c  | MAG2 | MN1 | MAG1 refreshes MN1 with Home Network Prefix = ALL_ZERO   |
      | d  | MAG2 | MN2 | MAG2 refreshes MN2 with Home Network Prefix = ALL_ZERO   |
      | e  | MAG1 | MN1 | MAG1 refreshes MN1                                       |
      | f  | MAG1 | MN1 | MAG1 refreshes MN1 with Home Network Prefix = ALL_ZERO   |
      | g  | MAG1 | MN2 | MAG1 refreshes MN2 with Home Network Prefix = ALL_ZERO   |
      | h  | MAG1 | MN1 | MN1 hands off to MAG2 with Home Network Prefix = ALL_ZERO|
      | i  | MAG1 | MN2 | MN2 hands off to MAG2 with Home Network Prefix = assigned|

  @TC-LMA-HNP-BV-02 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.2-k3
  Scenario Outline: A refresh of one session leaves the other its prefixes: <refresh>, <MAG>
    Given MN1 and MN2 are interfaces of one mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN2 is registered at <MAG> with Link-local Address = marked
    And no two mobile nodes share a home network prefix
    And <refresh>
    And the LMA accepts the registration
    When MAG1 registers MN1 with Home Network Prefix = ALL_ZERO
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | MAG  | refresh                                                |
      | a  | MAG2 | MAG2 refreshes MN2                                     |
      | b  | MAG2 | MAG2 refreshes MN2 with Home Network Prefix = ALL_ZERO |
      | c  | MAG1 | MAG1 refreshes MN2                                     |
      | d  | MAG1 | MN2 hands off to MAG2                                  |

  @TC-LMA-HNP-TI-01 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.2-k3
  Scenario Outline: The de-registration of one session leaves the other its prefixes: <MAG>, <request>
    Given MN3 is registered at MAG1
    And MN1 and MN2 are interfaces of one mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN2 is registered at <MAG> with Link-local Address = marked
    And no two mobile nodes share a home network prefix
    And <MAG> has de-registered MN2
    And just over MinDelayBeforeBCEDelete passes
    When <request>
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | MAG  | request                                                |
      | a  | MAG2 | MAG1 registers MN1 with Home Network Prefix = ALL_ZERO |
      | b  | MAG1 | MAG1 registers MN1 with Home Network Prefix = ALL_ZERO |
      | c  | MAG1 | MAG1 refreshes MN1                                     |

  @TC-LMA-HNP-TI-02 @LMA @MUST @config:lma-baseline @ics:!static-prefixes @rfc5213-5.2-k3
  Scenario Outline: The end of one session leaves the other its prefixes: <MAG>
    Given MN3 is registered at MAG1
    And MN1 and MN2 are interfaces of one mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN2 is registered at <MAG> with Lifetime = 20 s and Link-local Address = marked
    And no two mobile nodes share a home network prefix
    And just over the lifetime of MN2 passes
    When MAG1 registers MN1 with Home Network Prefix = ALL_ZERO
    Then the LMA accepts the registration
    And MN1 keeps its home network prefixes
    And the session is the earlier one

    Examples:
      | id | MAG  |
      | a  | MAG1 |
      | b  | MAG2 |
