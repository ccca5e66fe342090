using Pmip.Wire;

namespace Pmip.Reference.Tests;

/// <summary>The modes of tunnels that need no keys.</summary>
internal static class PlainTunnels
{
    public static IReadOnlyList<TunnelMode> Modes { get; } = [.. Enum.GetValues<TunnelMode>().Where(mode => mode != TunnelMode.EspTunnel)];

    /// <summary>Those that the data paths of Linux have.</summary>
    public static IReadOnlyList<TunnelMode> ModesOfLinux { get; } = [TunnelMode.Ipv6, TunnelMode.Ipv4, TunnelMode.Ipv4Udp];
}
