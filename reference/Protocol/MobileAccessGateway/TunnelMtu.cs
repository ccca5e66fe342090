using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The MTU of a tunnel, RFC 5213, Section 6.9.5, and RFC 5844, Section 3.4.3.</summary>
internal static class TunnelMtu
{
    /// <summary>RFC 8200, Section 5: the minimum MTU of an IPv6 link.</summary>
    public const uint Minimum = 1280;

    /// <summary>For packets of IPv6.</summary>
    public static uint Over(uint pathMtu, TunnelMode mode) => TunnelHeader.Of(mode).Mtu(pathMtu, new TunnelContent(IsIpv6: true));

    /// <summary>For the IPv4 packets of a mobile node: that of its access link, if that is smaller.</summary>
    public static uint OfIpv4(GatewayState gateway, Attachment attachment)
    {
        var tunnel = gateway.TunnelOf(attachment);
        var mtu = TunnelHeader.Of(tunnel.Mode).Mtu(gateway.PathMtuTo(tunnel.Remote), new TunnelContent(IsIpv6: false));
        return Math.Min(Math.Min(mtu, gateway.FindLink(attachment.Link)?.Mtu ?? mtu), ushort.MaxValue);
    }
}
