using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that treat the packets of a tunnel over IPv4 wrongly: RFC 5844, Sections 4.1.4.2, 4.1.4.3, 4.2.2 and 4.2.2.2, and
/// its drafts.
/// </summary>
internal static class MagTransportTunnelDeviations
{
    private const ushort ForeignPort = 5438;

    private static readonly Ipv6Prefix _homeNetworks = Ipv6Prefix.Parse("2001:db8:8000::/48");
    private static readonly IPAddress _ofNobody = IPAddress.Parse("192.0.2.99");

    public static IReadOnlyList<Deviation> All { get; } = [.. Ends(), .. Routes(), .. Headers()];

    private static IEnumerable<Deviation> Ends() =>
        [
            Tunnels(
                "mag-transport-tunnel-over-ipv6",
                "tunnels over IPv6 what it has registered over IPv4",
                "rfc5844-4.2.2-k9",
                tunnel => new Tunnel(Ipv6OnCore(tunnel.Local), Ipv6OnCore(tunnel.Remote))
            ) with
            {
                WhyMany = "each rule about packets in a tunnel over IPv4 needs one",
            },
            Tunnels(
                "mag-transport-tunnel-from-elsewhere",
                "tunnels from an address that it has not registered",
                "rfc5844-4.2.2-d1",
                tunnel => new Tunnel(_ofNobody, tunnel.Remote, tunnel.Mode, tunnel.Ports)
            ) with
            {
                WhyMany = "each rule about packets in a tunnel needs its two ends",
            },
            Tunnels(
                "mag-transport-foreign-data-port",
                "tunnels to another UDP port",
                "rfc5844-4.2.2.2-d2",
                tunnel =>
                    tunnel.Ports is { } ports
                        ? new Tunnel(tunnel.Local, tunnel.Remote, tunnel.Mode, new TunnelPorts(ports.Local, ForeignPort))
                        : tunnel
            ) with
            {
                WhyMany = "each rule about packets in a tunnel in UDP needs the port of the other end",
            },
            Tunnels(
                "mag-transport-data-on-the-control-port",
                "tunnels from the UDP port of its messages",
                "rfc5844-4.2.2.2-d2",
                tunnel =>
                    tunnel.Ports is { Local: UdpPort.ProxyMobileIpv6Data } ports
                        ? new Tunnel(tunnel.Local, tunnel.Remote, tunnel.Mode, new TunnelPorts(ForeignPort, ports.Remote))
                        : tunnel
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            TunnelExits(
                "mag-transport-udp-one-way",
                "sends packets in UDP, and takes none in UDP",
                "ipv4-draft-04-4.1.3.3-k1",
                () => (tunnelled, known) => tunnelled.Protocol == Ipv4Protocol.Udp ? RuleOutcome.Stop : known
            ),
            Deviation.OfMag(
                "mag-transport-tunnel-ends-with-the-first",
                "ends a tunnel over IPv4 when the first of its mobile nodes leaves",
                "rfc5844-4.1.4.3-d1a",
                rules =>
                    rules with
                    {
                        EndOfAttachment = rules.EndOfAttachment.InsertingBefore("Ipv4Ended", Fault<EndingAttachment>(TunnelEnded)),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Routes() =>
        [
            Routes(
                "mag-transport-not-tunnelled",
                "does not forward the IPv6 packets of a mobile node that is registered over IPv4",
                "rfc5844-4.2.2-k8",
                "FromMobileNode"
            ) with
            {
                WhyMany = "each way of forwarding from a mobile node needs the route",
            },
            Routes(
                "mag-transport-ipv4-not-tunnelled",
                "does not forward the IPv4 packets of a mobile node that is registered over IPv4",
                "rfc5844-4-d1",
                "FromIpv4Node"
            ) with
            {
                WhyMany = "each way of forwarding from a mobile node needs the route",
            },
            Routes(
                "mag-transport-not-delivered",
                "delivers no IPv6 packets to a mobile node that is registered over IPv4",
                "rfc5844-4.2.2-k8",
                "ToMobileNode"
            ) with
            {
                WhyMany = "each way of forwarding to a mobile node needs the route",
            },
            Routes(
                "mag-transport-ipv4-not-delivered",
                "delivers no IPv4 packets to a mobile node that is registered over IPv4",
                "rfc5844-4.2.2-k8",
                "ToIpv4Node"
            ) with
            {
                WhyMany = "each way of forwarding to a mobile node needs the route",
            },
            Unserved(
                "mag-transport-ipv6-nodes-unserved",
                "delivers no packets to mobile nodes of IPv6 alone that are registered over IPv4",
                "rfc5844-4-d1",
                "ToMobileNode",
                IpVersions.Ipv6
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Unserved(
                "mag-transport-ipv4-nodes-unserved",
                "delivers no packets to mobile nodes of IPv4 alone that are registered over IPv4",
                "rfc5844-4-d1",
                "ToIpv4Node",
                IpVersions.Ipv4
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Deviation.OfMag(
                "mag-transport-home-network-past-the-tunnel",
                "drops the packets of a mobile node to the home network instead of tunnelling them over IPv4",
                "ipv4-draft-02-4.2.2-k18",
                rules => rules with { Routing = rules.Routing.InsertingBefore("ToDhcpServers", Fault<RoutingDraft>(HomeNetworkDropped)) }
            ),
        ];

    private static IEnumerable<Deviation> Headers() =>
        [
            Leaves(
                "mag-transport-inner-hop-limit-kept",
                "does not count the entrance of a tunnel over IPv4 as a hop",
                "rfc5844-4.2.2.2-d1",
                Ipv4PacketRewriter.OfTunnels(InnerHopLimitKept)
            ),
            Leaves(
                "mag-transport-wrong-protocol",
                "announces packets of IPv6 in a tunnel over IPv4 as those of IPv4",
                "rfc5844-4.2.2.2-d1",
                Ipv4PacketRewriter.OfTunnels(outer =>
                    outer.Protocol == IpProtocol.Ipv6 ? outer with { Protocol = Ipv4Protocol.Ipv4 } : outer
                )
            ),
            TunnelExits(
                "mag-transport-hop-limit-kept",
                "does not count the exit of a tunnel over IPv4 as a hop",
                "rfc5844-4.2.2.2-k3",
                () =>
                    (tunnelled, known) =>
                    {
                        tunnelled.Inner = tunnelled.Inner is { } inner ? inner with { HopLimit = (byte)(inner.HopLimit + 1) } : null;
                        return known;
                    }
            ),
            TunnelExits(
                "mag-transport-header-delivered-later",
                "leaves a header before the second packet and those after it that it delivers out of its tunnels over IPv4",
                "rfc5844-4.2.2.2-k3",
                HeaderDeliveredLater
            ),
        ];

    /// <summary>The MAG has no route by this rule for mobile nodes that are registered over IPv4.</summary>
    private static Deviation Routes(string name, string description, string statement, string rule) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules => rules with { Routing = rules.Routing.Only(rule, draft => !draft.Attachment.IsOverIpv4()) }
        );

    /// <summary>The MAG has no route by this rule for mobile nodes of some IP versions that are registered over IPv4.</summary>
    private static Deviation Unserved(string name, string description, string statement, string rule, IpVersions versions) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    Routing = rules.Routing.Only(
                        rule,
                        draft => !draft.Attachment.IsOverIpv4() || draft.Attachment.MobileNode.IpVersions != versions
                    ),
                }
        );

    /// <summary>The fault is in what is done with a packet of a tunnel over IPv4 that has passed all rules but the last.</summary>
    private static Deviation TunnelExits(
        string name,
        string description,
        string statement,
        Func<Func<TunnelledPacket, RuleOutcome, RuleOutcome>> fault
    ) =>
        Deviation.Of(
            name,
            description,
            statement,
            mag =>
                mag with
                {
                    Changes = Changes.To<ForwardingRules>(rules =>
                    {
                        var (last, apply) = (rules.TunnelExit.First(rule => rule.Name == "AccessLink"), fault());
                        return rules with
                        {
                            TunnelExit = rules.TunnelExit.Replacing(
                                last.Name,
                                tunnelled => tunnelled.Outer is Ipv4Packet ? apply(tunnelled, last.Apply(tunnelled)) : last.Apply(tunnelled)
                            ),
                        };
                    }),
                }
        ) with
        {
            Roles = ["MAG"],
        };

    private static NamedRule<T> Fault<T>(Action<T> fault) =>
        new(
            "RFC 5844 4.2",
            "TransportFault",
            context =>
            {
                fault(context);
                return RuleOutcome.Continue;
            }
        );

    private static void TunnelEnded(EndingAttachment ending)
    {
        if (ending.Attachment.IsOverIpv4())
        {
            ending.Gateway.Actions.Add(new RoleAction.RemoveTunnel(ending.Gateway.TunnelOf(ending.Attachment)));
        }
    }

    private static void HomeNetworkDropped(RoutingDraft draft)
    {
        if (draft.Attachment.IsOverIpv4())
        {
            var blackhole = new RouteTarget.Blackhole();
            draft.Routes.AddRange(draft.HomeNetworkPrefixes.Select(own => new Route(_homeNetworks, blackhole) { From = own }));
            draft.Routes.AddRange(draft.Ipv4HomeAddresses.Select(own => new Route(ReferenceSetup.Ipv4.Prefix, blackhole) { From = own }));
        }
    }

    private static Ipv4Packet InnerHopLimitKept(Ipv4Packet outer) =>
        Encapsulation.TryUnwrap(outer.ToBytes(), MobilityPorts.Default, out var tunnelled, out _)
        && IpPacket.TryParse(tunnelled.Inner, out var inner, out _)
            ? (Ipv4Packet)tunnelled.Encapsulation.Around((inner with { HopLimit = (byte)(inner.HopLimit + 1) }).ToBytes())
            : outer;

    private static Func<TunnelledPacket, RuleOutcome, RuleOutcome> HeaderDeliveredLater()
    {
        var delivered = 0;
        return (tunnelled, known) =>
        {
            if (known == RuleOutcome.Continue && tunnelled.Inner is { } inner && delivered++ > 0)
            {
                tunnelled.Inner = Twice(inner);
            }
            return known;
        };
    }

    /// <summary>The packet in another one of the same addresses.</summary>
    private static IpPacket Twice(IpPacket inner) =>
        inner is Ipv4Packet
            ? new Ipv4Packet(inner.Source, inner.Destination, Ipv4Protocol.Ipv4, inner.ToBytes())
            : new Ipv6Packet(inner.Source, inner.Destination, IpProtocol.Ipv6, inner.ToBytes());
}
