using System.Runtime.CompilerServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>The remote end of a tunnel, as a socket address of its family.</summary>
internal readonly struct OuterAddress
{
    internal OuterAddress(Tunnel tunnel)
    {
        if (tunnel.Mode is TunnelMode.Ipv6 or TunnelMode.EspTunnel)
        {
            (Octets, Length) = (TunnelEnds.ToSocketAddress(new TunnelEnds(tunnel).Remote), (uint)Unsafe.SizeOf<SocketAddress6>());
            return;
        }
        SocketAddress6 octets = default;
        Unsafe.As<SocketAddress6, SocketAddress4>(ref octets) = TunnelEnds.ToSocketAddress(tunnel.Remote, tunnel.Ports?.Remote ?? 0);
        (Octets, Length) = (octets, (uint)Unsafe.SizeOf<SocketAddress4>());
    }

    /// <summary>The address, with unused octets behind one of IPv4.</summary>
    internal SocketAddress6 Octets { get; }

    internal uint Length { get; }
}
