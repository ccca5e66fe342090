using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The tunnel and the routes of a session on the local mobility anchor, RFC 5213, Sections 5.6.1 and 5.6.2; with host routes for its IPv4
/// home addresses, RFC 5844, Sections 3.1.2.2 and 3.1.3.
/// </summary>
internal static class SessionRouting
{
    private static readonly RouteTarget.Blackhole _blackhole = new();

    public static RuleOutcome TunnelEstablished(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.UseTunnel(entry.Session, TunnelOf(request.Anchor, entry));
        }
        return RuleOutcome.Continue;
    }

    public static RuleOutcome RoutesCreated(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.AddRoutes(entry.Session, RoutesOf(request.Anchor, entry));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A session that is known already has nothing new to announce.</summary>
    public static RuleOutcome RoutesAnnounced(RegistrationRequest request)
    {
        if (request is { Anchor.Settings.AnnounceRoutes: true, Entry: { } entry })
        {
            foreach (var prefix in entry.Binding.HomeNetworkPrefixes)
            {
                request.Anchor.Actions.Add(new RoleAction.AnnounceRoute(prefix));
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// RFC 5844, Section 3.1.3: the route for the IPv4 home network is announced from the first session with an IPv4 home address until the
    /// last one ends.
    /// </summary>
    public static RuleOutcome HomeNetworkAnnounced(AnchorState anchor)
    {
        if (anchor.Settings is { AnnounceRoutes: true, Ipv4.HomeNetwork: var network } && anchor.Bindings.HasIpv4 != anchor.IsIpv4Announced)
        {
            anchor.IsIpv4Announced = anchor.Bindings.HasIpv4;
            anchor.Actions.Add(anchor.IsIpv4Announced ? new RoleAction.AnnounceRoute(network) : new RoleAction.WithdrawRoute(network));
        }
        return RuleOutcome.Continue;
    }

    public static Tunnel TunnelOf(AnchorState anchor, BindingCacheEntry entry) =>
        entry.Binding.Ipv4Tunnel ?? anchor.IntoTunnelTo(entry.Binding.ProxyCareOfAddress).Tunnel;

    public static IEnumerable<Route> RoutesOf(AnchorState anchor, BindingCacheEntry entry) =>
        RoutesTo(
            entry,
            entry.Binding.Ipv4Tunnel is { } tunnel
                ? new RouteTarget.IntoTunnel(tunnel)
                : anchor.IntoTunnelTo(entry.Binding.ProxyCareOfAddress)
        );

    public static IEnumerable<Route> BlackholesOf(BindingCacheEntry entry) => RoutesTo(entry, _blackhole);

    private static Route[] RoutesTo(BindingCacheEntry entry, RouteTarget target)
    {
        var (prefixes, addresses) = (entry.Binding.HomeNetworkPrefixes, entry.Binding.Ipv4HomeAddresses);
        var routes = new Route[prefixes.Count + addresses.Count];
        for (var i = 0; i < routes.Length; i++)
        {
            IpPrefix to = i < prefixes.Count ? prefixes[i] : IpPrefix.Of(addresses[i - prefixes.Count].Address);
            routes[i] = new Route(to, target);
        }
        return routes;
    }
}
