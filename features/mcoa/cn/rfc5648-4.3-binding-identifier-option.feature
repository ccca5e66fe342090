@ics:!ignores-bid
Feature: The BID option in updates to a correspondent node (RFC 5648, Section 4.3)
  An option of a length that does not exist is answered by a status of its own; bits and fields that mean nothing are ignored.

  @TC-CN-OPT-BI-01 @CN @MUST @config:cn-mcoa
  Scenario Outline: A BID option of a wrong length is rejected: <octets>
    # The correct update is proved by the token of its source, as without the option.
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 with Binding Identifier = <octets>
    Then the CN rejects it with status <status>
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets with a Home Address option of MN1 from CoA2 are dropped

    @rfc5648-6.2-k4
    Examples:
      | id | octets                                     | status         |
      | a  | 0002000000                                 | MCOA_MALFORMED |
      | b  | 00020000c633640a00                         | MCOA_MALFORMED |
      | c  | 0002000020010db80100000000000000000000     | MCOA_MALFORMED |
      | d  | 0002000020010db801000000000000000000000200 | MCOA_MALFORMED |
      | e  | 000200                                     | MCOA_MALFORMED |

    # Length 4 with C set, Length 20 with C clear, and lengths that are neither.
    @mcoa-draft-04-6.3-k9
    Examples:
      | id | octets                                   | status           |
      | f  | 00020080                                 | MCOA_INCOMPLIANT |
      | g  | 0002000020010db8010000000000000000000002 | MCOA_INCOMPLIANT |
      | h  | 0002000000                               | MCOA_INCOMPLIANT |
      | i  | 0002008020010db80100000000000000000000   | MCOA_INCOMPLIANT |
      | j  | 000200                                   | MCOA_INCOMPLIANT |

  @TC-CN-OPT-BI-02 @CN @MUST @config:cn-mcoa
  Scenario Outline: A care-of address in the BID option that is no routable unicast address is not registered: <address>
    # No token can prove such an address, so that the update may be dropped; status 164 or its like may answer it, too.
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with option[Binding Identifier].Care-of Address = <address>
    Then packets with a Home Address option of MN1 from CoA2 are dropped
    And packets with a Home Address option of MN1 from CoA1 are accepted
    And packets for MN1 arrive at CoA1 only

    @rfc5648-6.2-k6
    Examples:
      | id | address |
      | a  | ff0e::1 |
      | b  | fe80::1 |
      | c  | ::      |
      | d  | ::1     |

  @TC-CN-OPT-BV-01 @CN @SHOULD @config:cn-mcoa @rfc5648-4.3-k8
  Scenario: Reserved bits of a BID option are ignored
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with option[Binding Identifier].Reserved = 127
    Then the CN accepts BID 2
    And packets with a Home Address option of MN1 from CoA2 are accepted

  @TC-CN-OPT-BV-02 @CN @MUST @config:cn-mcoa @rfc5648-4.3-k6
  Scenario Outline: The Status of a BID option in an update is ignored: <status>
    Given MN1 has registered CoA1 as BID 1
    When MN1 registers CoA2 as BID 2 with option[Binding Identifier].Status = <status>
    Then the CN accepts BID 2
    And packets with a Home Address option of MN1 from CoA2 are accepted

    Examples:
      | id | status |
      | a  | 1      |
      | b  | 128    |
      | c  | 255    |
