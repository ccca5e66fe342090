using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What a MAG is in IPv4 on the access link of a mobile node: RFC 5844, Sections 3.2.3.2, 3.2.4 and 3.4.</summary>
public sealed record Ipv4Link
{
    public static Ipv4Link None { get; } = new();

    /// <summary>The addresses of the MAG on the link.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>The prefixes for which the MAG answers by ARP.</summary>
    public IReadOnlyList<IpPrefix> Proxied { get; init; } = [];

    /// <summary>The address of the DHCP server or relay agent; null if there is none.</summary>
    public IPAddress? DhcpAddress { get; init; }
}
