Feature: IPv4 end to end, with a DHCP server at each MAG (RFC 5844, Section 3.4.1)
  All nodes are real, and so is the DHCP client of the mobile node: it knows nothing of mobility, gets the address of the binding, and
  renews it wherever the node is.

  @TC-E2E-V4SRV-BV-01 @E2E @MUST @config:e2e-ipv4 @rfc5844-3.4.1-d3 @rfc5844-3.4.1-d7 @rfc5844-3.1.3-k2 @rfc5844-3.1.3-k3
  Scenario Outline: <client> gets the IPv4 home address of the binding, and the mobile node reaches its correspondent
    Given MN1 attaches at link 1
    And MN1 has a home address
    When MN1 runs <client>
    Then MN1 has 1 IPv4 home address
    And MN1 reaches CN1 over IPv4
    And MN1 renews its IPv4 home address

    Examples:
      | id | client   |
      | a  | udhcpc   |
      | b  | dhclient |
      | c  | dhcpcd   |

  @TC-E2E-V4SRV-BV-02 @E2E @MUST @config:e2e-ipv4 @rfc5844-3.4.1-d9 @rfc5844-3.4.3-d5 @rfc5844-3.1.2.4-k5
  Scenario Outline: What a mobile node transfers over IPv4 survives its handoffs, and <client> renews the same address
    Given MN1 attaches at link 1
    And MN1 has a home address
    And MN1 runs <client>
    And MN1 has 1 IPv4 home address
    When MN1 begins a transfer with CN1 over IPv4
    And MN1 moves to link 2
    And 5 s passes
    And MN1 moves to link 1
    Then the transfer of MN1 arrives whole
    And MN1 renews its IPv4 home address
    And MN1 keeps its IPv4 home address
    And MN1 reaches CN1 over IPv4

    Examples:
      | id | client   |
      | a  | udhcpc   |
      | b  | dhclient |
      | c  | dhcpcd   |
