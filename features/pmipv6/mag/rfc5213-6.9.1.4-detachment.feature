Feature: Detachment and binding de-registration (RFC 5213, Section 6.9.1.4)
  When a mobile node leaves, the MAG de-registers it at the LMA and clears what it held for it, with or
  without an answer.

  @TC-MAG-DET-BV-01 @MAG @SHOULD @config:mag-baseline @rfc5213-6.9.1.4-k1
  Scenario: A mobile node that leaves is de-registered
    Given MN1 is attached at link 1 and registered with LMA1
    When MN1 detaches
    Then the MAG sends a Proxy Binding Update for MN1 with:
      | Lifetime | 0 s |

  @TC-MAG-DET-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.4-k2 @rfc5213-6.9.1.4-k3 @rfc5213-6.9.1.4-k4
  Scenario: The de-registration names both assigned prefixes and no handoff
    Given MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    When MN1 detaches
    Then the MAG sends a Proxy Binding Update for MN1

  @TC-MAG-DET-BO-01 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.4-k7
  Scenario Outline: What still comes for a mobile node that has left is not delivered on its link: LMA1 <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets for MN1 arrive at MN1
    And LMA1 <answer>
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And <time> passes
    And LMA1 ignores registrations
    And MN1 returns to link 1 without a word
    When a packet for MN1 arrives through LMA1's tunnel
    Then packets for every prefix of MN1 go nowhere

    @rfc5213-6.9.1.4-k5a
    Examples:
      | id | answer                                    | time                         |
      | a  | accepts registrations                     | half INITIAL_BINDACK_TIMEOUT |
      | c  | accepts registrations with Lifetime = 40 s | half INITIAL_BINDACK_TIMEOUT |

    @rfc5213-6.9.1.4-k5b
    Examples:
      | id | answer                | time                          |
      | b  | ignores registrations | twice INITIAL_BINDACK_TIMEOUT |

  @TC-MAG-DET-BO-02 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.4-k7
  Scenario Outline: What a mobile node that has left still sends on its link is not tunnelled: LMA1 <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets from MN1 reach CN1
    And LMA1 <answer>
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And <time> passes
    And LMA1 ignores registrations
    And MN1 returns to link 1 without a word
    When MN1 sends a packet to CN1
    Then packets from every prefix of MN1 go nowhere

    @rfc5213-6.9.1.4-k5a
    Examples:
      | id | answer                | time                         |
      | a  | accepts registrations | half INITIAL_BINDACK_TIMEOUT |

    @rfc5213-6.9.1.4-k5b
    Examples:
      | id | answer                | time                          |
      | b  | ignores registrations | twice INITIAL_BINDACK_TIMEOUT |

  @TC-MAG-DET-BV-03 @MAG @MUST @config:mag-baseline @rfc5213-5.6.1-d1
  Scenario: A mobile node that leaves does not take the shared tunnel away
    Given MN1 is attached at link 1 and registered with LMA1
    And MN2 is attached at link 2 and registered with LMA1
    And packets for MN2 arrive at MN2
    When MN1 detaches
    And just over INITIAL_BINDACK_TIMEOUT passes
    Then packets for MN2 arrive at MN2

  @TC-MAG-DET-BV-04 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.4-k6
  Scenario: After the answer to the de-registration the MAG sends nothing more of the session
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Lifetime = 40 s
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1 with:
      | Lifetime | 0 s |
    When half INITIAL_BINDACK_TIMEOUT passes
    Then the MAG sends no Proxy Binding Update for MN1 for 44 s

  @TC-MAG-DET-BO-03 @MAG @MUST @config:mag-baseline @rfc5213-6.9.1.4-k6
  Scenario Outline: A mobile node that comes back is registered anew, and its old session is not ended again: after <time>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1 with:
      | Lifetime | 0 s |
    And <time> passes
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1
    And the MAG sends no de-registration for MN1 for twice INITIAL_BINDACK_TIMEOUT

    Examples:
      | id | time                          |
      | a  | half INITIAL_BINDACK_TIMEOUT  |
      | b  | twice INITIAL_BINDACK_TIMEOUT |

  @TC-MAG-DET-BO-04 @MAG @MUST @config:mag-profile @ics:dynamic-tunnels @rfc5213-6.9.1.4-k8
  Scenario: The tunnel to an LMA ends with the last mobile node that uses it
    # The packet is for another mobile node, whose LMA and tunnel are others: only the tunnel in which it comes is gone. A tunnel that
    # is there before its first mobile node says nothing.
    Given MN2 is attached at link 2 and registered with LMA1
    And a packet for MN2 arrives through LMA1's tunnel with outer source = LMA2
    And the packet goes nowhere
    And MN1 is an other-anchor mobile node
    And MN1 is attached at link 1 and registered with LMA2
    And packets for MN1 arrive at MN1
    And packets for MN2 arrive at MN2
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    When a packet for MN2 arrives through LMA1's tunnel with outer source = LMA2
    Then the packet goes nowhere

  @TC-MAG-DET-BV-05 @MAG @SHOULD @config:mag-baseline @ics:link-teardown-advertisement @rfc5213-6.9.1.4-k1
  Scenario: A mobile node whose session the operator terminates is de-registered, although it is still attached
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    When the operator terminates MN1
    Then the MAG sends a de-registration for MN1

  @TC-MAG-DET-BO-05 @MAG @MUST @config:mag-baseline @ics:link-teardown-advertisement @rfc5213-6.9.1.4-k7
  Scenario Outline: A mobile node whose session the operator has terminated is not served any more: LMA1 <answer>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    And packets from MN1 reach CN1
    And packets for MN1 arrive at MN1
    And LMA1 <answer>
    And the operator terminates MN1
    And the MAG sends a de-registration for MN1
    And <time> passes
    And LMA1 ignores registrations
    When MN1 sends a packet to CN1
    Then packets from every prefix of MN1 go nowhere
    And packets for every prefix of MN1 go nowhere

    @rfc5213-6.9.1.4-k5a
    Examples:
      | id | answer                | time                         |
      | a  | accepts registrations | half INITIAL_BINDACK_TIMEOUT |

    @rfc5213-6.9.1.4-k5b
    Examples:
      | id | answer                | time                          |
      | b  | ignores registrations | twice INITIAL_BINDACK_TIMEOUT |
