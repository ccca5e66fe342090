Feature: Protocol security (RFC 5213, Section 4)
  The operator of an LMA says which MAGs may register mobile nodes.

  @TC-LMA-AUT-BV-01 @LMA @MUST @config:lma-baseline @rfc5213-4-k7
  Scenario: A MAG that the operator authorizes can register mobile nodes
    Given MN2 is registered at MAG1
    And MAG3 registers MN3
    And the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG
    And the operator authorizes MAG3
    When MAG3 registers MN1
    Then the LMA accepts the registration

  @TC-LMA-AUT-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-4-k7
  Scenario Outline: A MAG that the operator no longer authorizes cannot register mobile nodes any more: <request>
    Given MN2 is registered at MAG1
    And MN1 is registered at MAG2
    And the operator no longer authorizes MAG2
    When <request>
    Then the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG

    Examples:
      | id | request               |
      | a  | MAG2 registers MN3    |
      | b  | MAG2 refreshes MN1    |
      | c  | MN2 hands off to MAG2 |
