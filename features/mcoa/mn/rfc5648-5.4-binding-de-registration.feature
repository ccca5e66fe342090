Feature: Removal of bindings (RFC 5648, Section 5.4; draft-ietf-monami6-multiplecoa-04, Section 5.5)
  A mobile node removes a binding by an update of lifetime 0 with its BID. It need not: a binding that is lost ends by itself.

  @TC-MN-DER-BV-01 @MN @MUST @config:mn-mcoa @ics:mn-removes-lost-bindings @rfc5648-5.4-d1 @rfc5648-4.3-k9 @rfc5648-4.3-k2
  @mcoa-draft-04-5.5-k1 @mcoa-draft-04-4.2.1-k1
  Scenario Outline: The binding of a link that is lost is removed by its BID: <link>
    Given the MN has registered link 1, link 2 and link 3
    When the MN loses <link>
    Then the MN sends a de-registration of <link> to the HA
    And the MN has a binding for <others> at the HA
    And packets of the MN to CN1 come over <others> only

    Examples:
      | id | link   | others            |
      | a  | link 1 | link 2 and link 3 |
      | b  | link 3 | link 1 and link 2 |

  @TC-MN-DER-BV-03 @MN @MUST @config:mn-mcoa @ics:mn-removes-lost-bindings @ics:mcoa-route-optimization @rfc5648-5.4-d1
  @mcoa-draft-04-5.5-k1
  Scenario: A correspondent node is told the BID of the binding that ends
    Given the MN has registered link 1 and link 2
    And the CN has the bindings of link 1 and link 2
    When the MN loses link 2
    Then the MN sends a de-registration of link 2 to the CN within 30 s
    And the MN has a binding for link 1 at the CN

  @TC-MN-DER-BV-04 @MN @MUST @config:mn-mcoa-single @ics:mn-removes-lost-bindings @rfc5648-5.4-d1 @rfc5648-4.3-k9
  @mcoa-draft-04-5.5-k1
  Scenario: Without bulk registration a lost link is removed by an update for it alone
    Given the MN has registered link 1 and link 2
    When the MN loses link 1
    Then the MN sends a de-registration of link 1 to the HA
    And packets of the MN to CN1 come over link 2 only
