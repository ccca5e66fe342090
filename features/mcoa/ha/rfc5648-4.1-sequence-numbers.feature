Feature: Sequence numbers of several bindings (RFC 5648, Sections 4.1 and 5.3; draft-ietf-monami6-multiplecoa-04, Section 5.4)
  In the RFC a mobile node has one sequence number for all its bindings, and the home agent is advised to count so. In the draft each BID
  may have its own, and a bulk update has one for all its BIDs.

  @TC-HA-SEQ-BO-01 @HA @SHOULD @config:ha-mcoa @edition:rfc5648 @rfc5648-4.1-d2
  Scenario Outline: The sequence number of one BID counts for the others: 100, then <number>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Sequence Number = 100
    And the HA accepts BID 1
    When MN1 registers CoA2 as BID 2 with Sequence Number = <number>
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And the HA answers with:
      | Sequence Number | 100 |

    Examples:
      | id | number |
      | a  | 100    |
      | b  | 99     |
      | c  | 32868  |

  @TC-HA-SEQ-BO-02 @HA @SHOULD @config:ha-mcoa @edition:rfc5648 @rfc5648-4.1-d2
  Scenario: The last accepted sequence number is that of the last BID
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Sequence Number = 100
    And the HA accepts BID 1
    And MN1 registers CoA2 as BID 2 with Sequence Number = 200
    And the HA accepts BID 2
    When MN1 registers CoA3 as BID 1 with Sequence Number = 150
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And tunnelled packets of MN1 from CoA1 are accepted

  @TC-HA-SEQ-BV-01 @HA @MUST @config:ha-mcoa @rfc5648-6.2-d8 @mcoa-draft-04-6.3-d10
  Scenario Outline: Sequence numbers of several BIDs count through 65535: <first>, then <second>
    # A number above all others is right for both ways to count in the draft.
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Sequence Number = <first>
    And the HA accepts BID 1
    When MN1 registers CoA2 as BID 2 with Sequence Number = <second>
    Then the HA accepts BID 2
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from CoA2 are accepted

    Examples:
      | id | first | second |
      | a  | 65535 | 0      |
      | b  | 65530 | 3      |
      | c  | 100   | 32867  |

  @TC-HA-SEQ-BO-03 @HA @MUST @config:ha-mcoa @ics:bulk-registration @rfc5648-5.3-d3 @mcoa-draft-04-5.4-d1
  Scenario Outline: The sequence number of a bulk update counts for each of its BIDs: <bid>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1, CoA2 as BID 2 and CoA3 as BID 3 with Sequence Number = 100
    And the HA accepts BID 1, BID 2 and BID 3
    When MN1 refreshes BID <bid> with Sequence Number = <number>
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW

    Examples:
      | id | bid | number |
      | a  | 1   | 100    |
      | b  | 2   | 100    |
      | c  | 3   | 99     |

  @TC-HA-SEQ-BO-04 @HA @MUST @config:ha-mcoa @rfc5648-6.2-k11a @mcoa-draft-04-6.3-k19
  Scenario: The sequence number of a refresh counts for the next update
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Sequence Number = 100
    And the HA accepts BID 1
    And MN1 refreshes BID 1 with Sequence Number = 110
    And the HA accepts BID 1
    When MN1 registers CoA2 as BID 1 with Sequence Number = 105
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And packets for MN1 arrive at CoA1 only

  @TC-HA-SEQ-BO-05 @HA @SHOULD @config:ha-mcoa @edition:rfc5648 @rfc5648-4.1-d2
  Scenario: A removal that is too old removes nothing
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with Sequence Number = 100
    And the HA accepts BID 1
    And MN1 registers CoA2 as BID 2 with Sequence Number = 200
    And the HA accepts BID 2
    When MN1 removes BID 1 with Sequence Number = 200
    Then the HA rejects it with status SEQUENCE_NUMBER_OUT_OF_WINDOW
    And tunnelled packets of MN1 from CoA1 are accepted
