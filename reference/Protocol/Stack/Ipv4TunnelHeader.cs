using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The outer header of IPv6 in IPv4, RFC 4213, Section 3, or IPv4 in IPv4, RFC 2003.</summary>
internal class Ipv4TunnelHeader : TunnelHeader
{
    private protected Ipv4TunnelHeader() { }

    public static Ipv4TunnelHeader Instance { get; } = new();

    public override int Overhead(IpPacket inner) => Ipv4Packet.MinimumHeaderLength;

    public sealed override Ipv4Packet Encapsulate(IpPacket inner, Tunnel tunnel, Ecn ecn, uint pathMtu) =>
        Around(inner.ToBytes(), tunnel) with
        {
            HopLimit = HopLimit,
            TrafficClass = (byte)ecn,
            DontFragment = MayNotFragment(inner, pathMtu),
        };

    private protected virtual Ipv4Packet Around(byte[] inner, Tunnel tunnel) =>
        new Ipv4Encapsulation(tunnel.Local, tunnel.Remote).Around(inner);

    // RFC 2003, Section 3.1: that of the inner packet is kept. RFC 4213, Section 3.2.2: a packet of IPv6 needs fragments only where the
    // path has no room for the minimum IPv6 MTU.
    private bool MayNotFragment(IpPacket inner, uint pathMtu) =>
        inner is Ipv4Packet ipv4 ? ipv4.DontFragment : Room(pathMtu, inner) > InterfaceSettings.MinimumMtu;
}
