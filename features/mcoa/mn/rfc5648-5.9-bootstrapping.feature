Feature: Bootstrapping (RFC 5648, Section 5.9; draft-ietf-monami6-multiplecoa-04, Section 5.9)
  A mobile node that starts does not know what bindings are left from before.

  @TC-MN-BOOT-BV-01 @MN @MUST @config:mn-mcoa @edition:rfc5648 @rfc5648-5.9-k1
  Scenario: The first update with a BID after a start asks to replace the bindings that are there
    Given the MN has registered link 1 and link 2
    When the MN restarts
    Then the MN sends a Binding Update with a BID to the HA within 60 s with:
      | O | 1 |

  @TC-MN-BOOT-BV-02 @MN @SHOULD @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.9-k1
  Scenario: In the draft the options of the first update with BIDs after a start have O
    Given the MN has registered link 1 and link 2
    When the MN restarts
    Then the MN sends a Binding Update with a BID to the HA within 60 s with:
      | option[Binding Identifier].O | 1 |

  @TC-MN-BOOT-BV-03 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @ics:mn-clears-correspondents
  @edition:mcoa-draft-04 @mcoa-draft-04-5.9-k3
  Scenario: Bindings from before a start are cleared at a correspondent node by an update without BID
    Given the MN has registered link 1 and link 2
    And the CN has the bindings of link 1 and link 2
    And the MN restarts
    And the MN has registered link 1 and link 2
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN within 20 s with:
      | options | no Binding Identifier |
    And the MN sends a Binding Update with a BID to the CN within 30 s
