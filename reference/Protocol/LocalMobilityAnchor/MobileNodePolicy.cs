using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The policy of a local mobility anchor for mobile nodes whose identifier matches a pattern (RFC 5213, Section 6.2).</summary>
public sealed record MobileNodePolicy
{
    /// <summary>A network access identifier in which * matches any characters.</summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>False if the mobile node is known but not authorized for network-based mobility (status 152).</summary>
    public bool ProxyRegistrationEnabled { get; init; } = true;

    /// <summary>How many prefixes a session gets from the pool, 1 or more; fewer if the pool is exhausted.</summary>
    public int PrefixCount { get; init; } = 1;

    /// <summary>The prefixes reserved for the mobile node. If there are any, a session gets all of them and none from the pool.</summary>
    public IReadOnlyList<Ipv6Prefix> AuthorizedPrefixes { get; init; } = [];

    /// <summary>The versions of IP for which the mobile node is authorized; IPv4 only with IPv4 support.</summary>
    public IpVersions IpVersions { get; init; } = IpVersions.Both;

    /// <summary>How many IPv4 home addresses a session gets from the pool, 1 or more; RFC 5844 allows one only.</summary>
    public int Ipv4AddressCount { get; init; } = 1;

    /// <summary>
    /// The IPv4 home addresses reserved for the mobile node, of the home network. If there are any, a session gets none from the pool.
    /// </summary>
    public IReadOnlyList<IPAddress> Ipv4HomeAddresses { get; init; } = [];
}
