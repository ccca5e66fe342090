using Pmip.Wire;

namespace Pmip.Reference.Tests;

/// <summary>The modes of tunnels that need no keys.</summary>
internal static class PlainTunnels
{
    public static IReadOnlyList<TunnelMode> Modes { get; } = [.. Enum.GetValues<TunnelMode>().Where(mode => mode != TunnelMode.EspTunnel)];
}
