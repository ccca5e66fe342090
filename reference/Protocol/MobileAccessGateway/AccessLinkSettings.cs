using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>One access link of a mobile access gateway.</summary>
public sealed record AccessLinkSettings
{
    public required LinkId Link { get; init; }

    /// <summary>The link-layer address of the mobile access gateway on this link.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>
    /// The identifier of the mobile node at this port, regardless of its link-layer address. The mobile node is attached as soon as
    /// the link is up, and its link-layer identifier is unknown until it sends a message.
    /// </summary>
    public string? BoundIdentifier { get; init; }

    /// <summary>
    /// RFC 5213, Section 6.14: the prefix of the link for nodes without mobility service, which belongs to the network that the mobile
    /// access gateway is in; null to give them no access.
    /// </summary>
    public Ipv6Prefix? VisitedPrefix { get; init; }

    /// <summary>The MTU of the link in octets, at least 1280.</summary>
    public uint Mtu { get; init; } = 1500;
}
