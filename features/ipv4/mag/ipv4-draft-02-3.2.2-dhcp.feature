Feature: DHCP at the MAG in draft -02 (draft-ietf-netlmm-pmip6-ipv4-support-02, Sections 3.1 and 3.2.2)
  What the draft decides otherwise than its successors: the server has an identifier of its own, a relay registers the address that the
  server has confirmed, and holds the confirmation back until then.

  @TC-MAG-DHCPS-BV-33 @MAG @MUST @config:mag-ipv4-server @ipv4-draft-02-3.1-k4
  Scenario: The server of a MAG has an identifier
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    When MN1 sends a DHCPDISCOVER
    Then MN1 gets a DHCPOFFER with:
      | Server Identifier | an address |

  @TC-MAG-DHCPS-BV-34 @MAG @SHOULD @config:mag-ipv4-server @ipv4-draft-02-3.2.2-k29
  Scenario: A renewal makes the MAG register the mobile node again
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING
    Then the MAG sends an IPv4 registration for MN1

  @TC-MAG-DHCPS-BO-12 @MAG @SHOULD @config:mag-ipv4-server @ipv4-draft-02-3.2.2-k30 @seed001-17 @seed001-19
  Scenario: In draft -02 a renewal to the address of another MAG is not answered
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 has its IPv4 home address by DHCP
    When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 198.18.0.99
    Then MN1 gets no DHCP message
    And the MAG does not pass the DHCPREQUEST on

  @TC-MAG-DHCPR-BV-15 @MAG @MUST @config:mag-ipv4-relay @ipv4-draft-02-3.2.2-k25
  Scenario: The relay registers the address that the server has confirmed
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is an ipv4-only mobile node
    And MN1 attaches at link 1
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And the DHCP server answers with a DHCPOFFER with yiaddr = 198.18.7.9
    And MN1 gets a DHCPOFFER
    And MN1 sends a DHCPREQUEST
    And the DHCPREQUEST comes to the DHCP server
    When the DHCP server answers with a DHCPACK with yiaddr = 198.18.7.9
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | 198.18.7.9/16 |

  @TC-MAG-DHCPR-BO-04 @MAG @MUST @config:mag-ipv4-relay @ipv4-draft-02-3.2.2-k26
  Scenario: The confirmation does not reach the mobile node before the acknowledgement
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is an ipv4-only mobile node
    And MN1 attaches at link 1
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And the DHCP server answers with a DHCPOFFER with yiaddr = 198.18.7.9
    And MN1 gets a DHCPOFFER
    And MN1 sends a DHCPREQUEST
    And the DHCPREQUEST comes to the DHCP server
    When the DHCP server answers with a DHCPACK with yiaddr = 198.18.7.9
    Then MN1 gets no DHCPACK

  @TC-MAG-DHCPR-BV-16 @MAG @MUST @config:mag-ipv4-relay @ipv4-draft-02-3.2.2-k27 @seed001-22
  Scenario: The confirmation reaches the mobile node after the acknowledgement
    Given MN2 is attached at link 2 and registered with LMA1
    And LMA1 ignores registrations
    And MN1 is an ipv4-only mobile node
    And MN1 attaches at link 1
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And the DHCP server answers with a DHCPOFFER with yiaddr = 198.18.7.9
    And MN1 gets a DHCPOFFER
    And MN1 sends a DHCPREQUEST
    And the DHCPREQUEST comes to the DHCP server
    And the DHCP server answers with a DHCPACK with yiaddr = 198.18.7.9
    And the MAG sends an IPv4 registration for MN1
    When LMA1 accepts the request
    Then MN1 gets a DHCPACK with:
      | yiaddr | 198.18.7.9 |

  @TC-MAG-DHCPR-BV-17 @MAG @SHOULD @config:mag-ipv4-relay @ics:ipv4-draft-02-shared-profile @ipv4-draft-02-3.2.2-k23
  Scenario: The address that the server has given is in the profile afterwards
    Given MN2 is attached at link 3 and registered with LMA1
    And LMA1 accepts registrations
    And MN1 is an ipv4-only mobile node
    And MN1 attaches at link 1
    And MN1 sends a DHCPDISCOVER
    And the DHCPDISCOVER comes to the DHCP server
    And the DHCP server answers with a DHCPOFFER with yiaddr = 198.18.7.9
    And MN1 gets a DHCPOFFER
    And MN1 sends a DHCPREQUEST
    And the DHCPREQUEST comes to the DHCP server
    And the DHCP server answers with a DHCPACK with yiaddr = 198.18.7.9
    And MN1 gets a DHCPACK
    And MN1 detaches
    And twice INITIAL_BINDACK_TIMEOUT passes
    When MN1 attaches at link 2
    Then the MAG sends an IPv4 registration for MN1 with:
      | IPv4 home address | 198.18.7.9/16 |
