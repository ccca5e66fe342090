using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>By which paths a mobile node sends and receives with its home address: RFC 6275, Sections 11.3 and 11.5.5.</summary>
internal static class MobileNodeForwardingRules
{
    public static RuleList<MobileNodeState> Default { get; } =
        new(
            new("RFC 6275 11.3.1", "TunnelsEstablished", TunnelsEstablished),
            new("RFC 6275 11.3.1", "PacketsReverseTunnelled", PacketsReverseTunnelled),
            new("RFC 6275 11.3.1", "TunnelsReleased", TunnelsReleased),
            new("RFC 6275 11.3.1", "RoutesOptimized", RoutesOptimized),
            new("RFC 5648 5.6.4", "NextHopKnown", NextHopKnown),
            new("RFC 6275 11.5.5", "HomeAddressUsedAtHome", HomeAddressUsedAtHome)
        );

    public static RuleList<MobileNodeOutcome> ReturnedHome { get; } =
        new([new("RFC 6275 11.5.5", "HomeAddressAdvertised", HomeAddressAdvertised)]);

    /// <summary>
    /// How the home address is used on the home link: on its own there, once the de-registration is on its way; beside foreign links, when
    /// the home binding is accepted.
    /// </summary>
    public static HomeAddressUse UseAtHome(MobileNodeState node) =>
        node.Attachment switch
        {
            MobileNodeAttachment.Home => HomeAddressUse.Defended,
            MobileNodeAttachment.Both => HomeBinding(node) is { } binding
                ? binding.IsSilent
                    ? HomeAddressUse.Silent
                    : HomeAddressUse.Defended
                : HomeAddressUse.None,
            _ => HomeAddressUse.None,
        };

    private static RuleOutcome TunnelsEstablished(MobileNodeState node)
    {
        foreach (var tunnel in Tunnels(node))
        {
            node.Forwarding.UseTunnel(node.Settings.HomeAddress, tunnel);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PacketsReverseTunnelled(MobileNodeState node)
    {
        var (home, tunnels) = (node.Settings.HomeAddress, Tunnels(node));
        var target = new RouteTarget.OneOf(tunnels)
        {
            HomeLink = node.Attachment == MobileNodeAttachment.Both && HomeBinding(node) is not null ? node.HomeLink?.Link : null,
        };
        IReadOnlyList<Route> routes = tunnels.Count == 0 ? [] : [new Route(IpPrefix.AllIpv6, target) { From = IpPrefix.Of(home) }];
        node.Forwarding.RemoveRoutes(home, keep: routes);
        node.Forwarding.AddRoutes(home, routes);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelsReleased(MobileNodeState node)
    {
        node.Forwarding.ReleaseTunnels(node.Settings.HomeAddress, keep: Tunnels(node));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesOptimized(MobileNodeState node)
    {
        var home = node.Settings.HomeAddress;
        var wanted = node
            .Correspondents.Values.SelectMany(peer => CareOfAddresses(node, peer).Select(careOf => (peer.Address, careOf)))
            .ToList();
        foreach (var (peer, careOf) in node.Optimized.Except(wanted).ToList())
        {
            node.Optimized.Remove((peer, careOf));
            node.Actions.Add(new RoleAction.RemoveOptimizedPeer(peer, home, careOf));
        }
        foreach (var (peer, careOf) in wanted.Where(node.Optimized.Add))
        {
            node.Actions.Add(new RoleAction.AddOptimizedPeer(peer, home, careOf));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A node that is silent on its home link sends to the link-layer address that its router advertises.</summary>
    private static RuleOutcome NextHopKnown(MobileNodeState node)
    {
        var wanted =
            UseAtHome(node) == HomeAddressUse.Silent
            && node.HomeLink is { Link: var link }
            && node.Routers.TryGetValue(link, out var router)
                ? (link, router)
                : ((LinkId Link, MobileNodeRouter Router)?)null;
        if (wanted == node.FixedRouter)
        {
            return RuleOutcome.Continue;
        }
        if (node.FixedRouter is { } before)
        {
            node.Actions.Add(new RoleAction.RemoveNeighbor(before.Link, before.Router.Address));
        }
        if (wanted is { } next)
        {
            node.Actions.Add(new RoleAction.AddNeighbor(next.Link, next.Router.Address, next.Router.LinkLayerAddress));
        }
        node.FixedRouter = wanted;
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The home agent defends the address while it has bindings: then it is not tested for uniqueness, and after the end of the bindings it
    /// is.
    /// </summary>
    private static RuleOutcome HomeAddressUsedAtHome(MobileNodeState node)
    {
        var use = UseAtHome(node);
        var (link, home) = (use == HomeAddressUse.None ? null : node.HomeLink?.Link, node.Settings.HomeAddress);
        if (node.HomeAddress == (link, use))
        {
            return RuleOutcome.Continue;
        }
        if (node.HomeAddress.Link is { } before)
        {
            node.Actions.Add(new RoleAction.RemoveAddress(before, home));
        }
        if (link is { } used)
        {
            var isTested = node.HomeAgent is { PendingRemoval: null, Bindings.Count: 0 };
            node.Actions.Add(
                use == HomeAddressUse.Silent
                    ? new RoleAction.SilenceAddress(used, home)
                    : new RoleAction.AddAddress(used, home, PerformDad: isTested)
            );
        }
        node.HomeAddress = (link, use);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeAddressAdvertised(MobileNodeOutcome outcome)
    {
        var (settings, home) = (outcome.Node.Settings, outcome.Node.Settings.HomeAddress);
        if (
            outcome.Peer.IsHomeAgent
            && outcome.Node.HomeLink is { Link: var link }
            && settings.LinkLayerAddresses.TryGetValue(link, out var address)
        )
        {
            var advertisement = new NeighborAdvertisement(
                home,
                Router: false,
                Solicited: false,
                Override: true,
                [new TargetLinkLayerAddressOption(address)]
            );
            outcome.Node.Actions.Send(home, Ipv6Multicast.AllNodes, link, advertisement);
        }
        return RuleOutcome.Continue;
    }

    private static MobileNodeBinding? HomeBinding(MobileNodeState node) =>
        node.HomeAgent.Bindings.FirstOrDefault(binding => binding is { IsRegisteredHome: true, IsHome: true });

    /// <summary>The tunnels to the home agent from the care-of addresses that it has acknowledged and that can be used.</summary>
    public static IReadOnlyList<Tunnel> Tunnels(MobileNodeState node) =>
        [.. Registered(node, node.HomeAgent).Select(binding => TunnelOf(node, binding.Registered!)).Distinct()];

    /// <summary>RFC 5555, Section 4.4.3: from an IPv4 care-of address packets are tunnelled over IPv4, in UDP behind a NAT.</summary>
    private static Tunnel TunnelOf(MobileNodeState node, IPAddress careOf)
    {
        if (careOf.AddressFamily != AddressFamily.InterNetwork || node.Settings.DualStack is not { HomeAgent: var agent })
        {
            return new Tunnel(careOf, node.Settings.HomeAgent);
        }
        return node.Ports.TryGetValue(careOf, out var ports)
            ? new Tunnel(careOf, agent, TunnelMode.Ipv4Udp, ports)
            : new Tunnel(careOf, agent, TunnelMode.Ipv4);
    }

    /// <summary>The care-of addresses that a peer has acknowledged and that can be used.</summary>
    private static IEnumerable<IPAddress> CareOfAddresses(MobileNodeState node, MobileNodePeer peer) =>
        Registered(node, peer).Select(binding => binding.Registered!).Distinct();

    private static IEnumerable<MobileNodeBinding> Registered(MobileNodeState node, MobileNodePeer peer) =>
        node.Attachment == MobileNodeAttachment.Home
            ? []
            : peer.Bindings.Where(binding =>
                binding is { IsRegisteredHome: false, Wanted: not null, Registered: { } careOf } && node.CareOf.Has(careOf)
            );
}
