using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>The form of packets from a mobile node to its home agent (RFC 6275, Section 10.4.5).</summary>
internal static class ReverseTunnel
{
    /// <summary>
    /// A packet of the home address: in a tunnel from a care-of address, over IPv4 in the form that was negotiated (RFC 5555, Section 4.4.3);
    /// as it is, from the home link.
    /// </summary>
    public static IpPacket Of(MobileNodePeer nodes, MobileNode node, CareOf from, Ipv6Packet inner) =>
        from.IsHome ? inner
        : from.IsIpv4 ? DualStackTunnel.Enter(nodes.TunnelsTo(node, from)[^1].Reversed, inner)
        : new Ipv6Packet(node.AddressAt(from), nodes.Tested, IpProtocol.Ipv6, inner.ToBytes());
}
