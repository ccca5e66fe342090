Feature: The Refresh time of the NAT Detection option (draft-ietf-netlmm-pmip6-ipv4-support-02, Section 4.2.2)
  A MAG that has heard of a NAT keeps the NAT's state alive: each time the Refresh time has passed, it repeats its update, long before the
  lifetime of the session asks for it. A Refresh time of 0 or of all ones asks for nothing.

  @TC-MAG-V4NAT-TI-01 @MAG @MUST @config:mag-ipv4-transport @edition:ipv4-draft-02 @ipv4-draft-02-4.2.2-k20
  Scenario Outline: After the Refresh time the update is repeated: F <F>, <kind>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F <F>, refresh 30 s and Lifetime = 400 s
    When 5 s passes
    Then the MAG sends a registration for MN1 within 31 s

    Examples:
      | id | F | kind      | a            |
      | a  | 1 | dual      | a dual       |
      | b  | 0 | dual      | a dual       |
      | c  | 1 | ipv4-only | an ipv4-only |
      | d  | 1 | ipv6-only | an ipv6-only |

  @TC-MAG-V4NAT-TI-02 @MAG @MUST @config:mag-ipv4-transport @edition:ipv4-draft-02 @ipv4-draft-02-4.2.2-k20
  Scenario: The update is repeated each time the Refresh time has passed, not only once
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 30 s and Lifetime = 400 s
    And LMA1 accepts registrations with NAT Detection = F 1, refresh 30 s and Lifetime = 400 s
    And the MAG sends a registration for MN1 within 31 s
    When 5 s passes
    Then the MAG sends a registration for MN1 within 31 s
    And packets from MN1 reach CN1

  @TC-MAG-V4NAT-TI-03 @MAG @MUST @config:mag-ipv4-transport @edition:ipv4-draft-02 @ipv4-draft-02-4.2.2-k20
  Scenario: The Refresh time of the last acknowledgement counts
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh 600 s and Lifetime = 40 s
    And LMA1 ignores registrations
    And the MAG sends a registration for MN1 within 40 s
    And LMA1 accepts the request with NAT Detection = F 1, refresh 20 s and Lifetime = 400 s
    When 5 s passes
    Then the MAG sends a registration for MN1 within 21 s

  @TC-MAG-V4NAT-TI-04 @MAG @MUST @config:mag-ipv4-transport @edition:ipv4-draft-02 @ipv4-draft-02-4.2.2-k20
  Scenario Outline: A Refresh time that asks for nothing does not make the MAG repeat its update: <time>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is a dual mobile node
    And MN1 is attached at link 1 and registered with LMA1 with NAT Detection = F 1, refresh <time> s and Lifetime = 400 s
    And packets from MN1 reach CN1
    When 5 s passes
    Then the MAG sends no registration for MN1 for 65 s

    Examples:
      | id | time       |
      | a  | 0          |
      | b  | 4294967295 |
