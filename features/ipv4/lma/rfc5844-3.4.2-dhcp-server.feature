Feature: DHCP server at the LMA (RFC 5844, Sections 3.4.2 and 3.4.3; draft -02, Section 3.1)
  The relay agent of a MAG names the IPv4 home address of the mobile node. A server at the LMA leases this address, as long as there is a
  binding with it, and no other.

  @TC-LMA-DHCPS-BV-01 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d5
  Scenario Outline: The home address that the relay agent names is offered: <kind>, <MAG>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at <MAG>
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |

    Examples:
      | id | kind      | MAG  |
      | a  | dual      | MAG1 |
      | b  | ipv4-only | MAG2 |

  @TC-LMA-DHCPS-BV-02 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d5
  Scenario: Each mobile node is offered its own home address
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN2 has its IPv4 home address by DHCP
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |

  @TC-LMA-DHCPS-BV-03 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d5
  Scenario: An address that the mobile node would like better is not offered
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends a DHCPDISCOVER with Requested IP Address = another address
    Then MN1 gets a DHCPOFFER with:
      | yiaddr | its IPv4 home address |

  @TC-LMA-DHCPS-BV-04 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario: The offered address is leased
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 sends a DHCPDISCOVER
    And MN1 gets a DHCPOFFER
    When MN1 sends a DHCPREQUEST
    Then MN1 gets a DHCPACK

  @TC-LMA-DHCPS-BV-05 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario Outline: The home address is renewed: <state>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = <state>
    Then MN1 gets a DHCPACK

    Examples:
      | id | state       |
      | a  | RENEWING    |
      | b  | REBINDING   |
      | c  | INIT-REBOOT |

  @TC-LMA-DHCPS-BV-06 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario Outline: After a handoff the home address is renewed through the new MAG: <state>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 has its IPv4 home address by DHCP
    And MN1 hands off to MAG2
    And the LMA accepts the registration
    When MN1 sends a DHCPREQUEST with state = <state>
    Then MN1 gets a DHCPACK

    Examples:
      | id | state     |
      | a  | RENEWING  |
      | b  | REBINDING |

  @TC-LMA-DHCPS-BI-01 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario Outline: No address but the home address is leased: <request>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with <request>
    Then MN1 gets no DHCPACK with:
      | yiaddr | not its IPv4 home address |

    Examples:
      | id | request                                                       |
      | a  | Requested IP Address = another address                        |
      | b  | state = INIT-REBOOT; Requested IP Address = another address   |
      | c  | state = INIT-REBOOT; Requested IP Address = MN2's             |
      | d  | state = INIT-REBOOT; Requested IP Address = a foreign address |

  @TC-LMA-DHCPS-BI-02 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario: An address without a binding is not leased, although a relay agent names it
    # The address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with Agent Remote ID = another address; Requested IP Address = another address
    Then MN1 gets no DHCPACK with:
      | yiaddr | not its IPv4 home address |

  @TC-LMA-DHCPS-TI-01 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario Outline: The lease ends with <end>: <state>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s
    And no two mobile nodes share an IPv4 home address
    And MN1 has its IPv4 home address by DHCP
    And <happens>
    And <wait> passes
    When MN1 sends a DHCPREQUEST with state = <state>
    Then MN1 gets no DHCPACK

    Examples:
      | id | end          | happens                               | wait                              | state       |
      | a  | the session  | MAG1 has de-registered MN1            | just over MinDelayBeforeBCEDelete | REBINDING   |
      | b  | the session  | MAG1 has de-registered MN1            | just over MinDelayBeforeBCEDelete | INIT-REBOOT |
      | c  | the lifetime | MN2 has its IPv4 home address by DHCP | just over the lifetime of MN1     | REBINDING   |

  @TC-LMA-DHCPS-TI-03 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.2-d9
  Scenario: The lease ends with the IPv4 home address of a session that goes on
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 has its IPv4 home address by DHCP
    And MAG1 de-registers MN1 with no Home Network Prefix
    And the LMA accepts the de-registration
    And just over MinDelayBeforeBCEDelete passes
    When MN1 sends a DHCPREQUEST with state = REBINDING
    Then MN1 gets no DHCPACK

  @TC-LMA-DHCPS-TI-02 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.3-d4
  Scenario: A lease outlives the lifetime for which its binding was granted first
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s
    And MN1 has its IPv4 home address by DHCP
    And half the lifetime of MN1 passes
    And MAG1 refreshes MN1 with Lifetime = 20 s
    And the LMA accepts the registration
    And just under the lifetime of MN1 passes
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then MN1 gets a DHCPACK

  @TC-LMA-DHCPS-BV-07 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.3-k2a @rfc5844-3.4.3-k3a
  Scenario: The offer of the LMA has the mask of the home subnet
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Subnet Mask | that of the home network |

  @TC-LMA-DHCPS-BV-08 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.3-k2b @rfc5844-3.4.3-k3b
  Scenario: The offer of the LMA has the default router
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Router | the default router |

  @TC-LMA-DHCPS-BV-09 @LMA @MUST @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.3-k4
  Scenario: The offer of the LMA has an MTU
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Interface MTU | present |

  @TC-LMA-DHCPS-BV-10 @LMA @SHOULD @config:lma-ipv4-dhcp @ics:dhcp-server-at-anchor @rfc5844-3.4.3-k6
  Scenario: The MTU in the offer of the LMA is that of the tunnel
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 finds the MTU of the tunnel
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Interface MTU | that of the tunnel |

  @TC-LMA-DHCPS-BV-11 @LMA @MUST @config:lma-ipv4-dhcp @ics:ipv4-draft-02-dhcp-server-at-anchor @edition:ipv4-draft-02
  @ipv4-draft-02-3.1-d3
  Scenario: The address that the DHCP server has chosen is the one that is registered
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 has its IPv4 home address by DHCP
    When MAG1 registers MN1 with IPv4 home address = assigned
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
