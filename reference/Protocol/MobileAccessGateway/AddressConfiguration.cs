namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>How a mobile node configures its addresses, RFC 5213, Sections 6.2 and 6.4.</summary>
public enum AddressConfiguration
{
    /// <summary>By stateless autoconfiguration from its prefixes; DHCPv6 has other parameters for it.</summary>
    Stateless,

    /// <summary>By DHCPv6 alone.</summary>
    Stateful,

    /// <summary>By DHCPv6 and by stateless autoconfiguration.</summary>
    Both,
}
