Feature: Lifetime of IPv4 home addresses (RFC 5844, Section 3.1.2.3)
  A refresh from the MAG that holds the session prolongs the life of the IPv4 home address.

  @TC-LMA-V4REG-TI-03 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.3-k1a @ipv4-draft-04-3.1.2.3-k1
  Scenario Outline: After a refresh the IPv4 traffic flows as long as the lifetime that the refresh was granted: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Lifetime = 20 s
    And IPv4 packets for MN1 arrive at MAG1 only
    And half the lifetime of MN1 passes
    And MAG1 refreshes MN1 with Lifetime = 20 s
    And the LMA accepts the registration
    When just under the lifetime of MN1 passes
    Then IPv4 packets for MN1 arrive at MAG1 only

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4REG-TI-04 @LMA @MUST @config:lma-ipv4 @rfc5844-3.1.2.3-k1a @ipv4-draft-04-3.1.2.3-k1
  Scenario Outline: When the lifetime of the refresh has run out, the IPv4 traffic stops: <kind>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    And MN1 is registered at MAG1 with Lifetime = 60 s
    And IPv4 packets for MN1 arrive at MAG1 only
    And MAG1 refreshes MN1 with Lifetime = 20 s
    And the LMA accepts the registration
    When just over the lifetime of MN1 passes
    Then IPv4 packets for MN1 go nowhere

    Examples:
      | id | kind      |
      | a  | ipv4-only |
      | b  | dual      |

  @TC-LMA-V4REG-BO-01 @LMA @ambiguous @config:lma-ipv4 @rfc5844-3.1.2.3-k1b
  Scenario Outline: A refresh that leaves one family out is accepted: <request>
    # Whether the family that is left out is kept or released is open.
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    When MAG1 refreshes MN1 with <request>
    Then the outcome is one of:
      | outcome                                   | reading                                | allowed when |
      | accepted, the session is the earlier one  | the session goes on with what is named | always       |

    Examples:
      | id | request                |
      | a  | no Home Network Prefix |
      | b  | no IPv4 home address   |
