Feature: Message ordering (RFC 5213, Section 5.5)
  A request with a Timestamp option counts only if its time is near the LMA's and later than
  all before; one without falls back to sequence numbers.

  @TC-LMA-ORD-TI-01 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k16 @rfc5213-5.5-k19
  Scenario Outline: A timestamp inside the window is accepted and returned: <timestamp>
    # A plain registration is accepted: a rejection of the next one is due to what it changes.
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Timestamp = <timestamp>
    Then the LMA accepts the registration
    And the answer carries:
      | Timestamp | the request's |

    Examples:
      | id | timestamp                                |
      | a  | now - just under TimestampValidityWindow |
      | b  | now + just under TimestampValidityWindow |

  @TC-LMA-ORD-BI-01 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k16 @rfc5213-5.5-k22 @rfc5213-5.5-k23
  Scenario Outline: A timestamp outside the window is rejected, with the LMA's own time: <timestamp>
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Timestamp = <timestamp> and Link-local Address = marked
    Then the LMA rejects it with status 156 TIMESTAMP_MISMATCH
    And the answer carries:
      | Timestamp | the LMA's time of day |
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | timestamp                               |
      | a  | now - just over TimestampValidityWindow |
      | b  | now + just over TimestampValidityWindow |

  @TC-LMA-ORD-BO-01 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k18 @rfc5213-5.5-k20 @rfc5213-5.5-k21
  Scenario: A timestamp before the last accepted one is rejected, and nothing moves
    # The traffic of a registered node arrives; that of MN1 would be looked at too late for a timestamp inside the window.
    Given MN2 is registered at MAG1
    And packets for MN2 arrive at MAG1 only
    And MN3 is registered at MAG2
    And MN1 is registered at MAG1
    And no two mobile nodes share a home network prefix
    When MN1 hands off to MAG2 with Timestamp = last - half TimestampValidityWindow
    Then the LMA rejects it with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
    And the answer carries:
      | Timestamp | the LMA's time of day |
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-ORD-BO-02 @LMA @ambiguous @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k18 @rfc5213-5.5-k22
  Scenario: A timestamp equal to the last accepted one
    Given MN1 is registered at MAG1
    When MAG1 repeats its last message
    Then the outcome is one of:
      | outcome                                              | reading                    | allowed when           |
      | rejected with 156 TIMESTAMP_MISMATCH                 | not greater, so invalid    | always                 |
      | rejected with 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED | equal treated as not newer | ics:equal-is-lower     |
      | rejected with 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED | before the stored time     | always                 |
      | accepted, the session is the earlier one             | duplicate answered again   | ics:answers-duplicates |

  @TC-LMA-ORD-BO-03 @LMA @ambiguous @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k20 @rfc5213-5.5-k22
  Scenario: A timestamp both before the last accepted one and outside the window
    Given MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 refreshes MN1 with Timestamp = last - twice TimestampValidityWindow
    Then the outcome is one of:
      | outcome                                              | reading                      | allowed when |
      | rejected with 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED | item 8 stands before item 9  | always       |
      | rejected with 156 TIMESTAMP_MISMATCH                 | the window is the first test | always       |

  @TC-LMA-ORD-BV-01 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k12 @rfc5213-5.5-k13
  Scenario Outline: With a Timestamp the sequence number is not judged, only returned: <number>
    Given MN1 is registered at MAG1
    When MAG1 refreshes MN1 with Sequence Number = <number>
    Then the LMA accepts the registration
    And the answer carries:
      | Sequence Number | the request's |

    Examples:
      | id | number   |
      | a  | last     |
      | b  | last - 1 |

  @TC-LMA-ORD-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-5.5-k24 @rfc5213-5.5-k25
  Scenario Outline: Without a Timestamp a greater sequence number is accepted: <number>
    Given MN1 is registered at MAG1 with no Timestamp
    When MAG1 refreshes MN1 with no Timestamp and Sequence Number = <number>
    Then the LMA accepts the registration
    And the answer carries:
      | Timestamp | absent |

    Examples:
      | id | number       |
      | a  | last + 1     |
      | b  | last + 32767 |

  @TC-LMA-ORD-BO-04 @LMA @MUST @config:lma-baseline @rfc5213-5.5-k24 @rfc5213-5.5-k25
  Scenario Outline: Without a Timestamp a sequence number that is not greater is rejected: <number>
    Given MN1 is registered at MAG1 with no Timestamp
    When MAG1 refreshes MN1 with no Timestamp and Sequence Number = <number>
    Then the LMA rejects it with status 135 SEQUENCE_NUMBER_OUT_OF_WINDOW
    And the answer carries:
      | Timestamp | absent |

    Examples:
      | id | number       |
      | a  | last         |
      | b  | last - 1     |
      | c  | last + 32768 |

  @TC-LMA-ORD-BO-05 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k18 @rfc5213-5.5-k20
  Scenario: A timestamp after the first accepted one, but before the last, is rejected, and nothing moves
    # After a handoff the traffic follows; that of MN1 would be looked at too late for a timestamp inside the window.
    Given MN2 is registered at MAG1
    And MN2 hands off to MAG2
    And the LMA accepts the registration
    And packets for MN2 arrive at MAG2 only
    And MN3 is registered at MAG1
    And MN1 is registered at MAG1 with Timestamp = now - just under TimestampValidityWindow
    And MN1 hands off to MAG2
    And the LMA accepts the registration
    When MN1 hands off to MAG1 with Timestamp = last - half TimestampValidityWindow
    Then the LMA rejects it with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
    And packets for MN1 arrive at MAG2 only

  @TC-LMA-ORD-BO-06 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k18 @rfc5213-5.5-k20
  Scenario: A timestamp before that of the de-registration is rejected
    # During the wait a session can be saved: it is still there, and so is its timestamp.
    Given MN2 is registered at MAG1 with Link-local Address = marked
    And MAG1 has de-registered MN2
    And MAG1 registers MN2
    And the LMA accepts the registration
    And the session is the earlier one
    And MN1 is registered at MAG1 with Timestamp = now - just under TimestampValidityWindow
    And MAG1 has de-registered MN1
    When MAG1 registers MN1 with Timestamp = last - half TimestampValidityWindow
    Then the LMA rejects it with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED

  @TC-LMA-ORD-BV-03 @LMA @MUST @config:lma-baseline @rfc5213-5.5-k25
  Scenario: The sequence numbers of another mobile node do not count: a number below them is accepted
    Given MN1 is registered at MAG1 with no Timestamp and Sequence Number = 500
    And MN2 is registered at MAG1 with no Timestamp and Sequence Number = 1000
    And no two mobile nodes share a home network prefix
    When MAG1 refreshes MN1 with no Timestamp and Sequence Number = 501
    Then the LMA accepts the registration

  @TC-LMA-ORD-BO-07 @LMA @MUST @config:lma-baseline @rfc5213-5.5-k25
  Scenario: The sequence numbers of another mobile node do not count: a number above them is rejected
    Given MN1 is registered at MAG1 with no Timestamp and Sequence Number = 1000
    And MN2 is registered at MAG1 with no Timestamp and Sequence Number = 500
    And no two mobile nodes share a home network prefix
    When MAG1 refreshes MN1 with no Timestamp and Sequence Number = 700
    Then the LMA rejects it with status 135 SEQUENCE_NUMBER_OUT_OF_WINDOW

  @TC-LMA-ORD-BV-04 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k6
  Scenario Outline: Whatever answers a request with a Timestamp has one, too: <request>
    Given MN1 is registered at MAG1
    When <request>
    Then the LMA accepts the <kind>
    And the answer carries:
      | Timestamp | present |

    Examples:
      | id | request               | kind            |
      | a  | MAG1 refreshes MN1    | registration    |
      | b  | MN1 hands off to MAG2 | registration    |
      | c  | MAG1 de-registers MN1 | de-registration |

  @TC-LMA-ORD-BI-02 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k6
  Scenario Outline: The rejection of a request with a Timestamp has one, too: <status>
    Given MN2 is registered at MAG1
    When <request>
    Then the LMA rejects it with status <status>
    And the answer carries:
      | Timestamp | present |

    Examples:
      | id | request                                                                 | status                                     |
      | a  | MAG3 registers MN1                                                      | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG       |
      | b  | MAG1 registers MN1 with Home Network Prefix = foreign                   | 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX |
      | c  | MAG1 registers MN1 with Timestamp = now - twice TimestampValidityWindow | 156 TIMESTAMP_MISMATCH                     |
      | d  | MAG1 registers MN1 with no Handoff Indicator                            | 161 MISSING_HANDOFF_INDICATOR_OPTION       |

  @TC-LMA-ORD-BV-05 @LMA @MUST @config:lma-baseline @ics:sequence-number-scheme @rfc5213-5.5-k27
  Scenario Outline: Sequence numbers alone order the requests of all MAGs: <request>
    Given MN2 is registered at MAG1 with no Timestamp
    And MN1 is registered at MAG1 with no Timestamp and Sequence Number = 500
    And MN1 hands off to MAG2 with no Timestamp and Sequence Number = 501
    And the LMA accepts the registration
    When <request> with no Timestamp and Sequence Number = 502
    Then the LMA accepts the <kind>

    Examples:
      | id | request               | kind            |
      | a  | MAG2 refreshes MN1    | registration    |
      | b  | MN1 hands off to MAG1 | registration    |
      | c  | MAG2 de-registers MN1 | de-registration |

  @TC-LMA-ORD-BO-08 @LMA @MUST @config:lma-baseline @ics:sequence-number-scheme @rfc5213-5.5-k27
  Scenario Outline: A sequence number that another MAG has used is late: <request>
    # The number is above the last one of its MAG, but not above that of the session.
    Given MN2 is registered at MAG1 with no Timestamp
    And MN1 is registered at MAG1 with no Timestamp and Sequence Number = 500
    And MN1 hands off to MAG2 with no Timestamp and Sequence Number = 600
    And the LMA accepts the registration
    When <request>
    Then the LMA rejects it with status 135 SEQUENCE_NUMBER_OUT_OF_WINDOW
    And packets for MN1 arrive at MAG2 only

    Examples:
      | id | request                                                           |
      | a  | MN1 hands off to MAG1 with no Timestamp and Sequence Number = 550 |
      | b  | MN1 hands off to MAG1 with no Timestamp and Sequence Number = 600 |

  @TC-LMA-ORD-TI-02 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-8.8-d2
  Scenario Outline: Two timestamps of the LMA are as far apart as its answers, to fractions of a second: <time>
    # With status 156, the timestamp is the LMA's time of day. A clock that is off by hours counts as others do.
    Given MN1 has no mobility session
    And MAG1 registers MN1 with Timestamp = now - 5000 s
    And the LMA rejects it with status 156 TIMESTAMP_MISMATCH
    And <time> passes
    When MAG1 registers MN1 with Timestamp = now - 5000 s
    Then the LMA rejects it with status 156 TIMESTAMP_MISMATCH
    And the answer carries:
      | Timestamp | as much later as it came |

    Examples:
      | id | time   |
      | a  | 300 ms |
      | b  | 500 ms |
      | c  | 700 ms |

  @TC-LMA-ORD-BV-06 @LMA @MUST @config:lma-variables @ics:timestamp-option @ics:mobile-node-generated-timestamp @rfc5213-5.5-k17
  Scenario Outline: A timestamp of the mobile node's own counts, however far it is from the time of day: <timestamp>
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Timestamp = <timestamp>
    Then the LMA accepts the registration
    And the answer carries:
      | Timestamp | the request's |

    Examples:
      | id | timestamp                               |
      | a  | now - just over TimestampValidityWindow |
      | b  | now + just over TimestampValidityWindow |
      | c  | now - 40000 s                           |
      | d  | now + 40000 s                           |

  @TC-LMA-ORD-BO-09 @LMA @MUST @config:lma-variables @ics:timestamp-option @ics:mobile-node-generated-timestamp @rfc5213-5.5-k17
  Scenario Outline: A timestamp of the mobile node's own that is not later than the one before is rejected: <timestamp>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Timestamp = now + 40000 s
    And packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2 with Timestamp = <timestamp>
    Then the LMA rejects it with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
    And packets for MN1 arrive at MAG1 only

    Examples:
      | id | timestamp  |
      | a  | last - 1 s |
      | b  | now        |

  @TC-LMA-ORD-BV-07 @LMA @MUST @config:lma-variables @ics:timestamp-option @ics:mobile-node-generated-timestamp @rfc5213-5.5-k17
  Scenario: A timestamp of the mobile node's own that is later than the one before is accepted
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1 with Timestamp = now - 40000 s
    When MN1 hands off to MAG2 with Timestamp = last + 1 s
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only
