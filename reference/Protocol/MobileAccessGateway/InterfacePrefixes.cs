using System.Globalization;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The prefixes of one interface of a mobile node, RFC 5213, Section 6.2.</summary>
public sealed record InterfacePrefixes
{
    /// <summary>The link-layer address of the interface, such as "02:5e:00:00:ee:02", in which * matches any characters.</summary>
    public required string MacPattern { get; init; }

    /// <summary>The prefixes to request for the interface; empty to leave the choice to the LMA.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; } = [];

    public bool Matches(MacAddress address) => GlobPattern.Matches(MacPattern.ToLower(CultureInfo.InvariantCulture), address.ToString());
}
