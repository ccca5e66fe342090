Feature: Retransmissions and rate limiting (RFC 6275, Section 11.8)
  A message without an answer is sent again at intervals that double, each time with a new Sequence Number or cookie.

  @TC-MN-RTX-TI-01 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.1-k14 @rfc6275-11.8-k3
  Scenario: An update without an answer is sent again
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 40 s

  @TC-MN-RTX-TI-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.8-k2
  Scenario: The first update of a mobile node without a binding leaves the home agent 1.5 s for its test of the address
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends no Binding Update to the HA for 1400 ms

  @TC-MN-RTX-TI-03 @MN @MUST @config:mn-mipv6 @rfc6275-11.8-k4 @rfc6275-11.8-k8
  Scenario: The intervals between updates double, and each has a greater Sequence Number
    # Each update is compared with those before it, too.
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 100 s with:
      | Sequence Number | after the last |
    And the MN sends a Binding Update to the HA within 100 s with:
      | Sequence Number | after the last |
    And the MN sends a Binding Update to the HA within 100 s with:
      | Sequence Number | after the last |

  @TC-MN-RTX-TI-04 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.1-k16
  Scenario: A mobile node does not give up its only home agent
    # The last of these is one of those at the longest interval.
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s
    And the MN sends a Binding Update to the HA within 200 s

  @TC-MN-RTX-TI-06 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.8-d1
  Scenario: A mobile node with a binding sends its update again after INITIAL_BINDACK_TIMEOUT, not earlier
    Given the MN has registered link 1
    And the HA does not answer updates
    When the MN loses link 1
    And the MN gets a link at link 2
    Then the MN sends a Binding Update to the HA
    And the MN sends no Binding Update to the HA for 900 ms
    # The repetition is compared with the update that it repeats.
    And the MN sends a Binding Update to the HA within 5 s

  @TC-MN-RTX-TI-07 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @rfc6275-11.8-k9 @rfc6275-11.8-k4
  Scenario Outline: A test without an answer is repeated with a new cookie, at intervals that double: <test>
    # Each message is compared with those before it.
    Given the MN has registered link 1
    And the CN does not answer <test>s
    When CN1 sends packets to the MN
    Then the MN sends a <test>
    And the MN sends a <test> within 40 s
    And the MN sends a <test> within 40 s
    And the MN sends a <test> within 40 s

    Examples:
      | id | test              |
      | a  | Home Test Init    |
      | b  | Care-of Test Init |

  @TC-MN-RTX-TI-08 @MN @MUST @config:mn-mipv6 @rfc6275-11.8-k7
  Scenario: A home agent that asks again and again does not get more updates than allowed
    # All updates within a second are counted.
    Given the MN has registered link 1
    When the HA sends a Binding Refresh Request for its binding
    And the HA sends a Binding Refresh Request for its binding
    And the HA sends a Binding Refresh Request for its binding
    And the HA sends a Binding Refresh Request for its binding
    And the HA sends a Binding Refresh Request for its binding
    And the HA sends a Binding Refresh Request for its binding
    Then the MN sends a Binding Update to the HA within 40 s
