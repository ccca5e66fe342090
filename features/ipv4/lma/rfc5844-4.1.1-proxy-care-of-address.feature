Feature: The care-of address of a MAG over IPv4, and handoffs (RFC 5844, Sections 3.1.2.4 and 4.1.1)
  The tunnel ends at the IPv4 address from which the request came, and follows each later request: to another MAG, to another address of
  the same MAG, or to another transport.

  @TC-LMA-V4TUN-BV-01 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-3.1.2.4-k6 @ipv4-draft-04-3.1.2.4-k3
  Scenario Outline: A handoff to a MAG on IPv4 leads into the IPv4 tunnel: <kind>, <packets>, from a MAG on <before>
    Given MAG1 signals over <before>
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And IPv4 packets for MN2 arrive at MAG1 only
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And <packets> for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG2 only
    And <packets> from MN1 through MAG2 reach CN1

    Examples:
      | id | kind      | packets      | before |
      | a  | dual      | packets      | IPv6   |
      | b  | dual      | IPv4 packets | IPv6   |
      | c  | ipv4-only | IPv4 packets | IPv6   |
      | d  | ipv6-only | packets      | IPv6   |
      | e  | dual      | packets      | IPv4   |
      | f  | dual      | IPv4 packets | IPv4   |
      | g  | ipv4-only | IPv4 packets | IPv4   |
      | h  | ipv6-only | packets      | IPv4   |

  @TC-LMA-V4TUN-BV-02 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.1-k2 @rfc5844-4.1.3.1-k1 @ipv4-draft-04-4.1.3.1-k3a
  Scenario Outline: A handoff to a MAG on IPv4 keeps the session: from a MAG on <before>
    Given MAG1 signals over <before>
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And the session is the earlier one

    Examples:
      | id | before |
      | a  | IPv6   |
      | b  | IPv4   |

  @TC-LMA-V4TUN-BV-03 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-3.1.2.4-k5 @rfc5844-3.1.2.2-d2 @ipv4-draft-04-3.1.2.4-k2 @ipv4-draft-04-3.1.2.2-d1
  Scenario Outline: A handoff from a MAG on IPv4 to one on IPv6 leads into the IPv6 tunnel: <kind>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv6
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And IPv4 packets for MN1 arrive at MAG2 only
    And IPv4 packets from MN1 through MAG2 reach CN1

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4TUN-BV-04 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-3.1.2.4-k6 @ipv4-draft-04-3.1.2.4-k3
  Scenario Outline: After a handoff to a MAG on IPv4 the former MAG has no part in the traffic: from a MAG on <before>
    Given MAG1 signals over <before>
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And packets from MN1 through MAG1 reach CN1
    And IPv4 packets from MN1 through MAG1 reach CN1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for MN1 do not arrive at MAG1
    And packets from MN1 through MAG1 go nowhere
    And IPv4 packets from MN1 through MAG1 go nowhere

    Examples:
      | id | before |
      | a  | IPv6   |
      | b  | IPv4   |

  @TC-LMA-V4TUN-BV-05 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.1-k2
  Scenario Outline: The tunnel follows a MAG to another IPv4 address: <event>, <packets>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And <packets> for MN1 arrive at MAG1 only
    And MAG1 signals over IPv4 from another address
    When <event>
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | event              | packets      |
      | a  | MAG1 refreshes MN1 | packets      |
      | b  | MAG1 refreshes MN1 | IPv4 packets |

  @TC-LMA-V4TUN-BV-06 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.1-k2
  Scenario: A MAG at another IPv4 address keeps the session
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 signals over IPv4 from another address
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And the session is the earlier one

  @TC-LMA-V4TUN-BV-41 @LMA @MUST @config:lma-ipv4-transport
  Scenario Outline: The tunnel follows a MAG to another transport: from <before> to <after>, <packets>
    Given MAG1 signals over <before>
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And <packets> for MN1 arrive at MAG1 only
    And MAG1 signals over <after>
    When MAG1 refreshes MN1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    @rfc5844-3.1.2.4-k6 @rfc5844-4.1.1-k2 @ipv4-draft-04-3.1.2.4-k3
    Examples:
      | id | before | after | packets      |
      | a  | IPv6   | IPv4  | packets      |
      | b  | IPv6   | IPv4  | IPv4 packets |

    @rfc5844-3.1.2.2-d2 @ipv4-draft-04-3.1.2.2-d1
    Examples:
      | id | before | after | packets      |
      | c  | IPv4   | IPv6  | IPv4 packets |

  @TC-LMA-V4TUN-BO-01 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-3.1.2.5-k1b @rfc5844-4.1.1-k2 @ipv4-draft-04-3.1.2.5-k1b @ipv4-draft-04-4.1.3.1-k5
  Scenario Outline: A late de-registration over IPv4 from the former MAG is ignored: <packets>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN1 hands off to MAG2
    And the LMA accepts the registration
    And <packets> for MN1 arrive at MAG2 only
    When MAG1 de-registers MN1
    Then the LMA does not answer
    When just over MinDelayBeforeBCEDelete passes
    Then <packets> for MN1 arrive at MAG2 only

    Examples:
      | id | packets      |
      | a  | packets      |
      | b  | IPv4 packets |

  @TC-LMA-V4TUN-TI-02 @LMA @MUST @config:lma-ipv4-transport @rfc5844-3.1.2.5-k2a @ipv4-draft-04-3.1.2.5-k2
  Scenario Outline: After a de-registration over IPv4 and the wait no packet for the IPv4 home address is tunnelled: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And IPv4 packets for MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for MN1 go nowhere

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  # RFC 5844 excludes a NAT. What the option of Dual-Stack Mobile IPv6 says of another address is nothing to its LMA.
  @TC-LMA-V4TUN-BV-07 @LMA @MUST @config:lma-ipv4-transport @rfc5844-4.1.1-k2 @rfc5844-4.1.3.1-k7
  Scenario Outline: The source of the request is the end of the tunnel, whatever an IPv4 Care-of Address option says: <packets>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with IPv4 Care-of Address = 192.0.2.99
    When CN1 sends <packet> to MN1
    Then <packets> for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | encapsulation     | IPv4 |
      | outer destination | MAG1 |

    Examples:
      | id | packets      | packet         |
      | a  | packets      | a packet       |
      | b  | IPv4 packets | an IPv4 packet |

  @TC-LMA-V4TUN-BV-08 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-4.1.1-k2
  Scenario Outline: Without an IPv4 Care-of Address option the tunnel ends at the source of the request: <packets>, <path>
    Given MAG1 signals over <path>
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with no IPv4 Care-of Address
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only
    And <packets> from MN1 through MAG1 reach CN1

    Examples:
      | id | packets      | path                      |
      | a  | packets      | IPv4                      |
      | b  | IPv4 packets | IPv4                      |
      | c  | packets      | IPv4 from another address |
