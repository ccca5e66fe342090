Feature: DHCP relay at the MAG in draft -04 (draft-ietf-netlmm-pmip6-ipv4-support-04, Section 3.4.2)
  What the draft decides otherwise than RFC 5844: the relay takes the messages of its mobile nodes out of the data path, and lets none
  through for an address that the LMA has not assigned.

  @TC-MAG-DHCPR-BV-11 @MAG @MUST @config:mag-ipv4-relay @ipv4-draft-04-3.4.2-k4
  Scenario: The relayed message has the option of a relay agent in draft -04, too
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then the DHCPDISCOVER comes to the DHCP server with:
      | Relay Agent Information | present |

  @TC-MAG-DHCPR-BV-12 @MAG @SHOULD @config:mag-ipv4-relay @ics:ipv4-draft-04-intercepts-renewals
  @ipv4-draft-04-3.4.2-k10 @ipv4-draft-04-3.4.2-k16 @seed000-21
  Scenario: A renewal that a mobile node sends to the server is caught and relayed
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then the DHCPREQUEST comes to the DHCP server with:
      | giaddr | not 0.0.0.0 |

  @TC-MAG-DHCPR-BI-04 @MAG @MUST @config:mag-ipv4-relay @ipv4-draft-04-3.4.2-k14 @ipv4-draft-04-3.4.2-k15
  Scenario Outline: A request for an address that the LMA has not assigned leaves the MAG on no path: <edit>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with <edit>
    Then the MAG does not pass the DHCPREQUEST on
    And MN1 gets no DHCP message

    Examples:
      | id | edit                                                        |
      | a  | state = INIT-REBOOT; Requested IP Address = another address |
      | b  | state = REBINDING; ciaddr = another address                 |
      | c  | Requested IP Address = another address                      |

  @TC-MAG-DHCPR-BI-05 @MAG @MUST @config:mag-ipv4-relay @ics:ipv4-draft-04-intercepts-renewals
  @ipv4-draft-04-3.4.2-k14 @ipv4-draft-04-3.4.2-k15
  Scenario: A renewal of an address that the LMA has not assigned leaves the MAG on no path
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; ciaddr = another address
    Then the MAG does not pass the DHCPREQUEST on
    And MN1 gets no DHCP message

  @TC-MAG-DHCPR-BV-13 @MAG @MAY @config:mag-ipv4-relay @ics:ipv4-draft-04-server-id-override @ipv4-draft-04-3.4.2-k11
  Scenario: A relay of draft -04 that overrides the identifier of the server puts an address of its own there
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then the DHCPDISCOVER comes to the DHCP server with:
      | Server Identifier Override | an address |

  @TC-MAG-DHCPR-BV-14 @MAG @MUST @config:mag-ipv4-relay @ics:ipv4-draft-04-server-id-override @ipv4-draft-04-3.4.2-k12
  Scenario: A renewal to the relay address of another MAG is caught
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 198.18.0.99
    Then the DHCPREQUEST comes to the DHCP server

  @TC-MAG-DHCPR-BO-03 @MAG @MUST @config:mag-ipv4-relay @ipv4-draft-04-3.4.2-k17
  Scenario: A mobile node whose address the LMA does not extend is told by a DHCPNAK
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And MN1 has its IPv4 home address by DHCP
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES
    Then MN1 gets a DHCPNAK within 2 s
