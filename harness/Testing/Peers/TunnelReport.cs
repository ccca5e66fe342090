using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// An ICMP error that the router of the IXIT on the core link sends about a packet in the tunnel, to the entrance of the tunnel: of ICMPv6
/// (RFC 2473, Section 8.1), or of ICMPv4 if the tunnel is one over IPv4 (RFC 4213, Section 3.4).
/// </summary>
internal static class TunnelReport
{
    private const int Icmpv6Header = 8;

    /// <summary>
    /// As much of the packet is quoted as fits into the MTU of every IPv6 link, after an IPv6 header and that of the error.
    /// </summary>
    private const int MostQuoted = (int)PathMtu.Least - Ipv6Packet.HeaderLength - Icmpv6Header;

    /// <summary>RFC 1812, Section 4.3.2.3: as much as fits into a datagram that every node receives.</summary>
    private const int MostQuotedOfIpv4 = (int)PathMtu.LeastOfIpv4 - Ipv4Packet.MinimumHeaderLength - Icmpv6Header;

    /// <summary>RFC 4443, Section 3.1: no route to destination; RFC 792: net unreachable.</summary>
    private const byte NoRoute = 0;

    /// <summary>Reports an MTU that the packet exceeds.</summary>
    /// <param name="octets">The packet that is quoted, from its outermost header on.</param>
    /// <exception cref="StepFailedException">The domain has no router on the core link with an address of the family of the
    /// tunnel.</exception>
    public static Frame TooBig(TestSession session, EmulatedNetwork network, Packet tunnelled, ReadOnlySpan<byte> octets, uint mtu)
    {
        var quoted = Quoted(tunnelled, octets);
        return Send(
            session,
            network,
            tunnelled,
            new PacketTooBig(mtu, quoted),
            new Icmpv4FragmentationNeeded((ushort)Math.Min(mtu, ushort.MaxValue), quoted)
        );
    }

    /// <summary>Reports that the packet has not arrived.</summary>
    /// <exception cref="StepFailedException">The domain has no router on the core link with an address of the family of the
    /// tunnel.</exception>
    public static Frame Lost(TestSession session, EmulatedNetwork network, Packet tunnelled, TunnelError error)
    {
        var quoted = Quoted(tunnelled, tunnelled.Frame.Bytes.Span[tunnelled.IpOffset..]);
        return error == TunnelError.HopLimitExceeded
            ? Send(session, network, tunnelled, new TimeExceeded(0, quoted), new Icmpv4TimeExceeded(0, quoted))
            : Send(
                session,
                network,
                tunnelled,
                new DestinationUnreachable(NoRoute, quoted),
                new Icmpv4DestinationUnreachable(NoRoute, quoted)
            );
    }

    private static OctetString Quoted(Packet tunnelled, ReadOnlySpan<byte> octets) =>
        new(octets[..Math.Min(octets.Length, tunnelled.Ip is Ipv4Layer ? MostQuotedOfIpv4 : MostQuoted)]);

    private static Frame Send(TestSession session, EmulatedNetwork network, Packet tunnelled, Icmpv6Message ofIpv6, Icmpv4Message ofIpv4)
    {
        var (to, family) = (tunnelled.Ip!.Source, tunnelled.Ip.Source.AddressFamily);
        var known =
            session.Ixit.Domain.Of(NodeRole.Router).FirstOrDefault(node => node.AddressOn(Ports.Core, family) is not null)
            ?? throw new StepFailedException("the IXIT has no router on the core link: its address is missing");
        var router = network.Named(known.Name, Ports.Core, family);
        IpPacket packet =
            family == AddressFamily.InterNetwork
                ? new Ipv4Packet(router.Address, to, Ipv4Protocol.Icmp, ofIpv4.ToBytes())
                : new Ipv6Packet(router.Address, to, IpProtocol.Icmpv6, ofIpv6.ToBytes(router.Address, to));
        return network.Send(router, to, packet);
    }
}
