using System.Diagnostics;
using System.Net;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The tunnels and routes of a role in the kernel. A <see cref="Route"/> without a source prefix is in the main table. There is
/// one table per source prefix, used only for packets from that prefix's access link. Packets from a tunnel are looked up in
/// the main table if the route to their source leads back into that tunnel. All other packets are dropped.
/// </summary>
internal sealed class KernelForwarding(
    RouteNetlink netlink,
    ITunnelDevices devices,
    IReadOnlyList<NodeLink> links,
    Func<Tunnel, int> tunnelMtu
)
{
    private readonly bool _isGateway = links.Any(link => link.Settings.IsAccessLink);
    private readonly Dictionary<Tunnel, (int Index, string Name)> _tunnels = [];

    /// <summary>
    /// Of several routes for the same prefixes the last added applies; when it is removed, the previous one applies again.
    /// </summary>
    private readonly Dictionary<(Ipv6Prefix To, Ipv6Prefix? From), List<Route>> _routes = [];

    private readonly Dictionary<Ipv6Prefix, (uint Table, int Routes)> _sources = [];
    private readonly Dictionary<(Ipv6Prefix To, Ipv6Prefix? From), List<KernelRoute>> _kernelRoutes = [];
    private readonly Dictionary<Ipv6Prefix, KernelRule> _kernelRules = [];
    private readonly SortedSet<uint> _freeTables = [];
    private uint _tables;

    /// <summary>The tunnels with the names of their interfaces.</summary>
    public IEnumerable<(Tunnel Tunnel, string Interface)> Tunnels => _tunnels.Select(tunnel => (tunnel.Key, tunnel.Value.Name));

    /// <summary>The routes that apply.</summary>
    public IEnumerable<Route> Routes => _routes.Values.Select(routes => routes[^1]);

    public void Add(Tunnel tunnel)
    {
        var index = devices.Add(tunnel.Local, tunnel.Remote, tunnelMtu(tunnel));
        var name = netlink.Links.Get(index).Name;
        _tunnels.Add(tunnel, (index, name));
        netlink.Rules.Add(FromTunnel(name));
    }

    public void Remove(Tunnel tunnel)
    {
        if (!_tunnels.Remove(tunnel, out var device))
        {
            return;
        }
        KernelMarks.IgnoreGone(() => netlink.Rules.Remove(FromTunnel(device.Name)));
        devices.Remove(tunnel.Local, tunnel.Remote);
    }

    public void Add(Route route)
    {
        var key = (route.To, route.From);
        if (!_routes.TryGetValue(key, out var routes))
        {
            _routes.Add(key, routes = []);
        }
        routes.Remove(route);
        routes.Add(route);
        if (route.From is { } source && routes.Count == 1)
        {
            UseTable(source);
        }
        Update(key);
    }

    public void Remove(Route route)
    {
        var key = (route.To, route.From);
        if (!_routes.TryGetValue(key, out var routes) || !routes.Remove(route))
        {
            return;
        }
        if (routes.Count == 0)
        {
            _routes.Remove(key);
        }
        Update(key);
        if (route.From is { } source && routes.Count == 0)
        {
            ReleaseTable(source);
        }
    }

    /// <summary>Restores the routes that the kernel has removed because an interface was switched off.</summary>
    public void Restore(NodeLink link)
    {
        foreach (var route in _kernelRoutes.Values.SelectMany(routes => routes).Where(route => route.LinkIndex == link.Index))
        {
            netlink.Routes.Replace(route);
        }
    }

    private void Update((Ipv6Prefix To, Ipv6Prefix? From) key)
    {
        UpdateRoutes(key);
        UpdateRule(key.From ?? key.To);
    }

    private void UpdateRoutes((Ipv6Prefix To, Ipv6Prefix? From) key)
    {
        var wanted = Effective(key) is { } route ? KernelRoutesOf(route).ToList() : [];
        var had = _kernelRoutes.GetValueOrDefault(key) ?? [];
        foreach (var add in wanted.Except(had))
        {
            netlink.Routes.Replace(add);
        }
        foreach (var remove in had.Where(old => wanted.All(one => one.Table != old.Table)))
        {
            KernelMarks.IgnoreGone(() => netlink.Routes.Remove(remove));
        }
        if (wanted.Count == 0)
        {
            _kernelRoutes.Remove(key);
        }
        else
        {
            _kernelRoutes[key] = wanted;
        }
    }

    private IEnumerable<KernelRoute> KernelRoutesOf(Route route)
    {
        var target = route switch
        {
            { Link: { } link } => Unmarked(route.To) with { LinkIndex = IndexOf(link) },
            { Via: { } tunnel } => Unmarked(route.To) with { LinkIndex = _tunnels[tunnel].Index },
            { Blackhole: true } => Unmarked(route.To) with { Type = KernelRouteType.Blackhole },
            _ => throw new UnreachableException($"The route to {route.To} has no target."),
        };
        yield return target with
        {
            Table = route.From is { } source ? _sources[source].Table : KernelRoute.MainTable,
        };
        if (route is { From: null, Link: { } access } && links.Any(link => link.Id == access && link.Settings.IsAccessLink))
        {
            yield return target with
            {
                Table = KernelMarks.DeliveryTable,
            };
        }
    }

    private void UpdateRule(Ipv6Prefix source)
    {
        var wanted = Effective((source, null)) switch
        {
            { Via: { } tunnel } => Accept(source, _tunnels[tunnel].Name, KernelRoute.MainTable),
            { Link: { } link } when _sources.TryGetValue(source, out var table) && table.Routes > 0 => Accept(
                source,
                links.First(candidate => candidate.Id == link).Interface,
                table.Table
            ),
            _ => null,
        };
        var had = _kernelRules.GetValueOrDefault(source);
        if (wanted == had)
        {
            return;
        }
        if (wanted is not null)
        {
            netlink.Rules.Add(wanted);
        }
        if (had is not null)
        {
            KernelMarks.IgnoreGone(() => netlink.Rules.Remove(had));
        }
        if (wanted is null)
        {
            _kernelRules.Remove(source);
        }
        else
        {
            _kernelRules[source] = wanted;
        }
    }

    private Route? Effective((Ipv6Prefix To, Ipv6Prefix? From) key) => _routes.TryGetValue(key, out var routes) ? routes[^1] : null;

    private void UseTable(Ipv6Prefix source)
    {
        if (_sources.TryGetValue(source, out var used))
        {
            _sources[source] = used with { Routes = used.Routes + 1 };
            return;
        }

        var table = _freeTables.Count > 0 ? _freeTables.Min : KernelMarks.FirstSourceTable + _tables++;
        _freeTables.Remove(table);
        _sources.Add(source, (table, 1));
    }

    private void ReleaseTable(Ipv6Prefix source)
    {
        var used = _sources[source];
        _sources[source] = used with { Routes = used.Routes - 1 };
        if (used.Routes > 1)
        {
            return;
        }
        _sources.Remove(source);
        UpdateRule(source);
        _freeTables.Add(used.Table);
    }

    private int IndexOf(LinkId link) =>
        links.FirstOrDefault(candidate => candidate.Id == link)?.Index ?? throw new ArgumentException($"The node has no link {link}.");

    private KernelRule FromTunnel(string name) =>
        new(KernelMarks.DropPriority, _isGateway ? KernelMarks.DeliveryTable : KernelMarks.BlackholeTable)
        {
            InputInterface = name,
            Protocol = KernelMarks.Protocol,
        };

    private static KernelRule Accept(Ipv6Prefix source, string input, uint table) =>
        new(KernelMarks.AcceptPriority, table)
        {
            From = NetworkOf(source),
            InputInterface = input,
            Protocol = KernelMarks.Protocol,
        };

    private static KernelRoute Unmarked(Ipv6Prefix to) =>
        new(NetworkOf(to)) { Protocol = KernelMarks.Protocol, Metric = KernelMarks.Metric };

    private static IPNetwork NetworkOf(Ipv6Prefix prefix) => new(prefix.Network, prefix.Length);
}
