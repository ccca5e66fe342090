Feature: The life of IPv4 tunnels (RFC 5844, Section 4.1.4.3)
  Mobile nodes of one MAG share a tunnel. It lives as long as one of them needs it, and one that was set up for them goes away with the last.

  @TC-LMA-V4TUN-BV-33 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.4.3-d1a @ipv4-draft-04-4.1.4.3-d1 @ipv4-draft-02-4.4-d1
  Scenario Outline: A mobile node that leaves does not take the shared IPv4 tunnel away: <event>, <packets>
    Given MAG1 signals over IPv4
    And MN3 is a dual mobile node
    And MN3 is registered at MAG2
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And <packets> for MN2 arrive at MAG1 only
    And <event>
    When just over MinDelayBeforeBCEDelete passes
    Then <packets> for MN2 arrive at MAG1 only
    And <packets> from MN2 through MAG1 reach CN1

    Examples:
      | id | kind      | event                      | packets      |
      | a  | dual      | MAG1 has de-registered MN1 | packets      |
      | b  | dual      | MAG1 has de-registered MN1 | IPv4 packets |
      | c  | ipv4-only | MAG1 has de-registered MN1 | packets      |

  @TC-LMA-V4TUN-BV-34 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.4.3-d1a @ipv4-draft-04-4.1.4.3-d1 @ipv4-draft-02-4.4-d1
  Scenario Outline: A mobile node whose lifetime runs out does not take the shared IPv4 tunnel away: <order>, <packets>
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN2 is a dual mobile node
    And <first>
    And <second>
    And <packets> for MN2 arrive at MAG1 only
    When just over the lifetime of MN1 passes
    Then <packets> for MN2 arrive at MAG1 only
    And <packets> from MN2 through MAG1 reach CN1

    Examples:
      | id | order         | first                                          | second                                         | packets      |
      | a  | it came last  | MN2 is registered at MAG1                      | MN1 is registered at MAG1 with Lifetime = 20 s | packets      |
      | b  | it came first | MN1 is registered at MAG1 with Lifetime = 20 s | MN2 is registered at MAG1                      | packets      |
      | c  | it came last  | MN2 is registered at MAG1                      | MN1 is registered at MAG1 with Lifetime = 20 s | IPv4 packets |

  @TC-LMA-V4TUN-BV-35 @LMA @MUST @config:lma-ipv4-transport
  @rfc5844-4.1.4.3-d1a @ipv4-draft-04-4.1.4.3-d1 @ipv4-draft-02-4.4-d1
  Scenario: Mobile nodes that share an IPv4 tunnel are not mixed up
    Given MAG1 signals over IPv4
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only
    And packets for MN2 arrive at MAG1 only
    And IPv4 packets for MN2 arrive at MAG1 only

  @TC-LMA-V4TUN-TI-01 @LMA @SHOULD @config:lma-ipv4-transport @ics:dynamic-tunnels @rfc5844-4.1.4.3-d1b
  Scenario Outline: The end of the last session of a MAG takes its IPv4 tunnel away: <end>
    # If an LMA answers a packet for itself from the tunnel of a MAG, it has that tunnel. At last MN2 asks, because an answer still reaches
    # it: an LMA that drops packets of mobile nodes that the MAG does not serve shows nothing of a tunnel that it keeps. A tunnel that
    # exists before the first session shows nothing: earlier sessions may not have ended, or the LMA may have lost their state.
    Given just over MinDelayBeforeBCEDelete passes
    And MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN2 sends a packet to LMA1 through MAG2
    And the packet goes nowhere
    And MN1 is a dual mobile node
    And MN1 is registered at MAG2 with Lifetime = 20 s
    And packets for MN1 arrive at MAG2 only
    And packets from MN1 through MAG2 reach LMA1
    And <end>
    And <wait> passes
    When MN2 sends a packet to LMA1 through MAG2
    Then the packet goes nowhere

    Examples:
      | id | end                                     | wait                              |
      | a  | MAG2 has de-registered MN1              | just over MinDelayBeforeBCEDelete |
      | b  | packets from MN1 through MAG2 reach CN1 | just over the lifetime of MN1     |
