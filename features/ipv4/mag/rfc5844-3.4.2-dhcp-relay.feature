Feature: DHCP relay at the MAG (RFC 5844, Sections 3.4.2 and 3.4.3)
  The MAG passes DHCP messages on once the LMA has assigned an address, tells the server which, and lets no other through. The server is
  behind the LMA.

  @TC-MAG-DHCPR-BO-01 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d2a @rfc5844-3.4.3-d3
  Scenario: Nothing is relayed before the acknowledgement
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When MN1 sends a DHCPDISCOVER
    Then the MAG does not pass the DHCPDISCOVER on

  @TC-MAG-DHCPR-BV-01 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d1
  Scenario: The offer comes after the acknowledgement, although DHCP began first
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    And MN1 sends a DHCPDISCOVER
    And half INITIAL_BINDACK_TIMEOUT passes
    And LMA1 accepts the request
    And the DHCPDISCOVER comes to the DHCP server
    When the DHCP server answers with a DHCPOFFER
    Then MN1 gets a DHCPOFFER
    And IPv4 packets from MN1 reach CN1

  @TC-MAG-DHCPR-BV-02 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d2b
  Scenario Outline: What a mobile node sends comes to the server: <a> mobile node, <sent>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a <sent>
    Then the <message> comes to the DHCP server

    Examples:
      | id | a            | message      | sent                                 |
      | a  | a dual       | DHCPDISCOVER | DHCPDISCOVER                         |
      | b  | a dual       | DHCPREQUEST  | DHCPREQUEST                          |
      | c  | a dual       | DHCPREQUEST  | DHCPREQUEST with state = REBINDING   |
      | d  | a dual       | DHCPREQUEST  | DHCPREQUEST with state = INIT-REBOOT |
      | e  | a dual       | DHCPINFORM   | DHCPINFORM                           |
      | f  | an ipv4-only | DHCPDISCOVER | DHCPDISCOVER                         |

  @TC-MAG-DHCPR-BV-03 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d2b
  Scenario Outline: What the server answers comes to the mobile node: <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And the DHCP server answers with a DHCPOFFER
    And MN1 gets a DHCPOFFER
    And MN1 sends a DHCPREQUEST
    And the DHCPREQUEST comes to the DHCP server
    When the DHCP server answers with a <answer>
    Then MN1 gets a <answer>

    Examples:
      | id | answer  |
      | a  | DHCPACK |
      | b  | DHCPNAK |

  @TC-MAG-DHCPR-BV-04 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d3
  Scenario: The relayed message has the option of a relay agent
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then the DHCPDISCOVER comes to the DHCP server with:
      | Relay Agent Information | present |

  @TC-MAG-DHCPR-BV-05 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d4 @ipv4-draft-04-3.4.2-d1
  Scenario: The relayed message names the assigned address
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with IPv4 answer = 198.18.7.8/16
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/16
    When MN1 sends a DHCPDISCOVER
    Then the DHCPDISCOVER comes to the DHCP server with:
      | Agent Remote ID | 198.18.7.9 |

  @TC-MAG-DHCPR-BI-01 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d6 @ipv4-draft-04-3.4.2-k6
  Scenario Outline: An offer of another address does not reach the mobile node: <yiaddr>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with IPv4 answer = 198.18.7.8/16
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    When the DHCP server answers with a DHCPOFFER with yiaddr = <yiaddr>
    Then MN1 gets no DHCPOFFER

    Examples:
      | id | yiaddr            |
      | a  | another address   |
      | b  | MN2's             |
      | c  | a foreign address |

  @TC-MAG-DHCPR-BI-02 @MAG @SHOULD @config:mag-ipv4-relay @rfc5844-3.4.2-k1
  Scenario Outline: A request for another address does not come to the server: <edit>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with <edit>
    Then the MAG does not pass the DHCPREQUEST on

    Examples:
      | id | edit                                                        |
      | a  | state = INIT-REBOOT; Requested IP Address = another address |
      | b  | state = REBINDING; ciaddr = another address                 |
      | c  | Requested IP Address = another address                      |

  @TC-MAG-DHCPR-BI-03 @MAG @SHOULD @config:mag-ipv4-relay @ics:intercepts-renewals @rfc5844-3.4.2-k1
  Scenario: A renewal of another address that goes past the relay does not come to the server
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; ciaddr = another address
    Then the MAG does not pass the DHCPREQUEST on

  @TC-MAG-DHCPR-BV-06 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d2b
  Scenario: A renewal that a mobile node sends to the server comes there, and the answer comes back
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    And MN1 sends a DHCPREQUEST with state = RENEWING
    And the DHCPREQUEST comes to the DHCP server
    When the DHCP server answers with a DHCPACK
    Then MN1 gets a DHCPACK

  @TC-MAG-DHCPR-BV-07 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.3-d1 @ipv4-draft-04-3.4.2-k2
  Scenario: A DHCPDISCOVER makes the relay ask for IPv4 if it has none for the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And LMA1 accepts the request with no IPv4 answer
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a DHCPDISCOVER
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-DHCPR-BO-02 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4.2-d2a @ipv4-draft-04-3.4.2-k3
  Scenario Outline: Nothing is relayed for a mobile node without an IPv4 home address: <edit>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    And LMA1 accepts the request with <edit>
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a DHCPDISCOVER
    Then the MAG does not pass the DHCPDISCOVER on

    Examples:
      | id | edit                             |
      | a  | no IPv4 answer                   |
      | b  | option[IPv4 answer].Status = 129 |

  @TC-MAG-DHCPR-BV-08 @MAG @MUST @config:mag-ipv4-relay @rfc5844-3.4-d1
  Scenario: The relay speaks from the default router of the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with default router = 198.18.0.9
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    When the DHCP server answers with a DHCPOFFER
    Then MN1 gets a DHCPOFFER with:
      | source | 198.18.0.9 |

  @TC-MAG-DHCPR-BV-09 @MAG @MUST @config:mag-ipv4-variables @ics:server-id-override @rfc5844-3.4.2-d8
  Scenario: A relay that overrides the identifier of the server puts an address of its own there
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with DHCP support mode = 0
    When MN1 sends a DHCPDISCOVER
    Then the DHCPDISCOVER comes to the DHCP server with:
      | Server Identifier Override | an address |
      | Server Identifier Override | not DHCP1  |

  @TC-MAG-DHCPR-BV-10 @MAG @MUST @config:mag-ipv4-variables @ics:server-id-override @rfc5844-3.4.2-d2b
  Scenario: Renewals to the address of the relay are relayed
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with DHCP support mode = 0
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then the DHCPREQUEST comes to the DHCP server
