using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// Routes by longest prefix, in separate tables for routes without and with a source prefix (see <see cref="Route"/>).
/// Routes with a source prefix are searched by longest source prefix first, then by longest destination prefix.
/// Of several routes for the same prefixes the last added applies; when it is removed, the previous one applies again.
/// </summary>
internal sealed class RoutingTable
{
    private readonly PrefixMap<List<RouteTarget>> _plain = new();
    private readonly PrefixMap<PrefixMap<List<RouteTarget>>> _bySource = new();

    public void Add(IpPrefix to, RouteTarget target, IpPrefix? from = null)
    {
        var table = from is { } source ? _bySource.GetOrAdd(source, () => new()) : _plain;
        var targets = table.GetOrAdd(to, () => []);
        targets.Remove(target);
        targets.Add(target);
    }

    /// <summary>Removes a route; no effect if there is no such route.</summary>
    public void Remove(IpPrefix to, RouteTarget target, IpPrefix? from = null)
    {
        var table = from is { } source ? _bySource.Find(source) : _plain;
        if (table?.Find(to) is not { } targets || !targets.Remove(target) || targets.Count > 0)
        {
            return;
        }

        table.Remove(to);
        if (from is { } empty && table.IsEmpty)
        {
            _bySource.Remove(empty);
        }
    }

    /// <summary>The target of the route for this source and destination, or null if there is none.</summary>
    public RouteTarget? FindBySource(IPAddress source, IPAddress destination)
    {
        var target = _bySource.Containing(source).Select(table => Longest(table, destination)).FirstOrDefault(found => found is not null);
        return target is RouteTarget.Transit ? Find(destination) : target;
    }

    /// <summary>The target of the route for all sources, or null if there is none.</summary>
    public RouteTarget? Find(IPAddress destination) => Longest(_plain, destination);

    /// <summary>The target of the route for all sources that leads to a link, or null if there is none.</summary>
    /// <param name="onlyByRouter">Not to the destination as a neighbour.</param>
    public RouteTarget? Find(IPAddress destination, LinkId link, bool onlyByRouter = false) =>
        _plain
            .Containing(destination)
            .Select(targets => targets.FindLast(target => LinkOf(target) == link && !(onlyByRouter && target is RouteTarget.OnLink)))
            .FirstOrDefault(found => found is not null);

    private static LinkId? LinkOf(RouteTarget target) =>
        target switch
        {
            RouteTarget.OnLink onLink => onLink.Link,
            RouteTarget.Gateway gateway => gateway.Link,
            _ => null,
        };

    private static RouteTarget? Longest(PrefixMap<List<RouteTarget>> table, IPAddress destination) =>
        table.Containing(destination).FirstOrDefault()?[^1];
}
