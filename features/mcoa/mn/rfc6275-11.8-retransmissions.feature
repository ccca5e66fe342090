Feature: Retransmissions and rate limiting (RFC 6275, Section 11.8)
  A message without an answer is sent again at intervals that double, each time with a new Sequence Number or cookie.

  @TC-MN-RTX-TI-01 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.1-k14 @rfc6275-11.8-k3
  Scenario: An update without an answer is sent again
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN repeats it to the HA within MAX_BINDACK_TIMEOUT

  @TC-MN-RTX-TI-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.8-k2
  Scenario: The first update of a mobile node without a binding leaves the home agent time for its test of the address
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN repeats it to the HA not earlier than 1500 ms

  @TC-MN-RTX-TI-03 @MN @MUST @config:mn-mipv6 @rfc6275-11.8-k4
  Scenario: The intervals between updates double
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN repeats it to the HA at intervals that double to MAX_BINDACK_TIMEOUT

  @TC-MN-RTX-TI-04 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.1-k16
  Scenario: A mobile node does not give up its only home agent
    Given the HA does not answer updates
    And the MN is at link 1
    And the MN sends a Binding Update to the HA
    When 130 s pass
    Then the MN sends a Binding Update to the HA within twice MAX_BINDACK_TIMEOUT

  @TC-MN-RTX-TI-05 @MN @MUST @config:mn-mipv6 @rfc6275-11.8-k8
  Scenario: An update that is sent again has a greater Sequence Number
    Given the HA does not answer updates
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN repeats it to the HA within MAX_BINDACK_TIMEOUT, each time with:
      | Sequence Number | after the last |

  @TC-MN-RTX-TI-06 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.8-d1
  Scenario: A mobile node with a binding sends its update again after INITIAL_BINDACK_TIMEOUT
    Given the MN has registered link 1
    And the HA does not answer updates
    When the MN moves from link 1 to link 2
    Then the MN sends a Binding Update to the HA
    And the MN repeats it to the HA not earlier than INITIAL_BINDACK_TIMEOUT

  @TC-MN-RTX-TI-07 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @rfc6275-11.8-k9 @rfc6275-11.8-k4
  Scenario Outline: A test without an answer is repeated with a new cookie: <test>
    Given the MN has registered link 1
    And the CN does not answer <test>s
    When CN1 sends packets to the MN
    Then the MN sends a <test>
    And the MN repeats the <test> at intervals that double to MAX_BINDACK_TIMEOUT

    Examples:
      | id | test              |
      | a  | Home Test Init    |
      | b  | Care-of Test Init |

  @TC-MN-RTX-TI-08 @MN @MUST @config:mn-mipv6 @rfc6275-11.8-k7
  Scenario: A mobile node that moves back and forth does not send more updates than allowed
    Given the MN has registered link 1
    When the MN moves 10 times between link 1 and link 2
    Then the MN sends at most MAX_UPDATE_RATE Binding Updates to the HA in any second
