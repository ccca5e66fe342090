using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>What an anchor knows about the mobile nodes whose identifier matches a pattern (RFC 5213, Section 6.2).</summary>
public sealed record MobileNodePolicy
{
    /// <summary>A network access identifier in which * stands for any characters.</summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>False: the mobile node is known but not entitled to mobility by the network (status 152).</summary>
    public bool ProxyRegistrationEnabled { get; init; } = true;

    /// <summary>How many prefixes a session gets out of the pool, 1 or more; fewer when the pool has no more.</summary>
    public int PrefixCount { get; init; } = 1;

    /// <summary>The prefixes that are the mobile node's own. When there are any, a session gets all of these and none out of the pool.</summary>
    public IReadOnlyList<Ipv6Prefix> AuthorizedPrefixes { get; init; } = [];
}
