using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways with wrong routes or a wrong tunnel: RFC 5213, Sections 5.6.1, 6.9.1.2(12)-(13) and 6.10.5.</summary>
internal static class MagForwardingDeviations
{
    /// <summary>RFC 4291, Section 2.5.6.</summary>
    private static readonly Ipv6Prefix _linkLocal = Ipv6Prefix.Parse("fe80::/10");

    public static IReadOnlyList<Deviation> All { get; } = [.. Scopes(), .. Times(), .. Destinations(), .. LocalRouting(), .. PathMtu()];

    /// <summary>The routes of a mobile node: its prefixes to its link, and what comes from them into the tunnel.</summary>
    public static IEnumerable<Route> Routes(GatewayState gateway, Attachment attachment, IEnumerable<Ipv6Prefix> prefixes) =>
        prefixes.SelectMany(prefix =>
            new[] { new Route(prefix, new RouteTarget.OnLink(attachment.Link)), FromPrefix(gateway, attachment, prefix) }
        );

    private static IEnumerable<Deviation> Scopes() =>
        [
            SetsUp(
                "mag-routes-of-one-prefix",
                "forwards for the first of a mobile node's prefixes only",
                "rfc5213-6.9.1.2-k22",
                (received, attachment) => Routes(received.Gateway, attachment, received.HomeNetworkPrefixes.Take(1))
            ),
            SetsUp(
                "mag-routes-of-one-address",
                "forwards for the one address in each prefix that it expects of the mobile node",
                "rfc5213-6.10.5-k1",
                (received, attachment) =>
                    Routes(received.Gateway, attachment, received.HomeNetworkPrefixes.Select(prefix => AddressOf(attachment, prefix)))
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Deviation.OfMag(
                "mag-one-route-accounted-for",
                "keeps books on the routes of the first prefix of a mobile node, and never removes those of the others",
                "rfc5213-6.10.5-k8",
                rules => WithRoutes(rules, OthersUnaccounted)
            ) with
            {
                WhyMany = "the same routes have to go with a rejection, with the end of the lifetime and with the mobile node",
            },
            Deviation.Of(
                "mag-tunnels-by-link",
                "tunnels whatever a registered mobile node sends, whatever the source address is",
                "rfc5213-6.10.5-k13",
                mag =>
                    mag with
                    {
                        Changes = Changes
                            .To<MobileAccessGatewayRules>(rules => WithRoutes(rules, LinkLocalTunnelled))
                            .AndTo<ForwardingRules>(rules => rules with { Arrival = rules.Arrival.Without("Scope") }),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Times() =>
        [
            Deviation.OfMag(
                "mag-requested-lifetime",
                "forwards for as long as it has asked for, although less was granted",
                "rfc5213-6.10.5-k8",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.InsertingBefore(
                            "LinkLocalAddressConfigured",
                            new("6.9.1.2(14)", "RequestedLifetime", RequestedLifetime)
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-routes-in-advance",
                "forwards for a mobile node that it knows as soon as it has asked for its registration",
                "rfc5213-6.10.5-k8",
                RoutesInAdvance
            ),
            Deviation.Of(
                "mag-tunnel-goes-with-a-route",
                "takes the tunnel down with the routes of the first mobile node that is not served any more",
                "rfc5213-5.6.1-d1",
                mag =>
                    mag with
                    {
                        Around = (node, create) => node.Role == NodeRole.Mag ? new ActingRole(create(), TunnelGoesWithARoute) : create(),
                    }
            ) with
            {
                WhyMany = "every other user loses the tunnel: another mobile node, another interface, a neighbour with local routing",
            },
        ];

    private static IEnumerable<Deviation> Destinations() =>
        [
            Deviation.Of(
                "mag-local-routing",
                "delivers packets between its mobile nodes although EnableMAGLocalRouting is 0",
                "rfc5213-6.10.5-k10",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings => settings with { EnableMAGLocalRouting = true }),
                    }
            ) with
            {
                WhyMany = "a packet that is delivered locally goes through no tunnel",
            },
            SetsUp(
                "mag-one-tunnel-for-all",
                "tunnels the packets of all mobile nodes to the LMA of the settings",
                "rfc5213-6.10.5-k12",
                (received, attachment) =>
                    Routes(received.Gateway, attachment, received.HomeNetworkPrefixes)
                        .Select(route => route.From is null ? route : route with { Target = ToAnchorOfSettings(received.Gateway) })
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Deviation.OfMag(
                "mag-last-tunnel-for-all",
                "tunnels the packets of all mobile nodes to the LMA that has answered last",
                "rfc5213-6.10.5-k12",
                rules => WithRoutes(rules, LastTunnelForAll)
            ),
            Deviation.Of(
                "mag-drop-reported-otherwise",
                "reports packets out of the tunnel that are for none of its links as Time Exceeded",
                "rfc5213-6.10.5-k5",
                mag => mag with { Changes = Changes.To<ForwardingRules>(rules => Reporting(rules, new PacketError.HopLimitExceeded())) }
            ) with
            {
                Roles = ["MAG"],
            },
            Deviation.Of(
                "mag-ingress-filter-on-tunnel",
                "drops packets out of the tunnel whose source is one of its own mobile nodes",
                "rfc5213-6.10.5-k1",
                mag => mag with { Changes = Changes.To<ForwardingRules>(WithIngressFilter) }
            ),
            Deviation.Of(
                "mag-default-route-into-tunnel",
                "sends packets out of the tunnel that are for none of its links back into the tunnel",
                "rfc5213-6.10.5-k4",
                mag =>
                    mag with
                    {
                        Changes = Changes
                            .To<MobileAccessGatewayRules>(rules => WithRoutes(rules, DefaultRouteAdded))
                            .AndTo<ForwardingRules>(rules => rules with { TunnelExit = rules.TunnelExit.Without("AccessLink") }),
                    }
            ) with
            {
                WhyMany = "what comes for a mobile node that has left is for none of its links, too",
            },
        ];

    private static IEnumerable<Deviation> LocalRouting() =>
        [
            Deviation.Of(
                "mag-no-local-routing",
                "tunnels packets between its mobile nodes although EnableMAGLocalRouting is 1",
                "rfc5213-6.10.5-k11",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings => settings with { EnableMAGLocalRouting = false }),
                    }
            ),
            Deviation.Of(
                "mag-local-routing-without-policies",
                "looks at EnableMAGLocalRouting alone, whatever the policy of a mobile node says",
                "rfc5213-9.2-k5",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                            settings with
                            {
                                Profiles = [.. settings.Profiles.Select(profile => profile with { EnableMAGLocalRouting = null })],
                            }
                        ),
                    }
            ),
            MagListDeviations.Answers(
                "mag-local-routing-to-the-earlier",
                "routes packets locally only to mobile nodes that were registered before their sender",
                "rfc5213-6.10.5-k11",
                answer => answer.Without("LocalRouting")
            ) with
            {
                WhyMany = "local routing is a permission, a flag, its value after a restart, and a rule for packets",
            },
            MagListDeviations.Answers(
                "mag-local-routing-only",
                "forwards nothing into the tunnel if EnableMAGLocalRouting is 1",
                "rfc5213-6.10.5-k12",
                answer => answer.Replacing("LocalRouting", WithoutTunnel(answer.First(rule => rule.Name == "LocalRouting")))
            ),
            Deviation.OfMag(
                "mag-local-routes-to-the-departed",
                "goes on to route packets locally to the link that a mobile node has left",
                "rfc5213-6.10.5-k12",
                rules =>
                    rules with
                    {
                        EndOfAttachment = rules.EndOfAttachment.Replacing(
                            "RoutesRemoved",
                            ending =>
                            {
                                ending.Gateway.Forwarding.RemoveRoutes(ending.Attachment.Link);
                                return RuleOutcome.Continue;
                            }
                        ),
                    }
            ),
        ];

    private static IEnumerable<Deviation> PathMtu() =>
        [
            Reports(
                "mag-path-mtu-unheard",
                "takes no notice of Packet Too Big",
                "rfc5213-6.9.5-k13",
                path => path.InsertingBefore("PathOfTunnel", new("6.9.5", "Unheard", _ => RuleOutcome.Stop))
            ),
            Reports(
                "mag-path-mtu-kept-secret",
                "tells a mobile node of a smaller MTU only if it asks",
                "rfc5213-6.9.5-k12",
                path =>
                    path.Replacing(
                        "MtuChanged",
                        reported =>
                        {
                            reported.Gateway.SetPathMtu(reported.Anchor, reported.Mtu);
                            return RuleOutcome.Continue;
                        }
                    )
            ),
            Deviation.Of(
                "mag-path-mtu-raised",
                "raises the MTU that it advertises if Packet Too Big names a larger one",
                "rfc5213-6.9.5-k13",
                mag =>
                    mag with
                    {
                        Changes = Changes
                            .To<MobileAccessGatewayRules>(rules => rules with { PathMtu = rules.PathMtu.Without("SmallerThanBefore") })
                            .AndTo<ForwardingRules>(rules => rules with { PathMtu = rules.PathMtu.Without("NeverRaised") }),
                    }
            ) with
            {
                Roles = ["MAG"],
            },
            Deviation.Of(
                "mag-path-mtu-of-any-packet",
                "takes Packet Too Big about any packet for one about its tunnel",
                "rfc5213-6.9.2-k7",
                mag => mag with { Around = (node, create) => node.Role == NodeRole.Mag ? new PathMtuRole(create()) : create() }
            ),
        ];

    private static Deviation Reports(
        string name,
        string description,
        string statement,
        Func<RuleList<ReportedPathMtu>, RuleList<ReportedPathMtu>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { PathMtu = change(rules.PathMtu) });

    /// <summary>A MAG that sets up these routes in place of those that it should.</summary>
    private static Deviation SetsUp(
        string name,
        string description,
        string statement,
        Func<ReceivedAcknowledgement, Attachment, IEnumerable<Route>> routes
    ) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    ProxyBindingAcknowledgement = WhereAskedFor(rules.ProxyBindingAcknowledgement)
                        .Replacing(
                            "RoutesSetUp",
                            received =>
                            {
                                if (received.Attachment is { } attachment)
                                {
                                    var wanted = routes(received, attachment).ToList();
                                    received.Gateway.Forwarding.RemoveRoutes(attachment.Link, keep: wanted);
                                    received.Gateway.Forwarding.AddRoutes(attachment.Link, wanted);
                                }

                                return RuleOutcome.Continue;
                            }
                        ),
                }
        );

    /// <summary>Local routing sets up all routes again. It does so only if one of the mobile nodes has it.</summary>
    private static RuleList<ReceivedAcknowledgement> WhereAskedFor(RuleList<ReceivedAcknowledgement> rules)
    {
        var set = rules.First(rule => rule.Name == "LocalRouting");
        return rules.Replacing(
            "LocalRouting",
            received =>
                received.Gateway.Attachments.Any(attachment => received.Gateway.RoutesLocally(attachment.MobileNode))
                    ? set.Apply(received)
                    : RuleOutcome.Continue
        );
    }

    /// <summary>The rules of a MAG that does something more, or something else, when it has set up the routes of a mobile node.</summary>
    private static MobileAccessGatewayRules WithRoutes(
        MobileAccessGatewayRules rules,
        Action<ReceivedAcknowledgement, Attachment> change
    ) =>
        rules with
        {
            ProxyBindingAcknowledgement = WhereAskedFor(rules.ProxyBindingAcknowledgement)
                .InsertingBefore(
                    "EntryUpdated",
                    new(
                        "6.9.1.2(13)",
                        "RoutesChanged",
                        received =>
                        {
                            if (received.Attachment is { } attachment)
                            {
                                change(received, attachment);
                            }

                            return RuleOutcome.Continue;
                        }
                    )
                ),
        };

    private static Route FromPrefix(GatewayState gateway, Attachment attachment, Ipv6Prefix prefix) =>
        new(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(gateway.TunnelOf(attachment))) { From = prefix };

    /// <summary>The address of a host that forms it from its link-layer address; the whole prefix if that is not known.</summary>
    private static Ipv6Prefix AddressOf(Attachment attachment, Ipv6Prefix prefix) =>
        attachment.MobileNode.LinkLayerIdentifier is { } identifier
            ? new Ipv6Prefix(prefix.AddressWith(new MacAddress(identifier.Span).InterfaceIdentifier()), 128)
            : prefix;

    /// <summary>Leaves the routes of all prefixes but the first to a user whom nothing ends.</summary>
    private static void OthersUnaccounted(ReceivedAcknowledgement received, Attachment attachment)
    {
        var gateway = received.Gateway;
        gateway.Forwarding.AddRoutes(
            new LinkId($"{attachment.Link} forgotten"),
            Routes(gateway, attachment, received.HomeNetworkPrefixes.Skip(1))
        );
    }

    private static void LinkLocalTunnelled(ReceivedAcknowledgement received, Attachment attachment) =>
        received.Gateway.Forwarding.AddRoutes(attachment.Link, [FromPrefix(received.Gateway, attachment, _linkLocal)]);

    private static RouteTarget.IntoTunnel ToAnchorOfSettings(GatewayState gateway) =>
        new RouteTarget.IntoTunnel(new Tunnel(gateway.Settings.ProxyCareOfAddress, gateway.Settings.LocalMobilityAnchorAddress));

    private static void LastTunnelForAll(ReceivedAcknowledgement received, Attachment attachment)
    {
        var last = new RouteTarget.IntoTunnel(received.Gateway.TunnelOf(attachment));
        foreach (var other in received.Gateway.Attachments.Where(other => other.Link != attachment.Link))
        {
            received.Gateway.Forwarding.AddRoutes(
                other.Link,
                [.. other.Prefixes.Select(prefix => new Route(Ipv6Prefix.AllZero, last) { From = prefix })]
            );
        }
    }

    /// <summary>A MAG that tells the LMA of packets for none of its links.</summary>
    public static ForwardingRules Reporting(ForwardingRules rules, PacketError error) =>
        rules with
        {
            TunnelExit = rules.TunnelExit.Replacing(
                "AccessLink",
                tunnelled =>
                    tunnelled.Inner is { } inner
                    && tunnelled.HasAccessLinks
                    && !tunnelled.LeadsToAccessLink(inner.Destination)
                    && !(inner is Ipv4Packet && tunnelled.IsForNode(inner.Destination))
                        ? tunnelled.Refuse(error)
                        : RuleOutcome.Continue
            ),
        };

    private static void DefaultRouteAdded(ReceivedAcknowledgement received, Attachment attachment) =>
        received.Gateway.Forwarding.AddRoutes(
            attachment.Link,
            [new Route(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(received.Gateway.TunnelOf(attachment)))]
        );

    private static Func<ReceivedAcknowledgement, RuleOutcome> WithoutTunnel(NamedRule<ReceivedAcknowledgement> localRouting) =>
        received =>
        {
            var gateway = received.Gateway;
            var outcome = localRouting.Apply(received);
            foreach (var attachment in gateway.Attachments.Where(_ => gateway.Settings.EnableMAGLocalRouting))
            {
                var prefixes = attachment.Binding?.HomeNetworkPrefixes ?? [];
                gateway.Forwarding.RemoveRoutes(
                    attachment.Link,
                    keep: prefixes.Select(prefix => new Route(prefix, new RouteTarget.OnLink(attachment.Link)))
                );
            }

            return outcome;
        };

    private static RuleOutcome RequestedLifetime(ReceivedAcknowledgement received)
    {
        if (received is { Attachment: { } attachment, Answered: { } asked })
        {
            received.Gateway.Deadlines.Set(new GatewayDeadline.Expiry(attachment.Link), received.Now.Monotonic + asked.Lifetime);
        }

        return RuleOutcome.Continue;
    }

    private static MobileAccessGatewayRules RoutesInAdvance(MobileAccessGatewayRules rules)
    {
        var known = new Dictionary<MobileNodeIdentifierOption, IReadOnlyList<Ipv6Prefix>>();
        return WithRoutes(rules, (received, attachment) => known[attachment.MobileNode.Identifier] = received.HomeNetworkPrefixes) with
        {
            Retransmission = rules.Retransmission.InsertingBefore("InitialTimeout", new("6.9.1.2(13)", "RoutesInAdvance", InAdvance)),
        };

        RuleOutcome InAdvance(UpdateTransmission transmission)
        {
            var (gateway, attachment) = (transmission.Gateway, transmission.Attachment);
            if (
                transmission is { IsFirst: true, Update.Kind: UpdateKind.Initial }
                && known.TryGetValue(attachment.MobileNode.Identifier, out var prefixes)
            )
            {
                gateway.Forwarding.UseTunnel(attachment.Link, gateway.TunnelOf(attachment));
                gateway.Forwarding.AddRoutes(attachment.Link, Routes(gateway, attachment, prefixes));
            }

            return RuleOutcome.Continue;
        }
    }

    private static IEnumerable<RoleAction> TunnelGoesWithARoute(RoleAction action) =>
        action is RoleAction.RemoveRoute { Route.Target: RouteTarget.IntoTunnel { Tunnel: var tunnel } }
            ? [action, new RoleAction.RemoveTunnel(tunnel)]
            : [action];

    private static ForwardingRules WithIngressFilter(ForwardingRules rules) =>
        rules with
        {
            TunnelExit = rules.TunnelExit.InsertingBefore(
                "AccessLink",
                new(
                    "6.10.5",
                    "IngressFilter",
                    tunnelled =>
                        tunnelled.Inner is { } inner && tunnelled.LeadsToAccessLink(inner.Source)
                            ? tunnelled.Drop("IngressFilter", $"{inner.Source} is one of this node's own mobile nodes")
                            : RuleOutcome.Continue
                )
            ),
        };
}
