Feature: Protocol security (RFC 5213, Section 4)
  Security associations with LMAs protect the binding messages of a MAG.

  @TC-MAG-SEC-BV-01 @MAG @MUST @config:mag-esp @rfc5213-4-k2
  Scenario: A registration that ESP protects without encryption gives the mobile node its service
    # The association with another LMA works, in the exchanges before each scenario, too: silence is due to this one.
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And LMA2 accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1
    And the MAG advertises the home network prefixes to MN1

  @TC-MAG-SEC-BV-08 @MAG @MUST @config:mag-esp @rfc5213-4-k2
  Scenario: An answer that ESP protects ends the repetition of the request
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    When LMA1 accepts the request
    Then the MAG sends no registration for MN1 for MAX_BINDACK_TIMEOUT

  @TC-MAG-SEC-BV-02 @MAG @MUST @config:mag-esp @rfc5213-6.9.1.5-k12
  Scenario Outline: A registration goes under the association with the LMA: <lma>
    Given MN1 is <kind> mobile node
    And <lma> accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

    Examples:
      | id | lma  | kind            |
      | a  | LMA1 | a dynamic       |
      | b  | LMA2 | an other-anchor |

  @TC-MAG-SEC-BV-03 @MAG @MUST @config:mag-esp @rfc5213-6.9.1.5-k12
  Scenario: A de-registration goes under the association with the LMA
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 detaches
    Then the MAG sends a de-registration for MN1

  @TC-MAG-SEC-BV-04 @MAG @MUST @config:mag-esp @rfc5213-6.9.1.5-k12
  Scenario: A repeated registration goes under the association with the LMA
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When MAX_BINDACK_TIMEOUT passes
    Then the MAG sends a registration for MN1

  @TC-MAG-SEC-BV-05 @MAG @SHOULD @config:mag-esp @rfc5213-4-k3
  Scenario Outline: The MAG protects its requests by ESP in transport mode: <lma>
    Given MN1 is <kind> mobile node
    And <lma> accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

    Examples:
      | id | lma  | kind            |
      | a  | LMA1 | a dynamic       |
      | b  | LMA2 | an other-anchor |

  @TC-MAG-SEC-BI-01 @MAG @MUST @config:mag-esp @rfc5213-4-k1
  Scenario Outline: An answer that is not protected as agreed changes nothing: <answer>, <how>
    # The MAG repeats its request before the answer: that it stops then is due to the answer.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    When LMA1 <answer> with protection = <how>
    Then the MAG advertises no home network prefix to MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT

    Examples:
      | id | answer                                                    | how           |
      | a  | accepts the request                                       | none          |
      | c  | accepts the request                                       | other SPI     |
      | d  | accepts the request                                       | another LMA's |
      | e  | accepts the request                                       | no ICV        |
      | f  | rejects the request with status 130 INSUFFICIENT_RESOURCES | none          |

  @TC-MAG-SEC-BI-02 @MAG @MUST @config:mag-esp @rfc5213-4-k1
  Scenario Outline: An answer that is not protected as agreed changes nothing, without encryption: <how>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And LMA2 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    When LMA2 accepts the request with protection = <how>
    Then the MAG advertises no home network prefix to MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT

    Examples:
      | id | how           |
      | a  | none          |
      | b  | wrong key     |
      | c  | another LMA's |
      | d  | no ICV        |

  @TC-MAG-SEC-BI-03 @MAG @SHOULD @config:mag-esp @rfc5213-4-k3
  Scenario: An answer in tunnel mode, where transport mode is agreed, is ignored
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 accepts the request with protection = tunnel mode
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-SEC-BO-01 @MAG @MUST @config:mag-esp @ics:esp-anti-replay @rfc5213-4-k1
  Scenario: A MAG that detects replays discards a packet that is too late
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 accepts the request with protection = delayed too long
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-SEC-BV-06 @MAG @MUST @config:mag-esp @ics:esp-anti-replay @rfc5213-4-k2
  Scenario: A MAG that detects replays accepts a packet that another one has overtaken
    # RFC 4303, Section 3.4.3: a window of at least 32 packets.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 accepts the request with protection = delayed
    Then the MAG advertises the home network prefixes to MN1

  # The tester plays no IKEv2: it hears that the MAG begins.
  @TC-MAG-SEC-BV-07 @MAG @SHOULD @config:mag-baseline @ics:ikev2 @rfc5213-4-k5
  Scenario: A MAG without a manual security association opens IKEv2 with the LMA
    When MN1 attaches at link 1
    Then the MAG opens IKEv2 with LMA1
