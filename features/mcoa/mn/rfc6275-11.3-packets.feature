Feature: Packets of a mobile node (RFC 6275, Sections 11.3.1 and 11.3.3)
  Packets from the home address go through the tunnel of the home agent, and come from there; others are dropped.

  @TC-MN-FWD-BV-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.3.1-k5 @rfc6275-11.3.3-k2 @rfc6275-11.3.1-k8
  Scenario: Without a binding at the correspondent node packets go through the tunnel
    Given the MN has registered link 1
    And the CN does not answer Home Test Inits
    When CN1 sends packets to the MN
    Then packets of the MN to CN1 are reverse-tunnelled
    And packets of the MN to CN1 come over link 1 only

  @TC-MN-FWD-BI-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.3.3-k1
  Scenario: A packet in a tunnel of another node is not taken
    Given the MN has registered link 1
    When CN1 sends packets to the MN with outer source = another node
    Then the MN does not take them

  @TC-MN-FWD-BV-02 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @rfc6275-11.3.3-k3
  Scenario: A packet with a type 2 routing header to the home address is taken
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    When CN1 sends packets to the MN over link 1
    Then the MN takes them

  @TC-MN-FWD-BI-02 @MN @MUST @config:mn-mipv6 @rfc6275-11.3.3-k3
  Scenario Outline: A packet whose type 2 routing header is wrong is dropped: <fault>
    Given the MN has registered link 1
    When CN1 sends packets with a type 2 routing header to the MN over link 1 with <fault>
    Then the MN does not take them

    Examples:
      | id | fault                              |
      | a  | Segments Left = 2                  |
      | b  | Hdr Ext Len = 4                    |
      | c  | Home Address = a foreign address   |

  @TC-MN-FWD-BI-03 @MN @MUST @config:mn-mipv6 @rfc6275-9.2-k4
  Scenario: A Mobility Header of unknown type is reported
    Given the MN has registered link 1
    When the HA sends a Binding Refresh Request for its binding with MH Type = 200
    Then the MN reports a Binding Error
