Feature: Protected signalling over IPv4 (RFC 5844, Sections 4.1.3 and 4.3; its drafts)
  RFC 5844 has ESP between IPv4 and UDP. In its drafts ESP is there ("outside") for MAGs with security associations of IPv4 addresses, or in
  the IPv6 packet behind UDP ("inside") for MAGs with those of IPv6 addresses. What is not protected as agreed changes nothing.

  @TC-LMA-V4SEC-BV-01 @LMA @MUST @config:lma-ipv4-transport-esp
  Scenario Outline: A registration over IPv4 that ESP protects is answered under ESP: <mag>, <form>, by <document>
    Given <other> signals over IPv4
    And <mag> signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at <other>
    And MN1 is a <kind> mobile node
    When <mag> registers MN1
    Then the LMA accepts the registration
    And the answer carries:
      | ESP | <form> |

    @rfc5844-4.1.3.2-d4
    Examples:
      | id | document | mag  | other | kind      | form    |
      | a  | RFC 5844 | MAG1 | MAG2  | dual      | outside |
      | b  | RFC 5844 | MAG2 | MAG1  | ipv4-only | outside |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.1.3.2-k7
    Examples:
      | id | document  | mag  | other | kind      | form    |
      | c  | draft -04 | MAG1 | MAG2  | dual      | outside |
      | d  | draft -04 | MAG1 | MAG2  | ipv4-only | outside |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.1.3.2-k8
    Examples:
      | id | document  | mag  | other | kind      | form   |
      | e  | draft -04 | MAG2 | MAG1  | dual      | inside |
      | f  | draft -04 | MAG2 | MAG1  | ipv4-only | inside |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-4.3.2-k5 @ipv4-draft-02-6-k3
    Examples:
      | id | document  | mag  | other | kind      | form    |
      | g  | draft -02 | MAG1 | MAG2  | dual      | outside |
      | h  | draft -02 | MAG1 | MAG2  | ipv4-only | outside |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-6-k3
    Examples:
      | id | document  | mag  | other | kind | form   |
      | i  | draft -02 | MAG2 | MAG1  | dual | inside |

  @TC-LMA-V4SEC-BV-02 @LMA @MUST @config:lma-ipv4-transport-esp
  Scenario Outline: Every answer over IPv4 goes under the association with the MAG that asked: <event>, by <document>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event>
    Then <answer>
    And the answer carries:
      | ESP | <form> |

    @rfc5844-4.1.3.2-d4
    Examples:
      | id | document | event                                             | answer                                                             | form    |
      | a  | RFC 5844 | MAG1 refreshes MN1                                | the LMA accepts the registration                                   | outside |
      | b  | RFC 5844 | MN1 hands off to MAG2                             | the LMA accepts the registration                                   | outside |
      | c  | RFC 5844 | MAG1 de-registers MN1                             | the LMA accepts the de-registration                                | outside |
      | d  | RFC 5844 | MAG1 refreshes MN1 with no Access Technology Type | the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION | outside |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.1.3.2-k7
    Examples:
      | id | document  | event                                             | answer                                                             | form    |
      | e  | draft -04 | MAG1 refreshes MN1                                | the LMA accepts the registration                                   | outside |
      | f  | draft -04 | MAG1 de-registers MN1                             | the LMA accepts the de-registration                                | outside |
      | g  | draft -04 | MAG1 refreshes MN1 with no Access Technology Type | the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION | outside |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.1.3.2-k8
    Examples:
      | id | document  | event                                                | answer                                                             | form   |
      | h  | draft -04 | MN1 hands off to MAG2                                | the LMA accepts the registration                                   | inside |
      | i  | draft -04 | MN1 hands off to MAG2 with no Access Technology Type | the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION | inside |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-4.3.2-k5 @ipv4-draft-02-6-k3
    Examples:
      | id | document  | event                                             | answer                                                             | form    |
      | j  | draft -02 | MAG1 refreshes MN1                                | the LMA accepts the registration                                   | outside |
      | k  | draft -02 | MAG1 de-registers MN1                             | the LMA accepts the de-registration                                | outside |
      | l  | draft -02 | MAG1 refreshes MN1 with no Access Technology Type | the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION | outside |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-6-k3
    Examples:
      | id | document  | event                 | answer                           | form   |
      | m  | draft -02 | MN1 hands off to MAG2 | the LMA accepts the registration | inside |

  @TC-LMA-V4SEC-BI-01 @LMA @MUST @config:lma-ipv4-transport-esp
  Scenario Outline: A registration over IPv4 that is not protected as agreed changes nothing: <mag>, <how>, by <document>
    Given <other> signals over IPv4
    And <mag> signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at <other>
    And MN1 is a dual mobile node
    When <mag> registers MN1 with Link-local Address = marked and protection = <how>
    Then the LMA does not answer
    And a new registration of MN1 finds no mobility session

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.1.3.1-k1
    Examples:
      | id | document  | mag  | other | how       |
      | a  | draft -04 | MAG1 | MAG2  | none      |
      | c  | draft -04 | MAG1 | MAG2  | other SPI |
      | d  | draft -04 | MAG1 | MAG2  | no ICV    |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.1.3.1-k2
    Examples:
      | id | document  | mag  | other | how       |
      | f  | draft -04 | MAG2 | MAG1  | none      |
      | g  | draft -04 | MAG2 | MAG1  | wrong key |
      | h  | draft -04 | MAG2 | MAG1  | other SPI |
      | i  | draft -04 | MAG2 | MAG1  | no ICV    |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-6-k3
    Examples:
      | id | document  | mag  | other | how       |
      | k  | draft -02 | MAG1 | MAG2  | none      |
      | m  | draft -02 | MAG2 | MAG1  | none      |
      | n  | draft -02 | MAG2 | MAG1  | wrong key |

  @TC-LMA-V4SEC-BO-01 @LMA @MUST @config:lma-ipv4-transport-esp
  Scenario Outline: A request over IPv4 that is not protected leaves the session as it is: <event>, <how>, by <document>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event> with protection = <how>
    And just over MinDelayBeforeBCEDelete passes
    Then the LMA does not answer
    And packets for MN1 arrive at MAG1 only

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.1.3.1-k1
    Examples:
      | id | document  | event                 | how       |
      | a  | draft -04 | MAG1 de-registers MN1 | none      |
      | b  | draft -04 | MAG1 de-registers MN1 | wrong key |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.1.3.1-k2
    Examples:
      | id | document  | event                 | how       |
      | c  | draft -04 | MN1 hands off to MAG2 | none      |
      | d  | draft -04 | MN1 hands off to MAG2 | wrong key |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-6-k3
    Examples:
      | id | document  | event                 | how  |
      | e  | draft -02 | MAG1 de-registers MN1 | none |
      | f  | draft -02 | MN1 hands off to MAG2 | none |

  # RFC 5213, Section 4, demands protection whatever the transport; RFC 5844 says where ESP stands.
  @TC-LMA-V4SEC-BI-02 @LMA @MUST @config:lma-ipv4-transport-esp @edition:rfc5844 @rfc5844-4.1.3.2-d4 @rfc5213-4-k1
  Scenario Outline: A registration over IPv4 without the agreed protection is not answered: <mag>, <how>
    Given <other> signals over IPv4
    And <mag> signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at <other>
    And MN1 is a dual mobile node
    When <mag> registers MN1 with Link-local Address = marked and protection = <how>
    Then the LMA does not answer
    And a new registration of MN1 finds no mobility session

    Examples:
      | id | mag  | other | how           |
      | a  | MAG1 | MAG2  | none          |
      | b  | MAG1 | MAG2  | wrong key     |
      | c  | MAG1 | MAG2  | other SPI     |
      | d  | MAG1 | MAG2  | no ICV        |
      | e  | MAG2 | MAG1  | none          |
      | f  | MAG2 | MAG1  | another MAG's |

  @TC-LMA-V4SEC-BI-03 @LMA @MUST @config:lma-ipv4-transport-esp
  Scenario Outline: A MAG with a security association of IPv4 addresses and without authority is rejected: <kind>, by <document>
    Given MAG1 signals over IPv4
    And MAG3 signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a <kind> mobile node
    When MAG3 registers MN1
    Then the LMA rejects it with status 154 MAG_NOT_AUTHORIZED_FOR_PROXY_REG
    And the answer carries:
      | ESP | outside |

    @rfc5844-4.1.3.1-k1 @rfc5844-4.1.3.2-d4
    Examples:
      | id | document | kind      |
      | a  | RFC 5844 | dual      |
      | b  | RFC 5844 | ipv4-only |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.1.3.1-k3a @ipv4-draft-04-4.1.3.2-k7
    Examples:
      | id | document  | kind |
      | c  | draft -04 | dual |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-4.3.2-k5 @ipv4-draft-02-6-k3
    Examples:
      | id | document  | kind |
      | d  | draft -02 | dual |

  @TC-LMA-V4SEC-BV-03 @LMA @MUST @config:lma-ipv4-transport-esp
  @rfc5844-4.1.3.1-k3 @ipv4-draft-04-4.1.3.1-k5 @ipv4-draft-02-4.3.2-k1
  Scenario Outline: Packets pass through the tunnel of a MAG whose signalling is protected: <mag>, <packets>
    Given <mag> signals over IPv4
    And MN2 is a dual mobile node
    And MN2 is registered at <mag>
    And MN1 is a dual mobile node
    When <mag> registers MN1
    Then the LMA accepts the registration
    And <packets> for MN1 arrive at <mag> only
    And <packets> from MN1 through <mag> reach CN1

    Examples:
      | id | mag  | packets      |
      | a  | MAG1 | packets      |
      | b  | MAG2 | IPv4 packets |

  # ESP around UDP would not pass a NAT: its association is one of the addresses that the NAT changes.
  @TC-LMA-V4SEC-BV-04 @LMA @MUST @config:lma-ipv4-transport-esp
  Scenario Outline: ESP behind UDP passes a NAT: <event>, by <document>
    Given MAG1 signals over IPv4
    And MAG2 signals over IPv4 behind a NAT
    And MN2 is a dual mobile node
    And MN2 is registered at MAG1
    And MN1 is a dual mobile node
    And MN1 is registered at MAG1
    When <event>
    Then the LMA accepts the registration
    And the answer carries:
      | ESP           | inside |
      | NAT Detection | one    |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.1.3.2-k3 @ipv4-draft-04-4.1.3.2-k8
    Examples:
      | id | document  | event                 |
      | a  | draft -04 | MAG2 registers MN3    |
      | b  | draft -04 | MN1 hands off to MAG2 |

    @ics:ipv4-draft-02-ipsec @ipv4-draft-02-4.3.2-k4 @ipv4-draft-02-6-k3
    Examples:
      | id | document  | event              |
      | c  | draft -02 | MAG2 registers MN3 |
