using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The policy profile of one or more mobile nodes, RFC 5213, Section 6.2.</summary>
public sealed record MobileNodeProfile
{
    /// <summary>
    /// The network access identifier that is found on access, such as "*@static.pmip.example", in which * matches any characters.
    /// </summary>
    public required string IdentifierPattern { get; init; }

    /// <summary>
    /// The MN-Identifier, if it is not the one that is found on access, because that one is temporary or the policy store conceals it
    /// (Section 6.6). * stands for what the only * of the pattern matches.
    /// </summary>
    public string? MobileNodeIdentifier { get; init; }

    /// <summary>The prefixes to request; empty to leave the choice to the LMA.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; } = [];

    /// <summary>
    /// Prefixes that differ from mobile node to mobile node, such as "2001:db8:8000:*::/64", in which * stands for what the only * of the
    /// pattern matches. They are requested after <see cref="HomeNetworkPrefixes"/>; what is no prefix is not requested.
    /// </summary>
    public IReadOnlyList<string> HomeNetworkPrefixPatterns { get; init; } = [];

    /// <summary>
    /// The prefixes of single interfaces; the first whose pattern matches the link-layer address applies. They take the place of
    /// <see cref="HomeNetworkPrefixes"/> and <see cref="HomeNetworkPrefixPatterns"/>.
    /// </summary>
    public IReadOnlyList<InterfacePrefixes> InterfacePrefixes { get; init; } = [];

    /// <summary>RFC 5844, Section 3.2.2: the IP versions of the mobility service.</summary>
    public IpVersions IpVersions { get; init; } = IpVersions.Ipv6;

    /// <summary>
    /// RFC 5844, Section 3.2.2: the IPv4 home address to request, or several before RFC 5844; empty to leave the choice to the LMA.
    /// </summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4HomeAddresses { get; init; } = [];

    /// <summary>LMAA: the LMA of the mobile nodes; null for that of the settings.</summary>
    public IPAddress? LocalMobilityAnchorAddress { get; init; }

    /// <summary>RFC 5844, Section 4.1.2: the IPv4-LMAA of the mobile nodes; null for that of the settings, if it is there.</summary>
    public IPAddress? Ipv4AnchorAddress { get; init; }

    /// <summary>
    /// Before RFC 5844 (draft -04, Section 4.1.2): whether the mobile nodes are registered over IPv4; null: over IPv4 if an IPv4-LMAA is
    /// known.
    /// </summary>
    public bool? SignalsOverIpv4 { get; init; }

    /// <summary>Whether the mobility service is offered to the mobile nodes (Section 6.14).</summary>
    public bool IsEntitled { get; init; } = true;

    /// <summary>
    /// Whether packets of the mobile nodes are routed locally, and those of regular nodes to them (Section 9.2); null: as the flag of the
    /// settings says.
    /// </summary>
    public bool? EnableMAGLocalRouting { get; init; }

    /// <summary>How the mobile nodes configure their addresses; null: as in the whole domain.</summary>
    public AddressConfiguration? AddressConfiguration { get; init; }

    /// <summary>The lifetimes of all prefixes of the mobile nodes.</summary>
    public PrefixLifetimes PrefixLifetimes { get; init; } = PrefixLifetimes.Default;

    public bool Matches(string identifier) => GlobPattern.Matches(IdentifierPattern, identifier);

    /// <summary>The prefixes of an interface of the mobile node that has this identifier on access.</summary>
    /// <param name="linkLayerAddress">That of the interface; null if it is not known.</param>
    public IReadOnlyList<Ipv6Prefix> PrefixesOf(string identifier, MacAddress? linkLayerAddress) =>
        linkLayerAddress is { } address && InterfacePrefixes.FirstOrDefault(prefixes => prefixes.Matches(address)) is { } own
            ? own.HomeNetworkPrefixes
            : PrefixesOf(identifier);

    private IReadOnlyList<Ipv6Prefix> PrefixesOf(string identifier) =>
        [
            .. HomeNetworkPrefixes,
            .. HomeNetworkPrefixPatterns
                .Select(format =>
                    Ipv6Prefix.TryParse(GlobPattern.Fill(format, IdentifierPattern, identifier), out var prefix) ? prefix : default
                )
                .Where(prefix => !prefix.IsAllZero),
        ];

    /// <summary>The MN-Identifier of the mobile node that has this identifier on access.</summary>
    public string MobileNodeIdentifierOf(string identifier) =>
        MobileNodeIdentifier is { } format ? GlobPattern.Fill(format, IdentifierPattern, identifier) : identifier;

    /// <summary>True if a format needs a pattern with one *, and the pattern has none or several.</summary>
    internal bool IsAmbiguous =>
        HomeNetworkPrefixPatterns
            .Append(MobileNodeIdentifier ?? string.Empty)
            .Any(format => GlobPattern.CannotFill(format, IdentifierPattern));
}
