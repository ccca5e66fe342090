Feature: Domain variables (RFC 5213, Section 9.3)
  TimestampBasedApproachInUse = 0: sequence numbers alone put the updates of a mobile node in order. With
  MobileNodeGeneratedTimestampInUse = 1, the mobile node gives the timestamp. The operator can set all variables; they survive a restart.

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

  @TC-MAG-VAR-BV-05 @MAG @MUST @config:mag-variables @ics:mobile-node-generated-timestamp @rfc5213-9.3-k6
  Scenario: The time that a mobile node gives is the timestamp of its registration
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1 with timestamp 5000 s ago
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | that of the mobile node |

  @TC-MAG-VAR-BV-06 @MAG @MUST @config:mag-variables @ics:mobile-node-generated-timestamp @rfc5213-9.3-k6
  Scenario: The time that a mobile node gives at its next attachment is the timestamp of its next registration
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1 with timestamp 5000 s ago
    And the MAG sends a Proxy Binding Update for MN1
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    When MN1 attaches at link 1 with timestamp 4000 s ago
    Then the MAG sends a registration for MN1 with:
      | Timestamp | that of the mobile node |

  @TC-MAG-VAR-BV-07 @MAG @MUST @config:mag-defaults @ics:timestamp-option @rfc5213-9.3-d1
  Scenario: A MAG without configuration sends timestamps
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | present |

  @TC-MAG-VAR-BV-08 @MAG @MUST @config:mag-defaults @ics:timestamp-option @rfc5213-9.3-d2
  Scenario: A MAG without configuration sends timestamps of its own
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1 with timestamp 5000 s ago
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | not that of the mobile node |

  @TC-MAG-VAR-BV-09 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k1
  Scenario: A new value of TimestampBasedApproachInUse takes effect
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And the operator sets TimestampBasedApproachInUse to 0
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | absent |

  @TC-MAG-VAR-BV-10 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k1
  Scenario: A new value of MobileNodeGeneratedTimestampInUse takes effect
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And the operator sets MobileNodeGeneratedTimestampInUse to 1
    When MN1 attaches at link 1 with timestamp 5000 s ago
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | that of the mobile node |

  @TC-MAG-VAR-BV-11 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k1
  Scenario: A new value of FixedMAGLinkLocalAddressOnAllAccessLinks takes effect
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And the operator sets FixedMAGLinkLocalAddressOnAllAccessLinks to fe80::5213
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::5213 |

  @TC-MAG-VAR-BV-13 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k2
  Scenario: TimestampBasedApproachInUse keeps its value over a restart
    Given the operator sets TimestampBasedApproachInUse to 0
    And the device restarts
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | absent |

  @TC-MAG-VAR-BV-14 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k2
  Scenario: MobileNodeGeneratedTimestampInUse keeps its value over a restart
    Given the operator sets MobileNodeGeneratedTimestampInUse to 1
    And the device restarts
    And LMA1 ignores registrations
    When MN1 attaches at link 1 with timestamp 5000 s ago
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Timestamp | that of the mobile node |

  @TC-MAG-VAR-BV-15 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k2
  Scenario: FixedMAGLinkLocalAddressOnAllAccessLinks keeps its value over a restart
    Given the operator sets FixedMAGLinkLocalAddressOnAllAccessLinks to fe80::5213
    And the device restarts
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::5213 |

  @TC-MAG-VAR-BV-12 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k1
  Scenario: A new value of FixedMAGLinkLayerAddressOnAllAccessLinks takes effect
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And the operator sets FixedMAGLinkLayerAddressOnAllAccessLinks to 00:00:5e:00:52:14
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | link-layer source | 00:00:5e:00:52:14 |

  @TC-MAG-VAR-BV-16 @MAG @MUST @config:mag-baseline @rfc5213-9.3-k2
  Scenario: FixedMAGLinkLayerAddressOnAllAccessLinks keeps its value over a restart
    Given the operator sets FixedMAGLinkLayerAddressOnAllAccessLinks to 00:00:5e:00:52:14
    And the device restarts
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | link-layer source | 00:00:5e:00:52:14 |
