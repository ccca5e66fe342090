@ics:!ignores-bid
Feature: Updates with a BID at a correspondent node (RFC 5648, Section 6.2)
  A BID tells the bindings of one home address apart. Each has its own care-of address and lifetime, and is changed and
  removed without the others.

  @TC-CN-BID-BV-01 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d8 @rfc5648-6.2-d6 @mcoa-draft-04-6.3-d10
  Scenario: A BID that has no binding adds one
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2
    Then the CN accepts BID 2
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted

  @TC-CN-BID-BV-02 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d8 @mcoa-draft-04-6.3-d10
  Scenario Outline: Every BID from 1 to 65535 is one: <bid>
    Given MN1 has registered CoA1 as BID 300
    When MN1 registers CoA2 as BID <bid>
    Then the CN accepts BID <bid>
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted

    # BID 44 and 300 differ in the first octet alone.
    Examples:
      | id | bid   |
      | a  | 1     |
      | b  | 44    |
      | c  | 32768 |
      | d  | 65535 |

  @TC-CN-BID-BV-03 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k13 @mcoa-draft-04-6.3-k19
  Scenario: A known BID with another care-of address moves that binding alone
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 1
    Then the CN accepts BID 1
    And packets with a Home Address option of MN1 from CoA3 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-BID-BV-04 @CN @MUST @config:cn-mcoa
  Scenario Outline: An update for a known BID without a care-of address renews the binding: <update>
    # BID 2 ends meanwhile: only the renewal keeps BID 1.
    Given MN1 registers CoA1 as BID 1 with Lifetime = 40 s
    And the CN accepts the registration
    And MN1 registers CoA2 as BID 2 with Lifetime = 40 s
    And the CN accepts the registration
    And half the lifetime of MN1 passes
    When MN1 <update> with Lifetime = 80 s
    Then the CN accepts BID 1
    When just under the lifetime of MN1 passes
    Then packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    @rfc5648-6.2-k11a @mcoa-draft-04-6.3-k19
    Examples:
      | id | update          |
      | a  | refreshes BID 1 |

    @mcoa-draft-04-6.3-k19
    Examples:
      | id | update                  |
      | b  | registers CoA1 as BID 1 |

  @TC-CN-BID-BV-05 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k11b
  Scenario Outline: An update without a care-of address does not move the binding: proved for <address>
    # Whether the update has to be proved for its source or for the registered address is open, and so is its answer.
    Given MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 1 from CoA3 with Authenticator = of <address>
    Then packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA3 are dropped

    Examples:
      | id | address |
      | a  | CoA1    |
      | b  | CoA3    |

  @TC-CN-BID-BV-06 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.3-d2
  Scenario Outline: With C clear the source of the update is the care-of address: <kind>
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA3 as BID <bid> with option[Binding Identifier].C = 0
    Then the CN accepts BID <bid>
    And packets with a Home Address option of MN1 from CoA3 are accepted
    And packets with a Home Address option of MN1 from CoA1 are <former>

    Examples:
      | id | kind        | bid | former                      |
      | a  | a known BID | 1   | answered by a Binding Error |
      | b  | a new BID   | 2   | accepted                    |

  @TC-CN-BID-BV-07 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.3-d3
  Scenario: With C clear an Alternate Care-of Address is the care-of address
    Given MN1 has registered CoA3 as BID 3
    When MN1 registers CoA1 as BID 1 with Alternate Care-of Address = CoA2
    Then the CN accepts BID 1
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped

  @TC-CN-BID-BI-01 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d6
  Scenario Outline: An Alternate Care-of Address does not replace that of the BID option: proved for <address>
    # It may be ignored, and the update may be rejected or dropped.
    Given MN1 has registered CoA3 as BID 3
    When MN1 registers CoA1 as BID 1 with Alternate Care-of Address = CoA2 and Authenticator = of <address>
    Then packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA3 are accepted

    Examples:
      | id | address |
      | a  | CoA1    |
      | b  | CoA2    |

  @TC-CN-BID-BI-02 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d6 @mcoa-draft-04-6.3-d1
  Scenario: The token of the source does not prove a care-of address in the BID option
    # With the token of the address in the option the update may be accepted; it may also be rejected or dropped.
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 from CoA1 with Authenticator = of CoA1
    Then packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-BID-BI-03 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k12 @rfc5648-6.2-k17
  Scenario: An unknown BID without a care-of address registers nothing
    Given MN1 has registered CoA1 as BID 1
    When MN1 refreshes BID 2 from CoA2
    Then the CN rejects it with status MCOA_UNKNOWN_COA
    And packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-BID-BI-04 @CN @MUST @config:cn-mcoa
  Scenario Outline: Several BID options in one update are rejected: <update>, <status>
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 <update>
    Then the CN rejects it with status <status>
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA3 are dropped

    @rfc5648-6.2-k7 @rfc5648-6.2-k17
    Examples:
      | id | update                                    | status                            |
      | a  | registers CoA3 as BID 3 and CoA2 as BID 4 | MCOA_BULK_REGISTRATION_PROHIBITED |
      | b  | registers CoA3 as BID 1 and CoA1 as BID 2 | MCOA_BULK_REGISTRATION_PROHIBITED |
      | c  | removes BID 1 and BID 2                   | MCOA_BULK_REGISTRATION_PROHIBITED |

    @mcoa-draft-04-6.3-k13
    Examples:
      | id | update                                    | status                               |
      | d  | registers CoA3 as BID 3 and CoA2 as BID 4 | MCOA_BULK_REGISTRATION_NOT_SUPPORTED |
      | e  | registers CoA3 as BID 1 and CoA1 as BID 2 | MCOA_BULK_REGISTRATION_NOT_SUPPORTED |
      | f  | removes BID 1 and BID 2                   | MCOA_BULK_REGISTRATION_NOT_SUPPORTED |

  @TC-CN-BID-BO-01 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k1 @mcoa-draft-04-6.3-k1 @mcoa-draft-04-6.3-k2
  Scenario Outline: An update without a BID takes the place of all bindings: <address>
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 registers <address>
    Then the CN accepts the registration
    And packets with a Home Address option of MN1 from <address> are accepted
    And packets with a Home Address option of MN1 from <one> are dropped
    And packets with a Home Address option of MN1 from <other> are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

    Examples:
      | id | address | one  | other |
      | a  | CoA1    | CoA2 | CoA3  |
      | b  | CoA3    | CoA1 | CoA2  |
      | c  | CoA4    | CoA1 | CoA3  |

  @TC-CN-BID-BO-02 @CN @SHOULD @config:cn-mcoa @rfc5648-6.2-d2
  Scenario: While a binding without a BID lives, an update with a BID is rejected
    Given MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then the CN rejects it with status MCOA_NON_MCOA_BINDING_EXISTS

  @TC-CN-BID-BO-05 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d1
  Scenario: A binding without a BID stays when an update with a BID comes
    Given MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

  @TC-CN-BID-BO-03 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.3-k18
  Scenario: That a binding without a BID was replaced by one with a BID is told
    Given MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then the CN answers with:
      | Status | MCOA_BID_CONFLICT |

  @TC-CN-BID-BO-06 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.3-d9
  Scenario: A binding without a BID is replaced by one with a BID
    # The number of the status may be a rejection or not: the binding counts.
    Given MN2 has registered CoA1
    And MN1 has registered CoA1
    When MN1 registers CoA2 as BID 2
    Then packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

  @TC-CN-BID-BO-04 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d7
  Scenario Outline: An update with O set replaces all earlier bindings: <bindings>
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered <bindings>
    When MN1 registers CoA3 as BID 3 with O = 1
    Then the CN accepts BID 3
    And packets with a Home Address option of MN1 from CoA3 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

    Examples:
      | id | bindings                        |
      | a  | CoA1 as BID 1 and CoA2 as BID 2 |
      | b  | CoA1                            |

  @TC-CN-BID-BI-05 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d7
  Scenario: A rejected update with O set replaces nothing
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 registers CoA3 as BID 3 with O = 1 and Care-of Nonce Index = unknown
    Then the CN rejects it with status EXPIRED_CARE_OF_NONCE_INDEX
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA3 are dropped

  @TC-CN-BDR-BV-01 @CN @MUST @config:cn-mcoa @rfc5648-5.4-d2 @rfc5648-6.2-d3 @mcoa-draft-04-5.5-d1 @mcoa-draft-04-6.3-d7
  Scenario Outline: A removal ends the binding of its BID alone: <update>
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 <update>
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from <gone> are dropped
    And packets with a Home Address option of MN1 from <kept> are accepted
    And packets with a Home Address option of MN2 from CoA1 are accepted

    Examples:
      | id | update                  | gone | kept |
      | a  | removes BID 1           | CoA1 | CoA2 |
      | b  | removes BID 2           | CoA2 | CoA1 |
      | c  | removes BID 1 from CoA2 | CoA1 | CoA2 |

  @TC-CN-BDR-BV-02 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k2 @mcoa-draft-04-6.3-k3
  Scenario Outline: A removal without a BID ends all bindings: <update>
    Given MN2 has registered CoA1 as BID 1
    And MN1 has registered CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3
    When MN1 <update>
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from CoA1 are dropped
    And packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA3 are dropped
    And packets with a Home Address option of MN2 from CoA1 are accepted

    Examples:
      | id | update                             |
      | a  | removes all its bindings           |
      | b  | removes all its bindings from CoA1 |
      | c  | returns home                       |

  @TC-CN-BDR-BO-01 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k8
  Scenario: The removal of a BID without binding is rejected with 133
    # Not beside a binding without a BID: then status 165 is right, too, or no answer.
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 7 from CoA1
    Then the CN rejects it with status NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE
    And packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-BDR-BO-03 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k8
  Scenario: The removal of a BID ends no binding without a BID
    Given MN1 has registered CoA1
    When MN1 removes BID 7 from CoA1
    Then packets with a Home Address option of MN1 from CoA1 are accepted

  @TC-CN-BDR-BO-02 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.3-k16
  Scenario: The removal of a BID without binding is rejected by any status
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 7 from CoA1
    Then the CN answers with:
      | Status | 128 or above |
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are accepted

  @TC-CN-BDR-BV-03 @CN @MUST @config:cn-mcoa @rfc5648-6.2-d4
  Scenario: The O flag of a removal has no effect
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    When MN1 removes BID 1 with O = 1
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped

  @TC-CN-BDR-BV-04 @CN @MUST @config:cn-mcoa @mcoa-draft-04-6.3-d4
  Scenario: The O flag does not keep a binding from being removed
    # The correspondent node can ignore O: the other binding stays then, or it goes as well.
    Given MN1 has registered CoA1 as BID 1 and CoA2 as BID 2
    And packets with a Home Address option of MN1 from CoA1 are accepted
    When MN1 removes BID 1 with option[Binding Identifier].O = 1
    Then the CN accepts the de-registration
    And packets with a Home Address option of MN1 from CoA1 are dropped

  @TC-CN-BID-BI-06 @CN @MUST @config:cn-mcoa @mcoa-draft-04-3-d3
  Scenario Outline: The authenticator covers the BID option: <fault>
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with <fault>
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    Examples:
      | id | fault                              |
      | a  | BID after authentication = 9       |
      | b  | BID after authentication = 1       |
      | c  | Authenticator = without BID option |

  @TC-CN-BID-TI-01 @CN @MUST @config:cn-mcoa @rfc5648-6.2-k11a @mcoa-draft-04-6.3-k19
  Scenario: Each binding has its own lifetime
    Given MN1 registers CoA1 as BID 1 with Lifetime = 40 s
    And the CN accepts the registration
    And MN1 registers CoA2 as BID 2 with Lifetime = 40 s
    And the CN accepts the registration
    And half the lifetime of MN1 passes
    When MN1 registers CoA2 as BID 2 with Lifetime = 80 s
    Then the CN accepts BID 2
    When just under the lifetime of MN1 passes
    Then packets with a Home Address option of MN1 from CoA2 are accepted
    And packets with a Home Address option of MN1 from CoA1 are dropped
