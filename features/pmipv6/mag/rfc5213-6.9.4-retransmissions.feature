Feature: Retransmissions (RFC 5213, Section 6.9.4)
  An update without answer is repeated after 1, 2, 4, ... 32 seconds, each time with the time of
  day, as long as the mobile node is there.

  @TC-MAG-RTX-TI-01 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.4-k2
  Scenario: An unanswered registration is repeated
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG sends a Proxy Binding Update for MN1 within 2 s

  @TC-MAG-RTX-TI-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-d1 @rfc5213-6.9.4-k4a @rfc5213-6.9.4-k4b @rfc5213-6.9.4-k6
  Scenario: The repetitions back off, each with a fresh timestamp
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG repeats it for MN1 at intervals that double from INITIAL_BINDACK_TIMEOUT to MAX_BINDACK_TIMEOUT, each with:
      | Timestamp | later than the one before |

  @TC-MAG-RTX-BO-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.4-k3
  Scenario: The repetitions stop when the mobile node leaves
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When MN1 detaches
    Then the MAG sends no registration for MN1 for 64 s
