namespace Pmip.Wire;

/// <summary>The UDP ports by which a packet is known to carry signaling or data of mobility.</summary>
/// <param name="Control">Of signaling that is a Mobility Header directly.</param>
/// <param name="Data">Of data in UDP.</param>
/// <param name="DualStack">The one port of the drafts before RFC 5844, for signaling in IPv6 and for data; they give it no number.</param>
public sealed record MobilityPorts(ushort Control, ushort Data, ushort DualStack)
{
    /// <summary>5436 and 5437 as in RFC 5844, Section 6, and 4191 as in RFC 5555.</summary>
    public static MobilityPorts Default { get; } =
        new(UdpPort.ProxyMobileIpv6Control, UdpPort.ProxyMobileIpv6Data, UdpPort.DualStackMobileIpv6);
}
