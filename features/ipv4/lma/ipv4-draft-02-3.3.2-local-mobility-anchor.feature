Feature: IPv4 home addresses at the LMA (draft-ietf-netlmm-pmip6-ipv4-support-02, Section 3.3.2)
  What this version of the draft says in its own way.

  @TC-LMA-V4REG-BV-20 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-02 @ipv4-draft-02-3.3.2-k5
  Scenario: The identifier alone makes two mobile nodes of two
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1 with Mobile Node Link-layer Identifier = 02:00:5e:00:53:01
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Mobile Node Link-layer Identifier = 02:00:5e:00:53:01 and Link-local Address = marked
    When MAG1 refreshes MN1 with Mobile Node Link-layer Identifier = 02:00:5e:00:53:01
    Then the LMA accepts the registration
    And the session is the earlier one
    And no two mobile nodes share an IPv4 home address

  @TC-LMA-V4REG-BV-21 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-02
  @ipv4-draft-02-3.3.2-k8 @ipv4-draft-02-3.3.2-k18 @ipv4-draft-02-3-d1 @ipv4-draft-02-3.3.2-k9
  Scenario: A handoff request with the IPv4 home address updates the session
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is an ipv4-only mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MN1 hands off to MAG2 with IPv4 home address = assigned
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home address
    And the session is the earlier one
    And IPv4 packets for MN1 arrive at MAG2 only

  @TC-LMA-V4REG-BI-15 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-02 @ipv4-draft-02-6-k2
  Scenario Outline: Packets for an IPv4 address that the mobile node may not use do not reach the MAG that asks for it: <kind>
    # The LMA may reject the request, or accept it and refuse the address alone.
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And IPv4 packets for MN2 arrive at MAG1 only
    And MN3 is a dual mobile node
    And MN3 is registered at MAG2
    And MN1 is a <kind> mobile node
    When MAG2 registers MN1 with IPv4 home address = MN2's
    And 1 s passes
    Then IPv4 packets for MN2 do not arrive at MAG2

    Examples:
      | id | kind      |
      | a  | dual      |
      | b  | ipv4-only |

  @TC-LMA-V4FMT-BI-07 @LMA @MUST @config:lma-ipv4 @ics:timestamp-option @edition:ipv4-draft-02 @ipv4-draft-02-3.3.2-k23
  Scenario: The rejection of a refresh has the address that is allocated
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When MAG1 refreshes MN1 with IPv4 home address = ALL_ZERO and Timestamp = last - half TimestampValidityWindow
    Then the LMA rejects it with status 157 TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
    And the answer carries:
      | IPv4 answer | its IPv4 home address |
