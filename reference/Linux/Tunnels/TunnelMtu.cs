using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>The MTU of the interface of a tunnel.</summary>
public static class TunnelMtu
{
    /// <summary>
    /// The largest MTU of a route that the kernel has. With it, the kernel neither fragments nor answers packets of IPv4 that are longer
    /// than the MTU of the interface: RFC 2473, Section 7.2, wants those that may be fragmented whole, in outer fragments.
    /// </summary>
    public const uint OfIpv4Route = 65520;

    /// <summary>RFC 791, Section 3.2: every link of IPv4 has room for a packet of 68 octets.</summary>
    private const int SmallestPath = 68;

    /// <summary>For packets without a Tunnel Encapsulation Limit; at least 1280.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No path has so small an MTU.</exception>
    internal static int Of(Tunnel tunnel, int pathMtu)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pathMtu, SmallestPath);
        return (int)TunnelHeader.Of(tunnel.Mode).Mtu((uint)pathMtu, new TunnelContent(IsIpv6: true));
    }

    /// <summary>For data paths that have IPv6-in-IPv6 tunnels only.</summary>
    /// <exception cref="NotSupportedException">The tunnel is of another mode.</exception>
    internal static void RequireIpv6(Tunnel tunnel, string dataPath)
    {
        if (tunnel.Mode != TunnelMode.Ipv6)
        {
            throw new NotSupportedException($"{dataPath} has no tunnels of the mode {tunnel.Mode}.");
        }
    }
}
