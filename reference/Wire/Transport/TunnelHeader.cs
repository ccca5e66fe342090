using System.Diagnostics;

namespace Pmip.Wire;

/// <summary>The headers that a tunnel of one mode puts in front of a packet, and how large the packet may be.</summary>
public abstract class TunnelHeader
{
    /// <summary>
    /// RFC 2473, Section 6.3, and RFC 4213, Section 3.3: independent of the inner hop limit; the default for packets that a router
    /// originates.
    /// </summary>
    public const byte HopLimit = 64;

    private protected TunnelHeader() { }

    public static TunnelHeader Of(TunnelMode mode) =>
        mode switch
        {
            TunnelMode.Ipv6 => Ipv6TunnelHeader.Instance,
            TunnelMode.Ipv4 => Ipv4TunnelHeader.Instance,
            TunnelMode.Ipv4Udp => Ipv4UdpTunnelHeader.Instance,
            TunnelMode.Ipv4UdpTlv => Ipv4UdpTunnelHeader.WithTlvHeader,
            TunnelMode.EspTunnel => EspTunnelHeader.Instance,
            _ => throw new UnreachableException(),
        };

    /// <summary>The number of octets in front of a packet.</summary>
    public abstract int Overhead(TunnelContent content);

    /// <inheritdoc cref="Overhead(TunnelContent)"/>
    public int Overhead(IpPacket inner) => Overhead(TunnelContent.Of(inner));

    /// <summary>Whether routers on the path to the other end may not fragment the outer packet; over IPv6 they never do.</summary>
    /// <param name="pathMtu">The largest packet for the path to the other end, in octets.</param>
    public abstract bool MayNotFragment(TunnelContent content, uint pathMtu);

    /// <summary>
    /// Encapsulates a packet. The hop limit of a forwarded packet has already been decremented (RFC 2473, Section 3.1).
    /// </summary>
    /// <param name="ecn">The ECN field of the outer header.</param>
    /// <param name="pathMtu">The largest packet for the path to the other end, in octets.</param>
    public abstract IpPacket Encapsulate(IpPacket inner, Tunnel tunnel, Ecn ecn, uint pathMtu);

    /// <summary>
    /// The maximum size of a packet for a tunnel over a path of <paramref name="pathMtu"/> (RFC 2473, Sections 7.1 and 7.2; RFC 4213,
    /// Section 3.2.2). For a packet of IPv6 it is never less than the minimum IPv6 MTU; the outer packet is fragmented if need be.
    /// </summary>
    public uint Mtu(uint pathMtu, TunnelContent content)
    {
        var room = Room(pathMtu, content);
        return content.IsIpv6 ? Math.Max(room, Ipv6Packet.MinimumMtu) : room;
    }

    /// <inheritdoc cref="Mtu(uint, TunnelContent)"/>
    public uint Mtu(uint pathMtu, IpPacket inner) => Mtu(pathMtu, TunnelContent.Of(inner));

    /// <summary>What the headers leave of a path.</summary>
    private protected uint Room(uint pathMtu, TunnelContent content) => pathMtu - Math.Min(pathMtu, (uint)Overhead(content));
}
