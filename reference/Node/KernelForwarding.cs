using System.Diagnostics;
using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The tunnels and routes of a role in the kernel. A <see cref="Route"/> without a source prefix is in the main table, a
/// source-specific one in the <see cref="ArrivalTable"/> of that prefix's access link, for IPv4 by <see cref="Ipv4SourceRoutes"/>.
/// Packets from a tunnel of an LMA are looked up in the main table if the route to their source leads back into that tunnel. All other
/// packets are dropped. What the kernel searches for a packet, and what changes for a session, does not grow with the number of
/// sessions, except for sources of IPv4 on one access link that have different routes.
/// </summary>
internal sealed class KernelForwarding(
    RouteNetlink netlink,
    ITunnelDevices devices,
    IReadOnlyList<NodeLink> links,
    Func<Tunnel, int> linkMtu
)
{
    /// <summary>The most reported MTUs that are kept. Without this limit, reports could exhaust the memory of a router.</summary>
    private const int MaximumReports = 1024;

    private readonly bool _isGateway = links.Any(link => link.Settings.IsAccessLink);
    private readonly Dictionary<Tunnel, (int Index, string Name)> _tunnels = [];

    /// <summary>
    /// Of several routes for the same prefixes the last added applies; when it is removed, the previous one applies again.
    /// </summary>
    private readonly Dictionary<(IpPrefix To, IpPrefix? From), List<Route>> _routes = [];

    /// <summary>The destinations of the source-specific routes by source.</summary>
    private readonly Dictionary<IpPrefix, HashSet<IpPrefix>> _destinations = [];

    private readonly Dictionary<(IpPrefix To, IpPrefix? From), List<KernelRoute>> _kernelRoutes = [];

    private readonly Ipv4SourceRoutes _ipv4Sources = new(netlink);

    /// <summary>The smallest MTUs that routers have reported for paths, by remote end. A new entry replaces the oldest.</summary>
    private readonly OrderedDictionary<IPAddress, int> _reportedMtus = [];

    /// <summary>The tunnels with the names of their interfaces.</summary>
    public IEnumerable<(Tunnel Tunnel, string Interface)> Tunnels => _tunnels.Select(tunnel => (tunnel.Key, tunnel.Value.Name));

    /// <summary>The routes that apply.</summary>
    public IEnumerable<Route> Routes => _routes.Values.Select(routes => routes[^1]);

    /// <summary>Whether an interface is one of the tunnels.</summary>
    public bool HasTunnel(int index) => _tunnels.Values.Any(tunnel => tunnel.Index == index);

    /// <summary>Whether errors from inside a tunnel are passed on by the node, and not by the kernel.</summary>
    public bool PassesErrorsOn(Tunnel tunnel) => _tunnels.ContainsKey(tunnel) && devices.IsOfProgram(tunnel);

    /// <summary>Whether packets for an address are for a neighbour on a link.</summary>
    public bool LeadsTo(IPAddress address, LinkId link) =>
        Effective((IpPrefix.Of(address), null))?.Target is RouteTarget.OnLink { Link: var on } && on == link;

    /// <exception cref="NotSupportedException">The data path has no tunnels of this mode.</exception>
    /// <exception cref="LinuxException">The kernel refuses the tunnel. Packets for it are dropped.</exception>
    public void Add(Tunnel tunnel)
    {
        var index = devices.Add(tunnel, PathMtu(tunnel));
        try
        {
            var name = netlink.Links.Get(index).Name;
            _tunnels.Add(tunnel, (index, name));
            Guard(name, index);
        }
        catch
        {
            Remove(tunnel);
            devices.Remove(tunnel);
            throw;
        }
    }

    /// <summary>Drops packets out of a tunnel that may not be forwarded.</summary>
    private void Guard(string name, int index)
    {
        ReversePath.Set(name, isStrict: !_isGateway);
        if (_isGateway)
        {
            foreach (var any in KernelMarks.Families)
            {
                netlink.Rules.Add(KernelMarks.Arriving(name, KernelMarks.DeliveryTable, any));
            }
        }
        else
        {
            ArrivalTable.Add(netlink, name, index, IPAddress.IPv6Any);
        }
    }

    /// <summary>Makes the tunnels to a remote end smaller, now and if they are created again.</summary>
    /// <param name="pathMtu">The MTU that a router has reported, in octets.</param>
    /// <exception cref="LinuxException">The kernel refuses to change a tunnel.</exception>
    public void Shrink(IPAddress remote, uint pathMtu)
    {
        if (_reportedMtus.GetValueOrDefault(remote, int.MaxValue) <= pathMtu)
        {
            return;
        }
        if (_reportedMtus.Count == MaximumReports && !_reportedMtus.ContainsKey(remote))
        {
            _reportedMtus.RemoveAt(0);
        }
        _reportedMtus[remote] = (int)pathMtu;
        foreach (var tunnel in _tunnels.Keys.Where(tunnel => tunnel.Remote.Equals(remote)))
        {
            devices.SetPathMtu(tunnel, PathMtu(tunnel));
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
            foreach (var any in KernelMarks.Families)
            {
                KernelMarks.IgnoreGone(() => netlink.Rules.Remove(KernelMarks.Arriving(device.Name, KernelMarks.DeliveryTable, any)));
            }
        }
        else
        {
            ArrivalTable.Remove(netlink, device.Name, device.Index, IPAddress.IPv6Any);
        }
        devices.Remove(tunnel);
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
        _ipv4Sources.Restore(link.Index);
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
        if (key.From is { IsIpv4: true } ipv4)
        {
            UpdateSource(ipv4);
            return;
        }

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

    private void UpdateSource(IpPrefix source)
    {
        if (Effective((source, null))?.Target is not RouteTarget.OnLink { Link: var home })
        {
            _ipv4Sources.Remove(NetworkOf(source));
            return;
        }
        var wanted = _destinations.GetValueOrDefault(source)?.Select(to => Effective((to, source))).OfType<Route>().Select(TargetOf) ?? [];
        var link = LinkOf(home);
        _ipv4Sources.Set(NetworkOf(source), link.Index, link.Interface, [.. wanted]);
    }

    /// <summary>The kernel's route to a target. Packets for a tunnel that could not be added are dropped.</summary>
    private KernelRoute TargetOf(Route route) =>
        route.Target switch
        {
            RouteTarget.OnLink onLink => Unmarked(route.To) with { LinkIndex = LinkOf(onLink.Link).Index },
            RouteTarget.Gateway via => Unmarked(route.To) with { LinkIndex = LinkOf(via.Link).Index, Gateway = via.Address },
            RouteTarget.IntoTunnel into when _tunnels.TryGetValue(into.Tunnel, out var device) => Unmarked(route.To) with
            {
                LinkIndex = device.Index,
                Mtu = route.To.IsIpv4 && devices.IsOfProgram(into.Tunnel) ? TunnelMtu.OfIpv4Route : null,
            },
            RouteTarget.IntoTunnel or RouteTarget.Blackhole => Unmarked(route.To) with { Type = KernelRouteType.Blackhole },
            _ => throw new UnreachableException(),
        };

    private IEnumerable<KernelRoute> KernelRoutesOf(Route route)
    {
        if (route is { Target: RouteTarget.Transit, From: { } visitor })
        {
            if (Effective((visitor, null))?.Target is RouteTarget.OnLink { Link: var visited })
            {
                yield return ArrivalTable.Pass(LinkOf(visited).Index, NetworkOf(visitor));
            }
            yield break;
        }

        var target = TargetOf(route);
        if (route.From is { } source)
        {
            if (Effective((source, null))?.Target is RouteTarget.OnLink { Link: var home })
            {
                yield return target with
                {
                    Table = ArrivalTable.Of(LinkOf(home).Index),
                    From = NetworkOf(source),
                };
            }
            yield break;
        }

        yield return target;
        if (
            route is { To.IsIpv4: false, Target: RouteTarget.IntoTunnel { Tunnel: var back } }
            && !_isGateway
            && _tunnels.TryGetValue(back, out var device)
        )
        {
            yield return ArrivalTable.Pass(device.Index, NetworkOf(route.To));
        }
        if (route.Target is RouteTarget.OnLink { Link: var access } && links.Any(link => link.Id == access && link.Settings.IsAccessLink))
        {
            yield return target with
            {
                Table = KernelMarks.DeliveryTable,
            };
        }
    }

    private int PathMtu(Tunnel tunnel) => Math.Min(linkMtu(tunnel), _reportedMtus.GetValueOrDefault(tunnel.Remote, int.MaxValue));

    private Route? Effective((IpPrefix To, IpPrefix? From) key) => _routes.TryGetValue(key, out var routes) ? routes[^1] : null;

    private HashSet<IpPrefix> DestinationsFrom(IpPrefix source)
    {
        if (!_destinations.TryGetValue(source, out var destinations))
        {
            _destinations.Add(source, destinations = []);
        }
        return destinations;
    }

    private NodeLink LinkOf(LinkId link) =>
        links.FirstOrDefault(candidate => candidate.Id == link) ?? throw new ArgumentException($"The node has no link {link}.");

    private static KernelRoute Unmarked(IpPrefix to) => new(NetworkOf(to)) { Protocol = KernelMarks.Protocol, Metric = KernelMarks.Metric };

    private static IPNetwork NetworkOf(IpPrefix prefix) => new(prefix.Network, prefix.Length);
}
