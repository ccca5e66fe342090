using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The ICMP error of a router between MAG and LMA about a packet in the tunnel, to the entrance of the tunnel and of the family of its
/// header (RFC 4443, Section 3; RFC 792).
/// </summary>
internal static class RouterReport
{
    /// <summary>As much of the packet is quoted as fits into the MTU of every IPv6 link, after an IPv6 header and 8 octets.</summary>
    private const int MostQuoted = (int)PathMtu.Least - Ipv6Packet.HeaderLength - 8;

    /// <summary>RFC 1812, Section 4.3.2.3: as much as fits into a packet that every node receives.</summary>
    private const int MostQuotedOfIpv4 = (int)PathMtu.LeastOfIpv4 - Ipv4Packet.MinimumHeaderLength - 8;

    /// <param name="octets">The packet that the error quotes, from its outer header on.</param>
    /// <exception cref="StepFailedException">The domain has no router on the core link.</exception>
    public static Frame Send(
        TestSession session,
        EmulatedNetwork network,
        Packet tunnelled,
        ReadOnlySpan<byte> octets,
        Func<OctetString, Icmpv6Message> ofIpv6,
        Func<OctetString, Icmpv4Message> ofIpv4
    )
    {
        var name =
            session.Ixit.Domain.Of(NodeRole.Router).FirstOrDefault()?.Name
            ?? throw new StepFailedException("the IXIT has no router on the core link: its address is missing");
        var to = tunnelled.Ip!.Source;
        var router = network.Named(name, Ports.Core, to.AddressFamily);
        return network.Send(
            router,
            to,
            tunnelled.Ip is Ipv4Layer
                ? new Ipv4Packet(router.Address, to, Ipv4Protocol.Icmp, ofIpv4(Quoted(octets, MostQuotedOfIpv4)).ToBytes())
                : Ipv6(router.Address, to, ofIpv6(Quoted(octets, MostQuoted)))
        );
    }

    private static Ipv6Packet Ipv6(IPAddress router, IPAddress to, Icmpv6Message report) =>
        new(router, to, IpProtocol.Icmpv6, report.ToBytes(router, to));

    private static OctetString Quoted(ReadOnlySpan<byte> octets, int most) => new(octets[..Math.Min(octets.Length, most)]);
}
