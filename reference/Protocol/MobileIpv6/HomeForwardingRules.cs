using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// RFC 6275, Sections 10.4.1, 10.4.2 and 10.4.5: what a home agent does for a home address while it has bindings, and not longer.
/// </summary>
internal static class HomeForwardingRules
{
    public static RuleList<HomeAddressChange> Default { get; } =
        new(
            new("RFC 5648 6.3", "NeighborKnown", NeighborKnown),
            new("RFC 6275 10.4.2", "TunnelsEstablished", TunnelsEstablished),
            new("RFC 6275 10.4.2", "PacketsTunnelled", PacketsTunnelled),
            new("RFC 3963 6.5", "NetworksForwarded", NetworksForwarded),
            new("RFC 6275 10.4.5", "TunnelsReleased", TunnelsReleased),
            new("RFC 6275 10.4.1", "AddressesDefended", AddressesDefended),
            new("RFC 6275 9.3.1", "HomeAddressOptionAccepted", HomeAddressOptionAccepted),
            new("RFC 6275 9.3.2", "OwnPacketsRouted", OwnPacketsRouted)
        );

    private static RuleOutcome AddressesDefended(HomeAddressChange change)
    {
        var link = change.Agent.Settings.HomeLink;
        IReadOnlyList<IPAddress> wanted =
            !change.Agent.Rules.Intercepts(change) ? []
            : change.State.HasLinkLocal ? [change.Home, change.State.LinkLocal]
            : [change.Home];
        Adapt(
            change,
            change.State.Defended,
            wanted,
            address => new RoleAction.AddProxyNeighbor(link, IpPrefix.Of(address))
            {
                Announces = true,
                AreRouters = change.State.IsMobileRouter,
            },
            address => new RoleAction.RemoveProxyNeighbor(link, IpPrefix.Of(address))
        );
        return RuleOutcome.Continue;
    }

    /// <summary>The mobile node at home may not answer Neighbor Solicitations: its link-layer address is that of its message.</summary>
    private static RuleOutcome NeighborKnown(HomeAddressChange change)
    {
        var wanted = change.HasHomeBinding ? change.State.LinkLayerAddress : null;
        if (wanted == change.State.Neighbor)
        {
            return RuleOutcome.Continue;
        }

        change.State.Neighbor = wanted;
        change.Agent.Actions.Add(
            wanted is { } address
                ? new RoleAction.AddNeighbor(change.Agent.Settings.HomeLink, change.Home, address)
                : new RoleAction.RemoveNeighbor(change.Agent.Settings.HomeLink, change.Home)
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelsEstablished(HomeAddressChange change)
    {
        foreach (var tunnel in TunnelsOf(change))
        {
            change.Agent.Forwarding.UseTunnel(change.Home, tunnel);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PacketsTunnelled(HomeAddressChange change)
    {
        Route(
            change.Agent.Forwarding,
            change,
            change.Bindings.Count == 0 ? [] : [new Route(IpPrefix.Of(change.Home), Target(change, TunnelsOf(change)))]
        );
        return RuleOutcome.Continue;
    }

    /// <summary>A mobile network is behind all of the care-of addresses of its router.</summary>
    private static RuleOutcome NetworksForwarded(HomeAddressChange change)
    {
        var tunnels = TunnelsOf(change);
        var target = new RouteTarget.OneOf(tunnels);
        Route(
            change.Agent.NetworkForwarding,
            change,
            tunnels.Count == 0 ? [] : [.. change.State.Networks.Select(network => new Route(network, target))]
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelsReleased(HomeAddressChange change)
    {
        change.Agent.Forwarding.ReleaseTunnels(change.Home, keep: TunnelsOf(change));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeAddressOptionAccepted(HomeAddressChange change)
    {
        Adapt(
            change,
            change.State.Accepted,
            DirectAddresses(change),
            careOf => new RoleAction.AcceptHomeAddress(change.Home, careOf),
            careOf => new RoleAction.RefuseHomeAddress(change.Home, careOf)
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnPacketsRouted(HomeAddressChange change)
    {
        Adapt(
            change,
            change.State.Optimized,
            DirectAddresses(change),
            careOf => new RoleAction.AddRouteOptimization(change.Home, careOf),
            careOf => new RoleAction.RemoveRouteOptimization(change.Home, careOf)
        );
        return RuleOutcome.Continue;
    }

    /// <summary>The tunnels of a home address, oldest first.</summary>
    public static IReadOnlyList<Tunnel> TunnelsOf(HomeAddressChange change) =>
        [
            .. change
                .Bindings.Where(binding => !binding.IsHome)
                .Select(binding => change.Agent.Settings.TunnelTo(change.Home, binding.CareOf, binding.Ports))
                .Distinct(),
        ];

    /// <summary>The care-of addresses of IPv6, to which and from which packets go without a tunnel, too.</summary>
    private static IReadOnlyList<IPAddress> DirectAddresses(HomeAddressChange change) =>
        [.. change.CareOfAddresses.Where(careOf => careOf.AddressFamily == AddressFamily.InterNetworkV6)];

    /// <summary>Makes these the only routes of the home address.</summary>
    public static void Route(Forwarding<IPAddress> forwarding, HomeAddressChange change, IReadOnlyList<Route> routes)
    {
        forwarding.RemoveRoutes(change.Home, keep: routes);
        forwarding.AddRoutes(change.Home, routes);
    }

    /// <summary>Also a single tunnel is one of several, so that a flow that begins in it stays there when others come.</summary>
    private static RouteTarget.OneOf Target(HomeAddressChange change, IReadOnlyList<Tunnel> tunnels) =>
        new(tunnels) { HomeLink = change.HasHomeBinding ? change.Agent.Settings.HomeLink : null };

    private static void Adapt(
        HomeAddressChange change,
        HashSet<IPAddress> present,
        IReadOnlyList<IPAddress> wanted,
        Func<IPAddress, RoleAction> begin,
        Func<IPAddress, RoleAction> end
    )
    {
        foreach (var address in present.Except(wanted).ToList())
        {
            present.Remove(address);
            change.Agent.Actions.Add(end(address));
        }
        foreach (var address in wanted.Where(present.Add))
        {
            change.Agent.Actions.Add(begin(address));
        }
    }
}
