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
    # Another mobile node gets its advertisement: silence of the next one is due to what the acceptance changes.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Link-local Address = fe80::5213
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::5213 |

  @TC-MAG-ACK-BV-04 @MAG @MUST @config:mag-baseline @rfc5213-8.2-k1
  Scenario: An option of an unknown type is skipped
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Option 200 = 0102030405
    Then the MAG advertises the home network prefixes to MN1

  @TC-MAG-ACK-BV-05 @MAG @MUST @config:mag-baseline
  Scenario Outline: A reserved field that is not zero does no harm: <option>
    # Another mobile node gets its advertisement: silence of the next one is due to what the acceptance changes.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with option[<option>].Reserved = 0xff
    Then the MAG advertises the home network prefixes to MN1

    @rfc5213-8.3-k3
    Examples:
      | id | option              |
      | a  | Home Network Prefix |

    @rfc5213-8.4-k3
    Examples:
      | id | option            |
      | b  | Handoff Indicator |

    @rfc5213-8.5-k3
    Examples:
      | id | option                 |
      | c  | Access Technology Type |

  @TC-MAG-ACK-BV-10 @MAG @MUST @config:mag-baseline @ics:notices-router-solicitation @rfc5213-8.6-k3
  Scenario: A reserved field of the link-layer identifier that is not zero does no harm
    # Another mobile node gets its advertisement: silence of the next one is due to what the acceptance changes.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1 by Router Solicitation
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with option[Mobile Node Link-layer Identifier].Reserved = 0xffff
    Then the MAG advertises the home network prefixes to MN1

  @TC-MAG-ACK-BV-06 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k22
  Scenario: Packets from every address in every assigned prefix are tunnelled
    Given MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets from MN1 reach CN1
    When MN1 sends a packet to CN1
    Then packets from every prefix of MN1 reach CN1
    And packets from another address of MN1 reach CN1

  @TC-MAG-ACK-BV-07 @MAG @MUST @config:mag-baseline @rfc5213-8.2-d3
  Scenario Outline: The order of the options has no meaning: <one> and <other> have changed places
    # Another mobile node gets its advertisement: silence of the next one is due to what the acceptance changes.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with swap option[<one>] with option[<other>]
    Then the MAG advertises the home network prefixes to MN1

    Examples:
      | id | one                    | other               |
      | a  | Mobile Node Identifier | Home Network Prefix |
      | b  | Access Technology Type | Handoff Indicator   |

  @TC-MAG-ACK-BV-08 @MAG @MUST @config:mag-baseline @rfc5213-6.6-k1
  Scenario: Of two mobile nodes that wait, the acknowledgement serves the one that it names
    # The MAG advertises at all: only whom it serves is judged.
    Given MN3 is attached at link 3 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And MN2 attaches at link 2
    And the MAG sends a Proxy Binding Update for MN2
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64
    Then the MAG advertises 2001:db8:aaaa::/64 to MN2
    And the MAG does not advertise 2001:db8:aaaa::/64 to MN1

  @TC-MAG-ACK-BV-09 @MAG @MUST @config:mag-baseline @rfc5213-6.6-k1 @rfc5213-5.6.1-d1
  Scenario: The rejection of one mobile node does not end the service of another
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 ignores registrations
    And packets for MN2 arrive at MN2
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    When LMA1 rejects the request with status 129 ADMINISTRATIVELY_PROHIBITED
    And INITIAL_BINDACK_TIMEOUT passes
    Then packets for MN2 arrive at MN2
    And packets from MN2 reach CN1

  @TC-MAG-ACK-BO-01 @MAG @MUST @config:mag-baseline
  Scenario Outline: A rejected mobile node sees no prefix: <status>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
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

  @TC-MAG-ACK-BO-02 @MAG @MUST @config:mag-baseline
  Scenario Outline: A mobile node whose extension is rejected is served no more: <status>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 and Lifetime = 40 s
    And LMA1 ignores registrations
    And packets from MN1 reach CN1
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    When LMA1 rejects the request with status <status>
    And INITIAL_BINDACK_TIMEOUT passes
    Then packets from every prefix of MN1 go nowhere

    @rfc5213-6.9.1.2-k18
    Examples:
      | id | status                          |
      | a  | 129 ADMINISTRATIVELY_PROHIBITED |
      | c  | 128 REASON_UNSPECIFIED          |

    @rfc5213-6.9.1.2-k11 @rfc5213-6.9.1.2-k18
    Examples:
      | id | status                    |
      | b  | 152 PROXY_REG_NOT_ENABLED |

  @TC-MAG-ACK-BO-07 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k17
  Scenario: A mobile node whose extension is rejected sees no prefix any more
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 ignores registrations
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ACK-BO-03 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.1.2-k10
  Scenario: A mobile node that is not entitled is not registered again
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 152 PROXY_REG_NOT_ENABLED
    Then the MAG sends no Proxy Binding Update for MN1 for twice MAX_BINDACK_TIMEOUT

  @TC-MAG-ACK-BO-08 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.1.2-k10
  Scenario: A mobile node that is not entitled and asks for a router is not registered again
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 152 PROXY_REG_NOT_ENABLED
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
    Then the MAG sends no Proxy Binding Update for MN1 for twice INITIAL_BINDACK_TIMEOUT

  @TC-MAG-ACK-BO-09 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.1.2-k10
  Scenario: A mobile node that is not entitled, leaves and returns is not registered again
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 152 PROXY_REG_NOT_ENABLED
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 detaches
    And MN1 attaches at link 1
    Then the MAG sends no registration for MN1 for twice INITIAL_BINDACK_TIMEOUT

  @TC-MAG-ACK-BV-12 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.1-k2
  Scenario: A mobile node that was not entitled is registered once an administrator has allowed it
    # A MAG may register it at once, or when it attaches again.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 152 PROXY_REG_NOT_ENABLED
    And half INITIAL_BINDACK_TIMEOUT passes
    And the operator reenables MN1
    And MN1 detaches
    And MN1 attaches at link 1
    Then the MAG sends a registration for MN1

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
  Scenario Outline: An acknowledgement with another value than the update's is ignored: <option>
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1 with:
      | <option> | present |
    When LMA1 accepts the request with <option> = <value>
    Then the MAG advertises no home network prefix to MN1

    @rfc5213-6.9.1.2-k8a
    Examples:
      | id | option            | value |
      | a  | Handoff Indicator | 3     |

    @rfc5213-6.9.1.2-k8b
    Examples:
      | id | option                 | value |
      | b  | Access Technology Type | 5     |

    @rfc5213-6.9.1.2-k8c
    Examples:
      | id | option                            | value   |
      | c  | Mobile Node Link-layer Identifier | another |

    @rfc5213-6.9.1.2-k8d
    Examples:
      | id | option                 | value                |
      | d  | Mobile Node Identifier | stranger@example.com |

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

  @TC-MAG-ACK-BO-10 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-d2
  Scenario: A binding that is granted for no time is none
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Lifetime = 0 s
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
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

  @TC-MAG-ACK-BI-06 @MAG @SHOULD @config:mag-baseline
  Scenario Outline: The sender of an acknowledgement with a bad Mobility Header is told: <fault>
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with <fault>
    Then the MAG reports a Parameter Problem at octet <octet>

    @rfc5213-6.9.1.2-k3e
    Examples:
      | id | fault             | octet |
      | a  | Payload Proto = 6 | 0     |

    # The message ends after these 8 octets, so its checksum is also right for a device that trusts Header Len.
    @rfc5213-6.9.1.2-k3f
    Examples:
      | id | fault                         | octet |
      | b  | Header Len = 0 and truncate 8 | 1     |

  @TC-MAG-ACK-BI-09 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k3b
  Scenario: A Mobility Header of unknown type is answered with a Binding Error
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with MH Type = 200
    Then the MAG reports a Binding Error

  @TC-MAG-ACK-BI-10 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k3b
  Scenario: A Mobility Header of unknown type is no acknowledgement, whatever follows
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with MH Type = 200
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ACK-BI-07 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-d1
  Scenario: A Binding Acknowledgement without the P flag registers nobody
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with P = 0
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ACK-BI-08 @MAG @MUST @config:mag-baseline @rfc5213-8.2-d5
  Scenario: A Home Network Prefix option that the end of the message cuts off assigns no prefix
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with no Home Network Prefix and Home Network Prefix = 2001:db8:aaaa::/64 and cut 8
    Then the MAG does not advertise 2001:db8:aaaa::/64 to MN1

  @TC-MAG-ACK-BV-11 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k5
  Scenario: An acknowledgement without a type 2 routing header is accepted
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1

  @TC-MAG-ACK-BO-14 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-d3
  Scenario: An acceptance that names no prefix assigns none
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1 with:
      | Home Network Prefix | ALL_ZERO |
    When LMA1 accepts the request with no Home Network Prefix
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ACK-BI-20 @MAG @SHOULD @config:mag-baseline
  Scenario Outline: The fault of a Mobility Header behind an extension header is reported where it is in the packet: <fault>
    # An acknowledgement behind the same extension header is accepted: what follows is due to the fault.
    Given MN2 is attached at link 2 and registered with LMA1 with Destination Options = 01 04 00000000
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Destination Options = 01 04 00000000 and <fault>
    Then the MAG reports a Parameter Problem at octet <octet>

    @rfc5213-6.9.1.2-k3e
    Examples:
      | id | fault             | octet |
      | a  | Payload Proto = 6 | 0     |

    # The message ends after these 8 octets, so its checksum is also right for a device that trusts Header Len.
    @rfc5213-6.9.1.2-k3f
    Examples:
      | id | fault                         | octet |
      | b  | Header Len = 0 and truncate 8 | 1     |

  @TC-MAG-ACK-BO-11 @MAG @MUST @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.9.1.2-k28
  Scenario: The MAG does not use a link-local address that the mobile node uses already
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And LMA1 accepts registrations
    When LMA1 accepts the request with Link-local Address = its own
    And 5 s passes
    And MN1 sends a Router Solicitation
    Then the MAG does not use the link-local address of MN1

  @TC-MAG-ACK-BO-12 @MAG @SHOULD @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.9.1.2-k29
  Scenario: Instead of a link-local address that the mobile node uses already, the MAG takes another one
    # Two tests for duplicates take 2 s: one of the address that the LMA names, and one of the other. The advertisement
    # is not one that was asked for, because the answer to a Router Solicitation is a statement of its own.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And LMA1 accepts registrations
    When LMA1 accepts the request with Link-local Address = its own
    And 5 s passes
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | not that of the mobile node |

  @TC-MAG-ACK-BO-13 @MAG @SHOULD @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.9.1.2-k30
  Scenario: The MAG tells the LMA which link-local address it has taken instead of the mobile node's
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And LMA1 accepts registrations
    When LMA1 accepts the request with Link-local Address = its own
    And 5 s passes
    Then the MAG sends a Proxy Binding Update for MN1 within 5 s with:
      | Link-local Address | that of its advertisements |

  @TC-MAG-ACK-BO-16 @MAG @SHOULD @config:mag-baseline @ics:!sequence-numbers-in-use @rfc5213-6.9.1.2-k14
  Scenario Outline: The MAG does not set its clock by that of an LMA that did not accept a timestamp: <event>
    # The mobile node of the rejection need not be registered again. Other mobile nodes are.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 156 TIMESTAMP_MISMATCH with Timestamp = now + 5000 s
    And half INITIAL_BINDACK_TIMEOUT passes
    And <event>
    Then the MAG sends a Proxy Binding Update for <MN> with:
      | Timestamp | not by the clock of the answer |

    Examples:
      | id | event                  | MN  |
      | a  | MN2 detaches           | MN2 |
      | b  | MN3 attaches at link 3 | MN3 |

  @TC-MAG-ACK-BO-17 @MAG @SHOULD @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.9.1.2-k27
  Scenario Outline: The MAG advertises from the link-local address that the LMA names, or from one that it has tested: <answer>
    # Two tests for duplicates take 2 s. The advertisement is not one that was asked for.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    And LMA1 accepts registrations
    When LMA1 accepts the request with Link-local Address = <answer>
    And 5 s passes
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | named by the LMA or tested for duplicates |

    Examples:
      | id | answer     |
      | a  | its own    |
      | b  | fe80::5213 |

  @TC-MAG-ACK-BO-15 @MAG @MUST @config:mag-sequence-numbers @ics:sequence-numbers-in-use @rfc5213-6.9.1.2-k4b
  Scenario: After the sequence number was out of window, the next one follows that of the LMA
    # A MAG may wait until it sends the next update, but not longer than until the mobile node attaches again.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 135 SEQUENCE_NUMBER_OUT_OF_WINDOW with Sequence Number = last + 1000
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Sequence Number | greater than that of the answer |
