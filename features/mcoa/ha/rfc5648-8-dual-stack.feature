Feature: IPv4 care-of and home addresses (RFC 5648, Section 8, and RFC 5555)
  A Binding Update from an IPv4 care-of address is an IPv6 packet in UDP and IPv4. MN2 does over IPv6 first what MN1 does over IPv4, so that
  a fault that has nothing to do with IPv4 is not taken for one of this section.

  @TC-HA-DSM-BV-01 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k6 @rfc5648-4.3-k3
  Scenario: Packets go to a registered IPv4 care-of address, and come from there
    Given MN2 has registered CoA1
    And packets for MN2 arrive at CoA1 only
    And tunnelled packets of MN2 from CoA1 are accepted
    When MN1 registers IPv4 CoA1 as BID 1
    Then the HA accepts BID 1
    And packets for MN1 arrive at IPv4 CoA1 only
    And tunnelled packets of MN1 from IPv4 CoA1 are accepted

  @TC-HA-DSM-BV-02 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k6 @rfc5648-8.1-d2
  Scenario Outline: If the option has another address than the source, there is a NAT, and the source counts: port <port>
    Given MN2 has registered CoA1
    And packets for MN2 arrive at CoA1 only
    And tunnelled packets of MN2 from CoA1 are accepted
    When MN1 registers IPv4 CoA1 as BID 1 with option[Binding Identifier].Care-of Address = 10.1.2.3 and source port = <port>
    Then packets for MN1 arrive at IPv4 CoA1 only
    And tunnelled packets of MN1 from IPv4 CoA1 are accepted

    Examples:
      | id | port  |
      | a  | 4191  |
      | b  | 61000 |

  @TC-HA-DSM-BV-03 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k6
  Scenario: An IPv4 care-of address is registered beside one of IPv6
    Given MN2 has registered CoA1 as BID 1 and CoA2 as BID 2
    And packets for MN2 arrive at CoA1 or CoA2 only
    And tunnelled packets of MN2 from CoA1 are accepted
    And tunnelled packets of MN2 from CoA2 are accepted
    And MN1 has registered CoA1 as BID 1
    When MN1 registers IPv4 CoA2 as BID 2
    Then the HA accepts BID 2
    And packets for MN1 arrive at CoA1 or IPv4 CoA2 only
    And tunnelled packets of MN1 from CoA1 are accepted
    And tunnelled packets of MN1 from IPv4 CoA2 are accepted

  @TC-HA-DSM-BV-04 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k6
  Scenario: A new IPv4 care-of address takes the place of that of its BID
    Given MN2 has registered CoA1 as BID 1
    And MN2 has registered CoA2 as BID 1
    And packets for MN2 arrive at CoA2 only
    And tunnelled packets of MN2 from CoA2 are accepted
    And MN1 has registered IPv4 CoA1 as BID 1
    When MN1 registers IPv4 CoA2 as BID 1
    Then packets for MN1 arrive at IPv4 CoA2 only
    And tunnelled packets of MN1 from IPv4 CoA2 are accepted

  @TC-HA-DSM-BV-05 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k6
  Scenario: The binding of an IPv4 care-of address is removed from there
    Given MN2 has registered CoA1 as BID 1 and CoA2 as BID 2
    And MN2 removes BID 2 from CoA2
    And packets for MN2 arrive at CoA1 only
    And MN1 has registered CoA1 as BID 1 and IPv4 CoA2 as BID 2
    When MN1 removes BID 2 from IPv4 CoA2
    Then packets for MN1 arrive at CoA1 only

  @TC-HA-DSM-TI-01 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @ics:bulk-registration @rfc5648-8.1-k6
  Scenario: A bulk update from an IPv6 care-of address renews the binding of one of IPv4
    Given MN2 registers CoA1 as BID 1 with Lifetime = 40 s
    And the HA accepts BID 1
    And MN1 registers IPv4 CoA1 as BID 1 with Lifetime = 40 s
    And the HA accepts BID 1
    And half the lifetime of MN1 passes
    And MN2 registers CoA2 as BID 2 and CoA1 as BID 1 with Lifetime = 80 s
    And the HA accepts BID 1 and BID 2
    And MN1 registers CoA2 as BID 2 and IPv4 CoA1 as BID 1 with Lifetime = 80 s
    And the HA accepts BID 1 and BID 2
    And half the lifetime of MN1 passes
    And tunnelled packets of MN2 from CoA1 are accepted
    When 1 s passes
    Then tunnelled packets of MN1 from IPv4 CoA1 are accepted

  @TC-HA-DSM-BI-02 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-4.3-k3 @rfc6275-10.4.5-k3
  Scenario: Tunnelled packets from the IPv4 care-of address before the last one are dropped
    Given MN2 has registered CoA1
    And MN1 has registered IPv4 CoA1 as BID 1
    And tunnelled packets of MN1 from IPv4 CoA1 are accepted
    And MN1 has registered IPv4 CoA2 as BID 1
    And packets for MN1 arrive at IPv4 CoA2 only
    When MN1 registers IPv4 CoA2 as BID 1
    Then tunnelled packets of MN1 from IPv4 CoA1 are dropped

  @TC-HA-DSM-BO-01 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-4.3-k3 @rfc6275-10.4.5-k3
  Scenario: Tunnelled packets from an IPv4 care-of address that is removed are dropped
    Given MN2 has registered CoA1
    And MN1 has registered CoA1 as BID 1 and IPv4 CoA2 as BID 2
    And tunnelled packets of MN1 from IPv4 CoA2 are accepted
    And MN1 removes BID 2 from IPv4 CoA2
    And packets for MN1 arrive at CoA1 only
    When MN1 registers IPv4 CoA3 as BID 3
    Then tunnelled packets of MN1 from IPv4 CoA2 are dropped

  @TC-HA-DSM-BV-06 @HA @SHOULD @config:ha-dsmipv6 @ics:dsmipv6 @rfc5648-8.1-k7 @rfc5648-8.1-k8
  Scenario: The result for an IPv4 care-of address is in a BID option
    Given MN2 has registered CoA1
    When MN1 registers IPv4 CoA1 as BID 1
    Then the HA accepts BID 1

  @TC-HA-DSM-BV-07 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6-home-address @rfc5648-8.2-k2 @rfc5648-8.2-k3
  Scenario Outline: The result for an IPv4 home address comes before the BID options: <bindings>
    Given MN2 has registered CoA1
    When MN1 registers <bindings> with IPv4 home address = its own
    Then the HA answers with:
      | IPv4 answer | one, status 0, the requested address |

    Examples:
      | id | bindings           |
      | a  | IPv4 CoA1 as BID 1 |
      | b  | CoA1 as BID 1      |

    @ics:bulk-registration
    Examples:
      | id | bindings                        |
      | c  | CoA1 as BID 1 and CoA2 as BID 2 |

  @TC-HA-DSM-BV-08 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6-home-address @rfc5648-8.2-k3
  Scenario: A request for any IPv4 home address is answered by an IPv4 Address Acknowledgement
    Given MN2 has registered CoA1
    When MN1 registers IPv4 CoA1 as BID 1 with IPv4 home address = 0.0.0.0/32
    Then the HA answers with:
      | IPv4 answer | one |

  @TC-HA-DSM-BI-01 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6-home-address
  @rfc5648-8.1-k9 @rfc5648-8.1-k10 @rfc5648-8.1-k11
  Scenario Outline: The refusal of an IPv4 home address is in an IPv4 Address Acknowledgement alone: <address>
    Given MN2 has registered CoA1
    When MN1 registers IPv4 CoA1 as BID 1 with IPv4 home address = <address>
    Then the HA answers with:
      | IPv4 answer | one, status 128 or above |

    Examples:
      | id | address |
      | a  | foreign |
      | b  | MN2's   |

  @TC-HA-DSM-BV-09 @HA @MUST @config:ha-dsmipv6 @ics:dsmipv6-home-address @rfc5648-8.2-d1
  Scenario Outline: Packets for an IPv4 home address take the care-of addresses of the IPv6 home address: packets for <node>
    Given MN2 has registered CoA1
    And MN1 registers CoA1 as BID 1 with IPv4 home address = its own
    And MN1 registers CoA2 as BID 2 with IPv4 home address = its own
    And packets for <node> arrive at CoA1 or CoA2 only
    When MN1 registers CoA3 as BID 3 with IPv4 home address = its own
    Then the HA answers with:
      | IPv4 answer | one, status 0, the requested address |
    And IPv4 packets for <node> arrive at CoA1, CoA2 or CoA3 only

    Examples:
      | id | node                   |
      | a  | MN1                    |
      | b  | MN1 from the home link |
