Feature: Domain variables (RFC 5213, Section 9.3)
  TimestampBasedApproachInUse = 0: sequence numbers alone put the updates of a mobile node in order.

  @TC-MAG-VAR-BV-01 @MAG @MUST @config:mag-sequence-numbers @ics:sequence-numbers-in-use @rfc5213-9.3-k5
  Scenario: Without timestamps, a first registration has no Timestamp option
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | absent |

  @TC-MAG-VAR-BV-02 @MAG @MUST @config:mag-sequence-numbers @ics:sequence-numbers-in-use @rfc5213-9.3-k5
  Scenario: Without timestamps, an extension has a greater sequence number and no Timestamp option
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Lifetime = 40 s
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | Sequence Number | greater than the one before |
      | Timestamp       | absent                      |

  @TC-MAG-VAR-BV-03 @MAG @MUST @config:mag-sequence-numbers @ics:sequence-numbers-in-use @rfc5213-9.3-k5
  Scenario: Without timestamps, a de-registration has a greater sequence number and no Timestamp option
    # The updates of another mobile node come between them.
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    When MN1 detaches
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Sequence Number | greater than the one before |
      | Timestamp       | absent                      |

  @TC-MAG-VAR-BV-04 @MAG @MUST @config:mag-sequence-numbers @ics:sequence-numbers-in-use @rfc5213-9.3-k5
  Scenario: Without timestamps, a mobile node that comes back is registered with a greater sequence number
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Sequence Number | greater than the one before |
      | Timestamp       | absent                      |
