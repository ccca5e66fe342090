Feature: Router Advertisements (RFC 5213, Sections 6.9.1.2 and 6.9.2)
  The MAG shows a mobile node its home link: the prefixes as on-link, the MTU of the tunnel, and
  nothing of it before the registration has succeeded.

  @TC-MAG-ADV-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.2-k25
  Scenario: The assigned prefix is advertised as on-link
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64
    Then the MAG advertises 2001:db8:aaaa::/64 to MN1 with:
      | on-link | 1 |

  @TC-MAG-ADV-BV-02 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.2-k6
  Scenario: The MTU is advertised
    # The MAG advertises at all: only the MTU is judged.
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | present |

  @TC-MAG-ADV-BV-03 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.2-k2
  Scenario: A Router Solicitation is answered by the default router of the home link
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a Router Solicitation
    Then the MAG advertises the home network prefixes to MN1 with:
      | Router Lifetime | greater than 0 |

  @TC-MAG-ADV-BO-01 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.2-k3 @rfc5213-6.7-k1
  Scenario: Before the acknowledgement no prefix is advertised
    Given LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ADV-BO-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.2-k4
  Scenario: A registration that fails shows no prefix, even when asked
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 rejects the request with status 129 ADMINISTRATIVELY_PROHIBITED
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a Router Solicitation
    Then the MAG advertises no home network prefix to MN1

  @TC-MAG-ADV-BV-04 @MAG @MUST @config:mag-baseline @rfc5213-6.7-d1
  Scenario: On another link the mobile node sees the same prefixes and the same router
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 moves to link 2
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | as on the link before |

  @TC-MAG-ADV-BV-05 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.2-k7 @rfc5213-6.9.5-k9
  Scenario: The advertised MTU is that of the tunnel
    Given MN2 is attached at link 2 and registered with LMA1
    And MN2 finds the MTU of the tunnel
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | MTU | that of the tunnel |

  @TC-MAG-ADV-BV-06 @MAG @MUST @config:mag-baseline @ics:stateless-address-configuration @rfc5213-6.4-d1
  Scenario: The assigned prefix is advertised for stateless address autoconfiguration
    Given LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    Then the MAG advertises 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 to MN1 with:
      | autonomous | 1 |

  @TC-MAG-ADV-BV-07 @MAG @SHOULD @config:mag-fixed-link-local @ics:fixed-mag-link-local-address @rfc5213-9.3-k8 @rfc5213-6.9.3-k1
  Scenario Outline: Router Advertisements come from the fixed link-local address on every access link: <link>
    Given MN2 is attached at link 3 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at <link>
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::200:5eff:fe00:5213 |

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MAG-ADV-BV-08 @MAG @SHOULD @config:mag-fixed-link-local @ics:fixed-mag-link-local-address @rfc5213-9.3-k8 @rfc5213-6.9.3-k1
  Scenario Outline: Router Advertisements come from the fixed link-local address also to who attaches after a departure: <MN>
    Given MN1 is attached at link 1 and registered with LMA1
    And LMA1 accepts registrations
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    And <MN> attaches at link 1
    And the MAG sends a Proxy Binding Update for <MN>
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to <MN> with:
      | source | fe80::200:5eff:fe00:5213 |

    Examples:
      | id | MN  |
      | a  | MN1 |
      | b  | MN2 |

  @TC-MAG-ADV-BV-09 @MAG @MUST @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.8-d1
  Scenario: Router Advertisements come from the same link-local address after the binding was extended
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Link-local Address = fe80::5213 and Lifetime = 40 s
    And the MAG sends a Proxy Binding Update for MN1 within 40 s
    And half INITIAL_BINDACK_TIMEOUT passes
    When MN1 sends a Router Solicitation
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::5213 |

  @TC-MAG-ADV-BV-10 @MAG @MUST @config:mag-baseline @ics:anchor-link-local-address @rfc5213-6.8-d1
  Scenario: On another link Router Advertisements come from the link-local address of the session
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Link-local Address = fe80::5213
    And LMA1 accepts registrations with Link-local Address = fe80::5213
    When MN1 moves to link 2
    Then the MAG advertises the home network prefixes to MN1 with:
      | source | fe80::5213 |

  @TC-MAG-ADV-BV-11 @MAG @MAY @config:mag-fixed-link-local @ics:fixed-mag-link-local-address @rfc5213-6.8-k1
  Scenario Outline: With a fixed link-local address, no update is about link-local addresses: <update>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | Link-local Address | absent |

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-ADV-BV-12 @MAG @MUST @config:mag-fixed-link-layer @ics:fixed-mag-link-layer-address @rfc5213-6.9.3-d1
  Scenario Outline: On every link the mobile node sees the same router, also on the link layer: <link>
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is attached at <first> and registered with LMA1
    When MN1 moves to <link>
    Then the MAG advertises the home network prefixes to MN1 with:
      | source            | as on the link before |
      | link-layer source | as on the link before |

    Examples:
      | id | first  | link   |
      | a  | link 1 | link 2 |
      | b  | link 2 | link 1 |

  @TC-MAG-ADV-BV-13 @MAG @SHOULD @config:mag-fixed-link-layer @ics:fixed-mag-link-layer-address @rfc5213-9.3-k9 @rfc5213-6.9.3-k1
  Scenario Outline: Router Advertisements come from the fixed link-layer address on every access link: <link>
    Given MN2 is attached at link 3 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 attaches at <link>
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request
    Then the MAG advertises the home network prefixes to MN1 with:
      | link-layer source         | 00:00:5e:00:52:13     |
      | Source Link-layer Address | the link-layer source |

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |
