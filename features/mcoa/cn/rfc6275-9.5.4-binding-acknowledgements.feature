Feature: Binding Acknowledgements of a correspondent node (RFC 6275, Section 9.5.4)
  Whether an answer comes depends on the A flag and on the outcome. It goes to the source of the update, with the proof that the
  update had.

  @TC-CN-ACK-BV-01 @CN @MUST @config:cn-mipv6
  @rfc6275-9.5.4-k2 @rfc6275-9.5.4-k5 @rfc6275-9.5.4-k8 @rfc6275-9.5.4-k9 @rfc6275-9.5.4-k12 @rfc6275-9.5.4-k15
  @rfc6275-5.2.6-d1 @rfc6275-6.1.8-d1 @rfc6275-6.1.8-k2 @rfc6275-6.2-k1 @rfc6275-6.2-k2 @rfc6275-6.1-k2
  @rfc6275-6.1.1-k2 @rfc6275-6.1.1-k3 @rfc6275-6.1.1-d1 @rfc6275-6.4.1-k1 @rfc6275-6.4.1-k3 @rfc6275-6.4.1-k4
  Scenario Outline: The answer to an accepted update: <sequence>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Sequence Number = <sequence>
    Then the CN accepts the registration
    And the CN answers with:
      | Sequence Number | <sequence> |

    Examples:
      | id | sequence |
      | a  | 1        |
      | b  | 65535    |

  @TC-CN-ACK-BV-02 @CN @SHOULD @config:cn-mipv6 @rfc6275-6.1.1-k1
  Scenario: Nothing follows an answer
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the CN accepts the registration

  @TC-CN-ACK-BV-03 @CN @MUST @config:cn-mipv6 @rfc6275-6.1.8-k1
  Scenario: The K flag of an answer is clear, also if that of the update is set
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with K = 1
    Then the CN answers with:
      | K | 0 |

  @TC-CN-ACK-BV-04 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.4-k12 @rfc6275-9.5.4-k15 @rfc6275-6.1-k3
  Scenario: The answer goes to the source, not to the care-of address that is registered
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with Authenticator = of CoA2 and Sequence Number = last
    Then the CN rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW

  @TC-CN-ACK-BV-05 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.5.4-k4
  Scenario: An accepted update with A clear is not answered
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with A = 0
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-ACK-BI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.4-k3
  Scenario Outline: A rejected update is answered although A is clear: <fault>
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with A = 0 and <fault>
    Then the CN rejects it with status <status>

    Examples:
      | id | fault                         | status                        |
      | a  | Sequence Number = last        | SEQUENCE_NUMBER_OUT_OF_WINDOW |
      | b  | Home Nonce Index = unknown    | EXPIRED_HOME_NONCE_INDEX      |
      | c  | Care-of Nonce Index = unknown | EXPIRED_CARE_OF_NONCE_INDEX   |

  @TC-CN-ACK-BI-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.4-k7
  Scenario Outline: An answer about nonces has no authenticator: <indices>
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with <indices>
    Then the CN rejects it with status <status>

    Examples:
      | id | indices                                                      | status                      |
      | a  | Home Nonce Index = unknown                                   | EXPIRED_HOME_NONCE_INDEX    |
      | b  | Care-of Nonce Index = unknown                                | EXPIRED_CARE_OF_NONCE_INDEX |
      | c  | Home Nonce Index = unknown and Care-of Nonce Index = unknown | EXPIRED_NONCES              |

  @TC-CN-ACK-BI-03 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.4-k8 @rfc6275-9.5.4-k9
  Scenario: An answer about the Sequence Number has an authenticator
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with Sequence Number = last
    Then the CN rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
