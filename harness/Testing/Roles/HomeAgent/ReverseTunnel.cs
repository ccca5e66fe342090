using Conformance.Testing.Peers;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>The form of packets from a mobile node to its home agent (RFC 6275, Section 10.4.5).</summary>
internal static class ReverseTunnel
{
    /// <summary>
    /// A packet of the home address: in a tunnel from a care-of address, by the security association of the home address if there is one
    /// (RFC 5648, Section 9.3.2); as it is, from the home link. Over IPv4, it is in the form that was negotiated (RFC 5555, Section 4.4.3).
    /// </summary>
    /// <returns>
    /// One packet, or one for each form that the home agent may have meant: it has to take the packet in one of them at least.
    /// </returns>
    public static IReadOnlyList<IpPacket> Forms(EspPeer esp, MobileNodePeer nodes, MobileNode node, CareOf from, Ipv6Packet inner) =>
        from.IsHome ? [inner]
        : from.IsIpv4 ? [.. nodes.TunnelsTo(node, from).Select(form => DualStackTunnel.Enter(form.Reversed, inner))]
        :
        [
            esp.ProtectTunnel(
                new Ipv6Packet(node.AddressAt(from), nodes.Tested, IpProtocol.Ipv6, inner.ToBytes()),
                node.AddressAt(CareOf.Home)
            ),
        ];
}
