namespace Pmip.Wire;

/// <summary>The UDP ports that identify mobility signaling and tunnelled data.</summary>
/// <param name="Control">The port of signaling in which the Mobility Header directly follows the UDP header.</param>
/// <param name="Data">The port of data in UDP.</param>
/// <param name="DualStack">
/// The common port for signaling in IPv6 and for data in the drafts before RFC 5844, which do not assign its number.
/// </param>
public sealed record MobilityPorts(ushort Control, ushort Data, ushort DualStack)
{
    /// <summary>Ports 5436 and 5437 from RFC 5844, Section 6, and 4191 from RFC 5555.</summary>
    public static MobilityPorts Default { get; } =
        new(UdpPort.ProxyMobileIpv6Control, UdpPort.ProxyMobileIpv6Data, UdpPort.DualStackMobileIpv6);
}
