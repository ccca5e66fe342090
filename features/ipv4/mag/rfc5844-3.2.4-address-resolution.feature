Feature: Address resolution of a mobile node by ARP (RFC 5844, Sections 1.1, 3.2.3.2 and 3.2.4)
  The MAG stands for the default router, everywhere with the same link-layer address, and for the other hosts of the home subnet.

  @TC-MAG-V4ARP-BV-01 @MAG @SHOULD @config:mag-ipv4-server @rfc5844-3.2.3.2-k15
  Scenario Outline: A mobile node finds the link-layer address of its default router: <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 asks by ARP for the default router
    Then MN1 gets an ARP Reply with:
      | link-layer address | that of the MAG |

    Examples:
      | id | kind      | a            |
      | a  | dual      | a dual       |
      | b  | ipv4-only | an ipv4-only |

  @TC-MAG-V4ARP-BV-02 @MAG @MUST @config:mag-ipv4-server @ics:fixed-mag-link-layer-address @rfc5844-1.1-k1
  Scenario: The default router has the same link-layer address on every link
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 asks by ARP for the default router
    And MN1 gets an ARP Reply
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1
    When MN1 asks by ARP for the default router
    Then MN1 gets an ARP Reply with:
      | link-layer address | as on the link before |

  @TC-MAG-V4ARP-BV-03 @MAG @SHOULD @config:mag-ipv4-variables @ics:proxy-arp @rfc5844-3.2.4-k6
  Scenario Outline: The MAG answers for the other hosts of the home subnet: <target>
    Given MN2 is a dual mobile node
    And MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 asks by ARP for <target>
    Then MN1 gets an ARP Reply with:
      | link-layer address | that of the MAG |

    Examples:
      | id | target                           |
      | a  | another host of its home network |
      | b  | MN2's                            |

  @TC-MAG-V4ARP-BV-04 @MAG @SHOULD @config:mag-ipv4-variables @ics:proxy-arp @rfc5844-3.2.4-k8
  Scenario: The subnet is that of the prefix length that the LMA has named
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with IPv4 answer = 198.18.7.9/24
    When MN1 asks by ARP for 198.18.7.200
    Then MN1 gets an ARP Reply with:
      | link-layer address | that of the MAG |
