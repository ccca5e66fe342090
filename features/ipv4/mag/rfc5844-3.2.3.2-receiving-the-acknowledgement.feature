Feature: IPv4 in the Proxy Binding Acknowledgement (RFC 5844, Section 3.2.3.2)
  Only an address that the LMA has granted opens IPv4 for the mobile node. What is refused has values that would be acceptable, so that
  the status alone decides, and another mobile node keeps the tunnel.

  @TC-MAG-V4ACK-BV-01 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.2-k10 @rfc5844-3.2.3.2-k13 @ipv4-draft-04-3.2.3.2-k9 @ipv4-draft-04-3.2.3.2-k10 @ipv4-draft-02-3.2.2-k11
  Scenario Outline: A granted address opens the tunnel for IPv4 in both directions: <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 reach CN1
    And IPv4 packets for MN1 arrive at MN1

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-V4ACK-BV-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.3.2-d2
  Scenario Outline: A Status below 128 grants the address: <status>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with option[IPv4 answer].Status = <status>
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 reach CN1

    Examples:
      | id | status |
      | a  | 1      |
      | b  | 127    |

  @TC-MAG-V4ACK-BO-01 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.2-k1b @rfc5844-3.2.4-k5b @rfc5844-3.4.3-k1a @ipv4-draft-04-3.2.3.2-k1
  Scenario Outline: Nothing of a mobile node whose registration is refused is forwarded: <status>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status <status>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And IPv4 packets for MN1 go nowhere

    Examples:
      | id | status                          |
      | a  | 128 REASON_UNSPECIFIED          |
      | b  | 129 ADMINISTRATIVELY_PROHIBITED |
      | c  | 130 INSUFFICIENT_RESOURCES      |
      | d  | 200 UNASSIGNED                  |

  @TC-MAG-V4ACK-BO-02 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.2-k6 @rfc5844-3.4.3-k1b @ipv4-draft-04-3.2.3.2-k5
  Scenario: Without an answer to the IPv4 request a mobile node has its prefixes alone
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with no IPv4 answer
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And IPv4 packets for MN1 go nowhere
    And packets from MN1 reach CN1

  @TC-MAG-V4ACK-BO-03 @MAG @MUST @config:mag-ipv4-server
  Scenario Outline: A mobile node whose IPv4 home address is refused has its prefixes alone: <status>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with option[IPv4 answer].Status = <status>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And IPv4 packets for MN1 go nowhere
    And packets from MN1 reach CN1

    @rfc5844-3.2.3.2-k7 @rfc5844-3.4.3-k1b @ipv4-draft-04-3.2.3.2-k6 @ipv4-draft-02-3.2.2-k9 @ipv4-draft-02-3.2.2-k10
    Examples:
      | id | status |
      | a  | 129    |
      | b  | 130    |
      | c  | 132    |

    @rfc5844-3.3.2-d2
    Examples:
      | id | status |
      | d  | 128    |
      | e  | 255    |

  @TC-MAG-V4ACK-BO-04 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-02-3.2.2-k6 @ipv4-draft-02-3.2.2-k7
  Scenario: An answer with neither prefixes nor an IPv4 home address opens nothing
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with no IPv4 answer and no Home Network Prefix
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere

  @TC-MAG-V4ACK-BO-05 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-02-3.2.2-k6
  Scenario: An answer with neither prefixes nor an IPv4 home address leaves a mobile node without DHCPOFFER
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is an ipv4-only mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with no IPv4 answer
    And MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCPOFFER

  @TC-MAG-V4ACK-BI-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.2-k1a @ipv4-draft-04-3.2.3.2-k1
  Scenario Outline: An acknowledgement with another value than the update's opens nothing: <option>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1 with:
      | <option> | present |
    When LMA1 accepts the request with <option> = <value>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere

    Examples:
      | id | option                            | value                |
      | a  | Handoff Indicator                 | 3                    |
      | b  | Access Technology Type            | 5                    |
      | c  | Mobile Node Link-layer Identifier | another              |
      | d  | Mobile Node Identifier            | stranger@example.com |

  @TC-MAG-V4ACK-BI-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.2-k1a @ipv4-draft-04-3.2.3.2-k1
  Scenario: An acknowledgement that nothing ties to an update brings no DHCPOFFER
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 sends an unrequested acknowledgement for MN1 with Sequence Number = last + 1 and no Mobile Node Identifier and no Mobile Node Link-layer Identifier
    And MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCPOFFER

  @TC-MAG-V4ACK-BO-06 @MAG @SHOULD @config:mag-ipv4-server @rfc5844-3.2.3.2-k2 @ipv4-draft-04-3.2.3.2-k2
  Scenario: A mobile node that may not have IPv4 is not registered for it again
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When LMA1 rejects the request with status 170 NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a DHCPDISCOVER
    Then the MAG sends no IPv4 registration for MN1 for twice MAX_BINDACK_TIMEOUT

  @TC-MAG-V4ACK-BO-07 @MAG @SHOULD @config:mag-ipv4-server @ics:requests-ipv4-address @rfc5844-3.2.3.2-k3 @ipv4-draft-04-3.2.3.2-k3
  Scenario: A refused IPv4 home address is not asked for again
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a fixed-ipv4 mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When LMA1 rejects the request with status 171 NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a DHCPDISCOVER
    Then the MAG sends no registration of the refused IPv4 address for MN1 for twice MAX_BINDACK_TIMEOUT

  @TC-MAG-V4ACK-BO-08 @MAG @SHOULD @config:mag-ipv4-server @rfc5844-3.2.3.2-k5
  Scenario: A mobile node that may not have IPv6 is not registered for it again
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When LMA1 rejects the request with status 172 NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
    Then the MAG sends no IPv6 registration for MN1 for twice MAX_BINDACK_TIMEOUT

  @TC-MAG-V4ACK-BV-03 @MAG @MAY @config:mag-ipv4-server
  @ics:requests-ipv4-address @ics:falls-back-to-any-ipv4-address @rfc5844-3.2.3.2-k4 @ipv4-draft-04-3.2.3.2-k4
  Scenario: After the refusal of an IPv4 home address the MAG leaves the choice to the LMA
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a fixed-ipv4 mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When LMA1 rejects the request with status 171 NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a DHCPDISCOVER
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | ALL_ZERO |

  @TC-MAG-V4ACK-BV-04 @MAG @MUST @config:mag-ipv4-server
  Scenario Outline: A reserved field that is not zero does no harm: <option>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with option[<option>].Reserved = <value>
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |
      | Router | the default router    |

    @rfc5844-3.3.2-k3
    Examples:
      | id | option      | value |
      | a  | IPv4 answer | 3     |

    @rfc5844-3.3.3-k3 @ipv4-draft-04-3.3.1-k3
    Examples:
      | id | option         | value  |
      | b  | default router | 0xffff |

    @rfc5844-3.3.4-k3
    Examples:
      | id | option            | value  |
      | c  | DHCP support mode | 0x7fff |

  @TC-MAG-V4ACK-BV-05 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.2-k14
  Scenario Outline: Each mobile node finds the default router that the LMA has named for it: <MN>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with default router = 198.18.0.2
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with default router = 198.18.0.3
    When <MN> sends a DHCPDISCOVER
    Then <MN> gets a DHCPOFFER with:
      | Router | <router> |

    Examples:
      | id | MN  | router     |
      | a  | MN1 | 198.18.0.3 |
      | b  | MN2 | 198.18.0.2 |

  @TC-MAG-V4ACK-BV-06 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.2-k18
  Scenario: With S = 1 the MAG serves a mobile node itself
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with DHCP support mode = 1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |
    And the MAG does not pass the DHCPDISCOVER on

  @TC-MAG-V4ACK-BV-07 @MAG @MUST @config:mag-ipv4-relay
  Scenario Outline: Without S = 1 the MAG relays: <mode>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <mode>
    When MN1 sends a DHCPDISCOVER
    Then the DHCPDISCOVER comes to the DHCP server
    And MN1 gets no DHCPOFFER

    @rfc5844-3.2.3.2-k19a
    Examples:
      | id | mode                  |
      | a  | DHCP support mode = 0 |

    @rfc5844-3.2.3.2-k19b
    Examples:
      | id | mode                 |
      | b  | no DHCP support mode |

  @TC-MAG-V4ACK-BV-08 @MAG @MUST @config:mag-ipv4-relay @ics:dhcp-server @rfc5844-3.2.3.2-k18
  Scenario: A MAG that could relay serves the mobile node for which S = 1
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with DHCP support mode = 1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |
    And the MAG does not pass the DHCPDISCOVER on

  @TC-MAG-V4ACK-BV-09 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.2-k11a
  Scenario Outline: A mobile node that leaves does not take the shared tunnel from the IPv4 packets of another: <kind> leaves
    Given MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets for MN2 arrive at MN2
    When MN1 detaches
    And just over INITIAL_BINDACK_TIMEOUT passes
    Then IPv4 packets for MN2 arrive at MN2
    And IPv4 packets from MN2 reach CN1

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-V4ACK-BO-09 @MAG @MUST @config:mag-ipv4-server @ics:ipv4-draft-04-several-addresses @ipv4-draft-04-3.2.3.2-k6
  Scenario: Of two IPv4 home addresses the granted one is forwarded
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And MN1 is a two-ipv4 mobile node
    And MN1 is attached at link 1 and registered with LMA1 with option[IPv4 answer #2].Status = 129
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 reach CN1
