using System.Net;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// The routes of IPv4 packets from access links, by their source. The kernel has no source-specific routes for IPv4. The sources of an
/// access link that have the same routes share the <see cref="ArrivalTable"/> of the link; usually these are all, with one route to one
/// local mobility anchor. Each other source has a table and a rule of its own. The kernel drops packets of all other sources, see
/// <see cref="ReversePath"/>.
/// </summary>
internal sealed class Ipv4SourceRoutes(RouteNetlink netlink)
{
    private readonly Dictionary<IPNetwork, Table> _bySource = [];

    /// <summary>The tables of the access links by interface index.</summary>
    private readonly Dictionary<int, Table> _ofLinks = [];
    private readonly SortedSet<uint> _freeTables = [];
    private uint _tables;

    /// <summary>Sets the routes of a source; they replace those it had. Without routes, the source has no table.</summary>
    /// <param name="interfaceIndex">The access link of the source.</param>
    /// <param name="interfaceName">The name of the same interface.</param>
    /// <param name="wanted">The routes, each of another network; their tables have no meaning.</param>
    public void Set(IPNetwork source, int interfaceIndex, string interfaceName, IReadOnlyCollection<KernelRoute> wanted)
    {
        var routes = wanted.ToHashSet();
        if (_bySource.TryGetValue(source, out var table))
        {
            if (table.LinkIndex == interfaceIndex && table.Routes.SetEquals(routes))
            {
                return;
            }
            if (table.Sources.Count == 1 && table.LinkIndex == interfaceIndex && routes.Count > 0)
            {
                Change(table, routes);
                return;
            }
            Leave(source, table);
        }
        if (routes.Count > 0)
        {
            Enter(source, interfaceIndex, interfaceName, routes);
        }
    }

    /// <summary>Ends the routes of a source.</summary>
    public void Remove(IPNetwork source)
    {
        if (_bySource.TryGetValue(source, out var table))
        {
            Leave(source, table);
        }
    }

    /// <summary>Restores the routes that the kernel has removed because an interface was switched off.</summary>
    public void Restore(int interfaceIndex)
    {
        foreach (var table in _bySource.Values.Distinct())
        {
            foreach (var route in table.Routes.Where(route => route.LinkIndex == interfaceIndex))
            {
                netlink.Routes.Replace(route with { Table = table.Number });
            }
        }
    }

    private void Enter(IPNetwork source, int interfaceIndex, string interfaceName, HashSet<KernelRoute> routes)
    {
        if (!_ofLinks.TryGetValue(interfaceIndex, out var table))
        {
            table = new Table(ArrivalTable.Of(interfaceIndex), interfaceIndex, rule: null);
            _ofLinks.Add(interfaceIndex, table);
        }
        else if (!table.Routes.SetEquals(routes))
        {
            table = AddTable(source, interfaceIndex, interfaceName);
        }
        table.Sources.Add(source);
        _bySource[source] = table;
        Change(table, routes);
    }

    private Table AddTable(IPNetwork source, int interfaceIndex, string interfaceName)
    {
        var number = _freeTables.Count > 0 ? _freeTables.Min : KernelMarks.FirstSourceTable + _tables++;
        _freeTables.Remove(number);
        var rule = KernelMarks.Arriving(interfaceName, number, IPAddress.Any) with { Priority = KernelMarks.SourcePriority, From = source };
        netlink.Routes.Add(KernelMarks.DropAll(number, IPAddress.Any));
        netlink.Rules.Add(rule);
        return new Table(number, interfaceIndex, rule);
    }

    private void Leave(IPNetwork source, Table table)
    {
        _bySource.Remove(source);
        table.Sources.Remove(source);
        if (table.Sources.Count > 0)
        {
            return;
        }
        Change(table, []);
        if (table.Rule is { } rule)
        {
            KernelMarks.IgnoreGone(() => netlink.Rules.Remove(rule));
            KernelMarks.IgnoreGone(() => netlink.Routes.Remove(KernelMarks.DropAll(table.Number, IPAddress.Any)));
            _freeTables.Add(table.Number);
        }
        else
        {
            _ofLinks.Remove(table.LinkIndex);
        }
    }

    private void Change(Table table, HashSet<KernelRoute> routes)
    {
        foreach (var add in routes.Except(table.Routes).ToList())
        {
            netlink.Routes.Replace(add with { Table = table.Number });
        }
        foreach (var old in table.Routes.Where(old => routes.All(one => one.To != old.To)).ToList())
        {
            KernelMarks.IgnoreGone(() => netlink.Routes.Remove(old with { Table = table.Number }));
        }
        table.Routes = routes;
    }

    /// <summary>A routing table and the sources that use it.</summary>
    private sealed class Table(uint number, int linkIndex, KernelRule? rule)
    {
        public uint Number { get; } = number;

        public int LinkIndex { get; } = linkIndex;

        /// <summary>The rule that leads to the table; null if the table is that of an access link.</summary>
        public KernelRule? Rule { get; } = rule;

        public HashSet<IPNetwork> Sources { get; } = [];

        public HashSet<KernelRoute> Routes { get; set; } = [];
    }
}
