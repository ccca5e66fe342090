using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>The form of packets from a mobile node to its home agent (RFC 6275, Section 10.4.5).</summary>
internal static class ReverseTunnel
{
    /// <summary>A packet of the home address: in a tunnel from a care-of address; as it is, from the home link.</summary>
    public static Ipv6Packet Of(MobileNodePeer nodes, MobileNode node, CareOf from, Ipv6Packet inner) =>
        from.IsHome ? inner : new Ipv6Packet(node.AddressAt(from), nodes.Tested, IpProtocol.Ipv6, inner.ToBytes());
}
