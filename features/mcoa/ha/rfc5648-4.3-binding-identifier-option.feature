Feature: The Binding Identifier option (RFC 5648, Section 4.3; draft-ietf-monami6-multiplecoa-04, Section 4.2.1)
  What the home agent reads in the option, and how it writes one. The draft has the flags C, O and H in the option, the RFC has H alone.

  @TC-HA-OPT-BV-01 @HA @MUST @config:ha-mcoa
  @rfc5648-4.3-k2 @rfc5648-4.3-k4 @rfc5648-4.3-k7 @rfc5648-4.3-k10 @rfc5648-4.3-d1 @rfc5648-6.2-k15 @rfc5648-6.2-k21
  @mcoa-draft-04-4.2.1-d2 @mcoa-draft-04-4.2.1-k2 @mcoa-draft-04-6.3-k21
  Scenario Outline: The option of the answer repeats the BID: <bid>
    # The answer may hold the care-of address of the update, or none.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID <bid>
    Then the HA accepts BID <bid>

    Examples:
      | id | bid   |
      | a  | 1     |
      | b  | 256   |
      | c  | 32768 |
      | d  | 65535 |

  @TC-HA-OPT-BV-02 @HA @MUST @config:ha-mcoa @mcoa-draft-04-4.2.1-k1 @mcoa-draft-04-6.3-k21 @rfc5648-4.3-k2 @rfc5648-6.2-k15
  Scenario: The answer to an option without care-of address has one without it, too
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 1
    Then the HA accepts BID 1

  @TC-HA-OPT-BV-03 @HA @MUST @config:ha-mcoa @rfc5648-3-k3 @rfc5648-6.2-d8 @mcoa-draft-04-3-k4 @mcoa-draft-04-6.3-d10
  Scenario Outline: BIDs are told apart by all their 16 bits: <first> and <second>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID <first>
    When MN1 registers CoA2 as BID <second>
    Then the HA accepts BID <second>
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted

    Examples:
      | id | first | second |
      | a  | 1     | 65535  |
      | b  | 1     | 257    |
      | c  | 2     | 32770  |
      | d  | 256   | 512    |

  @TC-HA-OPT-BV-04 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-4.3-k6
  Scenario Outline: A Status in the option of an update has no meaning: <status>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with option[Binding Identifier].Status = <status>
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or CoA2 only

    Examples:
      | id | status |
      | a  | 1      |
      | b  | 133    |
      | c  | 255    |

  @TC-HA-OPT-BV-05 @HA @SHOULD @config:ha-mcoa @edition:rfc5648 @rfc5648-4.3-k8
  Scenario Outline: Reserved bits in the option of an update have no meaning: <reserved>
    # RFC 6089 gives them a meaning later, for devices that support it.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 with option[Binding Identifier].Reserved = <reserved>
    Then the HA accepts BID 1

    Examples:
      | id | reserved |
      | a  | 1        |
      | b  | 64       |
      | c  | 127      |

  @TC-HA-OPT-BI-01 @HA @MUST @config:ha-mcoa
  Scenario Outline: An option of a wrong length is refused, and changes no binding: <option>
    # 0002 is BID 2, then come Status and flags. In the draft 80 is C, with which the length is 20.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with Binding Identifier = <option>
    Then the HA rejects it with status <status>
    And packets for MN1 arrive at CoA1 only

    @edition:rfc5648 @rfc5648-6.2-k4
    Examples:
      | id | option                                     | status         |
      | a  | 000200                                     | MCOA_MALFORMED |
      | b  | 0002000020                                 | MCOA_MALFORMED |
      | c  | 000200002001                               | MCOA_MALFORMED |
      | d  | 0002000020010db80100000a                   | MCOA_MALFORMED |
      | e  | 00020000c0000200aa                         | MCOA_MALFORMED |
      | f  | 0002000020010db8010000000000000000005e     | MCOA_MALFORMED |
      | g  | 0002000020010db80100000000000000005e000200 | MCOA_MALFORMED |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k9
    Examples:
      | id | option                                     | status           |
      | h  | 000200                                     | MCOA_INCOMPLIANT |
      | i  | 0002000020                                 | MCOA_INCOMPLIANT |
      | j  | 000200802001                               | MCOA_INCOMPLIANT |
      | k  | 00020080c0000201                           | MCOA_INCOMPLIANT |
      | l  | 00020080                                   | MCOA_INCOMPLIANT |
      | m  | 0002000020010db80100000000000000005e0002   | MCOA_INCOMPLIANT |
      | n  | 0002008020010db80100000000000000005e000200 | MCOA_INCOMPLIANT |

  @TC-HA-OPT-BI-02 @HA @MUST @config:ha-mcoa
  Scenario Outline: An option whose care-of address is no routable unicast address registers nothing: <address>
    # The draft names only the case that no address is there: C (80) is set, and the field is empty.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with <option> = <address>
    Then the HA rejects it with status <status>
    And packets for MN1 arrive at CoA1 only

    @edition:rfc5648 @rfc5648-6.2-k6
    Examples:
      | id | option                                     | address  | status         |
      | a  | option[Binding Identifier].Care-of Address | ::       | MCOA_MALFORMED |
      | b  | option[Binding Identifier].Care-of Address | ::1      | MCOA_MALFORMED |
      | c  | option[Binding Identifier].Care-of Address | fe80::5e | MCOA_MALFORMED |
      | d  | option[Binding Identifier].Care-of Address | ff02::1  | MCOA_MALFORMED |
      | e  | option[Binding Identifier].Care-of Address | ff0e::5e | MCOA_MALFORMED |

    @edition:mcoa-draft-04 @mcoa-draft-04-6.3-k11
    Examples:
      | id | option             | address                                  | status           |
      | f  | Binding Identifier | 0002008000000000000000000000000000000000 | MCOA_INCOMPLIANT |

  @TC-HA-OPT-BI-03 @HA @MUST @config:ha-mcoa @edition:rfc5648 @rfc5648-6.2-k10 @rfc5648-6.2-k6
  Scenario Outline: With Length 8 an address that is no IPv4 unicast address registers nothing: <option>
    # A device without IPv4 care-of addresses may have its own status for this length, see the row of RFC 5555.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with Binding Identifier = <option>
    Then the outcome is one of:
      | outcome                          | reading                                  | allowed when |
      | rejected with 164 MCOA_MALFORMED | no unicast address is in the option      | always       |
      | rejected                         | IPv4 care-of addresses are not supported | ics:!dsmipv6 |

    Examples:
      | id | option           |
      | a  | 0002000000000000 |
      | b  | 00020000e0000001 |
      | c  | 00020000ffffffff |
      | d  | 000200007f000001 |

  @TC-HA-OPT-BI-04 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d6 @mcoa-draft-04-6.3-d1
  Scenario: An Alternate Care-of Address never replaces the care-of address of the option
    # It is ignored, or the update is rejected: in both cases packets go to CoA1.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA1 as BID 1 from CoA3 with Alternate Care-of Address = CoA2
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-OPT-BV-06 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d3
  Scenario: Without C the care-of address is that of the Alternate Care-of Address option
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 with Alternate Care-of Address = CoA2
    Then the HA accepts BID 1
    And packets for MN1 arrive at CoA2 only

  @TC-HA-OPT-BV-07 @HA @MUST @config:ha-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-6.3-d2
  Scenario: Without C the care-of address of a new BID is the source of the update
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 2 from CoA2
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted

  # The reserved BID 0 may be treated as any other, or be refused: no row asks for one of them, and no scenario does.

  @TC-HA-OPT-BV-08 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k14 @mcoa-draft-04-5.6-k1 @mcoa-draft-04-6.3-k20
  Scenario Outline: The answer to an update with options has options: <update>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 <update> with A = 1
    Then the HA accepts BID <bid>

    Examples:
      | id | update                  | bid |
      | a  | registers CoA2 as BID 2 | 2   |
      | b  | registers CoA2 as BID 1 | 1   |
      | c  | refreshes BID 1         | 1   |
      | d  | removes BID 1           | 1   |

  @TC-HA-OPT-BV-09 @HA @SHOULD @config:ha-mcoa @edition:rfc5648 @rfc5648-5.7-k1
  Scenario: An update with an option is answered by an acknowledgement with one
    Given MN2 has registered CoA1
    When MN1 registers CoA1 as BID 1 with A = 1
    Then the HA accepts BID 1

  @TC-HA-OPT-BI-05 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k15 @mcoa-draft-04-6.3-k21
  Scenario: The answer repeats the BID of a refused update, too
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 removes BID 7 from CoA1
    Then the HA rejects it with status NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE
