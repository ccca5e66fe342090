Feature: Registration of a mobile node that attaches (RFC 5844, Sections 3.2.2 and 3.2.3.1)
  The profile of a mobile node says whether it is served with IPv4, with IPv6 or with both, and the first update asks for that.

  @TC-MAG-V4REG-BV-01 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.1.2.1-k3 @rfc5844-3.2.2-k1a @rfc5844-3.2.3.1-k1 @rfc5844-3.2.3.1-k3 @rfc5844-3.2.3.1-k8
  @ipv4-draft-04-3.1.2.1-k3 @ipv4-draft-04-3.2.2-k1a @ipv4-draft-04-3.2.3.1-k1 @ipv4-draft-04-3.2.3.1-k3 @ipv4-draft-04-3.2.3.1-k9
  @ipv4-draft-02-3.3.2-k3 @ipv4-draft-02-3.2.2-k2 @ipv4-draft-02-3.2.2-k3 @ipv4-draft-02-3.2.2-k20
  Scenario: A dual mobile node is registered for IPv4 and IPv6
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-V4REG-BV-02 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.1.2.1-k3 @rfc5844-3.2.2-k1a @rfc5844-3.2.3.1-k1 @rfc5844-3.2.3.1-k3 @rfc5844-3.2.3.1-k9
  @ipv4-draft-04-3.1.2.1-k3 @ipv4-draft-04-3.2.2-k1a @ipv4-draft-04-3.2.3.1-k1 @ipv4-draft-04-3.2.3.1-k3 @ipv4-draft-04-3.2.3.1-k10
  @ipv4-draft-02-3.3.2-k3 @ipv4-draft-02-3.2.2-k2 @ipv4-draft-02-3.2.2-k3 @ipv4-draft-02-3.2.2-k20
  Scenario: An IPv4-only mobile node is registered for IPv4 alone
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-V4REG-BV-03 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.2-k1a @rfc5844-3.2.3.1-k1 @ipv4-draft-04-3.2.2-k1a @ipv4-draft-04-3.2.3.1-k1
  Scenario: An IPv6-only mobile node is registered for IPv6 alone
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv6-only mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

  @TC-MAG-V4REG-BV-04 @MAG @MAY @config:mag-ipv4-server @rfc5844-3.2.3.1-k5 @ipv4-draft-04-3.2.3.1-k7
  Scenario Outline: A MAG that knows no IPv4 home address leaves the choice to the LMA: <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-V4REG-BV-05 @MAG @MUST @config:mag-ipv4-server
  Scenario Outline: The IPv4 home address of the profile is asked for with its prefix length: <rows>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a fixed-ipv4 mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | fixed |

    @ics:requests-ipv4-address @rfc5844-3.2.2-k1b
    Examples:
      | id | rows     |
      | a  | RFC 5844 |

    @ics:ipv4-draft-02-static-address @ipv4-draft-02-3.1-k2
    Examples:
      | id | rows      |
      | b  | draft -02 |

    @ics:requests-ipv4-address @ipv4-draft-04-3.2.3.1-k5 @ipv4-draft-04-3.2.3.1-k6
    Examples:
      | id | rows      |
      | c  | draft -04 |

  @TC-MAG-V4REG-BV-06 @MAG @MAY @config:mag-ipv4-server @ics:requests-ipv4-address @rfc5844-3.2.3.1-k4 @ipv4-draft-04-3.2.3.1-k4
  Scenario: A MAG that knows the IPv4 home address is free to ask for it
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a fixed-ipv4 mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-V4REG-BV-07 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.3.1-d1 @rfc5844-3.3.1-k1 @rfc5844-3.3.1-k2
  Scenario: The option that asks for an IPv4 home address has its form
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-V4REG-BV-08 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-02-3.2.2-k18 @ipv4-draft-02-3.2.2-k19
  Scenario: An update for IPv4 has its flags and options, and the source of any other
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1 with:
      | P                      | 1       |
      | A                      | 1       |
      | Mobile Node Identifier | present |
      | Access Technology Type | present |

  @TC-MAG-V4REG-BV-26 @MAG @MUST @config:mag-ipv4-esp @edition:ipv4-draft-02 @ipv4-draft-02-3.2.2-k5
  Scenario Outline: An update for IPv4 goes out under ESP: <kind>
    Given MN1 is a <kind> mobile node
    And LMA1 accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-MAG-V4REG-BV-09 @MAG @MAY @config:mag-ipv4-server @ics:ipv4-draft-02-one-message @ipv4-draft-02-3.2.2-k4
  Scenario: One update registers both families of a dual mobile node
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1 with:
      | Home Network Prefix | present |

  @TC-MAG-V4REG-BV-10 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-02-3.1-d1
  Scenario: A MAG with a DHCP server asks the LMA for any IPv4 home address
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | ALL_ZERO |

  @TC-MAG-V4REG-BV-11 @MAG @MUST @config:mag-ipv4-server @ics:ipv4-on-demand @rfc5844-3.2.3.3-k6 @rfc5844-3.2.3.3-k7
  Scenario: IPv4 that the mobile node asks for later is asked for by one option
    # A MAG that has asked for IPv4 at once has nothing to ask for later.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1 with:
      | IPv4 home address | absent |
    And LMA1 accepts the request
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a DHCPDISCOVER
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | ALL_ZERO |

  @TC-MAG-V4REG-BV-12 @MAG @MUST @config:mag-ipv4-server
  @ics:ipv4-draft-04-several-addresses @ipv4-draft-04-3.2.2-k1b @ipv4-draft-04-3.2.3.1-k3 @seed000-1
  Scenario: Each IPv4 home address of the profile is asked for by an option of its own
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a two-ipv4 mobile node
    When MN1 attaches at link 1
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | present |

  @TC-MAG-V4REG-BV-13 @MAG @MUST @config:mag-ipv4-server @rfc5844-3-d1 @ipv4-draft-04-3-d2
  Scenario: An IPv6-only mobile node gets no IPv4 home address
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv6-only mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCPOFFER

  @TC-MAG-V4REG-BV-14 @MAG @MUST @config:mag-ipv4-server @rfc5844-3-d1 @ipv4-draft-04-3-d2
  Scenario: IPv4 packets of an IPv6-only mobile node are not forwarded
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN2 has its IPv4 home address by DHCP
    And IPv4 packets from MN2 reach CN1
    And MN1 is an ipv6-only mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends an IPv4 packet to CN1 with inner source = 198.18.77.77
    Then the packet goes nowhere

  @TC-MAG-V4REG-BV-15 @MAG @MUST @config:mag-ipv4-server @rfc5844-3-d1 @ipv4-draft-04-3-d2
  Scenario: An IPv4-only mobile node sees no prefix, even if the LMA names one
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:8000:aaaa::/64
    When MN1 sends a Router Solicitation
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-V4REG-BV-16 @MAG @MUST @config:mag-ipv4-server @rfc5844-3-d1 @ipv4-draft-04-3-d2
  Scenario: IPv6 packets of an IPv4-only mobile node are not forwarded, even if the LMA names a prefix
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And IPv4 packets from MN2 reach CN1
    And MN1 is an ipv4-only mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:8000:aaaa::/64
    And MN1 has its IPv4 home address by DHCP
    When a packet for MN1 arrives through LMA1's tunnel
    Then packets for MN1 go nowhere
