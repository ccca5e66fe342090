using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>How the packets of a mobile node go to an LMA that is reached over IPv4 (RFC 5844, Section 4.2.2).</summary>
/// <param name="Mode">One of the modes over IPv4.</param>
/// <param name="Ports">The UDP ports of a mode with UDP; otherwise null.</param>
public sealed record NegotiatedEncapsulation(TunnelMode Mode, TunnelPorts? Ports = null)
{
    /// <summary>What holds until an LMA says otherwise.</summary>
    public static NegotiatedEncapsulation Plain { get; } = new(TunnelMode.Ipv4);

    /// <summary>In UDP, with the same port at both ends.</summary>
    public static NegotiatedEncapsulation InUdp(ushort port) => new(TunnelMode.Ipv4Udp, new TunnelPorts(port, port));

    /// <summary>In UDP with a TLV header, as in the drafts before RFC 5844.</summary>
    public static NegotiatedEncapsulation WithTlvHeader(ushort port) => new(TunnelMode.Ipv4UdpTlv, new TunnelPorts(port, port));
}
