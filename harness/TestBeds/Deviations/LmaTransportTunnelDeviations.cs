using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Nodes that treat packets in a tunnel over IPv4 wrongly: RFC 5844, Sections 4.1.4.1 to 4.1.4.3, of which the second is for both roles.
/// </summary>
internal static class LmaTransportTunnelDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Packets(), .. Headers(), .. Congestion(), .. Sizes(), .. Lives()];

    private static IEnumerable<Deviation> Packets() =>
        [
            Forwards(
                "lma-transport-no-packets",
                "forwards packets neither into a tunnel over IPv4 nor out of it",
                "rfc5844-4.1.3.1-k3",
                rules => rules.WithoutEntrance(_ => true).WithoutExit(_ => true)
            ),
            Forwards(
                "lma-transport-no-ipv4-in",
                "forwards no IPv4 packet into a tunnel over IPv4",
                "rfc5844-4.1.4.1-k1a",
                rules => rules.WithoutEntrance(packet => packet is Ipv4Packet)
            ),
            Forwards(
                "lma-transport-no-ipv6-in",
                "forwards no IPv6 packet into a tunnel over IPv4",
                "rfc5844-4.1.4.1-k1b",
                rules => rules.WithoutEntrance(packet => packet is Ipv6Packet)
            ),
            Forwards(
                "lma-transport-no-ipv4-out",
                "forwards no IPv4 packet out of a tunnel over IPv4",
                "rfc5844-4.1.4.1-k2a",
                rules => rules.WithoutExit(packet => packet is Ipv4Packet)
            ),
            Forwards(
                "lma-transport-no-ipv6-out",
                "forwards no IPv6 packet out of a tunnel over IPv4",
                "rfc5844-4.1.4.1-k2b",
                rules => rules.WithoutExit(packet => packet is Ipv6Packet)
            ),
        ];

    private static IEnumerable<Deviation> Headers() =>
        [
            Encapsulates(
                "lma-transport-tunnel-from-another-address",
                "tunnels over IPv4 from another address than that of the registration",
                "rfc5844-4.1.3.1-d1",
                packet => Readdressed(packet)
            ) with
            {
                WhyMany = "no MAG takes the packets",
            },
            Encapsulates(
                "lma-transport-inner-hop-limit-kept",
                "does not count the entrance of a tunnel over IPv4 as a hop",
                "rfc5844-4.1.4.1-d1",
                packet => WithInner(packet, inner => inner with { HopLimit = (byte)(inner.HopLimit + 1) })
            ),
            Encapsulates(
                "lma-transport-data-from-another-port",
                "tunnels in UDP from another port than that for data",
                "ipv4-draft-04-4.1.4.1-d1",
                packet => FromPort(packet, 49_201)
            ) with
            {
                WhyMany = "no MAG takes the packets",
            },
        ];

    private static IEnumerable<Deviation> Congestion() =>
        [
            Outer(
                "tunnel-over-ipv4-ecn-invented",
                "declares every packet ECN-capable in the header of a tunnel over IPv4",
                "rfc5844-4.1.4.2-k1a",
                (outer, inner) => inner == Ecn.NotEct ? outer.WithEcn(Ecn.Ect0) : outer
            ),
            Outer(
                "tunnel-over-ipv4-congestion-copied",
                "copies congestion marks into the header of a tunnel over IPv4",
                "rfc5844-4.1.4.2-k1b",
                (outer, inner) => inner == Ecn.Ce ? outer.WithEcn(Ecn.Ce) : outer
            ),
            Outer(
                "tunnel-over-ipv4-ecn-clear",
                "does not copy the ECN field into the header of a tunnel over IPv4",
                "rfc5844-4.1.4.2-k1c",
                (outer, _) => outer.WithEcn(Ecn.NotEct)
            ),
            Exits(
                "tunnel-over-ipv4-congestion-mark-lost",
                "does not set the congestion mark on a packet that leaves a tunnel over IPv4 where it was marked",
                "rfc5844-4.1.4.2-k1d",
                exit => exit.Only("Congestion", tunnelled => tunnelled.Outer is not Ipv4Packet)
            ),
            Exits(
                "tunnel-over-ipv4-congestion-invented",
                "sets the congestion mark on every packet that leaves a tunnel over IPv4",
                "rfc5844-4.1.4.2-k1e",
                exit => exit.InsertingBefore("ReversePath", new("RFC 5844 4.1.4.2", "Invented", tunnelled => Mark(tunnelled, _ => Ecn.Ce)))
            ),
            Exits(
                "tunnel-over-ipv4-congestion-withdrawn",
                "takes the congestion mark from a packet that leaves a tunnel over IPv4 where it was not marked",
                "rfc5844-4.1.4.2-k1e",
                exit =>
                    exit.InsertingBefore(
                        "ReversePath",
                        new(
                            "RFC 5844 4.1.4.2",
                            "Withdrawn",
                            tunnelled =>
                                tunnelled.Outer.Ecn == Ecn.NotEct
                                    ? Mark(tunnelled, ecn => ecn == Ecn.Ce ? Ecn.Ect0 : ecn)
                                    : RuleOutcome.Continue
                        )
                    )
            ),
        ];

    private static IEnumerable<Deviation> Sizes() =>
        [
            Departs(
                "tunnel-over-ipv4-too-big-in-silence",
                "drops an IPv6 packet that does not fit into a tunnel over IPv4, and does not tell its sender",
                "rfc5844-4.1.4.2-k2a",
                leaving => leaving.Packet is Ipv6Packet && leaving.Packet.Length > leaving.Mtu
            ),
            Departs(
                "tunnel-over-ipv4-large-in-silence",
                "drops IPv6 packets of more than 1400 octets for a tunnel over IPv4, and does not tell their sender",
                "rfc5844-4.1.4.2-k2a",
                leaving => leaving.Packet is Ipv6Packet { Length: > 1400 }
            ),
            TunnelDeviations.Forwarding(
                "tunnel-over-ipv4-in-fragments",
                "sends an IPv6 packet of more than 1280 octets that does not fit into a tunnel over IPv4 through it in fragments",
                "rfc5844-4.1.4.2-k2a",
                rules =>
                    rules with
                    {
                        Departure = rules.Departure.Instead(
                            "Mtu",
                            leaving => leaving.IsOverIpv4() && leaving.Packet is Ipv6Packet,
                            _ => RuleOutcome.Continue
                        ),
                    }
            ),
            Departs(
                "tunnel-over-ipv4-below-the-minimum",
                "drops IPv6 packets of up to 1280 octets for which the path of a tunnel over IPv4 is too small",
                "rfc5844-4.1.4.2-k2b",
                leaving => leaving is { Packet: Ipv6Packet { Length: > (int)Ipv6Packet.MinimumMtu - 100 }, Mtu: Ipv6Packet.MinimumMtu }
            ),
            Deviation.Of(
                "tunnel-over-ipv4-never-fragmented",
                "forbids routers to fragment a packet in a tunnel over IPv4, whatever the path",
                "rfc5844-4.1.4.2-k2b",
                node => node with { Output = () => new Ipv4PacketRewriter(Unfragmented) }
            ),
            TunnelDeviations.Forwarding(
                "tunnel-over-ipv4-stopped-by-errors",
                "forwards nothing into tunnels over IPv4 any more once a router has reported an error",
                "rfc5844-4.1.4.2-k3",
                StoppedByReports
            ),
            Deviation.Of(
                "tunnel-over-ipv4-time-exceeded",
                "tells the source of an IPv6 packet that its hop limit is exceeded, where it is unreachable",
                "rfc5844-4.1.4.2-k3",
                node => node with { Output = () => new PacketRewriter((_, packet) => Exceeded(packet)) }
            ),
            TunnelDeviations.Forwarding(
                "tunnel-over-ipv4-keeps-its-size",
                "sends packets of the size of its link through a tunnel over IPv4, whatever routers report, and forbids to fragment them",
                "rfc5844-4.1.4.2-k2a",
                rules =>
                    rules with
                    {
                        PathMtu = rules.PathMtu.Instead(
                            "OwnPacket",
                            reported => reported.Destination.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork,
                            _ => RuleOutcome.Stop
                        ),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Lives() =>
        [
            OfTransport(
                "lma-transport-tunnel-taken-down",
                "removes a tunnel over IPv4 that other sessions use",
                "rfc5844-4.1.4.3-d1a",
                rules => rules with { EndOfSession = rules.EndOfSession.Instead("TunnelReleased", IsOverIpv4, TunnelRemoved) }
            ),
            OfTransport(
                "lma-transport-tunnel-kept",
                "keeps a tunnel over IPv4 after its last session has ended",
                "rfc5844-4.1.4.3-d1b",
                rules => rules with { EndOfSession = rules.EndOfSession.Instead("TunnelReleased", IsOverIpv4, _ => RuleOutcome.Continue) }
            ),
        ];

    private static Deviation Outer(string name, string description, string statement, Func<Ipv4Packet, Ecn, Ipv4Packet> edit) =>
        Deviation.Of(
            name,
            description,
            statement,
            node =>
                node with
                {
                    Output = Ipv4PacketRewriter.OfTunnels(packet => TryReadInner(packet, out var inner) ? edit(packet, inner.Ecn) : packet),
                }
        );

    private static Deviation Exits(
        string name,
        string description,
        string statement,
        Func<RuleList<TunnelledPacket>, RuleList<TunnelledPacket>> change
    ) => TunnelDeviations.Forwarding(name, description, statement, rules => rules with { TunnelExit = change(rules.TunnelExit) });

    /// <summary>The fault is that some packets are dropped before they enter a tunnel over IPv4.</summary>
    private static Deviation Departs(string name, string description, string statement, Func<ForwardedPacket, bool> isDropped) =>
        TunnelDeviations.Forwarding(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    Departure = rules.Departure.Instead(
                        "Mtu",
                        leaving => leaving.IsOverIpv4() && isDropped(leaving),
                        _ => RuleOutcome.Stop
                    ),
                }
        );

    private static Ipv6Packet Exceeded(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Icmpv6
        && Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
        && message is DestinationUnreachable error
            ? packet with
            {
                Payload = new TimeExceeded(TimeExceeded.HopLimitExceeded, error.Invoking).ToBytes(packet.Source, packet.Destination),
            }
            : packet;

    private static ForwardingRules StoppedByReports(ForwardingRules rules)
    {
        var isStopped = false;
        return rules with
        {
            PathMtu = rules.PathMtu.InsertingBefore(
                "OwnPacket",
                new(
                    "RFC 4213 3.4",
                    "Stopped",
                    reported =>
                    {
                        isStopped |= reported.Destination.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
                        return RuleOutcome.Continue;
                    }
                )
            ),
            Departure = rules.Departure.InsertingBefore(
                "HopLimit",
                new("RFC 4213 3.4", "Closed", leaving => isStopped && leaving.IsOverIpv4() ? RuleOutcome.Stop : RuleOutcome.Continue)
            ),
        };
    }

    private static RuleOutcome Mark(TunnelledPacket tunnelled, Func<Ecn, Ecn> change)
    {
        if (tunnelled is { Outer: Ipv4Packet, Inner: { } inner })
        {
            tunnelled.Inner = inner.WithEcn(change(inner.Ecn));
        }
        return RuleOutcome.Continue;
    }

    private static bool IsOverIpv4(EndingSession ending) => ending.Entry.Binding.Ipv4Tunnel is not null;

    private static RuleOutcome TunnelRemoved(EndingSession ending)
    {
        ending.Anchor.Actions.Add(new RoleAction.RemoveTunnel(LmaParts.TunnelOf(ending.Anchor, ending.Entry.Binding)));
        return RuleOutcome.Continue;
    }

    private static Ipv4Packet? Unfragmented(Ipv4Packet packet) =>
        packet is { MoreFragments: true } or { FragmentOffset: > 0 } ? null
        : Ipv4PacketRewriter.IsTunnelled(packet) && TryReadInner(packet, out var inner) && inner is Ipv6Packet
            ? packet with
            {
                DontFragment = true,
            }
        : packet;

    private static Ipv4Packet Readdressed(Ipv4Packet packet)
    {
        var from = After(packet.Source);
        return UdpDatagram.TryParse(packet.Payload, out var datagram, out _) && packet.Protocol == Ipv4Protocol.Udp
            ? packet with
            {
                Source = from,
                Payload = datagram.ToBytes(from, packet.Destination),
            }
            : packet with
            {
                Source = from,
            };
    }

    private static Ipv4Packet FromPort(Ipv4Packet packet, ushort port) =>
        packet.Protocol == Ipv4Protocol.Udp && UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
            ? packet with
            {
                Payload = (datagram with { SourcePort = port }).ToBytes(packet.Source, packet.Destination),
            }
            : packet;

    private static bool TryReadInner(Ipv4Packet packet, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IpPacket? inner)
    {
        inner = null;
        return Encapsulation.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out var encapsulated, out _)
            && IpPacket.TryParse(encapsulated.Inner, out inner, out _);
    }

    private static Ipv4Packet WithInner(Ipv4Packet packet, Func<IpPacket, IpPacket> edit)
    {
        if (
            !Encapsulation.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out var encapsulated, out _)
            || !IpPacket.TryParse(encapsulated.Inner, out var inner, out _)
        )
        {
            return packet;
        }
        return (Ipv4Packet)encapsulated.Encapsulation.Around(edit(inner).ToBytes());
    }
}
