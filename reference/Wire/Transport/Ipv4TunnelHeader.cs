namespace Pmip.Wire;

/// <summary>The outer header of IPv6 in IPv4, RFC 4213, Section 3, or IPv4 in IPv4, RFC 2003.</summary>
internal class Ipv4TunnelHeader : TunnelHeader
{
    private protected Ipv4TunnelHeader() { }

    public static Ipv4TunnelHeader Instance { get; } = new();

    public override int Overhead(TunnelContent content) => Ipv4Packet.MinimumHeaderLength;

    // RFC 2003, Section 3.1: that of the inner packet is kept. RFC 4213, Section 3.2.2: a packet of IPv6 needs fragments only where the
    // path has no room for the minimum IPv6 MTU.
    public sealed override bool MayNotFragment(TunnelContent content, uint pathMtu) =>
        content.IsIpv6 ? Room(pathMtu, content) > Ipv6Packet.MinimumMtu : content.DontFragment;

    public sealed override Ipv4Packet Encapsulate(IpPacket inner, Tunnel tunnel, Ecn ecn, uint pathMtu) =>
        Around(inner.ToBytes(), tunnel) with
        {
            HopLimit = HopLimit,
            TrafficClass = (byte)ecn,
            DontFragment = MayNotFragment(TunnelContent.Of(inner), pathMtu),
        };

    private protected virtual Ipv4Packet Around(byte[] inner, Tunnel tunnel) =>
        new Ipv4Encapsulation(tunnel.Local, tunnel.Remote).Around(inner);
}
