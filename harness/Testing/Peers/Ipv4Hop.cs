using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>The next hop of the IPv4 packets of a mobile node.</summary>
internal static class Ipv4Hop
{
    /// <summary>
    /// The link-layer address to which a mobile node sends a packet. The link is a point-to-point link (RFC 5213, Section 6.3): what the
    /// MAG has sent there shows its address, or else what it has sent on another link (Section 6.9.3). Otherwise the node asks for its
    /// default router.
    /// </summary>
    /// <exception cref="StepFailedException">Nothing shows it.</exception>
    public static MacAddress To(TestSession session, EmulatedNetwork network, MobileNode node, EmulatedNode from) =>
        node.Router is { } router && router.Link == from.Port
            ? router.LinkLayer
            : SeenOn(session, port => port == from.Port)
                ?? SeenOn(session, port => session.Ixit.Domain.IsAccess(port))
                ?? network.Resolve(from, Ipv4Words.RouterOf(node, session));

    /// <summary>The source of the last frame on a link.</summary>
    private static MacAddress? SeenOn(TestSession session, Func<PortId, bool> isOn) =>
        session
            .Bed.Frames.Reverse()
            .Where(frame => frame.Direction == Direction.Received && isOn(frame.Port))
            .Select(frame => Packet.Of(frame).Ethernet?.Source)
            .FirstOrDefault(source => source is not null);
}
