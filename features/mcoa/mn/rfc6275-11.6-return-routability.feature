@ics:mn-route-optimization
Feature: Return routability (RFC 6275, Sections 5.2.7 and 11.6)
  A mobile node proves its home address and its care-of address to a correspondent node before it registers with it.

  @TC-MN-RR-BV-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.6.1-k1 @rfc6275-11.6.1-k3 @rfc6275-6.1.3-k1 @rfc6275-6.1-k2
  Scenario: The Home Test Init goes through the tunnel, and does not wait for the Care-of Test
    Given the MN has registered link 1
    And the CN does not answer Care-of Test Inits
    When CN1 sends packets to the MN
    Then the MN sends a Home Test Init

  @TC-MN-RR-BV-02 @MN @MUST @config:mn-mipv6 @rfc6275-11.6.1-k1 @rfc6275-11.6.1-k4 @rfc6275-6.1.4-k1 @rfc6275-6.1-k2
  Scenario: The Care-of Test Init goes directly, and does not wait for the Home Test
    Given the MN has registered link 1
    And the CN does not answer Home Test Inits
    When CN1 sends packets to the MN
    Then the MN sends a Care-of Test Init with:
      | Source | the care-of address of link 1 |

  @TC-MN-RR-BV-03 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.6.2-k9
  Scenario: With both tests the mobile node registers
    Given the MN has registered link 1
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN
    And packets of the MN to CN1 are route-optimised

  @TC-MN-RR-BI-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.6.2-k2
  Scenario Outline: A Home Test that is not the answer brings no update: <fault>
    Given the MN has registered link 1
    And the CN answers Home Test Inits with:
      | <field> = <value> |
    When CN1 sends packets to the MN
    Then the MN sends a Home Test Init
    And the MN sends no Binding Update to the CN for 10 s

    Examples:
      | id | fault                  | field            | value            |
      | a  | another cookie         | Home Init Cookie | 0102030405060708 |
      | b  | from another node      | Source           | another node     |
      | c  | not through the tunnel | tunnel           | none             |
      | d  | tunnel of another node | outer source     | another node     |

  @TC-MN-RR-BI-02 @MN @MUST @config:mn-mipv6 @rfc6275-11.6.2-k6
  Scenario Outline: A Care-of Test that is not the answer brings no update: <fault>
    Given the MN has registered link 1
    And the CN answers Care-of Test Inits with:
      | <field> = <value> |
    When CN1 sends packets to the MN
    Then the MN sends a Care-of Test Init
    And the MN sends no Binding Update to the CN for 10 s

    Examples:
      | id | fault             | field               | value            |
      | a  | another cookie    | Care-of Init Cookie | 0102030405060708 |
      | b  | from another node | Source              | another node     |

  @TC-MN-RR-BO-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.6.2-k2 @rfc6275-11.6.2-k6
  Scenario Outline: One test alone brings no update: without the <test>
    Given the MN has registered link 1
    And the CN does not answer <init>s
    When CN1 sends packets to the MN
    Then the MN sends a <init>
    And the MN sends no Binding Update to the CN for 10 s

    Examples:
      | id | test         | init              |
      | a  | Home Test    | Home Test Init    |
      | b  | Care-of Test | Care-of Test Init |

  @TC-MN-RR-TI-01 @MN @SHOULD @config:mn-mipv6 @ics:mn-keeps-correspondents @rfc6275-5.2.7-k4
  Scenario: Tokens older than MAX_TOKEN_LIFETIME are not used
    # A new update needs new tests. The age of the tokens is judged in every update.
    Given the HA answers updates with:
      | Lifetime = 260 s |
    And the CN answers updates with:
      | Lifetime = 260 s |
    And the MN has registered link 1
    And the CN has the bindings of link 1
    And 220 s passes
    When the CN sends a Binding Refresh Request for its binding
    Then the MN sends a Binding Update to the CN
