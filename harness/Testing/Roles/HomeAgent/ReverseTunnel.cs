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
    /// (RFC 5648, Section 9.3.2), over IPv4 in the form that was negotiated (RFC 5555, Section 4.4.3); as it is, from the home link.
    /// </summary>
    public static IpPacket Of(EspPeer esp, MobileNodePeer nodes, MobileNode node, CareOf from, Ipv6Packet inner) =>
        from.IsHome ? inner
        : from.IsIpv4 ? DualStackTunnel.Enter(nodes.TunnelsTo(node, from)[^1].Reversed, inner)
        : esp.ProtectTunnel(
            new Ipv6Packet(node.AddressAt(from), nodes.Tested, IpProtocol.Ipv6, inner.ToBytes()),
            node.AddressAt(CareOf.Home)
        );
}
