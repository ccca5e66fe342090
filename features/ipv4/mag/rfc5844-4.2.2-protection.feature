Feature: Protection of signalling over IPv4 (RFC 5844, Sections 4.2.2 and 4.2.2.1)
  ESP protects updates and acknowledgements over IPv4. In RFC 5844 and outside in the drafts it follows the IPv4 header. In the drafts, an
  association of the IPv6 addresses protects the inner packet, behind UDP. LMA1 is one of the first kind, LMA2 of the second.

  @TC-MAG-V4SEC-BV-01 @MAG @MUST @config:mag-ipv4-transport-esp
  Scenario Outline: An update over IPv4 goes under ESP: <lma>, <form>, <edition>
    Given MN1 is <a> mobile node
    And <lma> accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1 with:
      | ESP | <form> |

    @rfc5844-4.2.2.1-d3
    Examples:
      | id | edition  | lma  | a               | form    |
      | a  | RFC 5844 | LMA1 | a dual          | outside |
      | b  | RFC 5844 | LMA2 | an other-anchor | outside |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.2.2.1-k6
    Examples:
      | id | edition   | lma  | a      | form    |
      | c  | draft -04 | LMA1 | a dual | outside |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.2.2.1-k7
    Examples:
      | id | edition   | lma  | a               | form   |
      | d  | draft -04 | LMA2 | an other-anchor | inside |

    @ipv4-draft-02-4.2.2-k12 @ipv4-draft-02-6-k3
    Examples:
      | id | edition   | lma  | a      | form    |
      | e  | draft -02 | LMA1 | a dual | outside |

    @ipv4-draft-02-6-k3
    Examples:
      | id | edition   | lma  | a               | form   |
      | f  | draft -02 | LMA2 | an other-anchor | inside |

  @TC-MAG-V4SEC-BV-02 @MAG @MUST @config:mag-ipv4-transport-esp
  Scenario Outline: Later updates over IPv4 go under ESP, too: <update>, <lma>, <edition>
    Given MN1 is <a> mobile node
    And MN1 is attached at link 1 and registered with <lma> with Lifetime = 40 s
    When <event>
    Then the MAG sends a Proxy Binding Update for MN1 within 40 s with:
      | ESP | <form> |

    @rfc5844-4.2.2.1-d3
    Examples:
      | id | edition  | update            | event                          | lma  | a      | form    |
      | a  | RFC 5844 | an extension      | INITIAL_BINDACK_TIMEOUT passes | LMA1 | a dual | outside |
      | b  | RFC 5844 | a de-registration | MN1 detaches                   | LMA1 | a dual | outside |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.2.2.1-k6
    Examples:
      | id | edition   | update            | event                          | lma  | a      | form    |
      | c  | draft -04 | an extension      | INITIAL_BINDACK_TIMEOUT passes | LMA1 | a dual | outside |
      | d  | draft -04 | a de-registration | MN1 detaches                   | LMA1 | a dual | outside |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.2.2.1-k7
    Examples:
      | id | edition   | update            | event                          | lma  | a               | form   |
      | e  | draft -04 | an extension      | INITIAL_BINDACK_TIMEOUT passes | LMA2 | an other-anchor | inside |
      | f  | draft -04 | a de-registration | MN1 detaches                   | LMA2 | an other-anchor | inside |

    @ipv4-draft-02-4.2.2-k12 @ipv4-draft-02-6-k3
    Examples:
      | id | edition   | update            | event                          | lma  | a      | form    |
      | g  | draft -02 | an extension      | INITIAL_BINDACK_TIMEOUT passes | LMA1 | a dual | outside |
      | h  | draft -02 | a de-registration | MN1 detaches                   | LMA1 | a dual | outside |

  @TC-MAG-V4SEC-BV-03 @MAG @MUST @config:mag-ipv4-transport-esp
  Scenario Outline: An acknowledgement over IPv4 that is protected as agreed gives the mobile node its service: <lma>, <edition>
    Given MN1 is <a> mobile node
    And <lma> accepts registrations
    When MN1 attaches at link 1
    Then the MAG sends a registration for MN1
    And the MAG advertises the home network prefixes to MN1

    @rfc5844-4.2.2-k5
    Examples:
      | id | edition  | lma  | a               |
      | a  | RFC 5844 | LMA1 | a dual          |
      | b  | RFC 5844 | LMA2 | an other-anchor |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.2.2-k8
    Examples:
      | id | edition   | lma  | a      |
      | c  | draft -04 | LMA1 | a dual |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.2.2-k9
    Examples:
      | id | edition   | lma  | a               |
      | d  | draft -04 | LMA2 | an other-anchor |

  @TC-MAG-V4SEC-BI-01 @MAG @MUST @config:mag-ipv4-transport-esp
  Scenario Outline: An acknowledgement over IPv4 that is not protected as agreed changes nothing: <lma>, <answer>, <how>, <edition>
    # The MAG repeats its request before the answer: that it stops then is due to the answer.
    Given MN1 is <a> mobile node
    And <lma> ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT
    When <lma> <answer> with protection = <how>
    Then the MAG advertises no home network prefix to MN1
    And the MAG sends a registration for MN1 within MAX_BINDACK_TIMEOUT

    @rfc5844-4.2.2-k5
    Examples:
      | id | edition  | lma  | a               | answer                                                     | how       |
      | a  | RFC 5844 | LMA1 | a dual          | accepts the request                                        | none      |
      | b  | RFC 5844 | LMA1 | a dual          | accepts the request                                        | other SPI |
      | c  | RFC 5844 | LMA1 | a dual          | accepts the request                                        | no ICV    |
      | d  | RFC 5844 | LMA1 | a dual          | rejects the request with status 130 INSUFFICIENT_RESOURCES | none      |
      | e  | RFC 5844 | LMA2 | an other-anchor | accepts the request                                        | none      |
      | f  | RFC 5844 | LMA2 | an other-anchor | accepts the request                                        | wrong key |

    @ics:ipv4-draft-04-ipsec-outside @ipv4-draft-04-4.2.2-k8
    Examples:
      | id | edition   | lma  | a      | answer                                                     | how       |
      | g  | draft -04 | LMA1 | a dual | accepts the request                                        | none      |
      | h  | draft -04 | LMA1 | a dual | accepts the request                                        | other SPI |
      | i  | draft -04 | LMA1 | a dual | accepts the request                                        | no ICV    |
      | j  | draft -04 | LMA1 | a dual | rejects the request with status 130 INSUFFICIENT_RESOURCES | none      |

    @ics:ipv4-draft-04-ipsec-inside @ipv4-draft-04-4.2.2-k9
    Examples:
      | id | edition   | lma  | a               | answer                                                     | how       |
      | k  | draft -04 | LMA2 | an other-anchor | accepts the request                                        | none      |
      | l  | draft -04 | LMA2 | an other-anchor | accepts the request                                        | other SPI |
      | m  | draft -04 | LMA2 | an other-anchor | accepts the request                                        | wrong key |
      | n  | draft -04 | LMA2 | an other-anchor | rejects the request with status 130 INSUFFICIENT_RESOURCES | none      |

  @TC-MAG-V4SEC-BI-02 @MAG @MUST @config:mag-ipv4-transport-esp @ipv4-draft-02-6-k3
  Scenario Outline: In draft -02, an acknowledgement over IPv4 that is not protected as agreed gives no IPv4 home address: <lma>, <how>
    Given MN1 is <a> mobile node
    And <lma> ignores registrations
    And MN1 attaches at link 1
    And the MAG sends a registration for MN1
    When <lma> accepts the request with protection = <how>
    And half INITIAL_BINDACK_TIMEOUT passes
    And MN1 sends a DHCPDISCOVER
    Then MN1 gets no DHCPOFFER

    Examples:
      | id | lma  | a               | how       |
      | a  | LMA1 | a dual          | none      |
      | b  | LMA1 | a dual          | other SPI |
      | c  | LMA2 | an other-anchor | none      |
      | d  | LMA2 | an other-anchor | wrong key |
