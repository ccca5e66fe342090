Feature: Retransmissions (RFC 5213, Section 6.9.4)
  An update without answer is repeated at intervals that double to MAX_BINDACK_TIMEOUT, each time with
  the time of day, as long as the mobile node is there. No mobile node causes more than MAX_UPDATE_RATE updates in a second.

  @TC-MAG-RTX-TI-01 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.4-k2
  Scenario: An unanswered registration is repeated
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG sends a Proxy Binding Update for MN1 within MAX_BINDACK_TIMEOUT

  @TC-MAG-RTX-TI-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-k4a
  Scenario: The repetitions back off, whatever the first interval was
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG repeats it for MN1 at intervals that double from INITIAL_BINDACK_TIMEOUT to MAX_BINDACK_TIMEOUT

  @TC-MAG-RTX-TI-03 @MAG @MUST @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-6.9.4-k6
  Scenario: Each repetition carries a fresh timestamp
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG repeats it for MN1 within MAX_BINDACK_TIMEOUT, each time with:
      | Timestamp | later than the one before |

  @TC-MAG-RTX-TI-04 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-k4b
  Scenario: The intervals between repetitions do not grow beyond their limit
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG repeats it for MN1 at intervals of at most MAX_BINDACK_TIMEOUT

  @TC-MAG-RTX-TI-05 @MAG @SHOULD @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-6.9.1.1-k17
  Scenario: Each repetition with a timestamp has a greater sequence number, too
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG repeats it for MN1 within MAX_BINDACK_TIMEOUT, each time with:
      | Sequence Number | greater than the one before |

  @TC-MAG-RTX-TI-06 @MAG @MUST @config:mag-sequence-numbers @ics:sequence-numbers-in-use @rfc5213-6.9.4-k7
  Scenario: Without timestamps, each repetition has a greater sequence number
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG repeats it for MN1 within MAX_BINDACK_TIMEOUT, each time with:
      | Sequence Number | greater than the one before |

  @TC-MAG-RTX-BO-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-k3
  Scenario: The repetitions stop when the mobile node leaves
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When MN1 detaches
    Then the MAG sends no registration for MN1 for twice MAX_BINDACK_TIMEOUT

  @TC-MAG-RTX-TI-07 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-d2
  Scenario: However often a mobile node asks, its registration is not sent more often than allowed
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When MN1 sends 20 Router Solicitations
    Then the MAG sends at most MAX_UPDATE_RATE Proxy Binding Updates for MN1 in any second

  @TC-MAG-RTX-TI-08 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-d2
  Scenario: However often a registered mobile node asks, its updates are not sent more often than allowed
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends 20 Router Solicitations
    Then the MAG sends at most MAX_UPDATE_RATE Proxy Binding Updates for MN1 in any second

  @TC-MAG-RTX-TI-09 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-d2
  Scenario Outline: However often a mobile node leaves and returns, its updates are not sent more often than allowed: LMA1 <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And LMA1 <answer> registrations
    And 50 ms passes
    When MN1 detaches
    And 50 ms passes
    And MN1 attaches at link 1
    And 50 ms passes
    And MN1 detaches
    And 50 ms passes
    And MN1 attaches at link 1
    And 50 ms passes
    And MN1 detaches
    And 50 ms passes
    And MN1 attaches at link 1
    Then the MAG sends at most MAX_UPDATE_RATE Proxy Binding Updates for MN1 in any second

    Examples:
      | id | answer  |
      | a  | accepts |
      | b  | ignores |
