Feature: Home network prefix renumbering (RFC 5213, Section 6.12)
  A prefix that becomes invalid in the middle of a session has no route any more, neither to the mobile node nor from it.

  @TC-LMA-RNB-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-6.12-k2
  Scenario: Packets for a withdrawn prefix are not tunnelled any more
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only
    When the operator withdraws the prefix of MN1
    Then packets for MN1 go nowhere
    And packets for MN2 arrive at MAG1 only

  @TC-LMA-RNB-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-6.12-k2
  Scenario: Packets from a withdrawn prefix are not forwarded any more
    # An LMA that forwards whatever comes out of a tunnel has another fault: see HND-BO-01.
    Given MN2 is registered at MAG1
    And MN3 is registered at MAG2
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    And packets from MN1 through MAG1 reach CN1
    And packets from MN1 through MAG2 go nowhere
    When the operator withdraws the prefix of MN1
    Then packets from MN1 through MAG1 go nowhere
    And packets from MN2 through MAG1 reach CN1

  @TC-LMA-RNB-BV-03 @LMA @MUST @config:lma-baseline @rfc5213-6.12-k2
  Scenario Outline: One withdrawn prefix does not take the other of the session with it: <withdrawn>
    Given MN2 is registered at MAG1
    And MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    And packets for every prefix of MN1 arrive at MAG1 only
    When the operator withdraws the prefix of <withdrawn>
    Then packets for <withdrawn> go nowhere
    And packets for <other> arrive at MAG1 only
    And packets from <other> through MAG1 reach CN1

    Examples:
      | id | withdrawn                | other                    |
      | a  | the first prefix of MN1  | the second prefix of MN1 |
      | b  | the second prefix of MN1 | the first prefix of MN1  |
