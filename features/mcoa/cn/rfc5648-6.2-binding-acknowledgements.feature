@ics:!ignores-bid
Feature: Answers of a correspondent node to updates with a BID (RFC 5648, Sections 4.3 and 6.2)
  The answer repeats the BID. A correspondent node gives its result in the Status of the answer, not in the BID option.

  @TC-CN-BAK-BV-01 @CN @MUST @config:cn-mcoa
  @rfc5648-5.7-k1 @rfc5648-6.2-k14 @rfc5648-6.2-k15 @rfc5648-6.2-k17 @rfc5648-6.2-k18
  @rfc5648-4.3-k2 @rfc5648-4.3-k4 @rfc5648-4.3-k7 @rfc5648-4.3-k10 @rfc5648-4.3-d1
  @mcoa-draft-04-5.6-k1 @mcoa-draft-04-6.3-k20 @mcoa-draft-04-6.3-k21 @mcoa-draft-04-6.3-d11
  @mcoa-draft-04-4.2.1-k1 @mcoa-draft-04-4.2.1-k2 @mcoa-draft-04-4.2.1-d2
  Scenario Outline: The answer to an accepted update has its BID, with Status 0: <update>
    Given MN1 has registered CoA1 as BID 1
    When MN1 <update>
    Then the CN accepts BID <bid>
    And the answer gives BID <bid> the status ACCEPTED

    Examples:
      | id | update                      | bid   |
      | a  | registers CoA2 as BID 2     | 2     |
      | b  | registers CoA2 as BID 65535 | 65535 |
      | c  | refreshes BID 1             | 1     |
      | d  | removes BID 1               | 1     |

  @TC-CN-BAK-BI-01 @CN @MUST @config:cn-mcoa
  Scenario Outline: The answer to a rejected update has its BIDs, with Status 0: <update>, <status>
    Given MN1 has registered CoA1 as BID 1
    When MN1 <update>
    Then the CN rejects it with status <status>
    And the answer gives <bids> the status ACCEPTED

    @rfc5648-6.2-k15 @rfc5648-6.2-k17 @rfc5648-6.2-k18
    Examples:
      | id | update                                              | status                              | bids            |
      | a  | registers CoA2 as BID 2 and CoA3 as BID 3           | MCOA_BULK_REGISTRATION_PROHIBITED   | BID 2 and BID 3 |
      | b  | refreshes BID 2 from CoA2                           | MCOA_UNKNOWN_COA                    | BID 2           |
      | c  | removes BID 7 from CoA1                             | NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE | BID 7           |
      | d  | registers CoA2 as BID 2 with Sequence Number = last | SEQUENCE_NUMBER_OUT_OF_WINDOW       | BID 2           |

    @mcoa-draft-04-6.3-k21 @mcoa-draft-04-6.3-d11
    Examples:
      | id | update                                                     | status                               | bids            |
      | e  | registers CoA2 as BID 2 and CoA3 as BID 3                  | MCOA_BULK_REGISTRATION_NOT_SUPPORTED | BID 2 and BID 3 |
      | f  | registers CoA1 as BID 1 with Sequence Number = last        | SEQUENCE_NUMBER_OUT_OF_WINDOW        | BID 1           |
      | g  | registers CoA2 as BID 2 with Care-of Nonce Index = unknown | EXPIRED_CARE_OF_NONCE_INDEX          | BID 2           |
