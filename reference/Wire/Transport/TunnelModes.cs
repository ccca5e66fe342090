namespace Pmip.Wire;

/// <summary>What the modes of tunnels have in common.</summary>
public static class TunnelModes
{
    /// <summary>Whether the tunnel is in UDP, between two ports.</summary>
    public static bool IsInUdp(this TunnelMode mode) => mode is TunnelMode.Ipv4Udp or TunnelMode.Ipv4UdpTlv;

    /// <summary>Whether the outer header is one of IPv6.</summary>
    public static bool IsOverIpv6(this TunnelMode mode) => mode is TunnelMode.Ipv6 or TunnelMode.EspTunnel;
}
