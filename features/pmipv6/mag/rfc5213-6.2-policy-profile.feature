Feature: Policy profile and identity of a mobile node (RFC 5213, Sections 6.2, 6.6, 6.9.1.1 and 6.9.1.2)
  The MAG serves a mobile node by its profile: under the MN-Identifier of the policy store, at the LMA in the profile, and with its
  prefixes. Every update is checked for the identifier.

  @TC-MAG-PRO-BV-01 @MAG @MUST @config:mag-profile @ics:requests-profile-prefixes @rfc5213-6.2-k1 @rfc5213-6.9.1.1-k5
  Scenario: The prefixes in the profile of a mobile node are requested
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a static mobile node
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Home Network Prefix | those of its profile |

  @TC-MAG-PRO-BV-02 @MAG @MAY @config:mag-profile @rfc5213-6.9.1.1-k6
  Scenario: For a mobile node without prefixes in its profile, the choice is left to the LMA
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Home Network Prefix | one, ALL_ZERO |

  @TC-MAG-PRO-BV-03 @MAG @MUST @config:mag-profile @rfc5213-6.2-k4
  Scenario: A mobile node is registered with the LMA in its profile
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And LMA2 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-PRO-BV-04 @MAG @MUST @config:mag-profile @rfc5213-6.2-k4
  Scenario Outline: Later updates go to the LMA in the profile, too: <update>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-PRO-BV-05 @MAG @MUST @config:mag-profile @rfc5213-6.10.5-k12 @rfc5213-5.6.1-k1
  Scenario Outline: Packets of mobile nodes with different LMAs go through the tunnel to the own LMA: <sender>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets for <sender> arrive at <sender>
    When <sender> sends a packet to CN1
    Then packets from <sender> reach CN1
    And the forwarded packet carries:
      | outer destination | <LMA> |

    Examples:
      | id | sender | LMA  |
      | a  | MN1    | LMA2 |
      | b  | MN2    | LMA1 |

  @TC-MAG-PRO-BV-06 @MAG @MUST @config:mag-profile @rfc5213-6.6-k7
  Scenario: A pseudonym from the policy store is the MN-Identifier
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a pseudonym mobile node
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-PRO-BV-07 @MAG @MUST @config:mag-profile @rfc5213-6.6-k6
  Scenario: A temporary identity leads to the lasting MN-Identifier
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a temporary mobile node
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-PRO-BV-08 @MAG @MUST @config:mag-profile @rfc5213-6.6-k6
  Scenario: With another temporary identity, a mobile node has the same MN-Identifier
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a temporary mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

  @TC-MAG-PRO-BV-09 @MAG @MUST @config:mag-baseline @rfc5213-6.6-k8 @rfc5213-6.9.1.1-k1
  Scenario Outline: The update names the mobile node that has attached, whichever others there are: at <link>
    Given MN2 is attached at link 3 and registered with LMA1
    And MN3 is attached at <other> and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at <link>
    Then the MAG sends a Proxy Binding Update for MN1

    Examples:
      | id | link   | other  |
      | a  | link 1 | link 2 |
      | b  | link 2 | link 1 |

  @TC-MAG-PRO-BV-10 @MAG @MUST @config:mag-baseline @rfc5213-6.6-k8 @rfc5213-6.9.1.1-k1
  Scenario: The update names the mobile node that has attached where another one has left
    Given MN2 is attached at link 2 and registered with LMA1
    And MN3 is attached at link 1 and registered with LMA1
    And MN3 detaches
    And the MAG sends a Proxy Binding Update for MN3
    And twice INITIAL_BINDACK_TIMEOUT passes
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1

  @TC-MAG-PRO-BV-11 @MAG @MUST @config:mag-baseline @rfc5213-6.6-k3
  Scenario Outline: Later updates have the MN-Identifier of the first one: <update>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s

    Examples:
      | id | update            | event                          |
      | a  | an extension      | INITIAL_BINDACK_TIMEOUT passes |
      | b  | a de-registration | MN1 detaches                   |

  @TC-MAG-PRO-BO-01 @MAG @SHOULD @config:mag-profile @ics:requests-profile-prefixes @rfc5213-6.9.1.2-k15
  Scenario: Prefixes that the LMA has refused are not requested again
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a static mobile node
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1 with:
      | Home Network Prefix | those of its profile |
    When LMA1 rejects the request with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    Then the MAG sends a Proxy Binding Update for MN1 within MAX_BINDACK_TIMEOUT with:
      | Home Network Prefix | none of its profile |

  @TC-MAG-PRO-BO-02 @MAG @MAY @config:mag-profile @ics:asks-anew-without-prefixes @rfc5213-6.9.1.2-k16
  Scenario: Instead of prefixes that the LMA has refused, the MAG asks for any
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a static mobile node
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1 with:
      | Home Network Prefix | those of its profile |
    When LMA1 rejects the request with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    Then the MAG sends a Proxy Binding Update for MN1 within MAX_BINDACK_TIMEOUT with:
      | Home Network Prefix | one, ALL_ZERO |

  @TC-MAG-PRO-BV-12 @MAG @MUST @config:mag-profile @ics:profile-prefix-lifetime @rfc5213-6.2-d1
  Scenario: All prefixes of a mobile node are advertised with the lifetime in its profile
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a short-lived mobile node
    And LMA1 ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a Proxy Binding Update for MN1
    When LMA1 accepts the request with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    Then the MAG advertises 2001:db8:aaaa::/64, 2001:db8:bbbb::/64 to MN1 with:
      | valid lifetime | 3600 s |

  @TC-MAG-PRO-BV-13 @MAG @MUST @config:mag-profile @ics:profile-prefix-lifetime @rfc5213-6.2-d1
  Scenario Outline: On another link, the prefixes of a mobile node have the lifetime in its profile, too: <link>
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a short-lived mobile node
    And MN1 is attached at <first> and registered with LMA1
    When MN1 moves to <link>
    Then the MAG advertises the home network prefixes to MN1 with:
      | valid lifetime | 3600 s |

    Examples:
      | id | first  | link   |
      | a  | link 1 | link 2 |
      | b  | link 2 | link 1 |

  @TC-MAG-PRO-BV-14 @MAG @MUST @config:mag-profile @ics:requests-profile-prefixes @rfc5213-6.2-d2
  Scenario: The prefixes in the profile of an interface are requested for it, whatever the other interface has
    Given MN2 is a static mobile node
    And MN1 and MN2 are interfaces of one mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And LMA1 ignores registrations
    When MN2 attaches at link 2
    Then the MAG sends a registration for MN2 with:
      | Home Network Prefix | those of its profile |

  @TC-MAG-PRO-BV-15 @MAG @MUST @config:mag-profile @ics:requests-profile-prefixes @rfc5213-6.2-d2
  Scenario: The prefixes in the profile of an interface are not requested for the other interface
    Given MN2 is a static mobile node
    And MN1 and MN2 are interfaces of one mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | Home Network Prefix | none of MN2's profile |
