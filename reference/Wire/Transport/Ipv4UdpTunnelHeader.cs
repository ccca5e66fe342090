namespace Pmip.Wire;

/// <summary>The outer headers of IPv6 or IPv4 in UDP in IPv4, RFC 5844, Section 4.1.4.1: fragmented as in IPv4 without UDP.</summary>
internal sealed class Ipv4UdpTunnelHeader : Ipv4TunnelHeader
{
    private readonly bool _hasTlvHeader;

    private Ipv4UdpTunnelHeader(bool hasTlvHeader) => _hasTlvHeader = hasTlvHeader;

    public static new Ipv4UdpTunnelHeader Instance { get; } = new(hasTlvHeader: false);

    /// <summary>With a TLV header behind UDP, as in the drafts before RFC 5844.</summary>
    public static Ipv4UdpTunnelHeader WithTlvHeader { get; } = new(hasTlvHeader: true);

    public override int Overhead(TunnelContent content) =>
        base.Overhead(content) + UdpDatagram.HeaderLength + (_hasTlvHeader ? TlvHeader.Size : 0);

    private protected override Ipv4Packet Around(byte[] inner, Tunnel tunnel) =>
        new Ipv4UdpEncapsulation(tunnel.Local, tunnel.Remote, tunnel.Ports!.Local, tunnel.Ports.Remote)
        {
            HasTlvHeader = _hasTlvHeader,
        }.Around(inner);
}
