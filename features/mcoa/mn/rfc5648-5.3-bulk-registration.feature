@ics:bulk-registration
Feature: Bulk registration (RFC 5648, Section 5.3; draft-ietf-monami6-multiplecoa-04, Sections 4.2 and 5.4)
  One update registers several care-of addresses at the home agent. When a mobile node makes use of it is left to it.

  @TC-MN-BULK-BV-01 @MN @MUST @config:mn-mcoa @rfc5648-5.3-d1 @rfc5648-5.3-d2 @mcoa-draft-04-5.4-d2 @mcoa-draft-04-4.2.1-d1
  @mcoa-draft-04-4.2.1-k2 @mcoa-draft-04-5.4-k1 @rfc5648-5.1-k1 @rfc5648-2-d1 @mcoa-draft-04-2-d1
  Scenario: A bulk update has an option for each BID, with its care-of address
    Given the HA does not answer updates
    And the MN gets a link at link 1, link 2 and link 3
    And 20 s passes
    When the HA answers updates again
    And 45 s passes
    Then the MN has a binding for link 1, link 2 and link 3 at the HA

  @TC-MN-BULK-BV-02 @MN @MUST @config:mn-mcoa @ics:mcoa-route-optimization @rfc5648-2-d2 @mcoa-draft-04-2-k3
  Scenario: A correspondent node gets no bulk update
    Given the MN has registered link 1, link 2 and link 3
    When CN1 sends packets to the MN
    Then the MN sends a Binding Update to the CN within 20 s

  @TC-MN-BULK-BO-01 @MN @MUST @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.6-k7
  Scenario: After a conflict of flags the options of the next bulk update have the same flags
    Given the MN has registered link 1 and link 2
    And the HA rejects the next update with status MCOA_FLAG_CONFLICTS
    And the MN is at link 3
    When 45 s passes
    Then the MN has a binding for link 1 and link 2 at the HA
