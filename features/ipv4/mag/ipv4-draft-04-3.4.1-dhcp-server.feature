Feature: DHCP server at the MAG in draft -04 (draft-ietf-netlmm-pmip6-ipv4-support-04, Sections 3.4, 3.4.1 and 5.3)
  What the draft decides otherwise than RFC 5844: a server identifier that all MAGs share is a variable, and a binding that is lost takes
  the lease with it.

  @TC-MAG-DHCPS-BV-25 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-04-3.4.1-d2
  Scenario: The offer names the default router as the next server
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | siaddr | the default router |

  @TC-MAG-DHCPS-BV-26 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-04-3.4.1-d3
  Scenario: The offer is sent to the mobile node alone
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | link-layer destination | that of the mobile node |

  @TC-MAG-DHCPS-BV-27 @MAG @SHOULD @config:mag-ipv4-variables @ipv4-draft-04-5.3-k4
  Scenario: FixedDHCPServerId is the identifier of the server
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | 198.18.0.67 |

  @TC-MAG-DHCPS-BV-28 @MAG @MUST @config:mag-ipv4-variables @ipv4-draft-04-3.4-d1
  Scenario: A renewal finds the same identifier on another link
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then MN1 gets a DHCPACK with:
      | Server Identifier | 198.18.0.67 |

  @TC-MAG-DHCPS-BV-29 @MAG @SHOULD @config:mag-ipv4-variables @ipv4-draft-04-3.4.1-k2
  Scenario Outline: A renewal to the address that all MAGs share is answered after a handoff: <ciaddr>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 198.18.0.67; ciaddr = <ciaddr>
    Then MN1 gets a <answer>

    Examples:
      | id | ciaddr                | answer  |
      | a  | its IPv4 home address | DHCPACK |
      | b  | another address       | DHCPNAK |

  @TC-MAG-DHCPS-BO-08 @MAG @SHOULD @config:mag-ipv4-server @ics:ipv4-draft-04-discards-renewals
  @ipv4-draft-04-3.4.1-k5 @seed000-17
  Scenario: A renewal to the address of another MAG is not answered
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 198.18.0.99
    Then MN1 gets no DHCP message
    And the MAG does not pass the DHCPREQUEST on

  @TC-MAG-DHCPS-BV-35 @MAG @SHOULD @config:mag-ipv4-forcerenew @ics:ipv4-draft-04-forcerenew @ics:forcerenew-keys
  @ipv4-draft-04-3.4.1-k3
  Scenario: A renewal to the address of another MAG is answered with a DHCPFORCERENEW
    # Only one that is authentic counts.
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 192.0.2.162
    Then MN1 gets a DHCPFORCERENEW

  @TC-MAG-DHCPS-BV-36 @MAG @MUST @config:mag-ipv4-forcerenew @ics:ipv4-draft-04-forcerenew @ics:forcerenew-keys
  @ipv4-draft-04-3.4.1-k4 @seed000-16
  Scenario: The DHCPFORCERENEW names the MAG that sends it as the server
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 192.0.2.162
    Then MN1 gets a DHCPFORCERENEW with:
      | Server Identifier | as before |

  @TC-MAG-DHCPS-BO-09 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-04-3.4.1-k6
  Scenario Outline: A binding that the LMA does not extend takes the lease with it: <answer>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And MN1 has its IPv4 home address by DHCP
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 rejects the request with status <answer>
    Then MN1 gets a DHCPNAK within 2 s

    Examples:
      | id | answer                          |
      | a  | 129 ADMINISTRATIVELY_PROHIBITED |
      | b  | 130 INSUFFICIENT_RESOURCES      |

  @TC-MAG-DHCPS-TI-02 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-04-3.4.1-k6
  Scenario: A binding that ends without an answer takes the lease with it
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And MN1 has its IPv4 home address by DHCP
    And LMA1 ignores registrations
    When 30 s passes
    Then MN1 gets a DHCPNAK within 45 s

  @TC-MAG-DHCPS-BO-10 @MAG @MUST @config:mag-ipv4-server @ics:link-teardown-advertisement @ipv4-draft-04-3.4.1-k7
  Scenario: The link of a mobile node whose binding is lost goes down
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And MN1 has its IPv4 home address by DHCP
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES
    Then the MAG tears down the link to MN1

  @TC-MAG-DHCPS-BO-11 @MAG @MUST @config:mag-ipv4-server @ics:link-teardown-advertisement
  Scenario Outline: A lost registration that DHCP has begun takes the link down: <answer>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with no IPv4 answer
    And LMA1 ignores registrations
    And MN1 sends a DHCPDISCOVER
    And the MAG sends an IPv4 registration for MN1
    When LMA1 <answer>
    Then the MAG tears down the link to MN1

    @ipv4-draft-04-3.4.1-k1a
    Examples:
      | id | answer                                                     |
      | a  | rejects the request with status 130 INSUFFICIENT_RESOURCES |

    @ipv4-draft-04-3.4.1-k1b
    Examples:
      | id | answer                                  |
      | b  | accepts the request with no IPv4 answer |

  @TC-MAG-DHCPS-BV-30 @MAG @MUST @config:mag-ipv4-variables @ipv4-draft-04-5.3-k1
  Scenario: The operator sets FixedDHCPServerId
    Given MN2 is attached at link 2 and registered with LMA1
    And the operator sets FixedDHCPServerId to 198.18.0.68
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | 198.18.0.68 |

  @TC-MAG-DHCPS-BV-31 @MAG @MUST @config:mag-ipv4-variables @ipv4-draft-04-5.3-k2
  Scenario: FixedDHCPServerId is still in force after a restart
    Given the operator sets FixedDHCPServerId to 198.18.0.68
    And the device restarts
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | 198.18.0.68 |

  @TC-MAG-DHCPS-BV-32 @MAG @MUST @config:mag-ipv4-variables @ipv4-draft-04-5.3-d1
  Scenario: Without FixedDHCPServerId the server has no fixed identifier
    Given MN2 is attached at link 2 and registered with LMA1
    And the operator sets FixedDHCPServerId to 0.0.0.0
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | not 198.18.0.67 |
