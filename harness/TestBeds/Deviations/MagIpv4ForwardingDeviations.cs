using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that forward IPv4 packets wrongly, or answer wrongly by ARP: RFC 5844, Sections 1.1, 3.2.3.2 and 3.2.4.
/// </summary>
internal static class MagIpv4ForwardingDeviations
{
    private const int SubnetOfSixteen = 28;

    public static IReadOnlyList<Deviation> All { get; } = [.. Routes(), .. Resolution()];

    private static IEnumerable<Deviation> Routes() =>
        [
            Forwards(
                "mag-ipv4-not-delivered",
                "delivers no IPv4 packets to its mobile nodes",
                "rfc5844-3.2.3.2-k10",
                routing => routing.Without("ToIpv4Node")
            ) with
            {
                WhyMany = "each way of forwarding to a mobile node needs the route",
            },
            Forwards(
                "mag-ipv4-not-tunnelled",
                "forwards no IPv4 packets of its mobile nodes",
                "rfc5844-3.2.3.2-k13",
                routing => routing.Without("FromIpv4Node")
            ) with
            {
                WhyMany = "each way of forwarding from a mobile node needs the route",
            },
            Forwards(
                "mag-ipv4-any-source",
                "forwards an IPv4 packet of a mobile node if its source is in the home network",
                "rfc5844-3.2.4-k5a",
                routing => routing.Replacing("FromIpv4Node", FromHomeNetwork)
            ) with
            {
                WhyMany = "whatever forbids packets without a registration is judged by such packets",
            },
            Forwards(
                "mag-ipv4-whatever-source",
                "forwards every IPv4 packet of a mobile node that has an IPv4 home address",
                "rfc5844-3.2.4-k5a",
                routing => routing.Replacing("FromIpv4Node", FromAnySource)
            ) with
            {
                WhyMany = "whatever forbids packets without a registration is judged by such packets",
            },
            Forwards(
                "mag-ipv4-not-local",
                "tunnels IPv4 packets between its mobile nodes although EnableMAGLocalRouting is 1",
                "rfc5844-3.2.4-k3",
                routing => routing.Without("BetweenIpv4Nodes")
            ),
            Deviation.OfMag(
                "mag-ipv4-in-advance",
                "forwards whatever IPv4 packets come from a mobile node as soon as it has asked for its registration",
                "rfc5844-3.2.4-k5b",
                rules =>
                    rules with
                    {
                        StartOfRegistration = rules.StartOfRegistration.InsertingBefore(
                            "UpdateSent",
                            new("RFC 5844 3.2.4", "InAdvance", InAdvance)
                        ),
                    }
            ) with
            {
                WhyMany = "before the answer, after a refusal and after a departure a mobile node has no binding",
            },
        ];

    private static IEnumerable<Deviation> Resolution() =>
        [
            OnLink(
                "mag-arp-router-silent",
                "answers no ARP requests of its mobile nodes, not even for the default router",
                "rfc5844-3.2.3.2-k15",
                link =>
                    link.Replacing(
                        "ProxyArp",
                        draft =>
                        {
                            draft.Addresses.Clear();
                            return RuleOutcome.Continue;
                        }
                    )
            ),
            OnLink(
                "mag-arp-no-proxy",
                "does not answer ARP requests for other hosts of the home network",
                "rfc5844-3.2.4-k6",
                link => link.Without("ProxyArp")
            ),
            OnLink(
                "mag-arp-small-subnet",
                "answers ARP requests for the hosts of a subnet of 16 addresses, whatever the prefix length is",
                "rfc5844-3.2.4-k8",
                link =>
                    link.Replacing(
                        "ProxyArp",
                        draft =>
                        {
                            draft.Proxied.Add(new IpPrefix(draft.Registration.HomeAddress.Address, SubnetOfSixteen));
                            return RuleOutcome.Continue;
                        }
                    )
            ),
            Deviation.Of(
                "mag-arp-router-of-each-link",
                "has another link-layer address on each access link",
                "rfc5844-1.1-k1",
                mag =>
                    mag with
                    {
                        Changes = Changes
                            .To<Domain>(domain => HasIpv4(domain) ? ReferenceDomains.WithOwnLinkLayers(domain) : domain)
                            .AndTo<MobileAccessGatewaySettings>(settings =>
                                settings.Ipv4 is null ? settings : settings with { FixedMAGLinkLayerAddressOnAllAccessLinks = default }
                            ),
                    }
            ) with
            {
                WhyMany = "the default router, its link-layer address and what the node sends through it are judged",
                Roles = ["MAG"],
            },
        ];

    private static Deviation Forwards(
        string name,
        string description,
        string statement,
        Func<RuleList<RoutingDraft>, RuleList<RoutingDraft>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Routing = change(rules.Routing) });

    private static Deviation OnLink(
        string name,
        string description,
        string statement,
        Func<RuleList<Ipv4LinkDraft>, RuleList<Ipv4LinkDraft>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Ipv4Link = change(rules.Ipv4Link) });

    private static bool HasIpv4(Domain domain) =>
        domain.Nodes.Any(node => node.Addresses.Any(address => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork));

    private static RuleOutcome FromHomeNetwork(RoutingDraft draft)
    {
        var target = new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(draft.Attachment));
        draft.Routes.AddRange(
            (draft.Ipv4?.HomeAddresses ?? []).Select(home => new Route(IpPrefix.AllIpv4, target) { From = home.HomeNetwork })
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FromAnySource(RoutingDraft draft)
    {
        if (draft.Ipv4 is not null)
        {
            var target = new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(draft.Attachment));
            draft.Routes.Add(new Route(IpPrefix.AllIpv4, target) { From = IpPrefix.AllIpv4 });
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome InAdvance(UnregisteredMobileNode unregistered)
    {
        var gateway = unregistered.Gateway;
        if (unregistered.IpVersions.HasFlag(IpVersions.Ipv4) && gateway.TryFind(unregistered.Link, out var attachment))
        {
            gateway.Forwarding.UseTunnel(unregistered.Link, gateway.TunnelOf(attachment));
            gateway.Forwarding.AddRoutes(
                unregistered.Link,
                [new Route(IpPrefix.AllIpv4, new RouteTarget.IntoTunnel(gateway.TunnelOf(attachment))) { From = IpPrefix.AllIpv4 }]
            );
        }
        return RuleOutcome.Continue;
    }
}
