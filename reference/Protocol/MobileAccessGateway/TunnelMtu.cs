using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The MTU of a tunnel for packets of IPv6, RFC 5213, Section 6.9.5.</summary>
internal static class TunnelMtu
{
    /// <summary>RFC 8200, Section 5: the minimum MTU of an IPv6 link.</summary>
    public const uint Minimum = 1280;

    public static uint Over(uint pathMtu, TunnelMode mode) => TunnelHeader.Of(mode).Mtu(pathMtu, new TunnelContent(IsIpv6: true));
}
