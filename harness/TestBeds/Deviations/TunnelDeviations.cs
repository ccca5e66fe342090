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
        Deviation.Of(
            "tunnel-congestion-hidden",
            "hides in the tunnel header that a packet has seen congestion, although it claims RFC 6040",
            "rfc5213-5.6.3-k1b",
            node => node with { Claims = ["rfc6040"] }
        ),
        Forwarding(
            "tunnel-congestion-copied",
            "copies the congestion mark into the tunnel header, although it does not claim RFC 6040",
            "rfc5213-5.6.3-k1b",
            rules => rules with { Ecn = rules.Ecn with { Outer = inner => inner } }
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
                                tunnelled.Outer.Protocol == IpProtocol.Ipv6
                                    ? RuleOutcome.Continue
                                    : tunnelled.Drop("NoExtensionHeaders", $"{tunnelled.Outer.Protocol} is not IPv6")
                        )
                    ),
                }
        ) with
        {
            WhyMany = "each rule about packets in a tunnel with such headers shows it",
        },
        Forwarding(
            "tunnel-encapsulation-limit-passed",
            "tunnels packets that may not enter a further tunnel",
            "rfc5213-6.10.5-k14e",
            rules => rules with { Departure = rules.Departure.Without("EncapsulationLimit") }
        ),
        Forwarding(
            "tunnel-encapsulation-limit-reached-in-silence",
            "drops packets that may not enter a further tunnel without a word",
            "rfc5213-6.10.5-k14e",
            rules =>
                rules with
                {
                    Departure = rules.Departure.Replacing("EncapsulationLimit", Quietly(rules.Departure, "EncapsulationLimit")),
                }
        ),
        Deviation.Of(
            "tunnel-encapsulation-limit-lost",
            "does not put the Tunnel Encapsulation Limit of a packet into the tunnel header",
            "rfc5213-6.10.5-k14d",
            node => node with { Output = () => new PacketRewriter((_, packet) => WithoutLimit(packet)) }
        ),
        Forwarding(
            "tunnel-first-fragments-only",
            "drops fragments that do not begin with the upper-layer header",
            "rfc5213-6.10.5-k12",
            rules =>
                rules with
                {
                    Departure = rules.Departure.InsertingBefore(
                        "HopLimit",
                        new(
                            "RFC 8200 4.5",
                            "FirstFragmentsOnly",
                            forwarded =>
                                forwarded.Packet is Ipv6Packet packet && IsLaterFragment(packet) ? RuleOutcome.Stop : RuleOutcome.Continue
                        )
                    ),
                }
        ) with
        {
            WhyMany = "the fragments of each direction are dropped, at the entrance and at the exit",
        },
        Deviation.Of(
            "router-becomes-host",
            "takes the advertisement of another router for its own configuration, and is a router no more",
            "rfc5213-6.10.5-k12",
            node => node with { Around = (_, create) => new HostRole(create()) }
        ) with
        {
            WhyMany = "it neither forwards nor takes the next mobile node",
        },
    ];

    /// <summary>A node of either role that forwards packets by other rules.</summary>
    public static Deviation Forwarding(string name, string description, string statement, Func<ForwardingRules, ForwardingRules> change) =>
        Deviation.Of(name, description, statement, node => node with { Changes = Changes.To<ForwardingRules>(change) });

    /// <summary>A rule that refuses what it refuses without an ICMPv6 error.</summary>
    private static Func<ForwardedPacket, RuleOutcome> Quietly(RuleList<ForwardedPacket> departure, string name)
    {
        var rule = departure.First(rule => rule.Name == name);
        return forwarded => rule.Apply(new ForwardedPacket(forwarded.Packet, forwarded.IsOutOfTunnel) { Tunnel = forwarded.Tunnel });
    }

    private static Ipv6Packet WithoutLimit(Ipv6Packet packet) =>
        packet is { NextHeader: IpProtocol.DestinationOptions, Payload: { Length: > 8, Span: [IpProtocol.Ipv6, 0, 4, 1, ..] } payload }
            ? packet with
            {
                NextHeader = IpProtocol.Ipv6,
                Payload = payload[8..],
            }
            : packet;

    private static bool IsLaterFragment(Ipv6Packet packet) =>
        packet is { NextHeader: IpProtocol.Fragment, Payload.Span: [_, _, var high, var low, ..] } && ((high << 8) | low) >> 3 != 0;

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
