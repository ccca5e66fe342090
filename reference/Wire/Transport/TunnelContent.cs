namespace Pmip.Wire;

/// <summary>What the outer headers of a packet in a tunnel depend on.</summary>
/// <param name="IsIpv6">The packet is one of IPv6; otherwise of IPv4.</param>
/// <param name="DontFragment">The packet is one of IPv4 that no router may fragment.</param>
/// <param name="Limit">The Tunnel Encapsulation Limit of the packet; null if it has none.</param>
public readonly record struct TunnelContent(bool IsIpv6, bool DontFragment = false, TunnelEncapsulationLimit? Limit = null)
{
    public static TunnelContent Of(IpPacket packet) =>
        packet is Ipv4Packet ipv4
            ? new TunnelContent(IsIpv6: false, ipv4.DontFragment)
            : new TunnelContent(IsIpv6: true, Limit: TunnelEncapsulationLimit.In(packet));
}
