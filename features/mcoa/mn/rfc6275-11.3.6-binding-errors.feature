Feature: Binding Errors (RFC 6275, Section 11.3.6)
  A peer that has lost a binding, or does not know a message, says so. A stranger may say the same.

  @TC-MN-BE-BV-01 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.3.6-k2
  Scenario: A home agent that does not know the binding gets an update
    Given the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1
    When the HA sends a Binding Error of status 1
    Then the MN sends a Binding Update to the HA

  @TC-MN-BE-BV-02 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @rfc6275-11.3.6-k4
  Scenario: Packets for a correspondent node that does not know the binding go through the home agent
    # Nothing else comes from there. A mobile node may try to register again, without success.
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    And the CN does not answer Home Test Inits
    When the CN sends a Binding Error of status 1
    Then packets of the MN to CN1 are reverse-tunnelled

  @TC-MN-BE-BO-01 @MN @MUST @config:mn-mipv6 @rfc6275-11.3.6-k1
  Scenario Outline: A Binding Error of a node that was never spoken to changes nothing: status <status>
    Given the HA answers updates with:
      | Lifetime = 80 s |
    And the MN has registered link 1
    When another node sends a Binding Error of status <status>
    Then the MN sends no Home Test Init for 10 s
    And the MN sends no Binding Update to the HA for 10 s

    Examples:
      | id | status |
      | a  | 1      |
      | b  | 2      |

  @TC-MN-BE-BO-02 @MN @SHOULD @config:mn-mipv6 @rfc6275-11.3.6-k6
  Scenario: A home agent that is to answer nothing, and says that it does not know a message, is still the home agent
    Given the MN has registered link 1
    When the HA sends a Binding Error of status 2
    Then packets of the MN to CN1 come over link 1 only
    And the MN sends a Binding Update to the HA within 40 s
