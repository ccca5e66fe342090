using Pmip.Protocol;
using Pmip.Protocol.Stack;
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
        Forwarding(
            "tunnel-entrance-without-hop-limit",
            "tunnels packets whose hop limit runs out",
            "rfc5213-6.10.5-k14b",
            rules => rules with { Departure = WithHopLimit(rules.Departure, forwarded => forwarded.IsOutOfTunnel) }
        ),
        Forwarding(
            "tunnel-exit-without-hop-limit",
            "forwards packets out of the tunnel whose hop limit runs out",
            "rfc5213-6.10.5-k3",
            rules => rules with { Departure = WithHopLimit(rules.Departure, forwarded => !forwarded.IsOutOfTunnel) }
        ),
        Forwarding(
            "tunnel-no-time-exceeded",
            "drops packets whose hop limit runs out without a word",
            "rfc5213-6.10.5-k14b",
            rules =>
                rules with
                {
                    Departure = rules.Departure.Replacing(
                        "HopLimit",
                        forwarded => forwarded.Packet.HopLimit <= 1 ? RuleOutcome.Stop : RuleOutcome.Continue
                    ),
                }
        ),
        Forwarding(
            "tunnel-without-extension-headers",
            "drops packets in the tunnel that have an extension header before the inner packet",
            "rfc5213-6.10.5-k3",
            rules =>
                rules with
                {
                    TunnelExit = rules.TunnelExit.InsertingBefore(
                        "KnownTunnel",
                        new(
                            "RFC 2473 3.3",
                            "NoExtensionHeaders",
                            tunnelled =>
                                tunnelled.Outer.NextHeader == IpProtocol.Ipv6
                                    ? RuleOutcome.Continue
                                    : tunnelled.Drop("NoExtensionHeaders", $"{tunnelled.Outer.NextHeader} is not IPv6")
                        )
                    ),
                }
        ),
    ];

    private static Deviation Forwarding(string name, string description, string statement, Func<ForwardingRules, ForwardingRules> change) =>
        Deviation.Of(name, description, statement, node => node with { Changes = Changes.To<ForwardingRules>(change) });

    /// <summary>The rule about the hop limit, for some packets only.</summary>
    private static RuleList<ForwardedPacket> WithHopLimit(RuleList<ForwardedPacket> departure, Func<ForwardedPacket, bool> isJudged)
    {
        var hopLimit = departure.First(rule => rule.Name == "HopLimit");
        return departure.Replacing(hopLimit.Name, forwarded => isJudged(forwarded) ? hopLimit.Apply(forwarded) : RuleOutcome.Continue);
    }

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
