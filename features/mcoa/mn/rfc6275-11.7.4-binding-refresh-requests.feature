Feature: Binding Refresh Requests (RFC 6275, Section 11.7.4)
  A correspondent node asks for the renewal of a binding.

  @TC-MN-BRR-BV-01 @MN @SHOULD @config:mn-mipv6 @ics:mn-route-optimization @ics:mn-keeps-correspondents
  @rfc6275-11.7.4-d1 @rfc6275-11.7.4-k1
  Scenario: A mobile node that wants to keep its binding at a correspondent node renews it
    Given the MN has registered link 1
    And the CN has the bindings of link 1
    When the CN sends a Binding Refresh Request for its binding
    Then the MN sends a Binding Update to the CN within 10 s with:
      | Lifetime | above 0 s |

  @TC-MN-BRR-BO-01 @MN @MUST @config:mn-mipv6 @ics:mn-route-optimization @rfc6275-11.7.4-d2
  Scenario: A node that has no binding cannot ask for its renewal
    Given the MN has registered link 1
    When another node sends a Binding Refresh Request
    Then the MN sends no Home Test Init for 10 s
    And the MN sends no Care-of Test Init for 10 s
