Feature: Receiving Binding Updates (RFC 6275, Section 9.5.1)
  A correspondent node acts on an update only if return routability proves it, and only in the order of its Sequence Numbers.

  @TC-CN-BU-BI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k19 @rfc6275-9.5.4-k1
  Scenario Outline: An update that is not proved is dropped: <fault>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 with <fault>
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    @rfc6275-9.5.1-k5
    Examples:
      | id | fault            |
      | a  | no Nonce Indices |

    @rfc6275-9.5.1-k8
    Examples:
      | id | fault                         |
      | b  | no Binding Authorization Data |

    @rfc6275-9.5.1-k7
    Examples:
      | id | fault                                 |
      | c  | Authenticator = wrong                 |
      | d  | Authenticator = of CoA1               |
      | e  | Authenticator = of MN2's home address |

    @rfc6275-9.5.1-k12
    Examples:
      | id | fault                                                              |
      | f  | swap option[Nonce Indices] with option[Binding Authorization Data] |

    @rfc6275-9.5.1-k13
    Examples:
      | id | fault                                 |
      | g  | pad behind Binding Authorization Data |

  @TC-CN-BU-BI-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k11
  Scenario: The token of the source does not prove an Alternate Care-of Address
    Given MN1 has registered CoA1
    When MN1 registers CoA1 with Alternate Care-of Address = CoA2 and Authenticator = of CoA1
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

  @TC-CN-BU-BV-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k11 @rfc6275-9.5.1-k22
  Scenario: An Alternate Care-of Address with its own token is registered instead of the source
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Alternate Care-of Address = CoA2
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped

  @TC-CN-BU-BI-03 @CN @MUST @config:cn-mipv6 @rfc6275-6.1.7-k12 @rfc6275-9.5.4-k1
  Scenario Outline: An update for a care-of address that is no routable unicast address is dropped: <address>
    Given MN1 has registered CoA1
    When MN1 registers CoA1 with Alternate Care-of Address = <address>
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted

    Examples:
      | id | address |
      | a  | ff0e::1 |
      | b  | fe80::1 |
      | c  | ::      |
      | d  | ::1     |

  @TC-CN-BU-BI-04 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k2 @rfc6275-9.3.1-k1
  Scenario Outline: An update for a home address that is no routable unicast address is dropped: <address>
    # A Binding Error, or an ICMPv6 error about the option, may come; an acknowledgement may not.
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with Home Address = <address>
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    Examples:
      | id | address |
      | a  | ff0e::1 |
      | b  | fe80::1 |
      | c  | ::      |
      | d  | ::1     |

  @TC-CN-BU-BO-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k17
  Scenario: An update with the H flag does not change a binding of route optimization
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with H = 1 and no Nonce Indices and no Binding Authorization Data
    Then packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

  @TC-CN-BU-BO-02 @CN @ambiguous @config:cn-mipv6 @rfc6275-9.5.1-k16 @rfc6275-10.3.1-k5
  Scenario: The answer to an update with the H flag
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with H = 1 and no Nonce Indices and no Binding Authorization Data
    Then the outcome is one of:
      | outcome                                               | reading                          | allowed when |
      | rejected with 139 REGISTRATION_TYPE_CHANGE_DISALLOWED | the binding is of another type   | always       |
      | rejected with 131 HOME_REGISTRATION_NOT_SUPPORTED     | the node is no home agent        | always       |
      | not answered                                          | nothing authenticates the update | always       |

  @TC-CN-BU-BV-02 @CN @MUST @config:cn-mipv6
  Scenario Outline: What a correspondent node does not know of an update does not count: <edit>
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with <edit>
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are accepted

    @rfc6275-6.1.7-k4
    Examples:
      | id | edit  |
      | a  | K = 1 |

    @rfc6275-6.1.7-k6
    Examples:
      | id | edit                |
      | b  | Reserved Flags = 63 |

    @rfc6275-6.1.1-k4
    Examples:
      | id | edit           |
      | c  | Reserved = 255 |

    # The options that it needs stand behind the unknown one.
    @rfc6275-6.1.7-k9 @rfc6275-6.2.1-k1
    Examples:
      | id | edit                              |
      | d  | Option 200 = 0102030405060708090a |
      | e  | Option 200 = 00                   |
      | f  | Option 35 = 00010000              |

  @TC-CN-BU-BV-03 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.3.1-k2
  Scenario: An update with a Home Address option needs no binding
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-BU-BV-04 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k23 @rfc6275-9.5.4-k13 @rfc6275-9.5.4-k14
  Scenario: An update from the home address needs no Home Address option, and its answer no routing header
    Given MN2 has registered CoA1
    When MN1 registers CoA1 from the home link with Alternate Care-of Address = CoA1
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-ORD-BV-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k4
  Scenario Outline: A Sequence Number that is greater modulo 65536 is accepted: <number> after <last>
    Given MN1 registers CoA1 with Sequence Number = <last>
    And the CN accepts the registration
    When MN1 registers CoA2 with Sequence Number = <number>
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are accepted

    Examples:
      | id | last  | number |
      | a  | 15    | 16     |
      | b  | 15    | 32782  |
      | c  | 65535 | 0      |
      | d  | 65535 | 32766  |
      | e  | 40000 | 7231   |
      | f  | 0     | 32767  |

  @TC-CN-ORD-BO-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k4 @rfc6275-9.5.1-k15 @rfc6275-9.5.4-k6
  Scenario Outline: A Sequence Number that is not greater modulo 65536 is rejected: <number> after <last>
    Given MN1 registers CoA1 with Sequence Number = <last>
    And the CN accepts the registration
    When MN1 registers CoA2 with Sequence Number = <number>
    Then the CN rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And the CN answers with:
      | Sequence Number | <last> |
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    Examples:
      | id | last  | number |
      | a  | 15    | 15     |
      | b  | 15    | 14     |
      | c  | 15    | 0      |
      | d  | 15    | 65535  |
      | e  | 15    | 32783  |
      | f  | 65535 | 32767  |
      | g  | 0     | 0      |
      | h  | 0     | 32768  |

  @TC-CN-ORD-BO-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k15
  Scenario: A repeated update is rejected, and the binding lives on
    # A duplicate is not greater than itself.
    Given MN1 has registered CoA1
    When MN1 repeats its last message
    Then the CN rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-ORD-BV-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k3
  Scenario Outline: Without a binding any Sequence Number is accepted: <number>
    # Before each scenario another mobile node registers, with any number. A refusal for another reason says nothing of the number.
    When MN1 registers CoA1 with Sequence Number = <number>
    Then the CN does not reject it with status SEQUENCE_NUMBER_OUT_OF_WINDOW

    Examples:
      | id | number |
      | a  | 0      |
      | b  | 16384  |
      | c  | 32768  |
      | d  | 49152  |
      | e  | 65535  |

  @TC-CN-ORD-TI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k3
  Scenario: The Sequence Numbers of a binding that has ended are forgotten
    # A device may keep them as long as the nonces of the binding are valid (5.2.8), hence the pause.
    Given MN1 registers CoA1 with Sequence Number = 500 and Lifetime = 40 s
    And the CN accepts the registration
    And just over MAX_NONCE_LIFETIME passes
    When MN1 registers CoA1 with Sequence Number = 100
    Then the CN does not reject it with status SEQUENCE_NUMBER_OUT_OF_WINDOW

  @TC-CN-ORD-BO-03 @CN @ambiguous @config:cn-mipv6 @rfc6275-9.5.1-k15 @rfc6275-9.5.1-k18
  Scenario: An update whose Sequence Number and nonces are both refused
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with Sequence Number = last and Care-of Nonce Index = unknown
    Then the outcome is one of:
      | outcome                                         | reading                      | allowed when |
      | rejected with 135 SEQUENCE_NUMBER_OUT_OF_WINDOW | the number is the first test | always       |
      | rejected with 137 EXPIRED_CARE_OF_NONCE_INDEX   | the proof is the first test  | always       |

  @TC-CN-NON-BI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k18 @rfc6275-9.5.4-k6
  Scenario Outline: An unknown nonce index is named by the status: <indices>
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with <indices>
    Then the CN rejects it with status <status>
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    Examples:
      | id | indices                                                      | status                      |
      | a  | Home Nonce Index = unknown                                   | EXPIRED_HOME_NONCE_INDEX    |
      | b  | Care-of Nonce Index = unknown                                | EXPIRED_CARE_OF_NONCE_INDEX |
      | c  | Home Nonce Index = unknown and Care-of Nonce Index = unknown | EXPIRED_NONCES              |
