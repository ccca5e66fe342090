Feature: Re-registration and de-registration of a session with IPv4 (RFC 5844, Section 3.2.3.3)
  What the LMA has assigned is asked for again until it is given up, and nothing is forwarded that the LMA no longer grants.

  @TC-MAG-V4REG-TI-01 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.3-k1a @rfc5844-3.2.3.3-k3 @ipv4-draft-04-3.2.3.3-k1a @ipv4-draft-04-3.2.3.3-k3 @ipv4-draft-04-3.2.3.3-k5
  @ipv4-draft-02-3.2.2-k12 @ipv4-draft-02-3.2.2-k14
  Scenario: A session with an IPv4 home address is refreshed within its lifetime
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When 20 s passes
    Then the MAG sends a registration for MN1 within 40 s

  @TC-MAG-V4REG-BV-17 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.3-k4 @ipv4-draft-04-3.2.3.3-k4 @ipv4-draft-02-3.2.2-k13
  Scenario: The refresh asks for the assigned address with its prefix length
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/24; Lifetime = 40 s
    When 20 s passes
    Then the MAG sends a registration for MN1 within 40 s with:
      | IPv4 home address | 198.18.7.9/24 |

  @TC-MAG-V4REG-BV-18 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k12 @ipv4-draft-04-3.2.3.3-k6
  Scenario: The refresh of an IPv4-only mobile node has no prefixes, even if the LMA has named one
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64; Lifetime = 40 s
    And MN1 has its IPv4 home address by DHCP
    When 20 s passes
    Then the MAG sends a registration for MN1 within 40 s with:
      | Home Network Prefix | absent |

  @TC-MAG-V4REG-BV-19 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.3-k1b @rfc5844-3.2.3.3-k3 @ipv4-draft-04-3.2.3.3-k1b @ipv4-draft-04-3.2.3.3-k3 @ipv4-draft-04-3.2.3.3-k5
  @ipv4-draft-02-3.2.2-k17
  Scenario: A dual mobile node that leaves is de-registered for both families
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 detaches
    Then the MAG sends a de-registration for MN1

  @TC-MAG-V4REG-BV-20 @MAG @MUST @config:mag-ipv4-server
  @rfc5844-3.2.3.3-k4 @ipv4-draft-04-3.2.3.3-k4 @ipv4-draft-02-3.2.2-k16
  Scenario: The de-registration names the assigned address with its prefix length
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/24
    When MN1 detaches
    Then the MAG sends a de-registration for MN1 with:
      | IPv4 home address | 198.18.7.9/24 |

  @TC-MAG-V4REG-BV-21 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k12 @ipv4-draft-04-3.2.3.3-k6
  Scenario: The de-registration of an IPv4-only mobile node has no prefixes, even if the LMA has named one
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64
    And MN1 has its IPv4 home address by DHCP
    When MN1 detaches
    Then the MAG sends a de-registration for MN1 with:
      | Home Network Prefix | absent |

  @TC-MAG-V4REG-BV-22 @MAG @SHOULD @config:mag-ipv4-server @ipv4-draft-02-3.2.2-k15
  Scenario: A mobile node with an IPv4 home address that leaves is de-registered
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an ipv4-only mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 detaches
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Lifetime | 0 s |

  @TC-MAG-V4REG-BO-01 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k1c @rfc5844-3.2.4-k5b @ipv4-draft-04-3.2.3.3-k1b
  Scenario Outline: What a mobile node that has left still sends on its link is not tunnelled: LMA1 <answer>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And IPv4 packets from MN1 reach CN1
    And LMA1 <answer>
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And <time> passes
    And LMA1 ignores registrations
    And MN1 returns to link 1 without a word
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere

    Examples:
      | id | answer                | time                          |
      | a  | accepts registrations | half INITIAL_BINDACK_TIMEOUT  |
      | b  | ignores registrations | twice INITIAL_BINDACK_TIMEOUT |

  @TC-MAG-V4REG-BO-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k1c @ipv4-draft-04-3.2.3.3-k1b
  Scenario Outline: What still comes for a mobile node that has left is not delivered on its link: LMA1 <answer>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And IPv4 packets for MN1 arrive at MN1
    And LMA1 <answer>
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And <time> passes
    And LMA1 ignores registrations
    And MN1 returns to link 1 without a word
    When an IPv4 packet for MN1 arrives through LMA1's tunnel
    Then IPv4 packets for MN1 go nowhere

    Examples:
      | id | answer                | time                          |
      | a  | accepts registrations | half INITIAL_BINDACK_TIMEOUT  |
      | b  | ignores registrations | twice INITIAL_BINDACK_TIMEOUT |

  @TC-MAG-V4REG-BO-03 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k14a
  Scenario Outline: Nothing is forwarded for an IPv4 home address that the LMA does not extend: <edit>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And IPv4 packets from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    When LMA1 accepts the request with <edit>
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And IPv4 packets for MN1 go nowhere
    And packets from MN1 reach CN1

    Examples:
      | id | edit                             |
      | a  | no IPv4 answer                   |
      | b  | option[IPv4 answer].Status = 129 |

  @TC-MAG-V4REG-BO-04 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k14a @rfc5844-3.2.3.2-k1b
  Scenario Outline: Nothing is forwarded for an IPv4 home address when the extension is rejected: <kind>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And IPv4 packets from MN1 reach CN1
    And LMA1 ignores registrations
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    When LMA1 rejects the request with status 130 INSUFFICIENT_RESOURCES
    And INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And IPv4 packets for MN1 go nowhere

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-V4REG-TI-02 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k14b @rfc5844-3.2.4-k5b
  Scenario Outline: Nothing is forwarded for an IPv4 home address after the lifetime has ended without an answer: <kind>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 ignores registrations
    And IPv4 packets from MN1 reach CN1
    When 44 s passes
    And MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 go nowhere
    And IPv4 packets for MN1 go nowhere

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-V4REG-BV-23 @MAG @MUST @config:mag-ipv4-server @rfc5844-3.2.3.3-k3 @ipv4-draft-04-3.2.3.3-k3
  Scenario: Packets pass while the session is extended again and again
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And LMA1 accepts registrations with Lifetime = 40 s
    When 100 s passes
    Then the MAG sends a registration for MN1 within 40 s
    And IPv4 packets from MN1 reach CN1
    And IPv4 packets for MN1 arrive at MN1

  @TC-MAG-V4REG-BV-24 @MAG @MUST @config:mag-ipv4-server @rfc5844-3-d2 @ipv4-draft-04-3-d1 @ipv4-draft-02-3-d1
  Scenario: A mobile node keeps its IPv4 home address on another link
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And IPv4 packets for MN1 arrive at MN1
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1
    When MN1 sends an IPv4 packet to CN1
    Then IPv4 packets from MN1 reach CN1
    And IPv4 packets for MN1 arrive at MN1

  @TC-MAG-V4REG-BV-25 @MAG @MUST @config:mag-ipv4-server @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.2.3.3-k3 @ipv4-draft-04-3.2.3.3-k4
  Scenario: Every IPv4 home address of a session is asked for again
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a two-ipv4 mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When 20 s passes
    Then the MAG sends a registration for MN1 within 40 s
