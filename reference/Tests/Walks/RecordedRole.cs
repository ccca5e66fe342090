using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// A role, and the tunnels and routes that it has asked of its host so far. No route may lead into a tunnel that is not there.
/// </summary>
internal sealed class RecordedRole(IRole role) : IRole
{
    private readonly HashSet<Tunnel> _tunnels = [];
    private readonly HashSet<Route> _routes = [];

    public IReadOnlyCollection<Tunnel> Tunnels => _tunnels;

    public IReadOnlyCollection<Route> Routes => _routes;

    /// <summary>The tunnels into which a route leads.</summary>
    public IEnumerable<Tunnel> Used => _routes.SelectMany(TunnelsOf).Distinct();

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now) => role.Handle(input, now);

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        if (!role.TryTakeAction(out action))
        {
            return false;
        }

        switch (action)
        {
            case RoleAction.AddTunnel { Tunnel: var tunnel }:
                _tunnels.Add(tunnel).Should().BeTrue("{0} is not there yet", tunnel);
                break;
            case RoleAction.RemoveTunnel { Tunnel: var tunnel }:
                _tunnels.Remove(tunnel).Should().BeTrue("{0} was there", tunnel);
                Used.Should().NotContain(tunnel, "it is removed");
                break;
            case RoleAction.AddRoute { Route: var route }:
                _routes.Add(route);
                Used.Should().BeSubsetOf(_tunnels, "a route leads into it");
                break;
            case RoleAction.RemoveRoute { Route: var route }:
                _routes.Remove(route).Should().BeTrue("{0} was there", route);
                break;
        }
        return true;
    }

    private static IReadOnlyList<Tunnel> TunnelsOf(Route route) =>
        route.Target switch
        {
            RouteTarget.IntoTunnel into => [into.Tunnel],
            RouteTarget.OneOf several => several.Tunnels,
            _ => [],
        };
}
