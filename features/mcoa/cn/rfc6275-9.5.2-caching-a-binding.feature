Feature: Requests to cache a binding (RFC 6275, Section 9.5.2)
  A valid update creates the binding of its home address, or changes it. The binding lives for the lifetime that was granted.

  @TC-CN-REG-BV-01 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.5.2-k1
  Scenario: A first update creates a binding
    Given MN2 has registered CoA1
    When MN1 registers CoA1
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-REG-BV-02 @CN @SHOULD @config:cn-mipv6 @rfc6275-9.5.2-k1
  Scenario: A later update moves the binding
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-REG-BV-03 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.2-k3
  Scenario Outline: The lifetime that is granted is not above the one asked for: <lifetime>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Lifetime = <lifetime>
    Then the CN accepts the registration
    And the CN answers with:
      | Lifetime | at most <lifetime> |

    Examples:
      | id | lifetime |
      | a  | 4 s      |
      | b  | 40 s     |
      | c  | 416 s    |
      | d  | 420 s    |

  @TC-CN-REG-BV-04 @CN @MUST @config:cn-mipv6 @rfc6275-5.2.6-k1
  Scenario Outline: No more than 420 s are granted: <lifetime>
    Given MN2 has registered CoA1
    When MN1 registers CoA1 with Lifetime = <lifetime>
    Then the CN accepts the registration
    And the CN answers with:
      | Lifetime | at most 420 s |

    Examples:
      | id | lifetime |
      | a  | 420 s    |
      | b  | 424 s    |
      | c  | 262140 s |

  @TC-CN-REG-TI-01 @CN @SHOULD @config:cn-mipv6 @rfc6275-6.1.7-k14 @rfc6275-6.1.8-k4
  Scenario: Just before its lifetime ends a binding lives
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the CN accepts the registration
    When just under the lifetime of MN1 passes
    Then packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-REG-TI-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.5.2-k4 @rfc6275-9.6-k1
  Scenario Outline: A binding ends with its lifetime: <lifetime>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = <lifetime>
    And the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted
    When just over the lifetime of MN1 passes
    Then packets with a Home Address option of MN1 from CoA1 are dropped

    Examples:
      | id | lifetime |
      | a  | 40 s     |
      | b  | 424 s    |

  @TC-CN-REG-TI-03 @CN @MUST @config:cn-mipv6 @rfc6275-9.6-k1
  Scenario: An update renews the lifetime, which then ends as the update says
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 80 s
    And the CN accepts the registration
    And MN1 registers CoA1 with Lifetime = 40 s
    And the CN accepts the registration
    And packets with a Home Address option of MN1 from CoA1 are accepted
    When just over the lifetime of MN1 passes
    Then packets with a Home Address option of MN1 from CoA1 are dropped

  @TC-CN-REG-TI-04 @CN @SHOULD @config:cn-mipv6 @rfc6275-6.1.8-k4
  Scenario: A renewed binding outlives its first lifetime
    Given MN2 has registered CoA1
    And MN1 registers CoA1 with Lifetime = 40 s
    And the CN accepts the registration
    And half the lifetime of MN1 passes
    And MN1 registers CoA1 with Lifetime = 80 s
    And the CN accepts the registration
    When just under the lifetime of MN1 passes
    Then packets with a Home Address option of MN1 from CoA1 are accepted
