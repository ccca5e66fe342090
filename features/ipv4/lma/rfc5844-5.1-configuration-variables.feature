Feature: Configuration variables for IPv4 transport (RFC 5844, Section 5.1; draft-ietf-netlmm-pmip6-ipv4-support-04, Section 5.1)
  RFC 5844: AcceptForcedIPv4UDPEncapsulationRequest, 0 if nobody sets it, says whether a MAG may force UDP encapsulation. The draft:
  AcceptIPv4UDPEncapsulationRequest, 1 if nobody sets it, says whether there is UDP encapsulation at all, with a NAT as well.

  @TC-LMA-V4VAR-BI-01 @LMA @MUST @config:lma-ipv4-transport @rfc5844-5.1-d1
  Scenario Outline: UDP encapsulation cannot be forced if nobody has allowed it: <kind>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA rejects it with status 129 ADMINISTRATIVELY_PROHIBITED

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv6-only |

  @TC-LMA-V4VAR-BV-01 @LMA @MUST @config:lma-ipv4-transport @rfc5844-5.1-k1 @rfc5844-4.1.3.1-k6
  Scenario: The operator sets AcceptForcedIPv4UDPEncapsulationRequest to 1
    Given the operator sets AcceptForcedIPv4UDPEncapsulationRequest to 1
    And MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG1 only
    And IPv4 packets for MN1 arrive at MAG1 only

  @TC-LMA-V4VAR-BI-02 @LMA @MUST @config:lma-ipv4-transport-udp @rfc5844-5.1-k1
  Scenario: The operator sets AcceptForcedIPv4UDPEncapsulationRequest to 0
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1 with F = 1
    And the operator sets AcceptForcedIPv4UDPEncapsulationRequest to 0
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA rejects it with status 129 ADMINISTRATIVELY_PROHIBITED

  @TC-LMA-V4VAR-BV-02 @LMA @MUST @config:lma-ipv4-transport @rfc5844-5.1-k2
  Scenario: AcceptForcedIPv4UDPEncapsulationRequest = 1 survives a restart
    Given the operator sets AcceptForcedIPv4UDPEncapsulationRequest to 1
    And the device restarts
    And MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA accepts the registration

  @TC-LMA-V4VAR-BI-03 @LMA @MUST @config:lma-ipv4-transport-udp @rfc5844-5.1-k2
  Scenario: AcceptForcedIPv4UDPEncapsulationRequest = 0 survives a restart
    Given the operator sets AcceptForcedIPv4UDPEncapsulationRequest to 0
    And the device restarts
    And MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    When MAG1 registers MN1 with F = 1
    Then the LMA rejects it with status 129 ADMINISTRATIVELY_PROHIBITED

  @TC-LMA-V4VAR-BV-03 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-5.1-k3 @seed000-7
  Scenario Outline: There is UDP encapsulation if nobody has forbidden it: <packets>
    Given MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at MAG1 only

    Examples:
      | id | packets      |
      | a  | packets      |
      | b  | IPv4 packets |

  # The LMA may reject the second request, and leave the tunnel as it is, or accept it and tunnel in plain IPv4.
  @TC-LMA-V4VAR-BI-04 @LMA @MUST @config:lma-ipv4-transport-udp @ipv4-draft-04-5.1-k4 @seed000-7
  Scenario Outline: Where UDP encapsulation is forbidden, no packet is in UDP: <path>, F = <flag>, <packets>
    Given MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 signals over <path>
    When MAG1 refreshes MN1 with F = <flag>
    Then the outcome is one of:
      | outcome                                       | reading                             | allowed when |
      | accepted, the session is the earlier one      | the tunnel is in plain IPv4         | always       |
      | rejected with 128 REASON_UNSPECIFIED          | without UDP there is no tunnel      | always       |
      | rejected with 129 ADMINISTRATIVELY_PROHIBITED | the operator forbids what is needed | always       |
      | rejected with 130 INSUFFICIENT_RESOURCES      | the LMA has no such tunnel          | always       |
    And <packets> for MN1 arrive at MAG1 only

    Examples:
      | id | path              | flag | packets      |
      | a  | IPv4 behind a NAT | 0    | packets      |
      | b  | IPv4 behind a NAT | 0    | IPv4 packets |
      | c  | IPv4              | 1    | packets      |
      | d  | IPv4 behind a NAT | 1    | packets      |

  @TC-LMA-V4VAR-BV-04 @LMA @MUST @config:lma-ipv4-transport-udp @ipv4-draft-04-5.1-k1 @seed000-7
  Scenario: The operator sets AcceptIPv4UDPEncapsulationRequest to 1
    Given the operator sets AcceptIPv4UDPEncapsulationRequest to 1
    And MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG1 only
    And packets from MN1 through MAG1 reach CN1

  @TC-LMA-V4VAR-BI-05 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-5.1-k1 @seed000-7
  Scenario: The operator sets AcceptIPv4UDPEncapsulationRequest to 0
    # As above, the LMA may reject the second request, or accept it and tunnel in plain IPv4.
    Given the operator sets AcceptIPv4UDPEncapsulationRequest to 0
    And MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 signals over IPv4 behind a NAT
    When MAG1 refreshes MN1
    Then the outcome is one of:
      | outcome                                       | reading                             | allowed when |
      | accepted, the session is the earlier one      | the tunnel is in plain IPv4         | always       |
      | rejected with 128 REASON_UNSPECIFIED          | without UDP there is no tunnel      | always       |
      | rejected with 129 ADMINISTRATIVELY_PROHIBITED | the operator forbids what is needed | always       |
      | rejected with 130 INSUFFICIENT_RESOURCES      | the LMA has no such tunnel          | always       |
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-V4VAR-BV-05 @LMA @MUST @config:lma-ipv4-transport-udp @ipv4-draft-04-5.1-k2
  Scenario: AcceptIPv4UDPEncapsulationRequest = 1 survives a restart
    Given the operator sets AcceptIPv4UDPEncapsulationRequest to 1
    And the device restarts
    And MAG1 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-V4VAR-BI-06 @LMA @MUST @config:lma-ipv4-transport @ipv4-draft-04-5.1-k2
  Scenario: AcceptIPv4UDPEncapsulationRequest = 0 survives a restart
    # As above, the LMA may reject the second request, or accept it and tunnel in plain IPv4.
    Given the operator sets AcceptIPv4UDPEncapsulationRequest to 0
    And the device restarts
    And MAG1 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MAG1 signals over IPv4 behind a NAT
    When MAG1 refreshes MN1
    Then the outcome is one of:
      | outcome                                       | reading                             | allowed when |
      | accepted, the session is the earlier one      | the tunnel is in plain IPv4         | always       |
      | rejected with 128 REASON_UNSPECIFIED          | without UDP there is no tunnel      | always       |
      | rejected with 129 ADMINISTRATIVELY_PROHIBITED | the operator forbids what is needed | always       |
      | rejected with 130 INSUFFICIENT_RESOURCES      | the LMA has no such tunnel          | always       |
    And packets for MN1 arrive at MAG1 only
