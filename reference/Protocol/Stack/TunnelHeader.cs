using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The outer header of an IPv6-in-IPv6 tunnel (RFC 2473), with the full functionality of ECN over tunnels
/// (RFC 3168, Section 9.1.1, summarized in RFC 5213, Section 5.6.3).
/// </summary>
internal static class TunnelHeader
{
    /// <summary>RFC 2473, Section 6.3: independent of the inner hop limit; the default for packets that a router originates.</summary>
    public const byte HopLimit = 64;

    /// <summary>
    /// Encapsulates a packet. The hop limit of a forwarded packet has already been decremented (RFC 2473, Section 3.1).
    /// </summary>
    public static Ipv6Packet Encapsulate(IpPacket inner, Tunnel tunnel)
    {
        var (protocol, content) = TunnelEncapsulationLimit.In(inner) is { } limit
            ? (IpProtocol.DestinationOptions, (byte[])[.. limit.HeaderInTunnel(), .. inner.ToBytes()])
            : (IpProtocol.Ipv6, inner.ToBytes());
        return new Ipv6Packet(tunnel.Local, tunnel.Remote, protocol, content) { HopLimit = HopLimit }.WithEcn(OuterEcn(inner.Ecn));
    }

    /// <summary>
    /// ECT is copied, so that routers in the tunnel may mark packets instead of dropping them. If the inner header already has CE, the
    /// outer header gets ECT(0).
    /// </summary>
    public static Ecn OuterEcn(Ecn inner) => inner == Ecn.Ce ? Ecn.Ect0 : inner;

    /// <summary>
    /// The ECN field of a packet that leaves a tunnel. Null if the packet must be dropped, because congestion was marked and its
    /// transport does not support ECN.
    /// </summary>
    public static Ecn? EcnAfterDecapsulation(Ecn outer, Ecn inner) =>
        (outer, inner) switch
        {
            (Ecn.Ce, Ecn.NotEct) => null,
            (Ecn.Ce, _) => Ecn.Ce,
            _ => inner,
        };

    /// <summary>
    /// RFC 2473, Section 7.1: the maximum size of <paramref name="inner"/> for a tunnel over a path of <paramref name="pathMtu"/>,
    /// never less than the minimum IPv6 MTU.
    /// </summary>
    public static uint Mtu(uint pathMtu, IpPacket inner)
    {
        var extension = TunnelEncapsulationLimit.In(inner) is null ? 0 : TunnelEncapsulationLimit.HeaderLength;
        return Math.Max(pathMtu - Ipv6Packet.HeaderLength - (uint)extension, InterfaceSettings.MinimumMtu);
    }
}
