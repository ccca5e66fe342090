Feature: Packets to the home agent (draft-ietf-monami6-multiplecoa-04, Section 5.8)
  What a mobile node sends to its home agent itself takes the tunnel, too.

  @TC-MN-PHA-BV-01 @MN @SHOULD @config:mn-mcoa @edition:mcoa-draft-04 @mcoa-draft-04-5.8-k2
  Scenario: Packets from the home address to the home agent go through the tunnel
    Given the MN has registered link 1 and link 2
    When HA1 sends packets to the MN
    Then packets of the MN to HA1 are reverse-tunnelled
