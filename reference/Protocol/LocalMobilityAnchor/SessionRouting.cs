using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The tunnel and the routes of a session on the local mobility anchor, RFC 5213, Sections 5.6.1 and 5.6.2.</summary>
internal static class SessionRouting
{
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

    public static Tunnel TunnelOf(AnchorState anchor, BindingCacheEntry entry) =>
        new(anchor.Settings.Address, entry.Binding.ProxyCareOfAddress, anchor.Settings.TunnelModeTo(entry.Binding.ProxyCareOfAddress));

    public static IEnumerable<Route> RoutesOf(AnchorState anchor, BindingCacheEntry entry) =>
        entry.Binding.HomeNetworkPrefixes.Select(prefix => new Route(prefix, new RouteTarget.IntoTunnel(TunnelOf(anchor, entry))));

    public static IEnumerable<Route> BlackholesOf(BindingCacheEntry entry) =>
        entry.Binding.HomeNetworkPrefixes.Select(prefix => new Route(prefix, new RouteTarget.Blackhole()));
}
