Feature: Processing Mobility Headers at a correspondent node (RFC 6275, Section 9.2)
  A Mobility Header that is not as it has to be is dropped, and most of these faults are reported.

  @TC-CN-MH-BI-01 @CN @MUST @config:cn-mipv6 @rfc6275-9.2-k2
  Scenario: An update with a wrong checksum is dropped silently
    Given MN1 has registered CoA1
    When MN1 registers CoA2 with Checksum = wrong
    Then the CN does not answer
    And no ICMPv6 error is sent
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

  @TC-CN-MH-BI-02 @CN @MUST @config:cn-mipv6
  Scenario Outline: A bad Mobility Header is dropped: <fault>
    # An authenticator would tell the fault of an update, too; a Care-of Test Init has none.
    Given MN1 has registered CoA1
    When MN1 sends a Care-of Test Init from CoA2 with <fault>
    Then the CN does not answer
    And packets with a Home Address option of MN1 from CoA1 are accepted

    @rfc6275-9.2-k6
    Examples:
      | id | fault             |
      | a  | Payload Proto = 6 |

    @rfc6275-9.2-k10
    Examples:
      | id | fault          |
      | b  | Header Len = 0 |

  @TC-CN-MH-BI-03 @CN @SHOULD @config:cn-mipv6
  Scenario Outline: A bad Mobility Header is reported to its sender: <fault>
    Given MN1 has registered CoA1
    When MN1 sends a Care-of Test Init from CoA2 with <fault>
    Then the CN reports a Parameter Problem at octet <octet>

    @rfc6275-9.2-k7 @rfc6275-9.2-k8
    Examples:
      | id | fault             | octet |
      | a  | Payload Proto = 6 | 0     |

    # The message ends after these 8 octets, so its checksum is also right for a device that trusts Header Len.
    @rfc6275-9.2-k11 @rfc6275-9.2-k12
    Examples:
      | id | fault                         | octet |
      | b  | Header Len = 0 and truncate 8 | 1     |

  @TC-CN-MH-BI-04 @CN @MUST @config:cn-mipv6 @rfc6275-9.2-k4 @rfc6275-9.3.3-k2
  Scenario: A Mobility Header of unknown type is answered with a Binding Error
    # It has no Home Address option, so the error names none.
    Given MN1 has registered CoA1
    When MN1 sends a Care-of Test Init from CoA2 with MH Type = 200
    Then the CN reports a Binding Error
