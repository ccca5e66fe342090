using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The MTU of an IPv6-in-IPv6 tunnel, RFC 5213, Section 6.9.5.</summary>
internal static class TunnelMtu
{
    /// <summary>RFC 8200, Section 5: the minimum MTU of an IPv6 link.</summary>
    public const uint Minimum = 1280;

    public static uint Over(uint pathMtu) => Math.Max(Minimum, pathMtu - Math.Min(pathMtu, Ipv6Packet.HeaderLength));
}
