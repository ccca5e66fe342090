Feature: Uniqueness of addresses (RFC 5213, Section 6.8)
  The home network prefixes are for the mobile node alone: the MAG answers for no address that the mobile node may choose in them.

  @TC-MAG-UNI-BV-01 @MAG @MUST @config:mag-baseline @rfc5213-6.8-d2
  Scenario Outline: An address that a mobile node tests in its home network prefixes is free: <address>
    Given MN2 is attached at link 2 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1 with Home Network Prefix = 2001:db8:aaaa::/64, 2001:db8:bbbb::/64
    When MN1 tests <address> for duplicates
    Then the MAG does not use <address>

    Examples:
      | id | address                  |
      | a  | the first prefix of MN1  |
      | b  | the second prefix of MN1 |
      | c  | another address of MN1   |

  @TC-MAG-UNI-BV-02 @MAG @MUST @config:mag-baseline @rfc5213-6.8-d2
  Scenario Outline: On another link, too, an address that a mobile node tests in its home network prefix is free: <address>
    Given MN2 is attached at link 3 and registered with LMA1
    And MN1 is attached at link 1 and registered with LMA1
    And MN1 detaches
    And the MAG sends a Proxy Binding Update for MN1
    And twice INITIAL_BINDACK_TIMEOUT passes
    And MN1 is attached at link 2 and registered with LMA1
    When MN1 tests <address> for duplicates
    Then the MAG does not use <address>

    Examples:
      | id | address                |
      | a  | every prefix of MN1    |
      | b  | another address of MN1 |
