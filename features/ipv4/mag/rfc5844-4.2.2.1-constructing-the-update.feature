Feature: Proxy Binding Updates over IPv4 (RFC 5844, Sections 4.1.2, 4.2.2 and 4.2.2.1)
  A MAG that reaches its LMA by IPv4 alone registers mobile nodes over IPv4 and UDP. In RFC 5844 the Mobility Header follows UDP; in the
  drafts an IPv6 packet does, and an option tells the IPv4 address of the MAG. Each update has this form, not only the first.

  @TC-MAG-V4TR-BV-01 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: Whatever the mobile node is served with, it is registered over IPv4: <kind>, <form>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | transport | <form> |

    @rfc5844-4.2.2-k3 @rfc5844-4.2.2.1-d1
    Examples:
      | id | kind      | a            | form     |
      | a  | dual      | a dual       | IPv4-UDP |
      | b  | ipv4-only | an ipv4-only | IPv4-UDP |
      | c  | ipv6-only | an ipv6-only | IPv4-UDP |

    @ipv4-draft-04-4.2.2-k3 @ipv4-draft-04-4.2.2.1-d1 @ipv4-draft-02-4-k1 @ipv4-draft-02-4.1-k1 @ipv4-draft-02-4.2.2-k9
    Examples:
      | id | kind      | a            | form          |
      | d  | dual      | a dual       | IPv4-UDP-IPv6 |
      | e  | ipv4-only | an ipv4-only | IPv4-UDP-IPv6 |
      | f  | ipv6-only | an ipv6-only | IPv4-UDP-IPv6 |

  @TC-MAG-V4TR-BV-02 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: The update goes from the MAG's IPv4 address to the LMA's: <field>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | <field> | <value> |

    @rfc5844-4.2.2.1-k3 @ipv4-draft-04-4.2.2.1-k1 @ipv4-draft-02-4.2.2-k1 @ipv4-draft-02-4.2.2-k6
    Examples:
      | id | field        | value |
      | a  | outer source | MAG1  |

    @rfc5844-4.2.2.1-k4 @ipv4-draft-04-4.2.2.1-k2 @ipv4-draft-02-4.2.2-k7
    Examples:
      | id | field             | value |
      | b  | outer destination | LMA1  |

  @TC-MAG-V4TR-BV-03 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: In RFC 5844, UDP has the port and the checksum, the Mobility Header has none: <field>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | <field> | <value> |

    @rfc5844-4.2.2.1-d2
    Examples:
      | id | field            | value |
      | a  | destination port | 5436  |

    @rfc5844-4.2.2.1-k1
    Examples:
      | id | field    | value |
      | b  | Checksum | 0     |

    @rfc5844-4.2.2.1-k2
    Examples:
      | id | field        | value |
      | c  | UDP checksum | right |

  @TC-MAG-V4TR-BV-04 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: In the drafts, an IPv6 packet from the Proxy-CoA to the LMAA follows UDP: <field>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | <field> | <value> |

    @ipv4-draft-04-4.2.2-k3
    @ipv4-draft-02-4.2.2-k2 @ipv4-draft-02-4.2.2-k3 @ipv4-draft-02-4.2.2-k4
    Examples:
      | id | field        | value |
      | a  | inner source | MAG1  |

    @ipv4-draft-04-4.2.2-k3 @ipv4-draft-02-4.2.2-k5
    Examples:
      | id | field             | value |
      | b  | inner destination | LMA1  |

    @ipv4-draft-04-4.2.2-k5 @ipv4-draft-04-4.2.2.1-k4 @ipv4-draft-02-4.2.2-k8 @ipv4-draft-02-4.2.2-k15
    Examples:
      | id | field                | value |
      | d  | IPv4 Care-of Address | MAG1  |

  @TC-MAG-V4TR-BV-24 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-04-4.2.2.1-d1
  Scenario Outline: In draft -04, every update goes to the port for signalling and packets: <update>
    # The port has no number in the draft: what the device declares is judged in every update.
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | transport | IPv4-UDP-IPv6 |

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-V4TR-BV-05 @MAG @MUST @config:mag-ipv4-transport
  @ipv4-draft-04-4.2.2-k4 @ipv4-draft-04-4.2.2.1-k3 @ipv4-draft-02-4.2.2-k14
  Scenario Outline: In the drafts, every update has the IPv4 Care-of Address option: <update>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | IPv4 Care-of Address | present |

    Examples:
      | id | update                       | a            | event                          |
      | a  | an extension, dual           | a dual       | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration, dual      | a dual       | MN1 detaches                   |
      | c  | an extension, IPv4-only      | an ipv4-only | INITIAL_BINDACK_TIMEOUT passes |
      | d  | a de-registration, IPv6-only | an ipv6-only | MN1 detaches                   |

  @TC-MAG-V4TR-BV-06 @MAG @MUST @config:mag-ipv4-transport
  @ipv4-draft-04-4.2.2-k4 @ipv4-draft-04-4.2.2.1-k3 @ipv4-draft-02-4.2.2-k14
  Scenario: In the drafts, a first update has the IPv4 Care-of Address option, the repeated one, too
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1 with:
      | IPv4 Care-of Address | present |
    When MAX_BINDACK_TIMEOUT passes
    Then the MAG sends a registration for MN1 with:
      | IPv4 Care-of Address | present |

  @TC-MAG-V4TR-BV-07 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: Later updates go the way of the first one: <update>, <form>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | transport         | <form> |
      | outer source      | MAG1   |
      | outer destination | LMA1   |

    @rfc5844-4.2.2-k4
    Examples:
      | id | update                       | a            | event                          | form     |
      | a  | an extension, dual           | a dual       | INITIAL_BINDACK_TIMEOUT passes | IPv4-UDP |
      | b  | a de-registration, dual      | a dual       | MN1 detaches                   | IPv4-UDP |
      | c  | an extension, IPv4-only      | an ipv4-only | INITIAL_BINDACK_TIMEOUT passes | IPv4-UDP |
      | d  | a de-registration, IPv6-only | an ipv6-only | MN1 detaches                   | IPv4-UDP |

    @ipv4-draft-04-4.2.2-k7 @ipv4-draft-02-4.2.2-k9
    Examples:
      | id | update                       | a            | event                          | form          |
      | e  | an extension, dual           | a dual       | INITIAL_BINDACK_TIMEOUT passes | IPv4-UDP-IPv6 |
      | f  | a de-registration, dual      | a dual       | MN1 detaches                   | IPv4-UDP-IPv6 |
      | g  | an extension, IPv4-only      | an ipv4-only | INITIAL_BINDACK_TIMEOUT passes | IPv4-UDP-IPv6 |
      | h  | a de-registration, IPv6-only | an ipv6-only | MN1 detaches                   | IPv4-UDP-IPv6 |

  @TC-MAG-V4TR-BV-08 @MAG @MUST @config:mag-ipv4-transport
  Scenario Outline: An update that nobody answers is repeated over IPv4: <form>
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When MAX_BINDACK_TIMEOUT passes
    Then the MAG sends a registration for MN1 with:
      | transport         | <form> |
      | outer source      | MAG1   |
      | outer destination | LMA1   |

    @rfc5844-4.2.2-k3
    Examples:
      | id | form     |
      | a  | IPv4-UDP |

    @ipv4-draft-04-4.2.2-k3 @ipv4-draft-02-4.2.2-k9
    Examples:
      | id | form          |
      | b  | IPv4-UDP-IPv6 |

  @TC-MAG-V4TR-BV-09 @MAG @MUST @config:mag-ipv4-transport @rfc5844-4.2.2-k4 @ipv4-draft-04-4.2.2-k7
  Scenario Outline: Without ForceIPv4UDPEncapsulationSupport, later updates do not ask for UDP either, whatever tunnel there is: <update>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s and Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | F | 0 |

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-V4TR-BV-10 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.1.2-k1 @ipv4-draft-04-4.1.2-k1a @ipv4-draft-04-4.2.2.1-k2 @ipv4-draft-02-4.2.2-k7
  Scenario: Updates go to the IPv4 address of the LMA in the profile
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And LMA2 accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | outer source      | MAG1 |
      | outer destination | LMA2 |

  @TC-MAG-V4TR-BV-11 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.1.2-k1 @ipv4-draft-04-4.1.2-k1a @ipv4-draft-04-4.2.2.1-k2 @ipv4-draft-02-4.2.2-k7
  Scenario Outline: Later updates go to the IPv4 address of the LMA in the profile, too: <update>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | outer destination | LMA2 |

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-V4TR-BV-12 @MAG @MUST @config:mag-ipv4-transport
  @rfc5844-4.1.2-k1 @ipv4-draft-04-4.1.2-k1a @ipv4-draft-04-4.2.2.1-k2 @ipv4-draft-02-4.2.2-k7
  Scenario: Another LMA's mobile node does not change where updates go
    Given MN2 is an other-anchor mobile node
    And MN2 is attached at link 2 and registered with LMA2
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 detaches
    Then the MAG sends a de-registration for MN1 with:
      | outer destination | LMA1 |

  @TC-MAG-V4TR-BV-13 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-04-4.1.2-k1b
  Scenario Outline: The profile says whether updates go over IPv4: <kind>
    Given MN3 is a dual mobile node
    And MN3 is attached at link 3 and registered with LMA1
    And MN2 is an over-ipv6 mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | transport            | <form>   |
      | IPv4 Care-of Address | <option> |

    Examples:
      | id | kind      | a            | form          | option  |
      | a  | over-ipv6 | an over-ipv6 | IPv6          | absent  |
      | b  | dual      | a dual       | IPv4-UDP-IPv6 | present |

  @TC-MAG-V4TR-BV-14 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-04-4.1.2-k1b
  Scenario Outline: Later updates go over IPv6, too, where the profile says so: <update>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is an over-ipv6 mobile node
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | transport | IPv6 |

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-V4TR-BV-15 @MAG @MUST @config:mag-ipv4-transport @ipv4-draft-02-4.2.2-k13
  Scenario Outline: In draft -02, an update over IPv4 has what any other has: <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | P                      | 1       |
      | Mobile Node Identifier | present |
      | Access Technology Type | present |
      | <option>               | present |
      | IPv4 Care-of Address   | one     |

    Examples:
      | id | kind      | a            | option              |
      | a  | dual      | a dual       | IPv4 home address   |
      | b  | ipv4-only | an ipv4-only | IPv4 home address   |
      | c  | ipv6-only | an ipv6-only | Home Network Prefix |

  @TC-MAG-V4TR-BV-16 @MAG @MUST @config:mag-ipv4-transport-udp @rfc5844-4.2.2.1-k5 @ipv4-draft-04-4.2.2.1-k5 @ipv4-draft-04-5.2-k6
  Scenario Outline: With ForceIPv4UDPEncapsulationSupport, a first update asks for UDP: <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | F | 1 |

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |
      | c  | ipv6-only | an ipv6-only |

  @TC-MAG-V4TR-BV-17 @MAG @MUST @config:mag-ipv4-transport-udp
  @rfc5844-4.2.2.1-k5 @rfc5844-4.2.2-k4 @ipv4-draft-04-4.2.2.1-k5 @ipv4-draft-04-4.2.2-k7
  Scenario Outline: With ForceIPv4UDPEncapsulationSupport, later updates ask for UDP, too: <update>, <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with <answer> and Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | F | 1 |

    Examples:
      | id | update            | event                          | answer                             |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes | NAT Detection = F 1, refresh 600 s |
      | b  | a de-registration | MN1 detaches                   | NAT Detection = F 1, refresh 600 s |
      | c  | an extension      | INITIAL_BINDACK_TIMEOUT passes | no NAT Detection                   |
      | d  | a de-registration | MN1 detaches                   | no NAT Detection                   |

  @TC-MAG-V4TR-BV-18 @MAG @MUST @config:mag-ipv4-transport-udp @rfc5844-4.2.2.1-k5 @ipv4-draft-04-4.2.2.1-k5 @ipv4-draft-04-5.2-k6
  Scenario: With ForceIPv4UDPEncapsulationSupport, the repeated update asks for UDP, too
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is a dual mobile node
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When MAX_BINDACK_TIMEOUT passes
    Then the MAG sends a registration for MN1 with:
      | F | 1 |
