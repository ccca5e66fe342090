namespace Pmip.Wire;

/// <summary>The outer headers of IPv6 or IPv4 in UDP in IPv4, RFC 5844, Section 4.1.4.1: fragmented as in IPv4 without UDP.</summary>
internal sealed class Ipv4UdpTunnelHeader : Ipv4TunnelHeader
{
    public static new Ipv4UdpTunnelHeader Instance { get; } = new();

    public override int Overhead(TunnelContent content) => base.Overhead(content) + UdpDatagram.HeaderLength;

    private protected override Ipv4Packet Around(byte[] inner, Tunnel tunnel) =>
        new Ipv4UdpEncapsulation(tunnel.Local, tunnel.Remote, tunnel.Ports!.Local, tunnel.Ports.Remote).Around(inner);
}
