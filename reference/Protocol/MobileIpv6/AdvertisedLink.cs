using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A link on which a router is the default router, and out of whose prefix hosts make addresses (RFC 4861, Section 6.2).</summary>
/// <param name="LinkLayerAddress">That of the router's interface, from which its link-local address follows.</param>
public sealed record AdvertisedLink(LinkId Link, MacAddress LinkLayerAddress, Ipv6Prefix Prefix)
{
    /// <summary>In seconds; 0 for a router that is no default router any more.</summary>
    public ushort RouterLifetimeSeconds { get; init; } = 1800;

    /// <summary>In seconds.</summary>
    public uint ValidLifetimeSeconds { get; init; } = 3600;

    /// <summary>In seconds, at most <see cref="ValidLifetimeSeconds"/>.</summary>
    public uint PreferredLifetimeSeconds { get; init; } = 1800;
}
