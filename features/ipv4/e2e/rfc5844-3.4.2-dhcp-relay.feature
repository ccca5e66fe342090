Feature: IPv4 end to end, with a DHCP relay agent at each MAG (RFC 5844, Section 3.4.2)
  All nodes are real, and so are the DHCP client of the mobile node and the DHCP server behind the relay agents. The server leases the
  address that the relay agent gives as remote identifier.

  @TC-E2E-V4RLY-BV-01 @E2E @MUST @config:e2e-ipv4-relay @rfc5844-3.4.2-d2b
  Scenario Outline: <server> leases and renews the IPv4 home address of the binding
    Given DHCP1 runs <server>
    And MN1 attaches at link 1
    And MN1 has a home address
    When MN1 runs dhclient
    Then MN1 has 1 IPv4 home address
    And MN1 renews its IPv4 home address

    Examples:
      | id | server    |
      | a  | dhcpd     |
      | b  | dnsmasq   |
      | c  | kea-dhcp4 |

  @TC-E2E-V4RLY-BV-02 @E2E @MUST @config:e2e-ipv4-relay @rfc5844-3.4.3-d5 @rfc5844-3.1.2.4-k5
  Scenario Outline: What a mobile node transfers over IPv4 survives a handoff, and <server> renews the same address
    Given DHCP1 runs <server>
    And MN1 attaches at link 1
    And MN1 has a home address
    And MN1 runs dhclient
    And MN1 has 1 IPv4 home address
    When MN1 begins a transfer with CN1 over IPv4
    And MN1 moves to link 2
    Then the transfer of MN1 arrives whole
    And MN1 renews its IPv4 home address
    And MN1 keeps its IPv4 home address

    Examples:
      | id | server    |
      | a  | dhcpd     |
      | b  | dnsmasq   |
      | c  | kea-dhcp4 |
