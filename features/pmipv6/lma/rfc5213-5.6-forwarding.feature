Feature: Tunnel and forwarding (RFC 5213, Section 5.6)
  Packets of a registered mobile node pass between the LMA and the serving MAG in an
  IPv6-in-IPv6 tunnel, congestion marks included.

  @TC-LMA-FWD-BV-01 @LMA @MUST @config:lma-baseline
  @rfc5213-5.6.2-k1 @rfc5213-5.6.2-k3 @rfc5213-5.6.2-k4a @rfc5213-5.6.1-k1 @rfc5213-5.6.1-k4 @rfc5213-5.3.2-k10
  Scenario: A packet for the mobile node goes through the tunnel to its MAG
    Given MN1 is registered at MAG1
    When CN1 sends a packet to MN1
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer source      | LMA1     |
      | outer destination | MAG1     |
      | inner source      | CN1      |
      | inner Hop Limit   | one less |

  @TC-LMA-FWD-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k5 @rfc5213-5.6.2-k6 @rfc5213-5.3.2-k8
  Scenario: A packet from the mobile node leaves the tunnel and is routed on
    Given MN1 is registered at MAG1
    When MN1 sends a packet to CN1 through MAG1
    Then packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner destination | CN1      |
      | inner Hop Limit   | one less |

  @TC-LMA-FWD-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.6.2-k4b
  Scenario: A packet whose hop limit runs out is not tunnelled
    Given MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When CN1 sends a packet to MN1 with inner Hop Limit = 1
    Then the packet goes nowhere

  @TC-LMA-FWD-BV-03 @LMA @MUST @config:lma-baseline
  Scenario Outline: At the tunnel entrance the congestion field is copied: <inner>
    Given MN1 is registered at MAG1
    When CN1 sends a packet to MN1 with inner ECN = <inner>
    Then packets for MN1 arrive at MAG1 only
    And the forwarded packet carries:
      | outer ECN | <inner> |
      | inner ECN | <inner> |

    @rfc5213-5.6.3-k1a
    Examples:
      | id | inner   |
      | a  | Not-ECT |

    @rfc5213-5.6.3-k2
    Examples:
      | id | inner  |
      | b  | ECT(0) |
      | c  | ECT(1) |

  @TC-LMA-FWD-BV-04 @LMA @MUST @config:lma-baseline
  Scenario Outline: At the tunnel exit congestion is passed on, nothing else: outer <outer>, inner <inner>
    Given MN1 is registered at MAG1
    When MN1 sends a packet to CN1 through MAG1 with outer ECN = <outer> and inner ECN = <inner>
    Then packets from MN1 through MAG1 reach CN1
    And the forwarded packet carries:
      | inner ECN | <result> |

    @rfc5213-5.6.3-k4
    Examples:
      | id | outer | inner  | result |
      | a  | CE    | ECT(0) | CE     |
      | b  | CE    | ECT(1) | CE     |

    @rfc5213-5.6.3-k5
    Examples:
      | id | outer   | inner   | result  |
      | c  | ECT(0)  | ECT(1)  | ECT(1)  |
      | d  | Not-ECT | ECT(0)  | ECT(0)  |
      | e  | ECT(1)  | Not-ECT | Not-ECT |
      | f  | Not-ECT | CE      | CE      |

  @TC-LMA-FWD-BV-05 @LMA @MUST @config:lma-baseline @rfc5213-5.6.1-d1
  Scenario: A mobile node that leaves does not take the shared tunnel away
    Given MN1 is registered at MAG1
    And MN2 is registered at MAG1
    And packets for MN2 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then packets for MN2 arrive at MAG1 only
