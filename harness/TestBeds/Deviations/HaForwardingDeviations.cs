using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents that intercept, tunnel or advertise wrongly: RFC 6275, Sections 10.4 and 10.6.</summary>
internal static class HaForwardingDeviations
{
    private static readonly IPAddress _otherAddress = IPAddress.Parse("2001:db8:100::1");
    private static readonly IPAddress _foreignAddress = IPAddress.Parse("2001:db8:100::bad");

    public static IReadOnlyList<Deviation> All { get; } =
    [
        HaParts.Acting(
            "ha-no-announcement",
            "does not announce that it has the home address now",
            "rfc6275-10.4.1-k3",
            action => action is RoleAction.AddProxyNeighbor proxy ? [proxy with { Announces = false }] : [action]
        ),
        HaParts.Acting(
            "ha-link-local-not-announced",
            "does not announce that it has the link-local address now",
            "rfc6275-10.4.1-k4",
            action =>
                action is RoleAction.AddProxyNeighbor proxy && proxy.Neighbors.Network.IsIPv6LinkLocal
                    ? [proxy with { Announces = false }]
                    : [action]
        ),
        HaParts.Acting(
            "ha-link-local-not-defended",
            "does not defend the link-local address",
            "rfc6275-10.3.1-d2",
            action => action is RoleAction.AddProxyNeighbor proxy && proxy.Neighbors.Network.IsIPv6LinkLocal ? [] : [action]
        ),
        HaParts.Rules(
            "ha-link-local-always-defended",
            "defends a link-local address that nobody has asked it to defend",
            "rfc6275-10.3.1-d1",
            rules => rules.WhenStored(request => request.Agent.Of(request.Home).HasLinkLocal = true)
        ),
        HaParts.Acting(
            "ha-not-defended",
            "does not answer for home addresses on the home link",
            "rfc6275-10.4.1-k16",
            action => action is RoleAction.AddProxyNeighbor ? [] : [action]
        ) with
        {
            WhyMany = "every configuration of each edition in which a home address is defended is a clause",
        },
        HaParts.Acting(
            "ha-announced-once",
            "announces that it has the home address, and answers no Neighbor Solicitation for it later",
            "rfc6275-10.4.1-k1",
            action =>
                action is RoleAction.AddProxyNeighbor proxy
                    ? [proxy, new RoleAction.RemoveProxyNeighbor(proxy.Link, proxy.Neighbors)]
                    : [action]
        ) with
        {
            WhyMany = "every configuration of each edition in which a home address is defended is a clause",
        },
        HaParts.Acting(
            "ha-mobile-node-as-router",
            "sets R when it announces a home address",
            "rfc6275-10.4.1-k3",
            action => action is RoleAction.AddProxyNeighbor proxy ? [proxy with { AreRouters = true }] : [action]
        ),
        HaParts.Rules(
            "ha-intercepts-for-ever",
            "goes on to intercept and tunnel packets after a de-registration",
            "rfc6275-10.3.2-k13",
            rules => rules with { DeRegistration = rules.DeRegistration.Without("InterceptionEnds") }
        ) with
        {
            WhyMany = "every configuration of each edition in which a binding is removed is a clause",
        },
        HaParts.Rules(
            "ha-not-tunnelled",
            "has no route into the tunnel",
            "rfc6275-10.4.2-k1",
            rules => rules with { Forwarding = rules.Forwarding.Without("PacketsTunnelled") }
        ) with
        {
            WhyMany = "no packet for a mobile node arrives anywhere",
        },
        HaParts.Any(
            "ha-tunnelled-from-other-address",
            "tunnels from an address that is not that of the home agent",
            "rfc6275-10.4.2-k1",
            ha => ha with { Output = PacketRewriter.OfTunnels(packet => packet with { Source = _foreignAddress }) }
        ) with
        {
            WhyMany = "each path of each edition is asked for by the packets in its tunnel",
        },
        HaParts.Any(
            "ha-any-tunnel-source",
            "forwards what comes in a tunnel from any address",
            "rfc6275-10.4.5-k3",
            ha => ha with { Changes = Changes.To<ForwardingRules>(AnySource) }
        ) with
        {
            WhyMany = "each configuration is asked for the addresses that it does not use",
        },
        HaParts.Any(
            "ha-no-reverse-tunnel",
            "forwards nothing out of a tunnel",
            "rfc6275-10.4.5-k1",
            ha =>
                ha with
                {
                    Changes = Changes.To<ForwardingRules>(rules =>
                        rules with
                        {
                            TunnelExit = rules.TunnelExit.Replacing("KnownTunnel", packet => packet.Drop("KnownTunnel", "all are dropped")),
                        }
                    ),
                }
        ) with
        {
            WhyMany = "each configuration of each edition is asked for both directions",
        },
        HaParts.Rules(
            "ha-old-tunnel-stays",
            "goes on to accept packets in the tunnel from an old care-of address",
            "rfc6275-10.4.5-k3",
            AllTunnelsEver
        ) with
        {
            WhyMany = "a removed or moved binding lives on in its tunnel, in each edition",
        },
        HaParts.Rules(
            "ha-tunnel-never-moves",
            "leaves the tunnel at the first care-of address of a mobile node",
            "rfc5648-6.2-k13",
            rules => rules with { Forwarding = rules.Forwarding.Replacing("PacketsTunnelled", FirstRouteStays).Without("TunnelsReleased") }
        ) with
        {
            WhyMany = "no care-of address but the first can be used, in either direction",
        },
        HaParts.Rules(
            "ha-first-tunnel-alone",
            "has a tunnel to the first care-of address alone",
            "rfc5648-9.3.1-d1",
            rules => rules with { Forwarding = rules.Forwarding.Replacing("PacketsTunnelled", FirstTunnel) }
        ) with
        {
            WhyMany = "no other care-of address can be used, in either direction",
        },
        HaParts.Rules(
            "ha-no-prefix-advertisement",
            "does not answer Mobile Prefix Solicitations",
            "rfc6275-8.4-k13",
            rules => rules with { PrefixDiscovery = new([]) }
        ),
        HaParts.Any(
            "ha-prefix-advertisement-to-all",
            "answers Mobile Prefix Solicitations from every care-of address, registered or not",
            "rfc5648-6.5-k2",
            ha =>
                ha with
                {
                    Changes = Changes.To<HomeAgentRules>(rules =>
                        rules with
                        {
                            PrefixDiscovery = rules.PrefixDiscovery.Without("CareOfAddressRegistered"),
                        }
                    ),
                    Around = (_, create) => new ActingRole(create(), HaParts.AnyHomeAddressOption),
                }
        ),
        HaParts.Rules(
            "ha-prefix-advertisement-to-first",
            "answers Mobile Prefix Solicitations from the first care-of address alone",
            "rfc5648-9.2-d1",
            rules =>
                rules with
                {
                    PrefixDiscovery = rules.PrefixDiscovery.Replacing(
                        "CareOfAddressRegistered",
                        request =>
                            request.Message.HomeAddress is { } home
                            && request.Agent.Bindings.Of(home) is [var first, ..]
                            && first.CareOf.Equals(request.Message.Source)
                                ? RuleOutcome.Continue
                                : RuleOutcome.Stop
                    ),
                }
        ),
        Advertising(
            "ha-advertisement-from-other-address",
            "advertises prefixes from another address",
            "rfc6275-10.6.3-k2",
            (icmp, message) => icmp with { Source = _otherAddress, Message = message.ToBytes(_otherAddress, icmp.RoutedTo!) }
        ),
        Advertising(
            "ha-advertisement-without-routing-header",
            "advertises prefixes without a routing header",
            "rfc6275-10.6.3-k4",
            (icmp, message) => icmp with { RoutedTo = null, Message = message.ToBytes(icmp.Source, icmp.Destination) }
        ),
        HaParts.Any(
            "ha-late-advertisement",
            "advertises prefixes 20 s after it is asked",
            "rfc6275-8.4-k13",
            ha => ha with { Output = () => new DelayFilter(IsAdvertisement, TimeSpan.FromSeconds(20)) }
        ),
    ];

    private static Deviation Advertising(
        string name,
        string description,
        string statement,
        Func<RoleAction.SendIcmp, MobilePrefixAdvertisement, RoleAction> change
    ) =>
        HaParts.Acting(
            name,
            description,
            statement,
            action =>
                action is RoleAction.SendIcmp { RoutedTo: not null } icmp
                && Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _)
                && message is MobilePrefixAdvertisement advertisement
                    ? [change(icmp, advertisement)]
                    : [action]
        );

    private static ForwardingRules AnySource(ForwardingRules rules) =>
        rules with
        {
            TunnelExit = rules.TunnelExit.Without("KnownTunnel").Without("ReversePath"),
        };

    private static HomeAgentRules AllTunnelsEver(HomeAgentRules rules)
    {
        var ever = new Dictionary<IPAddress, List<IPAddress>>();
        return rules with { Forwarding = rules.Forwarding.Replacing("PacketsTunnelled", RouteToAll).Without("TunnelsReleased") };

        RuleOutcome RouteToAll(HomeAddressChange change)
        {
            var had = ever.TryGetValue(change.Home, out var known) ? known : ever[change.Home] = [];
            had.AddRange(change.CareOfAddresses.Except(had).ToList());
            var target = new RouteTarget.OneOf([.. had.Select(careOf => HaParts.TunnelTo(change, careOf))]);
            return HaParts.RouteOnly(change, change.CareOfAddresses.Count == 0 ? null : new Route(IpPrefix.Of(change.Home), target));
        }
    }

    private static RuleOutcome FirstRouteStays(HomeAddressChange change) =>
        change.CareOfAddresses.Count == 0 ? HaParts.RouteOnly(change, null)
        : change.State.Accepted.Count == 0 ? HaParts.RouteOnly(change, HaParts.RouteInto(change, change.CareOfAddresses[0]))
        : RuleOutcome.Continue;

    private static RuleOutcome FirstTunnel(HomeAddressChange change) =>
        HaParts.RouteOnly(change, change.CareOfAddresses is [var first, ..] ? HaParts.RouteInto(change, first) : null);

    private static bool IsAdvertisement(ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
        && packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.Icmpv6
        && upper.Payload.Span is [Icmpv6Type.MobilePrefixAdvertisement, ..];
}
