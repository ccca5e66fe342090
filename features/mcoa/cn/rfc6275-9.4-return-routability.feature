Feature: Return routability (RFC 6275, Sections 5.2 and 9.4)
  A correspondent node answers each Test Init at the address that it is about, with a token that it accepts for a while. It
  keeps nothing of the mobile node.

  @TC-CN-RR-BV-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.4.3-d1
  Scenario Outline: A Home Test Init is answered at the home address, with its cookie: <cookie>
    Given MN2 has registered CoA1
    When MN1 sends a Home Test Init with Home Init Cookie = <cookie>
    Then the CN answers with a Home Test with:
      | Home Init Cookie | the request's |

    Examples:
      | id | cookie             |
      | a  | 0x0123456789abcdef |
      | b  | 0x0000000000000000 |
      | c  | 0xffffffffffffffff |

  @TC-CN-RR-BV-02 @CN @MUST @config:cn-mipv6 @rfc6275-9.4.4-d1
  Scenario Outline: A Care-of Test Init is answered at the care-of address, with its cookie: <cookie>
    Given MN2 has registered CoA1
    When MN1 sends a Care-of Test Init from CoA1 with Care-of Init Cookie = <cookie>
    Then the CN answers with a Care-of Test with:
      | Care-of Init Cookie | the request's |

    Examples:
      | id | cookie             |
      | a  | 0x0123456789abcdef |
      | b  | 0x0000000000000000 |
      | c  | 0xffffffffffffffff |

  @TC-CN-RR-BV-03 @CN @MUST @config:cn-mipv6 @rfc6275-6.1-k3
  Scenario Outline: A binding does not lead a <test> to another address
    # A device that sends all its packets by the binding cache sends the test to CoA1, or with a routing header.
    Given MN1 has registered CoA1
    When MN1 sends a <init> from CoA2
    Then the CN answers with a <test>

    @rfc6275-9.4.3-d1 @rfc6275-6.1-k1
    Examples:
      | id | init           | test      |
      | a  | Home Test Init | Home Test |

    @rfc6275-9.4.4-d1
    Examples:
      | id | init              | test         |
      | b  | Care-of Test Init | Care-of Test |

  @TC-CN-RR-BV-04 @CN @MUST @config:cn-mipv6
  Scenario Outline: Reserved bits of a test message do not count: <init>, <field>
    Given MN2 has registered CoA1
    When MN1 sends a <init> from CoA1 with <field> = <value>
    Then the CN answers with a <test>

    @rfc6275-6.1.3-k2
    Examples:
      | id | init           | test      | field         | value |
      | a  | Home Test Init | Home Test | Data Reserved | 65535 |

    @rfc6275-6.1.4-k2
    Examples:
      | id | init              | test         | field         | value |
      | b  | Care-of Test Init | Care-of Test | Data Reserved | 65535 |

    @rfc6275-6.1.1-k4
    Examples:
      | id | init              | test         | field    | value |
      | c  | Home Test Init    | Home Test    | Reserved | 255   |
      | d  | Care-of Test Init | Care-of Test | Reserved | 255   |

  @TC-CN-RR-BV-05 @CN @MUST @config:cn-mipv6
  Scenario Outline: An unknown option in a <init> is skipped
    Given MN2 has registered CoA1
    When MN1 sends a <init> from CoA1 with Option 200 = 0102030405060708090a
    Then the CN answers with a <test>

    @rfc6275-6.1.3-k3
    Examples:
      | id | init           | test      |
      | a  | Home Test Init | Home Test |

    @rfc6275-6.1.4-k3
    Examples:
      | id | init              | test         |
      | b  | Care-of Test Init | Care-of Test |

  @TC-CN-RR-BI-01 @CN @MUST @config:cn-mipv6
  Scenario Outline: A <init> with a Home Address option is not answered
    # With a binding, so that the option itself is right; the packet at the end shows that the device is alive.
    Given MN1 has registered CoA1
    When MN1 sends a <init> from CoA1 with Home Address = its home address
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted

    @rfc6275-9.4.1-k2
    Examples:
      | id | init           |
      | a  | Home Test Init |

    @rfc6275-9.4.2-k2
    Examples:
      | id | init              |
      | b  | Care-of Test Init |

  @TC-CN-RR-TI-01 @CN @SHOULD @config:cn-mipv6 @rfc6275-5.2.7-d1
  Scenario: A token is accepted for as long as a mobile node may use it
    # The pause ends all nonces that were used before, so that this test is the first use of its nonce. A home test before it would be an
    # earlier one; it follows with the update.
    Given MN2 has registered CoA1
    And just over MAX_NONCE_LIFETIME passes
    And MN1 sends a Care-of Test Init from CoA1
    When just under MAX_TOKEN_LIFETIME passes
    And MN1 registers CoA1 with care-of token = old
    Then the CN accepts the registration

  @TC-CN-RR-TI-02 @CN @MUST @config:cn-mipv6
  Scenario Outline: A token that is older than any nonce is not accepted: <tokens>
    # A nonce may have been used before; then its tokens end earlier. Status 136 to 138 say which index is too old.
    Given MN1 sends a <first>
    And MN1 sends a <second>
    When just over MAX_NONCE_LIFETIME passes
    And MN1 registers CoA1 with <tokens> = old
    Then the CN rejects it with status <status>
    And packets with a Home Address option of MN1 from CoA1 are dropped

    @rfc6275-5.2.7-k1 @rfc6275-9.5.1-k18 @rfc6275-9.5.4-k3
    Examples:
      | id | first          | second                      | tokens        | status                      |
      | a  | Home Test Init | Care-of Test Init from CoA1 | tokens        | EXPIRED_NONCES              |
      | b  | Home Test Init | Care-of Test Init from CoA2 | home token    | EXPIRED_HOME_NONCE_INDEX    |
      | c  | Home Test Init | Care-of Test Init from CoA1 | care-of token | EXPIRED_CARE_OF_NONCE_INDEX |
