using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Tunnel endpoints of either role that treat packets wrongly: RFC 5213, Sections 5.6.2, 5.6.3 and 6.10.5.</summary>
internal static class TunnelDeviations
{
    private const string TunnelSide = "core";

    /// <summary>The hop limit of Neighbor Discovery messages (RFC 4861), which no tunnel forwards.</summary>
    private const byte NeighborDiscoveryHopLimit = 255;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Entering(
            "tunnel-outer-ecn-clear",
            "does not copy the ECN field into the tunnel header",
            "rfc5213-5.6.3-k2",
            packet => packet.WithEcn(Ecn.NotEct)
        ),
        Entering(
            "tunnel-outer-ecn-invented",
            "declares every packet ECN-capable in the tunnel header",
            "rfc5213-5.6.3-k1a",
            packet => packet.Ecn == Ecn.NotEct ? packet.WithEcn(Ecn.Ect0) : packet
        ),
        Entering("tunnel-inner-hop-limit-kept", "does not count the tunnel entrance as a hop", "rfc5213-5.6.2-k4a", InnerHopLimitKept),
        Leaving(
            "tunnel-congestion-mark-lost",
            "removes the congestion mark from packets that leave the tunnel",
            "rfc5213-5.6.3-k4",
            packet => packet.Ecn == Ecn.Ce ? packet.WithEcn(Ecn.Ect0) : packet
        ),
        Leaving(
            "tunnel-congestion-invented",
            "sets the congestion mark on every packet that leaves the tunnel",
            "rfc5213-5.6.3-k5",
            packet => packet.WithEcn(Ecn.Ce)
        ),
        Leaving(
            "tunnel-exit-hop-limit-kept",
            "does not count the tunnel exit as a hop",
            "rfc5213-6.10.5-k3",
            packet => packet with { HopLimit = (byte)(packet.HopLimit + 1) }
        ),
    ];

    private static Deviation Entering(string name, string description, string statement, Func<Ipv6Packet, Ipv6Packet> edit) =>
        Deviation.Of(name, description, statement, node => node with { Output = PacketRewriter.OfTunnels(edit) });

    private static Deviation Leaving(string name, string description, string statement, Func<Ipv6Packet, Ipv6Packet> edit) =>
        Deviation.Of(
            name,
            description,
            statement,
            node =>
                node with
                {
                    Output = () =>
                        new PacketRewriter(
                            (link, packet) =>
                                link.Name == TunnelSide || packet.HopLimit == NeighborDiscoveryHopLimit ? packet : edit(packet)
                        ),
                }
        );

    private static Ipv6Packet InnerHopLimitKept(Ipv6Packet outer) =>
        Ipv6Packet.TryParse(outer.Payload, out var inner, out _)
            ? outer with
            {
                Payload = (inner with { HopLimit = (byte)(inner.HopLimit + 1) }).ToBytes(),
            }
            : outer;
}
