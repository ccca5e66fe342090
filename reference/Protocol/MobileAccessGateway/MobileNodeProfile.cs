using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The policy profile of one or more mobile nodes, RFC 5213, Section 6.2.</summary>
public sealed record MobileNodeProfile
{
    /// <summary>A network access identifier such as "*@static.pmip.example" in which * matches any characters.</summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>The prefixes to request; empty to leave the choice to the LMA.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; } = [];

    /// <summary>LMAA: the LMA of the mobile nodes; null for that of the settings.</summary>
    public IPAddress? LocalMobilityAnchorAddress { get; init; }

    public bool Matches(string identifier) => GlobPattern.Matches(IdentifierPattern, identifier);
}
