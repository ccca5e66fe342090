using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The accepted values of a mobility session, RFC 5213, Section 5.1.</summary>
public sealed record Binding
{
    /// <summary>The value of <see cref="LinkLayerIdentifier"/> when the request carried none: two zero octets.</summary>
    public static readonly OctetString NoLinkLayerIdentifier = new([0, 0]);

    public required MobileNodeIdentifierOption MobileNode { get; init; }

    /// <summary>All prefixes of the session. A prefix belongs to one session only.</summary>
    public required IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; }

    /// <summary>
    /// RFC 5844, Section 3.1.1: the IPv4 home addresses of the session, one or, in a draft, several; empty for a session without IPv4. An
    /// address belongs to one session only.
    /// </summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4HomeAddresses { get; init; } = [];

    /// <summary>RFC 5844, Section 3.1.1: the IPv4 default router of the mobile node; null for a session without IPv4.</summary>
    public IPAddress? Ipv4DefaultRouter { get; init; }

    /// <summary>The link-local address of the MAG on the link shared with the mobile node, the same for the whole session.</summary>
    public required IPAddress LinkLocalAddress { get; init; }

    /// <summary>
    /// Proxy-CoA: the MAG's end of the tunnel over IPv6. Over the transport of RFC 5844 the IPv4-Proxy-CoA, by which the MAG is known then.
    /// </summary>
    public required IPAddress ProxyCareOfAddress { get; init; }

    /// <summary>RFC 5844, Section 4.1.1: the tunnel to a MAG that has registered over IPv4; null over IPv6.</summary>
    public Tunnel? Ipv4Tunnel { get; init; }

    public required OctetString LinkLayerIdentifier { get; init; }

    public required AccessTechnologyType AccessTechnology { get; init; }

    /// <summary>The highest timestamp accepted for the session; zero when the last request was ordered by its sequence number.</summary>
    public Timestamp LastTimestamp { get; init; }

    /// <summary>The last sequence number accepted for the session; null while all requests were ordered by timestamps.</summary>
    public ushort? LastSequenceNumber { get; init; }
}
