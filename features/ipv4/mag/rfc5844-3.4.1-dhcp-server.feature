Feature: DHCP server at the MAG (RFC 5844, Sections 3.4, 3.4.1 and 3.4.3)
  The server has no addresses of its own: it gives the mobile node the address that the LMA has assigned, and none before. Clients are
  those of RFC 2131; they repeat a message that the MAG has dropped while it was signalling.

  @TC-MAG-DHCPS-BV-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d1
  Scenario Outline: An address that is already assigned is offered straight away: <kind>
    # A MAG may have waited for DHCP before it asked the LMA for the address.
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPDISCOVER
    Then the MAG sends no Proxy Binding Update for MN1 for 2 s
    And MN1 gets a DHCPOFFER

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-DHCPS-BV-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d2 @ipv4-draft-04-3.4.1-d1 @ipv4-draft-02-3.1-d2
  Scenario: The offer follows the acknowledgement
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    And MN1 sends a DHCPDISCOVER
    And half INITIAL_BINDACK_TIMEOUT passes
    When LMA1 accepts the request
    Then MN1 gets a DHCPOFFER

  @TC-MAG-DHCPS-BO-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-d3 @rfc5844-3.4.3-k1a
  Scenario: There is no offer before the acknowledgement
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 sends a DHCPDISCOVER
    And MN2 gets a DHCPOFFER
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCP message

  @TC-MAG-DHCPS-BV-03 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.4.1-d3 @ipv4-draft-04-3.4.1-d1 @ipv4-draft-02-3.1-d2
  Scenario: What is offered is the address of the acknowledgement
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1 with IPv4 answer = 198.18.7.8/16
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/16
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | 198.18.7.9 |

  @TC-MAG-DHCPS-BV-04 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d4a @rfc5844-3.4.3-k2a @rfc5844-3.4.3-k3a
  Scenario Outline: The offer has the mask of the home subnet: <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = <answer>
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Subnet Mask | that of the home network |

    Examples:
      | id | answer        |
      | a  | 198.18.7.9/16 |
      | b  | 198.18.7.9/23 |
      | c  | 198.18.7.9/32 |

  @TC-MAG-DHCPS-BV-05 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.4.1-d4b @rfc5844-3.4.3-k2b @rfc5844-3.4.3-k3b @rfc5844-3.2.3.2-k17
  Scenario: The offer has the default router of the acknowledgement
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with default router = 198.18.0.9
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Router | 198.18.0.9 |

  @TC-MAG-DHCPS-BV-06 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-k4
  Scenario: The offer has an MTU
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Interface MTU | present |

  @TC-MAG-DHCPS-BV-07 @MAG @SHOULD @config:mag-ipv4-server @rfc5844-3.4.3-k6
  Scenario: The MTU of the offer is that of the tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN2 finds the MTU of the tunnel
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Interface MTU | that of the tunnel |

  @TC-MAG-DHCPS-BV-08 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d5
  Scenario: The server is known by the default router of the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with default router = 198.18.0.9
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | 198.18.0.9 |

  @TC-MAG-DHCPS-BV-09 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4-d1
  Scenario: The server speaks from the default router of the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with default router = 198.18.0.9
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | source | 198.18.0.9 |

  @TC-MAG-DHCPS-BV-10 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d6 @ipv4-draft-04-3.4.1-d4
  Scenario: The request for the offered address is confirmed
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 sends a DHCPDISCOVER
    And MN1 gets a DHCPOFFER
    When MN1 sends a DHCPREQUEST
    Then MN1 gets a DHCPACK with:
      | yiaddr            | its IPv4 home address |
      | Server Identifier | as before             |

  @TC-MAG-DHCPS-BV-11 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d6
  Scenario: The confirmation has the parameters of the offer
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with default router = 198.18.0.9
    And MN1 sends a DHCPDISCOVER
    And MN1 gets a DHCPOFFER
    When MN1 sends a DHCPREQUEST
    Then MN1 gets a DHCPACK with:
      | Subnet Mask           | that of the home network |
      | Router                | 198.18.0.9               |
      | IP Address Lease Time | present                  |

  @TC-MAG-DHCPS-BV-12 @MAG @SHOULD @config:mag-ipv4-server @ipv4-draft-02-3.1-k3
  Scenario: The MAG offers an address and confirms it
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 sends a DHCPDISCOVER
    And MN1 gets a DHCPOFFER
    When MN1 sends a DHCPREQUEST
    Then MN1 gets a DHCPACK

  @TC-MAG-DHCPS-BV-13 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d7
  Scenario Outline: A lease is extended: <state>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = <state>
    Then MN1 gets a DHCPACK with:
      | yiaddr | its IPv4 home address |

    Examples:
      | id | state     |
      | a  | RENEWING  |
      | b  | REBINDING |

  @TC-MAG-DHCPS-BV-14 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d8
  Scenario: The identifier that a mobile node has from another MAG works here, too
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then MN1 gets a DHCPACK with:
      | Server Identifier | the default router |

  @TC-MAG-DHCPS-BV-15 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d8
  Scenario: On another link the server has the same identifier
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then MN1 gets a DHCPACK with:
      | Server Identifier | as before |

  @TC-MAG-DHCPS-BV-16 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d9
  Scenario: After a handoff the renewal is answered when the MAG has registered the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    And MN1 sends a DHCPREQUEST with state = RENEWING; ciaddr = 198.18.7.9
    And half INITIAL_BINDACK_TIMEOUT passes
    When LMA1 accepts the request with IPv4 answer = 198.18.7.9/16
    Then MN1 gets a DHCPACK with:
      | yiaddr | 198.18.7.9 |

  @TC-MAG-DHCPS-BO-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d10a
  Scenario: When the registration fails, the renewal is refused
    # The MAG may try to register the mobile node once more before it answers.
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 rejects registrations with status 130 INSUFFICIENT_RESOURCES
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then MN1 gets a DHCPNAK

  @TC-MAG-DHCPS-BO-03 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d10b
  Scenario Outline: When the LMA assigns another address, the renewal is refused: <state>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = <state>; ciaddr = another address
    Then MN1 gets a DHCPNAK

    Examples:
      | id | state     |
      | a  | RENEWING  |
      | b  | REBINDING |

  @TC-MAG-DHCPS-BO-04 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.1-d10b
  Scenario: When the LMA assigns another address, the one that a mobile node brings along is refused
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = INIT-REBOOT; Requested IP Address = another address
    Then MN1 gets a DHCPNAK

  @TC-MAG-DHCPS-BV-17 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-d1 @ipv4-draft-02-3.2.2-k24
  Scenario: A DHCPDISCOVER makes the MAG ask for IPv4 if it has none for the mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And LMA1 accepts the request with no IPv4 answer
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a DHCPDISCOVER
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-DHCPS-BV-18 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-d2
  Scenario Outline: A mobile node is known by its link, not by what its client says: <edit>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER with <edit>
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |

    Examples:
      | id | edit                                      |
      | a  | Client-Identifier = 00 73 74 72 61 6e 67  |
      | b  | chaddr = 02 5e 00 77 77 77; broadcast = 1 |
      | c  | no Client-Identifier                      |
      | d  | Requested IP Address = another address    |

  @TC-MAG-DHCPS-BO-05 @MAG @MUST @config:mag-ipv4-server
  Scenario Outline: A mobile node without an IPv4 home address gets no offer: <edit>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 sends a DHCPDISCOVER
    And MN2 gets a DHCPOFFER
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When LMA1 accepts the request with <edit>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCP message

    @rfc5844-3.4.3-k1b @rfc5844-3.2.3.2-k6 @ipv4-draft-04-3.2.3.2-k5
    Examples:
      | id | edit           |
      | a  | no IPv4 answer |

    @rfc5844-3.4.3-k1b @rfc5844-3.2.3.2-k7 @ipv4-draft-04-3.2.3.2-k6 @ipv4-draft-02-3.2.2-k9
    Examples:
      | id | edit                             |
      | b  | option[IPv4 answer].Status = 129 |
      | c  | option[IPv4 answer].Status = 130 |

  @TC-MAG-DHCPS-BO-06 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-k1a @rfc5844-3.2.3.2-k1b @ipv4-draft-04-3.2.3.2-k1
  Scenario Outline: A mobile node whose registration is refused gets no offer: <status>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 sends a DHCPDISCOVER
    And MN2 gets a DHCPOFFER
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends an IPv4 registration for MN1
    When LMA1 rejects the request with status <status>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCPOFFER

    Examples:
      | id | status                          |
      | a  | 128 REASON_UNSPECIFIED          |
      | b  | 129 ADMINISTRATIVELY_PROHIBITED |

  @TC-MAG-DHCPS-TI-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-d4
  Scenario: A binding that is extended several times serves the same lease
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 accepts registrations with Lifetime = 40 s
    And MN1 has its IPv4 home address by DHCP
    When 100 s passes
    And MN1 sends a DHCPREQUEST with state = RENEWING
    Then MN1 gets a DHCPACK

  @TC-MAG-DHCPS-BV-19 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-d5
  Scenario: On another link DHCP gives the mobile node the address that it had
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/16
    And MN1 has its IPv4 home address by DHCP
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1 with IPv4 answer = 198.18.7.9/16
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | 198.18.7.9 |

  @TC-MAG-DHCPS-BV-20 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-d6
  Scenario: A mobile node that has started again gets its address confirmed, at a MAG that it has not been at
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPREQUEST with state = INIT-REBOOT
    Then MN1 gets a DHCPACK with:
      | yiaddr        | its IPv4 home address    |
      | Subnet Mask   | that of the home network |
      | Router        | the default router       |
      | Interface MTU | present                  |

  @TC-MAG-DHCPS-BV-21 @MAG @MUST @config:mag-ipv4-server @ics:selective-deregistration
  @rfc5844-3.4.3-d7 @rfc5844-3.2.3.3-k8 @rfc5844-3.2.3.3-k9
  Scenario: A mobile node that releases its address is de-registered for IPv4 alone
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPRELEASE
    Then the MAG sends a de-registration for MN1 with:
      | Home Network Prefix | absent  |
      | IPv4 home address   | present |

  @TC-MAG-DHCPS-BV-22 @MAG @MUST @config:mag-ipv4-server @ics:selective-deregistration @rfc5844-3.2.3.3-k9
  Scenario: The de-registration for IPv4 alone names the address with its prefix length
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/24
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPRELEASE
    Then the MAG sends a de-registration for MN1 with:
      | IPv4 home address | 198.18.7.9/24 |

  @TC-MAG-DHCPS-BO-07 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4.3-k7
  Scenario: The release of the IPv4 home address leaves the prefixes alone
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    And packets for MN1 arrive at MN1
    When MN1 sends a DHCPRELEASE
    And twice INITIAL_BINDACK_TIMEOUT passes
    Then packets from MN1 reach CN1
    And packets for MN1 arrive at MN1

  @TC-MAG-DHCPS-BV-23 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.4-d3
  Scenario: A client is who its Client-Identifier says
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP with Client-Identifier = 00 73 74 72 61 6e 67
    When MN1 sends a DHCPREQUEST with state = INIT-REBOOT; Client-Identifier = 00 73 74 72 61 6e 67
    Then MN1 gets a DHCPACK with:
      | yiaddr | its IPv4 home address |

  @TC-MAG-DHCPS-BV-24 @MAG @MUST @config:mag-ipv4-variables @rfc5844-3.4-d2 @rfc5844-3.4.1-d5
  Scenario: A fixed address is the identifier of the server
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with DHCP support mode = 1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | 198.18.0.67 |
