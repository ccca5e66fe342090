using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// What a role of Mobile IPv6 has asked of its host so far. Nothing is added that is there, and nothing is removed that is not.
/// </summary>
internal sealed class RecordedMobility
{
    private readonly HashSet<Tunnel> _tunnels = [];
    private readonly HashSet<Route> _routes = [];
    private readonly HashSet<(IPAddress Home, IPAddress CareOf)> _accepted = [];
    private readonly HashSet<(IPAddress Home, IPAddress CareOf)> _optimized = [];
    private readonly HashSet<IPAddress> _defended = [];
    private readonly Dictionary<IPAddress, MacAddress> _neighbors = [];

    public IReadOnlyCollection<Tunnel> Tunnels => _tunnels;

    public IReadOnlyCollection<Route> Routes => _routes;

    public IReadOnlyCollection<(IPAddress Home, IPAddress CareOf)> Accepted => _accepted;

    public IReadOnlyCollection<(IPAddress Home, IPAddress CareOf)> Optimized => _optimized;

    public IReadOnlyCollection<IPAddress> Defended => _defended;

    public IReadOnlyDictionary<IPAddress, MacAddress> Neighbors => _neighbors;

    /// <summary>The tunnels into which routes lead.</summary>
    public IEnumerable<Tunnel> Used => _routes.SelectMany(route => TunnelsOf(route.Target)).Distinct();

    public static IReadOnlyList<Tunnel> TunnelsOf(RouteTarget target) =>
        target switch
        {
            RouteTarget.IntoTunnel into => [into.Tunnel],
            RouteTarget.OneOf several => several.Tunnels,
            _ => [],
        };

    public void Record(RoleAction action)
    {
        switch (action)
        {
            case RoleAction.AddTunnel add:
                Require(_tunnels.Add(add.Tunnel), action);
                break;
            case RoleAction.RemoveTunnel remove:
                Require(_tunnels.Remove(remove.Tunnel), action);
                Used.Should().NotContain(remove.Tunnel, "it is removed");
                break;
            case RoleAction.AddRoute add:
                Require(_routes.Add(add.Route), action);
                TunnelsOf(add.Route.Target).Should().BeSubsetOf(_tunnels, "a route leads into them");
                break;
            case RoleAction.RemoveRoute remove:
                Require(_routes.Remove(remove.Route), action);
                break;
            case RoleAction.AcceptHomeAddress accept:
                Require(_accepted.Add((accept.Home, accept.CareOf)), action);
                break;
            case RoleAction.RefuseHomeAddress refuse:
                Require(_accepted.Remove((refuse.Home, refuse.CareOf)), action);
                break;
            case RoleAction.AddRouteOptimization add:
                Require(_optimized.Add((add.Home, add.CareOf)), action);
                break;
            case RoleAction.RemoveRouteOptimization remove:
                Require(_optimized.Remove((remove.Home, remove.CareOf)), action);
                break;
            case RoleAction.AddProxyNeighbor add:
                Require(_defended.Add(add.Neighbors.Network), action);
                break;
            case RoleAction.RemoveProxyNeighbor remove:
                Require(_defended.Remove(remove.Neighbors.Network), action);
                break;
            case RoleAction.AddNeighbor add:
                _neighbors[add.Address] = add.LinkLayerAddress;
                break;
            case RoleAction.RemoveNeighbor remove:
                Require(_neighbors.Remove(remove.Address), action);
                break;
            case RoleAction.SendSignal signal:
                signal.Path.Should().BeOfType<Ipv6Signaling>().Which.HasValidChecksum(signal.MobilityHeader.Span).Should().BeTrue();
                break;
        }
    }

    private static void Require(bool changes, RoleAction action) => changes.Should().BeTrue("{0} changes something", action);
}
