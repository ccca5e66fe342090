Feature: Several IPv4 home addresses of a session (draft-ietf-netlmm-pmip6-ipv4-support-04, Section 3.1.2)
  A session may have more than one IPv4 home address. A request names all of them, and the answer has an option for each.

  @TC-LMA-V4REG-BV-17 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.1.2.2-k1 @ipv4-draft-04-3.1.2.6-k4 @ipv4-draft-04-3.1.2.6-k6 @ipv4-draft-04-3.1.2.6-k7 @ipv4-draft-04-3.1.2.6-d2 @seed000-1
  Scenario: A mobile node gets all IPv4 home addresses of its profile
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a two-ipv4 mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has 2 IPv4 home addresses
    And no two mobile nodes share an IPv4 home address
    And the answer carries:
      | IPv4 answer | two, status 0 |

  @TC-LMA-V4REG-BV-18 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.1.2.1-k1 @ipv4-draft-04-3.1.2.2-k7 @ipv4-draft-04-3.1.2.3-k1 @ipv4-draft-04-3.1.2.7-k1a
  Scenario Outline: A request with all IPv4 home addresses of a session updates it, in any order: <event>
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a two-ipv4 mobile node
    And MN1 is registered at MAG1 with Link-local Address = marked
    And MN1 has 2 IPv4 home addresses
    When <event> with no Home Network Prefix and IPv4 home address = assigned<order>
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home addresses
    And the session is the earlier one

    Examples:
      | id | event                 | order                                                                     |
      | a  | MAG1 refreshes MN1    |                                                                           |
      | b  | MAG1 refreshes MN1    | ; swap option[IPv4 home address] with option[IPv4 home address #2]        |
      | c  | MN1 hands off to MAG2 | ; swap option[IPv4 home address] with option[IPv4 home address #2]        |

  @TC-LMA-V4FWD-BV-06 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.1.2.2-k11 @ipv4-draft-04-3.1.3-k3 @ipv4-draft-04-3.1.3-k4
  Scenario: Packets of every IPv4 home address take the tunnel
    Given MN1 is a two-ipv4 mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And MN1 has 2 IPv4 home addresses
    And IPv4 packets for every address of MN1 arrive at MAG1 only
    And IPv4 packets from every address of MN1 through MAG1 reach CN1

  @TC-LMA-V4REG-BV-19 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.1.2.4-k1 @ipv4-draft-04-3.1.2.4-k2 @ipv4-draft-04-3-d1 @ipv4-draft-04-3-d3
  Scenario: All IPv4 home addresses move to the new MAG
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a two-ipv4 mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 IPv4 home addresses
    And IPv4 packets for every address of MN1 arrive at MAG1 only
    When MN1 hands off to MAG2
    Then the LMA accepts the registration
    And MN1 keeps its IPv4 home addresses
    And IPv4 packets for every address of MN1 arrive at MAG2 only

  @TC-LMA-V4DER-TI-04 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses @ipv4-draft-04-3.1.2.5-k2
  Scenario: After the wait no packet for any IPv4 home address is tunnelled
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a two-ipv4 mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 IPv4 home addresses
    And no two mobile nodes share an IPv4 home address
    And IPv4 packets for every address of MN1 arrive at MAG1 only
    And MAG1 has de-registered MN1
    When just over MinDelayBeforeBCEDelete passes
    Then IPv4 packets for every address of MN1 go nowhere

  @TC-LMA-V4REG-BI-14 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.1.2.2-k2a @ipv4-draft-04-3.1.2.2-k2b
  Scenario Outline: An address that the mobile node may use does not excuse one that it may not: <addresses>
    # The address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a two-ipv4 mobile node
    When MAG1 registers MN1 with IPv4 home address = <addresses> and Link-local Address = marked
    Then the LMA does not accept it
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | addresses           |
      | a  | unassigned, foreign |
      | b  | foreign, unassigned |
      | c  | unassigned, MN2's   |
      | d  | MN2's, unassigned   |

  @TC-LMA-V4FMT-BI-06 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses
  @ipv4-draft-04-3.1.2.6-k5a @ipv4-draft-04-3.1.2.6-k5b @ipv4-draft-04-3.1.2.6-d1 @ipv4-draft-04-3.1.2.6-k9
  Scenario: The rejection of a request with several IPv4 home addresses answers each
    Given MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a two-ipv4 mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 IPv4 home addresses
    When MAG1 refreshes MN1 with no Access Technology Type
    Then the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION
    And the answer carries:
      | IPv4 answer    | two, status 128 or above, the requested address |
      | default router | absent                                          |

  @TC-LMA-V4LKP-BI-03 @LMA @MUST @config:lma-ipv4 @edition:ipv4-draft-04 @ics:ipv4-draft-04-several-addresses @ipv4-draft-04-3.1.2.7-k1i
  Scenario Outline: A set of IPv4 home addresses that is not the session's is refused: <addresses>
    # An address may have been that of an earlier scenario.
    Given just over MinDelayBeforeBCEDelete passes
    And MN2 is a dual mobile node
    And MN2 is registered at MAG2
    And MN1 is a two-ipv4 mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 IPv4 home addresses
    And IPv4 packets for every address of MN1 arrive at MAG1 only
    When MN1 hands off to MAG2 with no Home Network Prefix and IPv4 home address = <addresses>
    Then the LMA rejects it with status 159 BCE_PBU_PREFIX_SET_DO_NOT_MATCH
    And IPv4 packets for every address of MN1 arrive at MAG1 only

    Examples:
      | id | addresses                      |
      | a  | the first assigned             |
      | b  | the first assigned, unassigned |
      | c  | assigned, unassigned           |
