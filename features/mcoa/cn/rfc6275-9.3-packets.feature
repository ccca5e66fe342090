Feature: Packets from and to mobile nodes (RFC 6275, Section 9.3)
  Only a binding makes a Home Address option acceptable, and only for its care-of address. Packets to a home address with a
  binding go by a type 2 routing header.

  @TC-CN-HOA-BV-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.3.1-k7
  Scenario: A packet from the registered care-of address is one from the home address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-HOA-BI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.3.1-k3
  Scenario: A packet with a Home Address option without binding is dropped
    Given MN2 has registered CoA1
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-HOA-BI-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.3.1-k5
  Scenario: A packet with a Home Address option from another than the registered care-of address is dropped
    Given MN2 has registered CoA2
    And MN1 has registered CoA1
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-HOA-BI-03 @CN @MUST @config:cn-mipv6
  @rfc6275-9.3.1-k6 @rfc6275-9.3.1-d1 @rfc6275-9.3.3-d1 @rfc6275-9.3.3-k2 @rfc6275-6.1.9-k1 @rfc6275-6.1-k1
  Scenario Outline: The sender of such a packet is told: <bindings>
    Given MN2 has registered CoA2
    And <bindings> has registered CoA1
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA2 are answered by a Binding Error

    Examples:
      | id | bindings |
      | a  | MN1      |
      | b  | MN3      |

  @TC-CN-HOA-BO-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.1-k7
  Scenario: A Home Address option changes no binding
    Given MN1 has registered CoA1
    And packets with a Home Address option of MN1 from CoA2 are dropped
    When 1 s passes
    Then packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-FWD-BV-01 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.3.2-k2
  Scenario: Packets for a mobile node with a binding go to its care-of address
    Given MN2 has registered CoA2
    And MN1 has registered CoA1
    When 1 s passes
    Then packets for MN1 arrive at CoA1 only

  @TC-CN-FWD-BV-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.3.2-d1
  Scenario: Packets for a mobile node without a binding go to its home address
    Given MN2 has registered CoA1
    When 1 s passes
    Then packets for MN1 go to its home address

  @TC-CN-FWD-BV-03 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.3.2-k2
  Scenario: Packets follow the mobile node to its next care-of address
    Given MN1 has registered CoA1
    And packets for MN1 arrive at CoA1 only
    When MN1 registers CoA2
    Then the CN accepts the registration
    And packets for MN1 arrive at CoA2 only

  @TC-CN-FWD-BV-04 @CN @MUST @config:cn-mipv6 @rfc6275-9.3.2-d1 @rfc6275-9.5.3-k1
  Scenario: After a deletion packets go to the home address
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And packets for MN1 arrive at CoA1 only
    When MN1 removes all its bindings
    Then the CN accepts the de-registration
    And packets for MN1 go to its home address

  @TC-CN-FWD-TI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.3.2-d1 @rfc6275-9.5.2-k4
  Scenario: After the end of a binding packets go to the home address
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the CN accepts the registration
    And packets for MN1 arrive at CoA1 only
    When just over the lifetime of MN1 passes
    Then packets for MN1 go to its home address
