Feature: Sequence Numbers (RFC 5648, Section 4.1; draft-ietf-monami6-multiplecoa-04, Section 5.4)
  The RFC has one number for each peer; the draft may have one for each BID.

  @TC-MN-SEQ-BV-01 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-4.1-k1 @rfc5648-4.1-d1
  Scenario Outline: Updates of different BIDs share one Sequence Number: <event>
    Given the MN has registered link 1 and link 2
    When <event>
    Then the MN sends a Binding Update for at least <link> to the HA within 40 s with:
      | Sequence Number | after the last |

    Examples:
      | id | event                                             | link   |
      | a  | the MN gets a link at link 3                      | link 3 |
      | b  | the HA sends a Binding Refresh Request for link 1 | link 1 |
      | c  | link 2 gets another prefix                        | link 2 |

  @TC-MN-SEQ-BV-02 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @edition:rfc5648 @rfc5648-4.1-k1 @rfc5648-4.1-d1
  Scenario: Updates of different BIDs to a correspondent node share one Sequence Number
    Given the MN has registered link 1 and link 2
    And the CN has the bindings of link 1 and link 2
    When link 2 gets another prefix
    Then the MN sends a Binding Update for link 2 to the CN within 30 s with:
      | Sequence Number | after the last |

  @TC-MN-SEQ-BV-03 @MN @MUST @config:mn-mcoa-single @edition:rfc5648 @rfc5648-4.1-k1 @rfc5648-4.1-d1
  Scenario: Single updates of three BIDs share one Sequence Number
    Given the MN has registered link 1 and link 2
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for link 3 to the HA with:
      | Sequence Number | after the last |

  @TC-MN-SEQ-BV-04 @MN @MUST @config:mn-mcoa @ics:bulk-registration @edition:mcoa-draft-04 @mcoa-draft-04-5.4-k5
  Scenario: The number of a bulk update is above all numbers of its BIDs
    # Link 2 has had more updates than link 1.
    Given the MN has registered link 1 and link 2
    And link 2 gets another prefix
    And the MN sends a Binding Update for at least link 2 to the HA within 20 s
    When the MN gets a link at link 3
    Then the MN sends a Binding Update for at least link 3 to the HA with:
      | Sequence Number | after the last |

  @TC-MN-SEQ-BO-01 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.9-k2
  Scenario: After status 135 the update is sent again from the number of the answer on
    # By the letter with that number itself, which the base specification does not take.
    Given the MN has registered link 1
    And the HA answers the next update with:
      | Status = 135                          |
      | option[Binding Identifier].Status = 0 |
      | Sequence Number = 30000               |
    When the MN gets a link at link 2
    Then the MN sends a Binding Update for at least link 2 to the HA
    And the MN sends a Binding Update for at least link 2 to the HA within 40 s with:
      | Sequence Number | 30000 or after |
