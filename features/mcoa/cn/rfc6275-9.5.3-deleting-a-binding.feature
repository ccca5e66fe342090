Feature: Requests to delete a binding (RFC 6275, Section 9.5.3)
  An update of lifetime 0 ends the binding. The home keygen token alone proves it, and what proved the binding cannot bring it
  back.

  @TC-CN-DER-BV-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.3-k1 @rfc6275-5.2.5-d1
  Scenario Outline: An update of lifetime 0 ends the binding: <update>
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And packets with a Home Address option of MN1 from CoA1 are accepted
    When MN1 <update>
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

    Examples:
      | id | update                             |
      | a  | removes all its bindings           |
      | b  | removes all its bindings from CoA2 |

    @rfc6275-9.5.1-k23 @rfc6275-9.5.4-k13 @rfc6275-9.5.4-k14
    Examples:
      | id | update       |
      | c  | returns home |

    @rfc6275-9.5.1-k21
    Examples:
      | id | update                                                      |
      | d  | removes all its bindings with Care-of Nonce Index = unknown |

  @TC-CN-DER-BI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k18
  Scenario: A deletion needs a known home nonce
    Given MN1 has registered CoA1
    When MN1 removes all its bindings with Home Nonce Index = unknown
    Then the CN rejects it with status EXPIRED_HOME_NONCE_INDEX
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-DER-BI-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.1-k19
  Scenario Outline: A deletion that is not proved is dropped: <fault>
    Given MN1 has registered CoA1
    When MN1 removes all its bindings with <fault>
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted

    @rfc6275-9.5.1-k8
    Examples:
      | id | fault                         |
      | a  | no Binding Authorization Data |

    @rfc6275-9.5.1-k7
    Examples:
      | id | fault                 |
      | b  | Authenticator = wrong |

    @rfc6275-5.2.5-d1
    Examples:
      | id | fault                   |
      | c  | Authenticator = of CoA1 |

  @TC-CN-DER-BO-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.3-k2
  Scenario: A deletion without a binding creates none
    # Whether its status is below 128 is open.
    Given MN2 has registered CoA1
    When MN1 removes all its bindings from CoA1
    Then packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-DER-BO-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.3-k3 @rfc6275-5.2.8-d1
  Scenario: The update that created a binding does not bring it back after its deletion
    # Silence, 135 to 138 or another rejection: all are right.
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Sequence Number = 500
    And the CN accepts the registration
    And MN1 removes all its bindings
    And the CN accepts the de-registration
    When MN1 registers CoA1 with tokens = old and Sequence Number = 500
    Then packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-DER-TI-01 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.5.2-k1
  Scenario: After a deletion a new proof brings a new binding
    # A device may refuse to use nonces again as long as they are valid, hence the pause.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    And MN1 removes all its bindings
    And the CN accepts the de-registration
    And just over MAX_NONCE_LIFETIME passes
    When MN1 registers CoA1
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted
