Feature: Processing Proxy Binding Updates (RFC 5213, Section 5.3.1)
  What an LMA checks in a request before it looks for a session. The checks
  stand in an order: the first one that fails names the status.

  @TC-LMA-REG-BI-01 @LMA @MUST @config:lma-baseline
  Scenario Outline: A registration without <option> is rejected with <status>
    Given MN1 has no mobility session
    When MAG1 registers MN1 with no <option> and Link-local Address = marked
    Then the LMA rejects it with status <status>
    And the answer carries:
      | <option> | <substitute> |
    And a new registration of MN1 finds no mobility session

    @rfc5213-5.3.1-k5 @rfc5213-5.3.1-k6 @rfc5213-5.3.6-k6
    Examples:
      | id | option                 | status                           | substitute  |
      | a  | Mobile Node Identifier | 160 MISSING_MN_IDENTIFIER_OPTION | zero-length |

    @rfc5213-5.3.1-k12 @rfc5213-5.3.6-k9
    Examples:
      | id | option              | status                                 | substitute    |
      | b  | Home Network Prefix | 158 MISSING_HOME_NETWORK_PREFIX_OPTION | one, ALL_ZERO |

    @rfc5213-5.3.1-k13 @rfc5213-5.3.6-k13
    Examples:
      | id | option            | status                               | substitute |
      | c  | Handoff Indicator | 161 MISSING_HANDOFF_INDICATOR_OPTION | 0          |

    @rfc5213-5.3.1-k14 @rfc5213-5.3.6-k16
    Examples:
      | id | option                 | status                              | substitute |
      | d  | Access Technology Type | 162 MISSING_ACCESS_TECH_TYPE_OPTION | 0          |

  @TC-LMA-REG-BI-02 @LMA @MUST @config:lma-baseline
  Scenario Outline: A registration of <kind> mobile node is rejected with <status>
    Given MN1 is <kind> mobile node
    When MAG1 registers MN1
    Then the LMA rejects it with status <status>

    @rfc5213-5.3.1-k9
    Examples:
      | id | kind       | status                           |
      | a  | an unknown | 153 NOT_LMA_FOR_THIS_MOBILE_NODE |

    @rfc5213-5.3.1-k10
    Examples:
      | id | kind       | status                    |
      | b  | a disabled | 152 PROXY_REG_NOT_ENABLED |

  @TC-LMA-REG-BI-03 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k8 @rfc5213-4-k6a
  Scenario Outline: A MAG without authorisation cannot touch a session: <attempt>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG1
    And packets for MN1 arrive at MAG1 only
    When <attempt>
    Then the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG
    And packets for MN1 arrive at MAG1 only

    Examples:
      | id | attempt                                                     |
      | a  | MN1 hands off to MAG3                                       |
      | b  | MAG3 refreshes MN1                                          |
      | c  | MAG3 de-registers MN1                                       |
      | d  | MN1 hands off to MAG3 with Alternate Care-of Address = MAG1 |
      | e  | MAG3 refreshes MN1 with Alternate Care-of Address = MAG1    |
      | f  | MAG3 de-registers MN1 with Alternate Care-of Address = MAG1 |

  @TC-LMA-REG-BI-04 @LMA @MUST @config:lma-baseline @rfc5213-5.3-k1
  Scenario Outline: Of two faults the first in the order of the rules is reported: <first> before <later>
    # An order is there only between checks that the LMA makes: each fault is first shown alone.
    Given MN2 is a <kind of first> mobile node
    And <first alone>
    And the LMA rejects it with status <first>
    And MN3 is a <kind of later> mobile node
    And <later alone>
    And the LMA rejects it with status <later>
    And MN1 is a <kind> mobile node
    When <both>
    Then the LMA rejects it with status <first>

    Examples:
      | id | kind    | both                                                                                | kind of first | first alone                                       | first                                  | kind of later | later alone                                           | later                                      |
      | a  | dynamic | MAG3 registers MN1 with no Mobile Node Identifier                                   | dynamic       | MAG1 registers MN2 with no Mobile Node Identifier | 160 MISSING_MN_IDENTIFIER_OPTION       | dynamic       | MAG3 registers MN3                                    | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG       |
      | b  | unknown | MAG3 registers MN1                                                                  | dynamic       | MAG3 registers MN2                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG   | unknown       | MAG1 registers MN3                                    | 153 NOT_LMA_FOR_THIS_MOBILE_NODE           |
      | c  | dynamic | MAG3 registers MN1 with no Home Network Prefix                                      | dynamic       | MAG3 registers MN2                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG   | dynamic       | MAG1 registers MN3 with no Home Network Prefix        | 158 MISSING_HOME_NETWORK_PREFIX_OPTION     |
      | g  | dynamic | MAG1 registers MN1 with no Home Network Prefix and no Handoff Indicator             | dynamic       | MAG1 registers MN2 with no Home Network Prefix    | 158 MISSING_HOME_NETWORK_PREFIX_OPTION | dynamic       | MAG1 registers MN3 with no Handoff Indicator          | 161 MISSING_HANDOFF_INDICATOR_OPTION       |
      | h  | dynamic | MAG1 registers MN1 with no Handoff Indicator and no Access Technology Type          | dynamic       | MAG1 registers MN2 with no Handoff Indicator      | 161 MISSING_HANDOFF_INDICATOR_OPTION   | dynamic       | MAG1 registers MN3 with no Access Technology Type     | 162 MISSING_ACCESS_TECH_TYPE_OPTION        |
      | i  | dynamic | MAG1 registers MN1 with no Access Technology Type and Home Network Prefix = foreign | dynamic       | MAG1 registers MN2 with no Access Technology Type | 162 MISSING_ACCESS_TECH_TYPE_OPTION    | dynamic       | MAG1 registers MN3 with Home Network Prefix = foreign | 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX |
      | j  | dynamic | MAG3 registers MN1 with no Handoff Indicator                                        | dynamic       | MAG3 registers MN2                                | 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG   | dynamic       | MAG1 registers MN3 with no Handoff Indicator          | 161 MISSING_HANDOFF_INDICATOR_OPTION       |

    @ics:timestamp-option
    Examples:
      | id | kind     | both                                                                                               | kind of first | first alone                                                             | first                            | kind of later | later alone                                                             | later                                  |
      | d  | unknown  | MAG1 registers MN1 with Timestamp = now - twice TimestampValidityWindow                            | unknown       | MAG1 registers MN2                                                      | 153 NOT_LMA_FOR_THIS_MOBILE_NODE | dynamic       | MAG1 registers MN3 with Timestamp = now - twice TimestampValidityWindow | 156 TIMESTAMP_MISMATCH                 |
      | e  | disabled | MAG1 registers MN1 with Timestamp = now - twice TimestampValidityWindow                            | disabled      | MAG1 registers MN2                                                      | 152 PROXY_REG_NOT_ENABLED        | dynamic       | MAG1 registers MN3 with Timestamp = now - twice TimestampValidityWindow | 156 TIMESTAMP_MISMATCH                 |
      | f  | dynamic  | MAG1 registers MN1 with Timestamp = now - twice TimestampValidityWindow and no Home Network Prefix | dynamic       | MAG1 registers MN2 with Timestamp = now - twice TimestampValidityWindow | 156 TIMESTAMP_MISMATCH           | dynamic       | MAG1 registers MN3 with no Home Network Prefix                          | 158 MISSING_HOME_NETWORK_PREFIX_OPTION |

  @TC-LMA-REG-BI-05 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k2a
  Scenario: A request with a wrong checksum is discarded silently
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Checksum = wrong and Link-local Address = marked
    Then the LMA does not answer
    And no ICMPv6 error is sent
    And a new registration of MN1 finds no mobility session

  @TC-LMA-REG-BI-08 @LMA @MUST @config:lma-baseline
  Scenario Outline: A request with a bad Mobility Header is discarded: <fault>
    Given MN1 has no mobility session
    When MAG1 registers MN1 with <fault> and Link-local Address = marked
    Then the LMA does not answer
    And a new registration of MN1 finds no mobility session

    @rfc5213-5.3.1-k2c
    Examples:
      | id | fault             |
      | a  | Payload Proto = 6 |

    @rfc5213-5.3.1-k2d
    Examples:
      | id | fault          |
      | b  | Header Len = 0 |

  @TC-LMA-REG-BI-10 @LMA @SHOULD @config:lma-baseline
  Scenario Outline: A request with a bad Mobility Header is reported to its sender: <fault>
    Given MN1 has no mobility session
    When MAG1 registers MN1 with <fault>
    Then the LMA reports a Parameter Problem at octet <octet>

    @rfc5213-5.3.1-k2e
    Examples:
      | id | fault             | octet |
      | a  | Payload Proto = 6 | 0     |

    # The message ends after these 8 octets, so its checksum is also right for a device that trusts Header Len.
    @rfc5213-5.3.1-k2f
    Examples:
      | id | fault                         | octet |
      | b  | Header Len = 0 and truncate 8 | 1     |

  @TC-LMA-REG-BI-06 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k2b
  Scenario: A Mobility Header of unknown type is answered with a Binding Error
    Given MN1 has no mobility session
    When MAG1 registers MN1 with MH Type = 200
    Then the LMA reports a Binding Error

  @TC-LMA-REG-BI-07 @LMA @MUST @config:lma-baseline @rfc5213-8.2-d2
  Scenario: A Binding Update without the P flag gets no Proxy Binding Acknowledgement
    Given MN1 has no mobility session
    When MAG1 registers MN1 with P = 0
    Then the LMA does not answer with P = 1

  @TC-LMA-REG-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-8.1-k3
  Scenario: An option of an unknown type is skipped
    # A plain registration is accepted: a rejection of the next one is due to what it changes.
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Option 200 = 0102030405
    Then the LMA accepts the registration

  @TC-LMA-REG-BV-02 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k4 @rfc5213-6.6-k1
  Scenario: Mobile nodes that differ in their identifier alone have separate sessions
    Given MN1 is registered at MAG1 with Mobile Node Link-layer Identifier = 02:00:5e:00:53:01
    And MN3 is registered at MAG2
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only
    When MAG2 registers MN2 with Mobile Node Link-layer Identifier = 02:00:5e:00:53:01
    Then the LMA accepts the registration
    And no two mobile nodes share a home network prefix
    And packets for MN1 arrive at MAG1 only

  @TC-LMA-REG-BV-20 @LMA @MUST @config:lma-baseline
  Scenario Outline: A reserved field that is not zero is ignored: <option>
    # A plain registration is accepted: a rejection of the next one is due to what it changes.
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with octets changed:
      | option[<option>].Reserved = 255 |
    Then the LMA accepts the registration

    @rfc5213-8.3-k3
    Examples:
      | id | option              |
      | a  | Home Network Prefix |

    @rfc5213-8.4-k3
    Examples:
      | id | option            |
      | b  | Handoff Indicator |

    @rfc5213-8.5-k3
    Examples:
      | id | option                 |
      | c  | Access Technology Type |

    @rfc5213-8.6-k3
    Examples:
      | id | option                            |
      | d  | Mobile Node Link-layer Identifier |

  @TC-LMA-REG-BV-21 @LMA @MUST @config:lma-baseline @rfc5213-8.1-d2
  Scenario: The options of a request may stand in any order
    # A plain registration is accepted: a rejection of the next one is due to what it changes.
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with octets changed:
      | swap option[Mobile Node Identifier] with option[Access Technology Type] |
      | swap option[Home Network Prefix] with option[Link-local Address]        |
    Then the LMA accepts the registration

  @TC-LMA-REG-BI-11 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-d1
  Scenario Outline: A request with an option that runs past its end is not accepted: <fault>
    # A plain registration is accepted: what follows is due to the length.
    Given MN2 is registered at MAG1
    When MAG1 registers MN1 with Link-local Address = marked and <fault>
    Then the LMA does not accept it
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | fault                                                               |
      | a  | option[Access Technology Type].Length = 255                         |
      | b  | option[Handoff Indicator].Length = 255                              |
      # If zeros are read behind the end, the option is a right one.
      | c  | no Home Network Prefix and Home Network Prefix = ALL_ZERO and cut 8 |

  @TC-LMA-REG-BI-13 @LMA @SHOULD @config:lma-baseline
  Scenario Outline: The fault of a Mobility Header behind an extension header is reported where it is in the packet: <fault>, <options>
    # A request behind the same extension header is accepted: what follows is due to the fault.
    Given MN2 is registered at MAG1 with Destination Options = <options>
    When MAG1 registers MN1 with Destination Options = <options> and <fault>
    Then the LMA reports a Parameter Problem at octet <octet>

    @rfc5213-5.3.1-k2e
    Examples:
      | id | fault             | octet | options                          |
      | a  | Payload Proto = 6 | 0     | 01 04 00000000                   |
      | b  | Payload Proto = 6 | 0     | 01 0c 00000000 00000000 00000000 |

    # The message ends after these 8 octets, so its checksum is also right for a device that trusts Header Len.
    @rfc5213-5.3.1-k2f
    Examples:
      | id | fault                         | octet | options                          |
      | c  | Header Len = 0 and truncate 8 | 1     | 01 04 00000000                   |
      | d  | Header Len = 0 and truncate 8 | 1     | 01 0c 00000000 00000000 00000000 |
