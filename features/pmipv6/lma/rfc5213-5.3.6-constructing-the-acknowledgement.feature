Feature: Constructing the Proxy Binding Acknowledgement (RFC 5213, Section 5.3.6)
  Every acknowledgement is checked octet by octet against its request; these scenarios bring about
  the answers in which each rule can be seen.

  @TC-LMA-ACK-BV-01 @LMA @MUST @config:lma-baseline
  @rfc5213-5.3.6-d1 @rfc5213-5.3.6-k2 @rfc5213-5.3.6-k4 @rfc5213-5.3.6-k5 @rfc5213-5.3.6-k7 @rfc5213-5.3.6-k11 @rfc5213-5.3.6-k12
  @rfc5213-5.3.6-k14 @rfc5213-5.3.6-k15 @rfc5213-5.3.6-k19 @rfc5213-5.3.6-k21
  @rfc5213-5.3.6-k22 @rfc5213-5.3.6-k26 @rfc5213-5.3.6-k27 @rfc5213-5.3.6-k32
  Scenario: An accepted registration is answered with every option it carried
    Given MN1 has no mobility session
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And the answer carries:
      | P                                 | 1             |
      | Mobile Node Identifier            | the request's |
      | Handoff Indicator                 | the request's |
      | Access Technology Type            | the request's |
      | Mobile Node Link-layer Identifier | the request's |
      | Link-local Address                | link-local    |

  @TC-LMA-ACK-BV-02 @LMA @MUST @config:lma-baseline
  @rfc5213-8.2-d1 @rfc5213-8.3-d1 @rfc5213-8.3-k1 @rfc5213-8.3-k2 @rfc5213-8.4-k1 @rfc5213-8.4-k2 @rfc5213-8.5-k1 @rfc5213-8.5-k2
  @rfc5213-8.6-k1 @rfc5213-8.6-k2 @rfc5213-8.7-d1 @rfc5213-8.7-k1
  Scenario: The options of an acknowledgement have the lengths, alignments and reserved fields of Section 8
    Given MN1 is a two-prefix mobile node
    When MAG1 registers MN1
    Then the LMA accepts the registration

  @TC-LMA-ACK-BV-07 @LMA @MUST @config:lma-baseline @ics:timestamp-option @rfc5213-5.5-k5 @rfc5213-5.3.6-k17 @rfc5213-8.8-d1 @rfc5213-8.8-k1
  Scenario: A registration with a Timestamp is answered with a well-formed one
    Given MN1 has no mobility session
    When MAG1 registers MN1
    Then the LMA accepts the registration
    And the answer carries:
      | Timestamp | present |

  @TC-LMA-ACK-BV-03 @LMA @MUST @config:lma-baseline
  Scenario Outline: An option that the request does not carry is not in the answer: <option>
    Given MN1 has no mobility session
    When MAG1 registers MN1 with no <option>
    Then the LMA accepts the registration
    And the answer carries:
      | <option> | absent |

    @rfc5213-5.3.6-k18 @rfc5213-5.5-k26
    Examples:
      | id | option    |
      | a  | Timestamp |

    @rfc5213-5.3.6-k20
    Examples:
      | id | option                            |
      | b  | Mobile Node Link-layer Identifier |

    @rfc5213-5.3.6-k23
    Examples:
      | id | option             |
      | c  | Link-local Address |

  @TC-LMA-ACK-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.6-k8 @rfc5213-5.3.6-k24
  Scenario Outline: A rejection returns prefixes and link-local address <link-local> as they were sent
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Home Network Prefix = foreign, 2001:db8:beef::/56 and Link-local Address = <link-local>
    Then the LMA rejects it with status 155 NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX
    And the answer carries:
      | Home Network Prefix | the request's |
      | Link-local Address  | the request's |

    Examples:
      | id | link-local |
      | a  | ALL_ZERO   |
      | b  | fe80::5213 |

  @TC-LMA-ACK-BV-04 @LMA @MUST @config:lma-baseline @rfc5213-5.3.6-k29
  Scenario: A link-local address that is uploaded is confirmed
    Given MN1 has no mobility session
    When MAG1 registers MN1 with Link-local Address = marked
    Then the LMA accepts the registration
    And the answer carries:
      | Link-local Address | the request's |

  @TC-LMA-ACK-BV-05 @LMA @MUST @config:lma-baseline
  Scenario Outline: The link-local address stays with the session, uploaded or generated: first <first>, then <next>
    Given MN1 is registered at MAG1 with Link-local Address = <first>
    When <next>
    Then the LMA accepts the registration
    And the session is the earlier one

    @rfc5213-5.3.6-k25 @rfc5213-5.3.6-k28
    Examples:
      | id | first    | next                  |
      | a  | ALL_ZERO | MAG1 refreshes MN1    |
      | b  | ALL_ZERO | MN1 hands off to MAG2 |

    @rfc5213-5.3.6-k30
    Examples:
      | id | first  | next                  |
      | c  | marked | MAG1 refreshes MN1    |
      | d  | marked | MN1 hands off to MAG2 |

  @TC-LMA-ACK-BV-06 @LMA @MUST @config:lma-baseline @rfc5213-6.9.1.5-d1 @rfc5213-5.3.6-k3
  Scenario: With an Alternate Care-of Address the traffic goes there and the answer to the sender
    # The LMA moves a tunnel, and it is now where the next request comes from.
    Given MN1 is registered at MAG2
    And MN1 hands off to MAG1
    And the LMA accepts the registration
    And packets for MN1 arrive at MAG1 only
    When MN1 hands off to MAG1 with Alternate Care-of Address = MAG2
    Then the LMA accepts the registration
    And packets for MN1 arrive at MAG2 only

  @TC-LMA-ACK-BV-08 @LMA @MUST @config:lma-baseline @rfc5213-5.3.6-k10
  Scenario Outline: Every acceptance names all prefixes of the session: <request>
    Given MN1 is a two-prefix mobile node
    And MN1 is registered at MAG1
    And MN1 has 2 home network prefixes
    When <request>
    Then the LMA accepts the <kind>
    And the answer carries:
      | Home Network Prefix | two, NON_ZERO |

    Examples:
      | id | request                                                   | kind            |
      | a  | MAG1 refreshes MN1                                        | registration    |
      | b  | MAG1 registers MN1 with Home Network Prefix = ALL_ZERO    | registration    |
      | c  | MN1 hands off to MAG2 with Home Network Prefix = ALL_ZERO | registration    |
      | d  | MAG1 de-registers MN1                                     | de-registration |

  @TC-LMA-ACK-BV-09 @LMA @MUST @config:lma-baseline @rfc5213-5.3.6-k28
  Scenario Outline: A generated link-local address is stored with the session: first <first>, then <next>
    Given MN1 is registered at MAG1 with Link-local Address = ALL_ZERO
    And <first>
    And the LMA accepts the registration
    When <next>
    Then the LMA accepts the registration
    And the session is the earlier one

    Examples:
      | id | first                 | next                                                   |
      | a  | MAG1 refreshes MN1    | MAG1 refreshes MN1                                     |
      | b  | MAG1 refreshes MN1    | MN1 hands off to MAG2                                  |
      | c  | MN1 hands off to MAG2 | MN1 hands off to MAG1                                  |
      | d  | MN1 hands off to MAG2 | MAG2 registers MN1 with Home Network Prefix = ALL_ZERO |
