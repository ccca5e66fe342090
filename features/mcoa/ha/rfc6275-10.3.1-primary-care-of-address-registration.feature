Feature: Primary care-of address registration (RFC 6275, Section 10.3.1)
  A mobile node registers its care-of address with its home agent. Here it has one binding, without a BID.

  @TC-HA-REG-BV-01 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k12 @rfc6275-10.4.2-k1 @rfc6275-9.5.4-k5
  @rfc6275-9.5.4-k12 @rfc6275-9.5.4-k15 @rfc6275-10.3.1-k19 @rfc6275-10.3.1-k30
  Scenario: Packets for a mobile node that has registered are tunnelled to its care-of address
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA1 only
    And packets for MN2 arrive at CoA1 only

  @TC-HA-REG-BV-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k12
  Scenario: A registration with a new care-of address moves the binding there
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And packets for MN1 arrive at CoA1 only
    When MN1 registers CoA2
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

  @TC-HA-REG-BV-04 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k25 @rfc6275-10.3.1-k30
  Scenario Outline: A home agent answers whether or not an acknowledgement is asked for: A = <A>
    # For correspondent nodes A decides; a home agent always answers (10.3.1).
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with A = <A>
    Then the HA accepts the registration

    Examples:
      | id | A |
      | a  | 0 |

    @rfc6275-9.5.4-k2
    Examples:
      | id | A |
      | b  | 1 |

  @TC-HA-REG-BV-05 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k28
  Scenario: The status is 0 where the home prefix stays valid and preferred
    # 1 is right for a prefix that becomes deprecated or invalid during the binding. That of the IXIT does not.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Lifetime = 40 s
    Then the HA answers with:
      | Status | 0 |

  @TC-HA-REG-BV-06 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k22 @rfc6275-9.5.4-k12
  Scenario: The care-of address is that of the Alternate Care-of Address option
    # The answer goes back to the source of the update all the same.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Alternate Care-of Address = CoA2
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

  @TC-HA-REG-BV-12 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k22
  Scenario: Without an Alternate Care-of Address option the care-of address is the source of the update
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with no Alternate Care-of Address
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

  @TC-HA-REG-BV-07 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k19 @rfc6275-6.1.8-d1
  Scenario Outline: A home agent grants no more than it is asked for: <lifetime>
    # It may grant less, by its own policy.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Lifetime = <lifetime>
    Then the HA accepts the registration

    Examples:
      | id | lifetime |
      | a  | 4 s      |
      | b  | 40 s     |

  @TC-HA-REG-BV-08 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-d3
  Scenario Outline: K is clear in the answer where security associations are not dynamic: K = <K>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with K = <K>
    Then the HA answers with:
      | K | 0 |

    Examples:
      | id | K |
      | a  | 0 |
      | b  | 1 |

  @TC-HA-REG-BV-09 @HA @MUST @config:ha-mipv6
  Scenario Outline: What a home agent does not know in an update changes nothing: <what>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with <what>
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

    @rfc6275-6.1.7-k9 @rfc6275-6.2.1-k1
    Examples:
      | id | what              |
      | a  | Option 200 = 0102 |
      | b  | Option 201 = 01   |

    @rfc6275-6.1.1-k4
    Examples:
      | id | what           |
      | c  | octet 3 = 0xff |

    @rfc6275-6.1.7-k6
    Examples:
      | id | what           |
      | d  | octet 9 = 0x0f |

  @TC-HA-REG-BV-10 @HA @MUST @config:ha-mipv6 @rfc6275-6.1.7-k9 @rfc6275-10.3.1-k12
  Scenario: A home agent without support of several care-of addresses skips the BID option
    # RFC 5648, Section 3: there is one binding, and the second care-of address replaces the first.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

  @TC-HA-REG-BV-11 @HA @SHOULD @config:ha-mipv6 @rfc6275-9.3.1-k2
  Scenario: A Binding Update is processed whatever care-of address its home address has
    Given MN1 has registered CoA1
    When MN1 registers CoA2
    Then the HA accepts the registration

  @TC-HA-REG-BI-01 @HA @SHOULD @config:ha-mipv6 @rfc6275-10.3.1-k7
  Scenario: A home address that is not on the home link is rejected with status 132
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Home Address = 2001:db8:ffff::5e
    Then the HA rejects it with status NOT_HOME_SUBNET

  @TC-HA-REG-BI-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k6
  Scenario: A home address that is not on the home link is not accepted
    # The status is a recommendation, and so is the answer itself.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Home Address = 2001:db8:ffff::5e
    Then the outcome is one of:
      | outcome                           | reading                        | allowed when |
      | rejected with 132 NOT_HOME_SUBNET | the status that is recommended | always       |
      | rejected                          | with another status            | always       |
      | not answered                      | rejected without an answer     | always       |

  @TC-HA-REG-BI-03 @HA @MUST @config:ha-mipv6 @rfc6275-6.1.7-k12 @rfc6275-9.5.4-k1
  Scenario Outline: A care-of address that is no routable unicast address is not registered: <address>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA1 with Alternate Care-of Address = <address>
    Then the HA does not answer

    Examples:
      | id | address  |
      | a  | ff02::1  |
      | b  | ff0e::5e |
      | c  | fe80::5e |
      | d  | ::       |
      | e  | ::1      |

  @TC-HA-REG-BI-04 @HA @MUST @config:ha-mipv6 @rfc6275-6.1.7-k12
  Scenario Outline: An update with such a care-of address leaves the binding as it is: <address>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with Alternate Care-of Address = <address>
    Then the HA does not answer
    And packets for MN1 arrive at CoA1 only

    Examples:
      | id | address  |
      | a  | ff0e::5e |
      | b  | fe80::5e |
      | c  | ::       |

  @TC-HA-REG-BI-05 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k2 @rfc6275-9.5.1-k19
  Scenario Outline: A home address that is no routable unicast address is not registered: <address>
    # The option may be reported as a fault of the packet; a Binding Acknowledgement does not come.
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Home Address = <address>
    Then the HA does not answer

    Examples:
      | id | address  |
      | a  | ff0e::5e |
      | b  | fe80::5e |
      | c  | ::       |
      | d  | ::1      |

  @TC-HA-REG-BI-06 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k14 @rfc6275-9.5.1-k19
  Scenario: A home registration with nonce indices is discarded
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with Nonce Indices = 1, 1
    Then the HA does not answer
    And packets for MN1 arrive at CoA1 only

  @TC-HA-REG-BI-07 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k16 @rfc6275-9.5.1-k17
  Scenario: An update without H does not make another binding of a home registration
    # Two rules apply: it is no valid update of a correspondent node, and it would change the kind of the registration.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with H = 0
    Then the outcome is one of:
      | outcome                                               | reading                                    | allowed when |
      | rejected with 139 REGISTRATION_TYPE_CHANGE_DISALLOWED | the kind of the registration would change  | always       |
      | not answered                                          | without return routability it is discarded | always       |
    And packets for MN1 arrive at CoA1 only

  @TC-HA-REG-BI-08 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k17 @rfc6275-10.3.1-k18
  Scenario: A home address that another node on the home link has is rejected
    Given MN2 has registered CoA1
    And another node has the home address of MN1
    When MN1 registers CoA1
    Then the HA rejects it with status DUPLICATE_ADDRESS_DETECTION_FAILED

  @TC-HA-REG-BI-09 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k17 @rfc6275-10.3.1-k18
  Scenario: With L set, a link-local address that another node on the home link has is rejected
    Given MN2 has registered CoA1
    And another node has the link-local address of MN1
    When MN1 registers CoA1 with L = 1
    Then the HA rejects it with status DUPLICATE_ADDRESS_DETECTION_FAILED

  @TC-HA-REG-BV-13 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k16
  Scenario: A home address is tested for duplicates before it is registered
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
    And the HA tests the home address of MN1

  @TC-HA-REG-BO-01 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k15 @rfc6275-9.5.4-k6
  Scenario Outline: An update that is not newer than the last one is rejected: <last>, then <number>
    # 32768 numbers before the last one are older, and so is the last one itself.
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = <last>
    And the HA accepts the registration
    When MN1 registers CoA2 with Sequence Number = <number>
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And the HA answers with:
      | Sequence Number | <last> |

    Examples:
      | id | last | number |
      | a  | 100  | 100    |
      | b  | 100  | 99     |
      | c  | 0    | 65535  |

    @rfc6275-9.5.1-k4
    Examples:
      | id | last  | number |
      | d  | 15    | 32783  |
      | e  | 15    | 65535  |
      | f  | 65535 | 32767  |

  @TC-HA-REG-BV-14 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k4
  Scenario Outline: An update that is newer modulo 65536 is accepted: <last>, then <number>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = <last>
    And the HA accepts the registration
    When MN1 registers CoA2 with Sequence Number = <number>
    Then the HA accepts the registration
    And packets for MN1 arrive at CoA2 only

    Examples:
      | id | last  | number |
      | b  | 15    | 32782  |
      | c  | 65535 | 0      |
      | d  | 65535 | 32766  |
      | e  | 40000 | 7231   |

  @TC-HA-REG-BO-02 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k15
  Scenario: An update that is too old leaves the binding as it is
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = 100
    And the HA accepts the registration
    And MN1 registers CoA2 with Sequence Number = 200
    And the HA accepts the registration
    When MN1 registers CoA1 with Sequence Number = 150
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And packets for MN1 arrive at CoA2 only

  @TC-HA-REG-BV-15 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k3
  Scenario Outline: The first update may have any sequence number: <number>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Sequence Number = <number>
    Then the HA does not reject it with status SEQUENCE_NUMBER_OUT_OF_WINDOW

    Examples:
      | id | number |
      | a  | 0      |

  @TC-HA-REG-BO-03 @HA @MUST @config:ha-mipv6 @rfc6275-9.5.1-k15
  Scenario: The sequence numbers of two mobile nodes have nothing to do with each other
    Given MN2 registers CoA1 with Sequence Number = 1000
    And the HA accepts the registration
    And MN1 registers CoA1 with Sequence Number = 100
    And the HA accepts the registration
    When MN1 registers CoA2 with Sequence Number = 100
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And the HA answers with:
      | Sequence Number | 100 |

  @TC-HA-REG-TI-01 @HA @MUST @config:ha-mipv6
  Scenario Outline: A binding lives for its lifetime, no longer: just <side> it
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the HA accepts the registration
    And packets for MN1 arrive at CoA1 only
    When just <side> the lifetime of MN1 passes
    Then packets for MN1 <go>

    @rfc6275-10.3.1-k15
    Examples:
      | id | side  | go                  |
      | a  | under | arrive at CoA1 only |

    @rfc6275-10.3.1-k24 @rfc6275-9.6-k1
    Examples:
      | id | side | go         |
      | b  | over | go nowhere |

  @TC-HA-REG-TI-02 @HA @MUST @config:ha-mipv6 @rfc6275-10.3.1-k15
  Scenario: A new registration extends the binding
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the HA accepts the registration
    And half the lifetime of MN1 passes
    And MN1 registers CoA1 with Lifetime = 80 s
    And the HA accepts the registration
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-REG-TI-03 @HA @MUST @config:ha-mipv6 @rfc6275-9.6-k1
  Scenario: A new registration can shorten the binding
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 400 s
    And the HA accepts the registration
    And MN1 registers CoA1 with Lifetime = 20 s
    And the HA accepts the registration
    And packets for MN1 arrive at CoA1 only
    When just over the lifetime of MN1 passes
    Then packets for MN1 go nowhere

  @TC-HA-REG-TI-04 @HA @SHOULD @config:ha-mipv6 @rfc6275-6.1.8-k4
  Scenario: A binding is kept as long as the answer grants it
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 200 s
    And the HA accepts the registration
    When just under the lifetime of MN1 passes
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-REG-BV-17 @HA @MUST @config:ha-mipv6 @rfc6275-6.1.1-k2 @rfc6275-6.1.1-k3 @rfc6275-6.1.1-d1 @rfc6275-6.1.8-k2
  @rfc6275-6.1-k2 @rfc6275-6.4.1-k1 @rfc6275-6.4.1-k3 @rfc6275-6.4.1-k4
  Scenario: The form of an acknowledgement to a care-of address
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the HA accepts the registration
