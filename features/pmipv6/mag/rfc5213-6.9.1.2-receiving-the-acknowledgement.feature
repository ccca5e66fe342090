Feature: Receiving the Proxy Binding Acknowledgement (RFC 5213, Section 6.9.1.2)
  Only an acknowledgement that answers the outstanding update counts. Status 0 opens the service,
  128 and above deny it, and some forbid to ask again.

  @TC-MAG-ACK-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k20 @rfc5213-6.9.1.2-k22
  Scenario: An accepted registration opens the tunnel
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And packets for MN1 arrive at MN1

  @TC-MAG-ACK-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k25
  Scenario: Two assigned prefixes are both advertised
    Given LMA1 accepts registrations with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1
    And the MAG advertises 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 to MN1

  @TC-MAG-ACK-BV-03 @MAG @SHOULD @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.9.1.2-k26
  Scenario: The MAG takes the link-local address that the LMA gives it
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Link-local Address = fe80::5213
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::5213 |

  @TC-MAG-ACK-BV-04 @MAG @MUST @config:mag-baseline @rfc5213-8.2-k1
  Scenario: An option of an unknown type is skipped
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Option 200 = 0102030405
    Then the MAG advertises the home network prefixes to MN1

  @TC-MAG-ACK-BO-01 @MAG @MUST @config:mag-baseline
  Scenario Outline: A rejected mobile node sees no prefix: <status>
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status <status>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
    Then the MAG advertises no home network prefix to MN1

    @rfc5213-8.2-d4
    Examples:
      | id | status                 |
      | a  | 128 REASON_UNSPECIFIED |
      | o  | 200 UNASSIGNED         |

    @rfc5213-6.9.1.2-k17
    Examples:
      | id | status                                     |
      | b  | 129 ADMINISTRATIVELY_PROHIBITED            |
      | c  | 130 INSUFFICIENT_RESOURCES                 |
      | d  | 152 PROXY_REG_NOT_ENABLED                  |
      | e  | 153 NOT_LMA_FOR_THIS_MOBILE_NODE           |
      | f  | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG       |
      | g  | 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX |
      | h  | 156 TIMESTAMP_MISMATCH                     |
      | i  | 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED     |
      | j  | 158 MISSING_HOME_NETWORK_PREFIX_OPTION     |
      | k  | 159 BCE_PBU_PREFIX_SET_DO_NOT_MATCH        |
      | l  | 160 MISSING_MN_IDENTIFIER_OPTION           |
      | m  | 161 MISSING_HANDOFF_INDICATOR_OPTION       |
      | n  | 162 MISSING_ACCESS_TECH_TYPE_OPTION        |

  @TC-MAG-ACK-BO-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k18
  Scenario Outline: A mobile node whose extension is rejected is served no more: <status>
    Given MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 ignores registrations
    And packets from MN1 reach CN1
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    When LMA1 rejects the request with status <status>
    And INITIAL_BINDACK_TIMEOUT passes
    Then packets from MN1 go nowhere

    Examples:
      | id | status                          |
      | a  | 129 ADMINISTRATIVELY_PROHIBITED |
      | b  | 152 PROXY_REG_NOT_ENABLED       |

  @TC-MAG-ACK-BO-03 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.1.2-k10
  Scenario: A mobile node that is not entitled is not registered again
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 152 PROXY_REG_NOT_ENABLED
    Then the MAG sends no Proxy Binding Update for MN1 for twice MAX_BINDACK_TIMEOUT

  @TC-MAG-ACK-BO-04 @MAG @SHOULD @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-6.9.1.2-k12
  Scenario: A timestamp that was too low is tried again, later
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
    Then the MAG sends a Proxy Binding Update for MN1 within MAX_BINDACK_TIMEOUT with:
      | Timestamp | later than the one before |

  @TC-MAG-ACK-BO-05 @MAG @SHOULD @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-6.9.1.2-k13
  Scenario: A timestamp that did not match is not tried again at once
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 156 TIMESTAMP_MISMATCH
    Then the MAG sends no Proxy Binding Update for MN1 for just over InitialBindackTimeoutFirstReg

  @TC-MAG-ACK-BI-01 @MAG @MUST @config:mag-baseline
  Scenario Outline: An acknowledgement with another value than the update's is ignored: <value>
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with <value>
    Then the MAG advertises no home network prefix to MN1

    @rfc5213-6.9.1.2-k8a
    Examples:
      | id | value                 |
      | a  | Handoff Indicator = 3 |

    @rfc5213-6.9.1.2-k8b
    Examples:
      | id | value                      |
      | b  | Access Technology Type = 5 |

    @rfc5213-6.9.1.2-k8c
    Examples:
      | id | value                                       |
      | c  | Mobile Node Link-layer Identifier = another |

    @rfc5213-6.9.1.2-k8d
    Examples:
      | id | value                                         |
      | d  | Mobile Node Identifier = stranger@example.com |

  @TC-MAG-ACK-BI-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k9
  Scenario Outline: After such an acknowledgement the update is not repeated: <value>
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with <value>
    Then the MAG sends no Proxy Binding Update for MN1 for twice MAX_BINDACK_TIMEOUT

    Examples:
      | id | value                                       |
      | a  | Handoff Indicator = 3                       |
      | b  | Access Technology Type = 5                  |
      | c  | Mobile Node Link-layer Identifier = another |

  @TC-MAG-ACK-BI-03 @MAG @MUST @config:mag-baseline @ics:!matches-by-identifier @rfc5213-6.9.1.2-k4a
  Scenario: An acknowledgement with the sequence number of another update is ignored
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 sends an unrequested acknowledgement for MN1 with Sequence Number = last + 1
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ACK-BI-05 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k7
  Scenario: An acknowledgement that nothing ties to an update is ignored
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 sends an unrequested acknowledgement for MN1 with Sequence Number = last + 1 and no Mobile Node Identifier and no Mobile Node Link-layer Identifier
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ACK-BO-06 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k7
  Scenario: An acknowledgement nobody asked for does not change the prefixes
    Given MN1 is attached at link 1 and registered with LMA1
    When LMA1 sends an unrequested acknowledgement for MN1 with Sequence Number = last + 1 and no Mobile Node Identifier and no Mobile Node Link-layer Identifier and Home Network Prefix = 2001:db8:cccc::/64
    Then the MAG does not advertise 2001:db8:cccc::/64 to MN1
    And packets from MN1 reach CN1

  @TC-MAG-ACK-BI-04 @MAG @MUST @config:mag-baseline
  Scenario Outline: An acknowledgement with a bad Mobility Header is discarded: <fault>
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with <fault>
    Then the MAG advertises no home network prefix to MN1

    @rfc5213-6.9.1.2-k3a
    Examples:
      | id | fault            |
      | a  | Checksum = wrong |

    @rfc5213-6.9.1.2-k3c
    Examples:
      | id | fault             |
      | b  | Payload Proto = 6 |

    @rfc5213-6.9.1.2-k3d
    Examples:
      | id | fault          |
      | c  | Header Len = 0 |
