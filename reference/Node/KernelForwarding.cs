using System.Diagnostics;
using System.Net;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The tunnels and routes of a role in the kernel. A <see cref="Route"/> without a source prefix is in the main table, a
/// source-specific one in the <see cref="ArrivalTable"/> of that prefix's access link. Packets from a tunnel of an LMA are looked
/// up in the main table if the route to their source leads back into that tunnel. All other packets are dropped. What the kernel
/// searches for a packet, and what changes for a session, does not grow with the number of sessions.
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
    private readonly Dictionary<(IpPrefix To, IpPrefix? From), List<Route>> _routes = [];

    /// <summary>The destinations of the source-specific routes by source.</summary>
    private readonly Dictionary<IpPrefix, HashSet<IpPrefix>> _destinations = [];

    private readonly Dictionary<(IpPrefix To, IpPrefix? From), List<KernelRoute>> _kernelRoutes = [];

    /// <summary>The MTUs of tunnels whose path a router has reported to be smaller than its link, by remote end.</summary>
    private readonly Dictionary<IPAddress, int> _reportedMtus = [];

    /// <summary>The tunnels with the names of their interfaces.</summary>
    public IEnumerable<(Tunnel Tunnel, string Interface)> Tunnels => _tunnels.Select(tunnel => (tunnel.Key, tunnel.Value.Name));

    /// <summary>The routes that apply.</summary>
    public IEnumerable<Route> Routes => _routes.Values.Select(routes => routes[^1]);

    /// <exception cref="NotSupportedException">The tunnel is not one of IPv6.</exception>
    public void Add(Tunnel tunnel)
    {
        if (tunnel.Mode != TunnelMode.Ipv6)
        {
            throw new NotSupportedException($"The tunnel {tunnel} has the mode {tunnel.Mode}; only {TunnelMode.Ipv6} is supported.");
        }

        var mtu = Math.Min(tunnelMtu(tunnel), _reportedMtus.GetValueOrDefault(tunnel.Remote, int.MaxValue));
        var index = devices.Add(tunnel.Local, tunnel.Remote, mtu);
        var name = netlink.Links.Get(index).Name;
        _tunnels.Add(tunnel, (index, name));
        if (_isGateway)
        {
            netlink.Rules.Add(KernelMarks.Arriving(name, KernelMarks.DeliveryTable));
        }
        else
        {
            ArrivalTable.Add(netlink, name, index);
        }
    }

    /// <summary>Makes the tunnels to a remote end smaller, now and if they are created again.</summary>
    /// <param name="mtu">The MTU of a tunnel in octets.</param>
    public void Shrink(IPAddress remote, int mtu)
    {
        if (_reportedMtus.GetValueOrDefault(remote, int.MaxValue) <= mtu)
        {
            return;
        }
        _reportedMtus[remote] = mtu;
        foreach (var (tunnel, device) in _tunnels)
        {
            if (tunnel.Remote.Equals(remote) && mtu < tunnelMtu(tunnel))
            {
                netlink.Links.SetMtu(device.Index, mtu);
            }
        }
    }

    public void Remove(Tunnel tunnel)
    {
        if (!_tunnels.Remove(tunnel, out var device))
        {
            return;
        }
        if (_isGateway)
        {
            KernelMarks.IgnoreGone(() => netlink.Rules.Remove(KernelMarks.Arriving(device.Name, KernelMarks.DeliveryTable)));
        }
        else
        {
            ArrivalTable.Remove(netlink, device.Name, device.Index);
        }
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
        if (route.From is { } source)
        {
            DestinationsFrom(source).Add(route.To);
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
        if (route.From is { } source && routes.Count == 0 && DestinationsFrom(source) is var destinations)
        {
            destinations.Remove(route.To);
            if (destinations.Count == 0)
            {
                _destinations.Remove(source);
            }
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

    private void Update((IpPrefix To, IpPrefix? From) key)
    {
        UpdateRoutes(key);

        // The routes from a prefix are in the table of the link to that prefix.
        if (key.From is null && _destinations.TryGetValue(key.To, out var destinations))
        {
            foreach (var to in destinations)
            {
                UpdateRoutes((to, key.To));
            }
        }
    }

    private void UpdateRoutes((IpPrefix To, IpPrefix? From) key)
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
        if (route is { Target: RouteTarget.Transit, From: { } visitor })
        {
            if (Effective((visitor, null))?.Target is RouteTarget.OnLink { Link: var visited })
            {
                yield return ArrivalTable.Pass(IndexOf(visited), NetworkOf(visitor));
            }
            yield break;
        }

        var target = route.Target switch
        {
            RouteTarget.OnLink onLink => Unmarked(route.To) with { LinkIndex = IndexOf(onLink.Link) },
            RouteTarget.Gateway via => Unmarked(route.To) with { LinkIndex = IndexOf(via.Link), Gateway = via.Address },
            RouteTarget.IntoTunnel into => Unmarked(route.To) with { LinkIndex = _tunnels[into.Tunnel].Index },
            RouteTarget.Blackhole => Unmarked(route.To) with { Type = KernelRouteType.Blackhole },
            _ => throw new UnreachableException(),
        };
        if (route.From is { } source)
        {
            if (Effective((source, null))?.Target is RouteTarget.OnLink { Link: var home })
            {
                yield return target with
                {
                    Table = ArrivalTable.Of(IndexOf(home)),
                    From = NetworkOf(source),
                };
            }
            yield break;
        }

        yield return target;
        if (route.Target is RouteTarget.IntoTunnel { Tunnel: var back } && !_isGateway)
        {
            yield return ArrivalTable.Pass(_tunnels[back].Index, NetworkOf(route.To));
        }
        if (route.Target is RouteTarget.OnLink { Link: var access } && links.Any(link => link.Id == access && link.Settings.IsAccessLink))
        {
            yield return target with
            {
                Table = KernelMarks.DeliveryTable,
            };
        }
    }

    private Route? Effective((IpPrefix To, IpPrefix? From) key) => _routes.TryGetValue(key, out var routes) ? routes[^1] : null;

    private HashSet<IpPrefix> DestinationsFrom(IpPrefix source)
    {
        if (!_destinations.TryGetValue(source, out var destinations))
        {
            _destinations.Add(source, destinations = []);
        }
        return destinations;
    }

    private int IndexOf(LinkId link) =>
        links.FirstOrDefault(candidate => candidate.Id == link)?.Index ?? throw new ArgumentException($"The node has no link {link}.");

    private static KernelRoute Unmarked(IpPrefix to) => new(NetworkOf(to)) { Protocol = KernelMarks.Protocol, Metric = KernelMarks.Metric };

    private static IPNetwork NetworkOf(IpPrefix prefix) => new(prefix.Network, prefix.Length);
}
