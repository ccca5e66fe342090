Feature: Path MTU discovery (RFC 5213, Section 6.9.5)
  A router on the path to the LMA that cannot pass a packet of the tunnel on lowers the MTU of the tunnel, and the mobile nodes behind it
  are told. After such a report, a MAG may also use the least MTU of all, 1280 (RFC 1981, Section 3). Each report takes 8 octets only,
  because a MAG remembers it for minutes, and every scenario lowers the same path.

  @TC-MAG-MTU-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k2 @rfc5213-6.9.5-k3
  Scenario: After Packet Too Big no packet in the tunnel is larger than the reported MTU
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 8
    Then no packet in the tunnel is larger than the path MTU
    And packets from MN1 reach CN1

  @TC-MAG-MTU-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k8
  Scenario: The header of the tunnel counts
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 1
    Then no packet in the tunnel is larger than the path MTU
    And packets from MN1 reach CN1

  @TC-MAG-MTU-BV-03 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k11
  Scenario: Every report counts, and for every mobile node behind the tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN2 sends a packet to CN1 with inner size = the tunnel MTU + 8
    Then no packet in the tunnel is larger than the path MTU
    And packets from MN2 reach CN1

  @TC-MAG-MTU-BV-04 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.5-k12
  Scenario Outline: A smaller MTU is advertised to every mobile node without being asked: <node>
    # RFC 4861, Section 6.2.6: two advertisements to all nodes may have to be 3 s apart.
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And 5 s passes
    When a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    Then the MAG advertises the home network prefixes to <node> with:
      | MTU | at most that of the tunnel |

    Examples:
      | id | node |
      | a  | MN1  |
      | b  | MN2  |

  @TC-MAG-MTU-BV-05 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k13
  Scenario Outline: Later advertisements have the smaller MTU, too: <node>
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And 5 s passes
    When <node> sends a Router Solicitation
    Then the MAG advertises the home network prefixes to <node> with:
      | MTU | at most that of the tunnel |

    Examples:
      | id | node |
      | a  | MN1  |
      | b  | MN2  |

  @TC-MAG-MTU-BV-06 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k13
  Scenario: A mobile node that comes later sees the smaller MTU from the beginning
    Given MN2 is attached at link 2 and registered with LMA1
    And MN2 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | at most that of the tunnel |

  @TC-MAG-MTU-BV-07 @MAG @MUST @config:mag-baseline @rfc5213-6.10.5-k14c
  Scenario: The sender of a packet that does not fit into the tunnel is told
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 1
    Then MN1 receives the ICMPv6 error Packet Too Big

  @TC-MAG-MTU-BI-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k8
  Scenario: A report about a packet of another node and another path changes nothing
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8 and quoted source = CN1 and quoted destination = core router
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU
    Then packets from MN1 reach CN1

  @TC-MAG-MTU-BI-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k2
  Scenario Outline: A report never raises the MTU: <MTU>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = <MTU>
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 4
    Then no packet in the tunnel is larger than the path MTU
    And packets from MN1 reach CN1

    Examples:
      | id | MTU                |
      | a  | the path MTU + 4   |
      | b  | the path MTU + 8   |
      | c  | the path MTU + 500 |

  @TC-MAG-MTU-BI-03 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.2-k7 @rfc5213-6.9.5-k9
  Scenario: After a report about a packet of another node and another path the advertised MTU is what it was
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8 and quoted source = CN1 and quoted destination = core router
    And 5 s passes
    When MN1 sends a Router Solicitation
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | that of the tunnel |

  @TC-MAG-MTU-BI-04 @MAG @MUST @config:mag-baseline @rfc5213-6.9.5-k13
  Scenario Outline: A report never raises the advertised MTU: <MTU>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 8
    And half INITIAL_BINDACK_TIMEOUT passes
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = <MTU>
    And 5 s passes
    When MN1 sends a Router Solicitation
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | at most that of the tunnel |

    Examples:
      | id | MTU                |
      | a  | the path MTU + 4   |
      | b  | the path MTU + 8   |
      | c  | the path MTU + 500 |

  @TC-MAG-MTU-BV-09 @MAG @MUST @config:mag-profile @rfc5213-6.9.5-k7
  Scenario: Where no report has come, the default path MTU of the administrator counts: it is advertised
    Given MN2 is attached at link 3 and registered with LMA1
    And MN2 finds the MTU of the tunnel
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | that of the tunnel |

  @TC-MAG-MTU-BV-10 @MAG @MUST @config:mag-profile @rfc5213-6.10.5-k14c
  Scenario: The sender of a packet that does not fit into the tunnel is told also where no report of the path has come
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN2 finds the MTU of the tunnel
    When MN1 sends a packet to CN1 with inner size = the tunnel MTU + 1
    Then MN1 receives the ICMPv6 error Packet Too Big

  @TC-MAG-MTU-BV-11 @MAG @MUST @config:mag-profile @rfc5213-6.9.5-k10
  Scenario: An access link of a smaller MTU than the tunnel advertises its own
    Given MN2 is attached at link 3 and registered with LMA1
    And MN2 finds the MTU of the tunnel
    And LMA1 ignores registrations
    And MN1 attaches at link 2
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | that of the tunnel |

  # The scenarios below bring the path to the least MTU of all, which a MAG remembers for minutes. Therefore they use another
  # configuration than those above.

  @TC-MAG-MTU-BI-05 @MAG @MUST @config:mag-sequence-numbers @rfc5213-6.10.5-k14c
  Scenario Outline: A report of less than every link carries does not stop a packet that every link carries: <MTU>
    # RFC 8201, Section 4: the report is ignored. RFC 1981, Section 4: packets have 1280 octets at most, and a Fragment header.
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = <MTU>
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = 1280
    Then packets from MN1 reach CN1

    Examples:
      | id | MTU  |
      | a  | 1279 |
      | b  | 1000 |
      | c  | 68   |

  @TC-MAG-MTU-BI-06 @MAG @MUST @config:mag-sequence-numbers @rfc5213-6.9.5-k13
  Scenario Outline: A report of less than every link carries does not lower the advertised MTU below that: <MTU>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = <MTU>
    And 5 s passes
    When MN1 sends a Router Solicitation
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | at most that of the tunnel |

    Examples:
      | id | MTU  |
      | a  | 1279 |
      | b  | 1000 |
      | c  | 68   |

  @TC-MAG-MTU-BV-08 @MAG @MUST @config:mag-sequence-numbers @rfc5213-6.10.5-k14c
  Scenario Outline: A packet that every link carries is tunnelled, in fragments if need be: <size>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 finds the MTU of the tunnel
    And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1280
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a packet to CN1 with inner size = <size>
    Then packets from MN1 reach CN1
    And no packet in the tunnel is larger than the path MTU

    Examples:
      | id | size |
      | a  | 1280 |
      | b  | 1279 |
      | c  | 1241 |
