Feature: Attachment and initial binding registration (RFC 5213, Sections 6.9.1.1 and 6.9.1.5)
  A MAG that notices a mobile node registers it with its LMA; every update it
  sends is checked octet by octet.

  @TC-MAG-ATT-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k2
  Scenario Outline: A mobile node is registered however it is noticed: <trigger>
    Given LMA1 ignores registrations
    When MN1 attaches at <link> by <trigger>
    Then the MAG sends a Proxy Binding Update for MN1

    @ics:notices-router-solicitation
    Examples:
      | id | link   | trigger             |
      | a  | link 1 | Router Solicitation |

    @ics:notices-duplicate-address-detection
    Examples:
      | id | link   | trigger                     |
      | b  | link 2 | duplicate address detection |

    @ics:notices-link-up
    Examples:
      | id | link   | trigger |
      | c  | link 3 | link up |

  @TC-MAG-ATT-BV-02 @MAG @MUST @config:mag-baseline
  @rfc5213-6.9.1.1-k3 @rfc5213-6.9.1.1-k4 @rfc5213-6.9.1.1-k7 @rfc5213-6.9.1.1-k8 @rfc5213-6.9.1.1-k9 @rfc5213-6.9.1.1-k15
  @rfc5213-6.9.1.1-k20 @rfc5213-6.9.1.1-k21 @rfc5213-6.9.1.1-k22
  Scenario: The update for a new mobile node carries what the LMA needs
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-ATT-BV-03 @MAG @MUST @config:mag-baseline
  @rfc5213-6.9.1.5-k2a @rfc5213-6.9.1.5-k2b @rfc5213-6.9.1.5-k3 @rfc5213-6.9.1.5-k4 @rfc5213-6.9.1.5-k5 @rfc5213-6.9.1.5-k6
  @rfc5213-6.9.1.5-k7 @rfc5213-6.9.1.5-k8 @rfc5213-6.9.1.5-k13 @rfc5213-8.1-k1 @rfc5213-8.1-d1
  Scenario: The update goes from the MAG to the LMA with the P and A flags
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | P | 1 |
      | A | 1 |

  @TC-MAG-ATT-BV-04 @MAG @MUST @config:mag-baseline
  @rfc5213-8.3-d1 @rfc5213-8.3-k1 @rfc5213-8.3-k2 @rfc5213-8.4-k1 @rfc5213-8.4-k2 @rfc5213-8.5-k1 @rfc5213-8.5-k2
  @rfc5213-8.7-d1 @rfc5213-8.7-k1
  Scenario: The options of an update have the lengths, alignments and reserved fields of Section 8
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-ATT-BV-05 @MAG @MUST @config:mag-baseline @ics:notices-link-up @rfc5213-6.9.1.1-k19
  Scenario: The MAG leaves out a link-layer address that it does not know
    Given LMA1 ignores registrations
    When MN1 attaches at link 3 by link up
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Mobile Node Link-layer Identifier | absent |

  @TC-MAG-ATT-BV-06 @MAG @MUST @config:mag-fixed-link-local @ics:fixed-mag-link-local-address @rfc5213-6.9.1.1-k23
  Scenario: With a fixed link-local address the MAG asks for none
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Link-local Address | absent |

  @TC-MAG-ATT-BV-07 @MAG @SHOULD @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-6.9.1.1-k17
  Scenario: The sequence numbers of all mobile nodes rise together
    Given MN1 is attached at link 1 and registered with LMA1
    When MN2 attaches at link 2
    Then the MAG sends a Proxy Binding Update for MN2

  @TC-MAG-ATT-BV-08 @MAG @MUST @config:mag-baseline @ics:!sequence-numbers-in-use
  @rfc5213-6.9.1.1-k16 @rfc5213-5.5-k11 @rfc5213-9.3-k4 @rfc5213-8.8-d1 @rfc5213-8.8-k1
  Scenario: The update carries a timestamp in the format of Section 8.8
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-ATT-BV-09 @MAG @MUST @config:mag-baseline @ics:!own-link-local-address @rfc5213-6.9.1.1-k25
  Scenario: The MAG asks the LMA for a link-local address
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-ATT-BV-10 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k18 @rfc5213-8.6-k1 @rfc5213-8.6-k2
  @rfc5213-8.6-d1
  Scenario: The update carries the link-layer address of the mobile node
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-ATT-BV-11 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k2
  Scenario Outline: A mobile node that returns at once is registered again: LMA1 <answer> its de-registration
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And LMA1 <answer> registrations
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

    Examples:
      | id | answer  |
      | a  | accepts |
      | b  | ignores |

  @TC-MAG-ATT-BV-12 @MAG @MUST @config:mag-baseline @ics:synchronized-clock @ics:!sequence-numbers-in-use @rfc5213-5.5-k11
  Scenario: The timestamp is the time of day, in universal time
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | the time of day |

  @TC-MAG-ATT-TI-01 @MAG @MUST @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-8.8-d2
  Scenario Outline: Two timestamps are as far apart as their updates, to fractions of a second: <time>
    # A clock that is off by hours counts as others do.
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And <time> passes
    When MN1 detaches
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | as much later as it came |

    Examples:
      | id | time   |
      | a  | 300 ms |
      | b  | 500 ms |
      | c  | 700 ms |

  @TC-MAG-ATT-BV-13 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k2
  Scenario: A mobile node that has left before its registration was answered is registered when it attaches again
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

  @TC-MAG-ATT-BV-14 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k2
  Scenario Outline: A mobile node that was rejected and attaches again is registered again: <status>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status <status>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 attaches at link 1
    Then the MAG sends a registration for MN1

    Examples:
      | id | status                          |
      | a  | 129 ADMINISTRATIVELY_PROHIBITED |
      | b  | 130 INSUFFICIENT_RESOURCES      |
      | c  | 132 NOT_HOME_SUBNET             |

  @TC-MAG-ATT-BV-15 @MAG @MUST @config:mag-baseline @ics:handoff-hint
  Scenario Outline: The Handoff Indicator says what the access network has told the MAG: <arrival>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1 with hint <hint>
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Handoff Indicator | <hint> |

    @rfc5213-6.9.1.1-k10
    Examples:
      | id | hint | arrival         |
      | a  | 1    | a new interface |

    @rfc5213-6.9.1.1-k11
    Examples:
      | id | hint | arrival                      |
      | b  | 2    | from another interface of it |

    @rfc5213-6.9.1.1-k12
    Examples:
      | id | hint | arrival          |
      | c  | 3    | from another MAG |

    @rfc5213-6.9.1.1-k13
    Examples:
      | id | hint | arrival |
      | d  | 4    | unknown |

  @TC-MAG-ATT-BV-16 @MAG @MUST @config:mag-baseline @ics:handoff-hint @rfc5213-6.9.1.1-k15
  Scenario Outline: What the access network has said of one arrival says nothing of the next: after hint <hint>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1 with hint <hint>
    And the MAG sends a Proxy Binding Update for MN1
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    When <MN> attaches at link 1
    Then the MAG sends a registration for <MN>

    Examples:
      | id | hint | MN  |
      | a  | 2    | MN1 |
      | b  | 3    | MN1 |
      | c  | 3    | MN3 |

  @TC-MAG-ATT-BO-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k4 @rfc5213-6.9.1.5-k6
  Scenario Outline: Whatever the MAG sends after an acceptance that leaves it without a prefix, it names one: <answer>
    # The updates of the whole scenario are judged: an extension, a new registration, a de-registration, or none of them.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with <answer>
    And 40 s passes
    And MN1 detaches
    And just over INITIAL_BINDACK_TIMEOUT passes
    Then packets for MN2 arrive at MN2

    Examples:
      | id | answer                                     |
      | a  | no Home Network Prefix and Lifetime = 40 s |
      | b  | Lifetime = 0 s                             |
