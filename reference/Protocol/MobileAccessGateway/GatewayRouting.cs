using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// The forwarding of a MAG, RFC 5213, Section 6.10.5. Packets from an access link are forwarded by source prefix or dropped.
/// </summary>
internal static class GatewayRouting
{
    public static IEnumerable<Route> RoutesOf(GatewayState gateway, LinkId link, IReadOnlyList<Ipv6Prefix> prefixes) =>
        prefixes
            .SelectMany(prefix =>
                new[]
                {
                    new Route(prefix, new RouteTarget.OnLink(link)),
                    new Route(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(gateway.Tunnel)) { From = prefix },
                }
            )
            .Concat(LocalRoutes(gateway, link, prefixes));

    /// <summary>EnableMAGLocalRouting: updates the routes between the mobile nodes of this MAG.</summary>
    public static void UpdateLocalRoutes(GatewayState gateway)
    {
        if (!gateway.Settings.EnableMAGLocalRouting)
        {
            return;
        }

        foreach (var (link, binding) in Bindings(gateway))
        {
            var routes = RoutesOf(gateway, link, binding.HomeNetworkPrefixes).ToList();
            gateway.Forwarding.RemoveRoutes(link, keep: routes);
            gateway.Forwarding.AddRoutes(link, routes);
        }
    }

    private static IEnumerable<Route> LocalRoutes(GatewayState gateway, LinkId link, IReadOnlyList<Ipv6Prefix> prefixes) =>
        from other in gateway.Settings.EnableMAGLocalRouting ? Bindings(gateway) : []
        where other.Link != link
        from to in other.Binding.HomeNetworkPrefixes
        from prefix in prefixes
        select new Route(to, new RouteTarget.OnLink(other.Link)) { From = prefix };

    private static IEnumerable<(LinkId Link, Registration Binding)> Bindings(GatewayState gateway) =>
        from attachment in gateway.Attachments
        where attachment.Binding is not null
        select (attachment.Link, attachment.Binding);
}
