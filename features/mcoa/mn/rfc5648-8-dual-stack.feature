Feature: IPv4 care-of and home addresses of a mobile node (RFC 5648, Section 8, and RFC 5555)
  Link 2 is an IPv4-only link: a Binding Update from there is an IPv6 packet in UDP and IPv4.

  @TC-MN-DSM-BV-01 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k2 @rfc5648-8.1-k4
  Scenario: A Binding Update from an IPv4 care-of address goes to the IPv4 address of the home agent
    Given the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA with:
      | transport         | IPv4-UDP-IPv6    |
      | outer destination | HA1              |
      | destination port  | 4191             |
      | inner source      | the home address |
      | inner destination | HA1              |
    And the MN has a binding for link 1 and link 2 at the HA

  @TC-MN-DSM-BV-02 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k2 @rfc5648-8.1-k4
  Scenario: A mobile node with an IPv4 care-of address alone refreshes its binding over IPv4
    Given the MN has registered link 2
    When half the lifetime of the MN passes
    Then the MN sends a Binding Update for link 2 to the HA within 40 s with:
      | transport         | IPv4-UDP-IPv6    |
      | outer destination | HA1              |
      | inner source      | the home address |

  @TC-MN-DSM-BV-03 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k3 @rfc5648-8.1-k5 @rfc5648-4.3-k3
  Scenario: The BID option alone has the IPv4 care-of address
    Given the MN has registered link 1
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA with:
      | option[Binding Identifier].BID | the BID of link 2 |

  @TC-MN-DSM-BV-04 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k1
  Scenario: A new IPv4 care-of address is registered by an update of its own
    Given the MN has registered link 1 and link 3
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA

  @TC-MN-DSM-BV-05 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6-home-address @rfc5648-8.2-k1
  Scenario Outline: The IPv4 home address is asked for by the IPv4 Home Address option: from <link>
    When the MN gets a link at <link>
    Then the MN sends a Binding Update for <link> to the HA with:
      | IPv4 home address | present |

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MN-DSM-TI-01 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6-home-address @rfc5648-8.2-k1
  Scenario Outline: The IPv4 home address is kept by the IPv4 Home Address option: from <link>
    Given the MN has registered <link>
    When half the lifetime of the MN passes
    Then the MN sends a Binding Update for <link> to the HA within 40 s with:
      | IPv4 home address | present |

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MN-DSM-BV-06 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k4 @rfc6275-11.3.1-k5 @rfc6275-11.3.3-k2
  Scenario: Packets from an IPv4 care-of address go through the tunnel
    Given the CN does not answer Home Test Inits
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA with:
      | A | 1 |
    And the MN has a binding for link 2 at the HA
    And packets of the MN to CN1 are reverse-tunnelled

  @TC-MN-DSM-BV-07 @MN @MUST @config:mn-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k4 @rfc6275-11.3.1-k5 @rfc6275-11.3.3-k2
  Scenario: Packets from an IPv4 care-of address behind a NAT go through the tunnel in UDP
    # The home agent says that there is a NAT.
    Given the CN does not answer Home Test Inits
    And the HA answers updates with:
      | NAT Detection = F 0, refresh 30 s |
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for link 2 to the HA with:
      | A | 1 |
    And the MN has a binding for link 2 at the HA
    And packets of the MN to CN1 are reverse-tunnelled
