namespace Pmip.Wire;

/// <summary>The outer header of IPv6 or IPv4 in IPv6, RFC 2473.</summary>
internal sealed class Ipv6TunnelHeader : TunnelHeader
{
    public static Ipv6TunnelHeader Instance { get; } = new();

    public override int Overhead(TunnelContent content) =>
        Ipv6Packet.HeaderLength + (content.Limit is null ? 0 : TunnelEncapsulationLimit.HeaderLength);

    public override bool MayNotFragment(TunnelContent content, uint pathMtu) => true;

    public override Ipv6Packet Encapsulate(IpPacket inner, Tunnel tunnel, Ecn ecn, uint pathMtu)
    {
        var outer = new Ipv6Encapsulation(tunnel.Local, tunnel.Remote) { HopLimit = HopLimit, TrafficClass = (byte)ecn }.Around(
            inner.ToBytes()
        );
        return TunnelEncapsulationLimit.In(inner) is { } limit
            ? outer with
            {
                NextHeader = IpProtocol.DestinationOptions,
                Payload = (byte[])[.. TunnelEncapsulationLimit.Header(limit.InTunnel), .. outer.Payload.Span],
            }
            : outer;
    }
}
