Feature: Receiving the Proxy Binding Acknowledgement over IPv4 (RFC 5844, Section 4.2.2)
  An acknowledgement over IPv4 is judged as one over IPv6. Only its checksum has a rule of its own in each edition. What must be ignored
  has values that would be acceptable, and another mobile node keeps the tunnel.

  @TC-MAG-V4TR-BV-19 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k7
  Scenario Outline: In RFC 5844, the checksum of the Mobility Header means nothing: <checksum>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 accepts the request with Checksum = <checksum>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a packet to CN1
    Then packets from MN1 reach CN1
    And packets for MN1 arrive at MN1

    Examples:
      | id | checksum |
      | a  | 0        |
      | b  | 0x1234   |
      | c  | 0xffff   |

  @TC-MAG-V4TR-BI-01 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-04-4.2.2-k10b
  Scenario Outline: In draft -04, an answer with a wrong checksum changes nothing: LMA1 <answer>, <checksum>
    # The MAG repeats its request before the answer: that it stops then is due to the answer.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    When LMA1 <answer> with Checksum = <checksum>
    Then the MAG advertises no home network prefix to MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    And packets from MN2 reach CN1

    Examples:
      | id | answer                                                     | checksum |
      | a  | accepts the request                                        | wrong    |
      | b  | accepts the request                                        | 0        |
      | c  | rejects the request with status 130 INSUFFICIENT_RESOURCES | wrong    |

  @TC-MAG-V4TR-BI-02 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario Outline: An acknowledgement over IPv4 with another value than the update's opens nothing: <option>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1 with:
      | <option> | present |
    When LMA1 accepts the request with <option> = <value>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And the MAG advertises no home network prefix to MN1
    And packets from MN2 reach CN1

    Examples:
      | id | option                            | value                |
      | a  | Handoff Indicator                 | 3                    |
      | b  | Access Technology Type            | 5                    |
      | c  | Mobile Node Link-layer Identifier | another              |
      | d  | Mobile Node Identifier            | stranger@example.com |

  @TC-MAG-V4TR-BI-03 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario: An acknowledgement over IPv4 that nothing ties to an update opens nothing
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 sends an unrequested acknowledgement for MN1 with Sequence Number = last + 1 and no Mobile Node Identifier and no Mobile Node Link-layer Identifier
    Then the MAG advertises no home network prefix to MN1
    And packets from MN2 reach CN1

  @TC-MAG-V4TR-BI-04 @MAG @MUST @config:mag-ipv4-transport @ics:!matches-by-identifier
  @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario: An acknowledgement over IPv4 with the sequence number of another update opens nothing
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 sends an unrequested acknowledgement for MN1 with Sequence Number = last + 1
    Then the MAG advertises no home network prefix to MN1
    And packets from MN2 reach CN1

  @TC-MAG-V4TR-BV-20 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario: Of two mobile nodes that wait, the acknowledgement over IPv4 serves the one that it names
    Given MN3 is attached at link 3 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And MN2 is a dual mobile node
    And MN2 attaches at link 2
    And the MAG sends a registration for MN2
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64
    Then the MAG advertises 2001:db8:aaaa::/64 to MN2
    And the MAG does not advertise 2001:db8:aaaa::/64 to MN1

  @TC-MAG-V4TR-BV-21 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario: An acknowledgement over IPv4 ends the repetition of the update
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    When LMA1 accepts the request
    Then the MAG sends no registration for MN1 for MAX_BINDACK_TIMEOUT

  @TC-MAG-V4TR-BO-01 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a @ipv4-draft-02-4.2.2-k21
  Scenario Outline: After a rejection over IPv4 no packet of the mobile node enters a tunnel: <status>
    # The mobile node had an address here before: it sends from it.
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And IPv4 packets from MN1 reach CN1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When LMA1 rejects the request with status <status>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And packets from MN1 go nowhere
    And packets from MN2 reach CN1

    Examples:
      | id | status                          |
      | a  | 128 REASON_UNSPECIFIED          |
      | b  | 129 ADMINISTRATIVELY_PROHIBITED |
      | c  | 130 INSUFFICIENT_RESOURCES      |
      | d  | 200 UNASSIGNED                  |

  @TC-MAG-V4TR-BO-02 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a @ipv4-draft-02-4.2.2-k21
  Scenario Outline: After a rejected extension over IPv4 no packet of the mobile node enters a tunnel: <kind>, <tunnel>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s<edit>
    And <packets> from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends <packet> to CN1
    Then <packets> from MN1 go nowhere
    And packets from MN2 reach CN1

    Examples:
      | id | kind      | a            | packet         | packets      | tunnel | edit                                 |
      | a  | dual      | a dual       | a packet       | packets      | plain  |                                      |
      | b  | ipv4-only | an ipv4-only | an IPv4 packet | IPv4 packets | plain  |                                      |
      | c  | ipv6-only | an ipv6-only | a packet       | packets      | UDP    | ; NAT Detection = F 1, refresh 600 s |
      | d  | dual      | a dual       | an IPv4 packet | IPv4 packets | UDP    | ; NAT Detection = F 1, refresh 600 s |

  @TC-MAG-V4TR-BO-03 @MAG @MUST @config:mag-ipv4-transport-udp @rfc5844-4.2.2-k6 @ipv4-draft-04-4.2.2-k10a
  Scenario: A mobile node whose forced UDP is refused is not served
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1 with:
      | F | 1 |
    When LMA1 rejects the request with status 129 ADMINISTRATIVELY_PROHIBITED
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And the MAG advertises no home network prefix to MN1
    And packets from MN2 reach CN1
