Feature: Binding Acknowledgements (RFC 6275, Section 11.7.3)
  What acknowledgement counts, and what a mobile node does after it.

  @TC-MN-BA-BV-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.3-k8
  Scenario Outline: An update that is accepted is not sent again: status <status>
    Given the HA answers the next update with:
      | Status = <status> |
      | Lifetime = 80 s   |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends no Binding Update to the HA for 10 s

    Examples:
      | id | status |
      | a  | 0      |
      | b  | 127    |

  @TC-MN-BA-TI-01 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.3-k10
  Scenario: The binding is renewed before the lifetime is over that the home agent has granted
    # That is less than what mobile nodes ask for.
    Given the HA answers updates with:
      | Lifetime = 40 s |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 40 s

  @TC-MN-BA-TI-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.3-k10
  Scenario: The binding is renewed again and again
    Given the MN has registered link 1
    When 100 s passes
    Then the MN has a binding for link 1 at the HA

  @TC-MN-BA-BI-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.7.3-k5
  Scenario Outline: An acknowledgement of another update does not count: <fault>
    Given the HA answers the next update with:
      | Sequence Number = <number> |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 10 s

    Examples:
      | id | fault          | number   |
      | a  | the one before | last - 1 |
      | b  | the one after  | last + 1 |

  @TC-MN-BA-BI-02 @MN @MUST @config:mn-mipv6 @rfc6275-9.2-k2
  Scenario: An acknowledgement with a wrong checksum does not count
    Given the HA answers the next update with:
      | Checksum = wrong |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 10 s

  @TC-MN-BA-BI-03 @MN @MUST @config:mn-mipv6 @rfc6275-9.2-k10
  Scenario: An acknowledgement that is shorter than its fields does not count
    Given the HA answers the next update with:
      | Header Len = 0 |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 10 s

  @TC-MN-BA-BI-04 @MN @MUST @config:mn-mipv6 @rfc6275-9.2-k6
  Scenario: An acknowledgement before which another protocol is announced does not count
    Given the HA answers the next update with:
      | Payload Proto = 58 |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 10 s

  @TC-MN-BA-BI-05 @MN @MUST @config:mn-mipv6 @rfc6275-6.2.1-k1 @rfc6275-6.1.1-k4
  Scenario Outline: What the mobile node does not know in an acknowledgement changes nothing: <addition>
    Given the HA answers the next update with:
      | Lifetime = 80 s   |
      | <field> = <value> |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends no Binding Update to the HA for 10 s

    Examples:
      | id | addition          | field      | value                |
      | a  | an unknown option | Option 200 | 0102030405060708090a |
      | b  | a reserved field  | Reserved   | 255                  |

  @TC-MN-BA-BO-01 @MN @SHOULD @config:mn-mipv6 @ics:mn-prefix-discovery @rfc6275-11.7.3-k13
  Scenario: A mobile node that is told so asks for the prefixes of its home
    Given the HA answers the next update with:
      | Status = 1 |
    When the MN gets a link at link 1
    Then the MN sends a Mobile Prefix Solicitation

  @TC-MN-BA-BV-03 @MN @MUST @config:mn-mipv6 @ics:mn-prefix-discovery @rfc6275-11.4.2-k2
  Scenario: A Mobile Prefix Solicitation names the home address
    # Every solicitation is judged. That one is sent is only recommended.
    Given the HA answers the next update with:
      | Status = 1 |
    And the MN is at link 1
    And the MN sends a Mobile Prefix Solicitation
    When 1 s passes
    Then the MN has a binding for link 1 at the HA

  @TC-MN-BA-BO-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.3-k15
  Scenario: A home agent that refuses every update gets no more of them
    # A mobile node may try again a few times.
    Given the HA answers updates with:
      | Status = 129 |
    And the MN is at link 1
    And the MN sends a Binding Update to the HA
    When 120 s passes
    Then the MN sends no Binding Update to the HA for 40 s

  @TC-MN-BA-TI-03 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.7.3-k17
  Scenario: A home agent may ask for an earlier refresh
    Given the HA answers the next update with:
      | Lifetime = 160 s              |
      | Binding Refresh Advice = 40 s |
    When the MN gets a link at link 1
    Then the MN sends a Binding Update to the HA
    And the MN sends a Binding Update to the HA within 50 s

  @TC-MN-BA-BI-06 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @ics:mn-asks-correspondents-for-answers @rfc6275-11.7.3-k2
  Scenario Outline: An acknowledgement of a correspondent node without a right authenticator does not count: <fault>
    # It refuses the binding. A mobile node that believes it stops to use the route.
    Given the MN has registered link 1
    And the CN answers the next update with:
      | Status = 128 |
      | <fault>      |
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN
    And the MN sends a Binding Update to the CN within 10 s

    Examples:
      | id | fault                              |
      | a  | no Binding Authorization Data      |
      | b  | Binding Authorization Data = wrong |

  @TC-MN-BA-TI-04 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @ics:mn-asks-correspondents-for-answers
  @rfc6275-11.7.3-k16
  Scenario: A correspondent node cannot ask for an earlier refresh by an option for home agents
    Given the MN has registered link 1
    And the CN answers updates with:
      | Binding Refresh Advice = 4 s |
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN
    And the MN sends no Binding Update to the CN for 10 s
