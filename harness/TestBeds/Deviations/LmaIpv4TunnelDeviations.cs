using Conformance.TestBeds.Simulated;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Nodes that treat the packets of IPv4 home addresses in a tunnel over IPv6 wrongly: RFC 5844, Sections 3.1.2.2, 3.1.3 and 3.1.4, the
/// last of which is for both roles.
/// </summary>
internal static class LmaIpv4TunnelDeviations
{
    private const int LargestOnEthernet = 1460;

    public static IReadOnlyList<Deviation> All { get; } = [.. Packets(), .. Congestion(), .. Sizes()];

    private static IEnumerable<Deviation> Packets() =>
        [
            Lma(
                "lma-ipv4-in-neither-direction",
                "forwards IPv4 packets neither into a tunnel nor out of it",
                "rfc5844-3.1.2.2-k10",
                rules => WithoutExit(rules) with { Departure = WithoutEntrance(rules.Departure) }
            ) with
            {
                WhyMany = "each of the statements is about packets that must pass",
            },
            Deviation.InLma(
                "lma-ipv4-in-udp",
                "puts UDP between the header of a tunnel over IPv6 and an IPv4 packet",
                "rfc5844-3.1.2.2-d2",
                lma => lma with { Output = OfTunnels(InUdp) }
            ) with
            {
                WhyMany = "no peer finds the packets",
            },
            Lma(
                "lma-ipv4-received-only",
                "forwards no IPv4 packet into a tunnel",
                "rfc5844-3.1.3-k2",
                rules => rules with { Departure = WithoutEntrance(rules.Departure) }
            ) with
            {
                WhyMany = "each of the statements is about packets for the mobile node",
            },
            Deviation.InLma(
                "lma-ipv4-inner-lifetime-kept",
                "does not count the tunnel entrance as a hop of an IPv4 packet",
                "rfc5844-3.1.3-d1",
                lma => lma with { Output = OfTunnels(InnerLifetimeKept) }
            ),
            Lma("lma-ipv4-sent-only", "forwards no IPv4 packet out of a tunnel", "rfc5844-3.1.3-k3", WithoutExit) with
            {
                WhyMany = "each of the statements is about packets of the mobile node",
            },
        ];

    private static IEnumerable<Deviation> Congestion() =>
        [
            Tunnel(
                "tunnel-ipv4-ecn-invented",
                "declares every IPv4 packet ECN-capable in the tunnel header",
                "rfc5844-3.1.4-k1a",
                packet => packet.Ecn == Ecn.NotEct ? packet.WithEcn(Ecn.Ect0) : packet
            ),
            Tunnel(
                "tunnel-ipv4-congestion-copied",
                "copies the congestion mark of an IPv4 packet into the tunnel header",
                "rfc5844-3.1.4-k1b",
                packet => (Ecn)(packet.Payload.Span[1] & 3) == Ecn.Ce ? packet.WithEcn(Ecn.Ce) : packet
            ),
            Tunnel(
                "tunnel-ipv4-ecn-clear",
                "does not copy the ECN field of an IPv4 packet into the tunnel header",
                "rfc5844-3.1.4-k1c",
                packet => packet.WithEcn(Ecn.NotEct)
            ),
            TunnelDeviations.Forwarding(
                "tunnel-ipv4-congestion-mark-lost",
                "does not set the congestion mark on an IPv4 packet that leaves a tunnel where it was marked",
                "rfc5844-3.1.4-k1d",
                rules => rules with { TunnelExit = rules.TunnelExit.Only("Congestion", tunnelled => tunnelled.Inner is not Ipv4Packet) }
            ),
            TunnelDeviations.Forwarding(
                "tunnel-ipv4-congestion-invented",
                "sets the congestion mark on every IPv4 packet that leaves a tunnel",
                "rfc5844-3.1.4-k1e",
                rules =>
                    rules with
                    {
                        TunnelExit = rules.TunnelExit.InsertingBefore("ReversePath", new("RFC 5844 3.1.4", "Invented", Invented)),
                    }
            ),
            TunnelDeviations.Forwarding(
                "tunnel-ipv4-congestion-withdrawn",
                "takes the congestion mark from an IPv4 packet that leaves a tunnel where it was not marked",
                "rfc5844-3.1.4-k1e",
                rules =>
                    rules with
                    {
                        TunnelExit = rules.TunnelExit.InsertingBefore("ReversePath", new("RFC 5844 3.1.4", "Withdrawn", Withdrawn)),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Sizes() =>
        [
            Departs(
                "tunnel-ipv4-too-big-in-silence",
                "drops an IPv4 packet that does not fit into a tunnel, and does not tell its sender",
                "rfc5844-3.1.4-k2a",
                leaving => leaving.Packet is Ipv4Packet { DontFragment: true } && leaving.Packet.Length > leaving.Mtu
            ),
            Departs(
                "tunnel-ipv4-whole-or-not-at-all",
                "drops an IPv4 packet that does not fit into a tunnel, although it may be fragmented",
                "rfc5844-3.1.4-k2b",
                leaving => leaving.Packet is Ipv4Packet { DontFragment: false, Length: > LargestOnEthernet }
            ),
            Deviation.Of(
                "tunnel-ipv4-errors-unreported",
                "does not report an error in a tunnel to the source of the IPv4 packet",
                "rfc5844-3.1.4-k3a",
                node => node with { Output = () => new SilenceFilter(IsHostUnreachable) }
            ),
            TunnelDeviations.Forwarding(
                "tunnel-ipv4-keeps-its-size",
                "sends IPv4 packets of the size of its link through a tunnel, whatever routers report",
                "rfc5844-3.1.4-k3b",
                rules =>
                    rules with
                    {
                        Departure = rules.Departure.Only(
                            "Mtu",
                            leaving =>
                                !(leaving is { EntersTunnel: true, Packet: Ipv4Packet } && leaving.Packet.Length <= LargestOnEthernet)
                        ),
                    }
            ),
        ];

    private static Deviation Lma(string name, string description, string statement, Func<ForwardingRules, ForwardingRules> change) =>
        Deviation.InLma(name, description, statement, lma => lma with { Changes = Changes.To(change) });

    /// <summary>The fault is in the header of a tunnel over IPv6 before an IPv4 packet.</summary>
    private static Deviation Tunnel(string name, string description, string statement, Func<Ipv6Packet, Ipv6Packet> edit) =>
        Deviation.Of(name, description, statement, node => node with { Output = OfTunnels(edit) });

    /// <summary>The fault is that some packets are dropped before they enter a tunnel.</summary>
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
                        leaving => leaving.EntersTunnel && isDropped(leaving),
                        _ => RuleOutcome.Stop
                    ),
                }
        );

    private static Func<IOutputFilter> OfTunnels(Func<Ipv6Packet, Ipv6Packet> edit) =>
        () => new PacketRewriter((_, packet) => packet.NextHeader == Ipv4Protocol.Ipv4 ? edit(packet) : packet);

    private static RuleList<ForwardedPacket> WithoutEntrance(RuleList<ForwardedPacket> departure) =>
        departure.InsertingBefore(
            "HopLimit",
            new(
                "RFC 5844 3.1.3",
                "NoEntrance",
                leaving => leaving is { EntersTunnel: true, Packet: Ipv4Packet } ? RuleOutcome.Stop : RuleOutcome.Continue
            )
        );

    private static ForwardingRules WithoutExit(ForwardingRules rules) =>
        rules with
        {
            TunnelExit = rules.TunnelExit.InsertingBefore(
                "ReversePath",
                new(
                    "RFC 5844 3.1.3",
                    "NoExit",
                    tunnelled => tunnelled.Inner is Ipv4Packet ? tunnelled.Drop("NoExit", "a packet of IPv4") : RuleOutcome.Continue
                )
            ),
        };

    private static Ipv6Packet InnerLifetimeKept(Ipv6Packet outer) =>
        Ipv4Packet.TryParse(outer.Payload, out var inner, out _)
            ? outer with
            {
                Payload = (inner with { HopLimit = (byte)(inner.HopLimit + 1) }).ToBytes(),
            }
            : outer;

    private static Ipv6Packet InUdp(Ipv6Packet outer) =>
        outer with
        {
            NextHeader = Ipv4Protocol.Udp,
            Payload = new UdpDatagram(UdpPort.ProxyMobileIpv6Data, UdpPort.ProxyMobileIpv6Data, outer.Payload).ToBytes(
                outer.Source,
                outer.Destination
            ),
        };

    private static RuleOutcome Invented(TunnelledPacket tunnelled)
    {
        if (tunnelled.Inner is Ipv4Packet inner)
        {
            tunnelled.Inner = inner.WithEcn(Ecn.Ce);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Withdrawn(TunnelledPacket tunnelled)
    {
        if (tunnelled is { Inner: Ipv4Packet { Ecn: Ecn.Ce } inner, Outer.Ecn: Ecn.NotEct })
        {
            tunnelled.Inner = inner.WithEcn(Ecn.Ect0);
        }
        return RuleOutcome.Continue;
    }

    private static bool IsHostUnreachable(ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && ethernet.EtherType == Ipv4Packet.EtherType
        && Ipv4Packet.TryParse(ethernet.Payload, out var packet, out _)
        && packet is { Protocol: Ipv4Protocol.Icmp, Payload.Span: [Icmpv4Type.DestinationUnreachable, 1, ..] };
}
