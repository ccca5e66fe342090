Feature: Binding Refresh Requests with BIDs (RFC 5648, Section 5.8; draft-ietf-monami6-multiplecoa-04, Section 5.7)
  A peer asks for the renewal of one binding.

  @TC-MN-MBRR-BV-01 @MN @SHOULD @config:mn-mcoa @edition:rfc5648 @rfc5648-5.8-k1
  Scenario Outline: A home agent that names a BID gets an update with it: <link>
    Given the MN has registered link 1 and link 2
    When the HA sends a Binding Refresh Request for <link>
    Then the MN sends a Binding Update for at least <link> to the HA within 5 s

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MN-MBRR-BV-02 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.7-k2
  Scenario Outline: In the draft, too, a home agent that names a BID gets an update with it: <link>
    Given the MN has registered link 1 and link 2
    When the HA sends a Binding Refresh Request for <link>
    Then the MN sends a Binding Update for at least <link> to the HA within 5 s

    Examples:
      | id | link   |
      | a  | link 1 |
      | b  | link 2 |

  @TC-MN-MBRR-BV-03 @MN @SHOULD @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.7-k1
  Scenario: In the draft the update for a BID has no other
    Given the MN has registered link 1 and link 2
    When the HA sends a Binding Refresh Request for link 2
    Then the MN sends a Binding Update for link 2 to the HA within 5 s

  @TC-MN-MBRR-BV-04 @MN @SHOULD @config:mn-mcoa @ics:mcoa-route-optimization @ics:mn-keeps-correspondents @edition:rfc5648
  @rfc5648-5.8-k1
  Scenario: A correspondent node that names a BID gets an update with it
    Given the MN has registered link 1 and link 2
    And the CN has the bindings of link 1 and link 2
    When the CN sends a Binding Refresh Request for link 2
    Then the MN sends a Binding Update for link 2 to the CN within 10 s

  @TC-MN-MBRR-BV-05 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @ics:mn-keeps-correspondents
  @edition:mcoa-draft-04 @mcoa-draft-04-5.7-k2
  Scenario: In the draft, too, a correspondent node that names a BID gets an update with it
    Given the MN has registered link 1 and link 2
    And the CN has the bindings of link 1 and link 2
    When the CN sends a Binding Refresh Request for link 2
    Then the MN sends a Binding Update for link 2 to the CN within 10 s

  @TC-MN-MBRR-BV-06 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.7-d1
  Scenario: A home agent that names no BID gets updates with the BIDs of the bindings
    Given the MN has registered link 1 and link 2
    When the HA sends a Binding Refresh Request for its binding
    Then the MN sends a Binding Update to the HA within 5 s with:
      | options | Binding Identifier |
