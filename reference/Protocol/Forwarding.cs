using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// The routes and tunnels of every user (a session or an access link). A tunnel or a route is created for its first user and
/// removed with its last (RFC 5213, Section 5.6.1). Adding a user again has no effect.
/// </summary>
public sealed class Forwarding<TUser>(ActionQueue actions)
    where TUser : notnull
{
    private readonly Dictionary<TUser, List<Route>> _routes = [];
    private readonly Dictionary<TUser, List<Tunnel>> _tunnels = [];
    private readonly Dictionary<Route, int> _usersOfRoutes = new(new ByDestination());
    private readonly Dictionary<Tunnel, int> _usersOfTunnels = [];

    /// <summary>Makes <paramref name="user"/> one of the users of <paramref name="tunnel"/>.</summary>
    public void UseTunnel(TUser user, Tunnel tunnel)
    {
        var tunnels = Of(_tunnels, user);
        if (tunnels.Contains(tunnel))
        {
            return;
        }

        tunnels.Add(tunnel);
        if (IsFirst(_usersOfTunnels, tunnel))
        {
            actions.Add(new RoleAction.AddTunnel(tunnel));
        }
    }

    /// <summary>Ends the use of all tunnels by <paramref name="user"/> except <paramref name="keep"/>.</summary>
    public void ReleaseTunnels(TUser user, params IEnumerable<Tunnel> keep)
    {
        if (!_tunnels.TryGetValue(user, out var had))
        {
            return;
        }

        foreach (var tunnel in Taken(had, keep))
        {
            if (IsLast(_usersOfTunnels, tunnel))
            {
                actions.Add(new RoleAction.RemoveTunnel(tunnel));
            }
        }

        if (had.Count == 0)
        {
            _tunnels.Remove(user);
        }
    }

    /// <summary>Adds the routes that <paramref name="user"/> does not have yet.</summary>
    public void AddRoutes(TUser user, IEnumerable<Route> routes)
    {
        var had = Of(_routes, user);
        foreach (var route in routes)
        {
            if (had.Contains(route))
            {
                continue;
            }

            had.Add(route);
            if (IsFirst(_usersOfRoutes, route))
            {
                actions.Add(new RoleAction.AddRoute(route));
            }
        }
    }

    /// <summary>Removes all routes of <paramref name="user"/> except <paramref name="keep"/>.</summary>
    public void RemoveRoutes(TUser user, params IEnumerable<Route> keep)
    {
        if (!_routes.TryGetValue(user, out var had))
        {
            return;
        }

        foreach (var route in Taken(had, keep))
        {
            if (IsLast(_usersOfRoutes, route))
            {
                actions.Add(new RoleAction.RemoveRoute(route));
            }
        }

        if (had.Count == 0)
        {
            _routes.Remove(user);
        }
    }

    /// <summary>Takes all out of a list except what is kept; returns what was taken.</summary>
    private static List<T> Taken<T>(List<T> list, IEnumerable<T> keep)
    {
        var kept = keep as IReadOnlyCollection<T> ?? [.. keep];
        var taken = list.FindAll(one => !kept.Contains(one));
        list.RemoveAll(taken.Contains);
        return taken;
    }

    private static bool IsFirst<T>(Dictionary<T, int> users, T used)
        where T : notnull => (users[used] = users.GetValueOrDefault(used) + 1) == 1;

    private static bool IsLast<T>(Dictionary<T, int> users, T used)
        where T : notnull => --users[used] == 0 && users.Remove(used);

    private static List<T> Of<T>(Dictionary<TUser, List<T>> lists, TUser user)
    {
        if (!lists.TryGetValue(user, out var list))
        {
            lists.Add(user, list = new List<T>(capacity: 1));
        }
        return list;
    }

    /// <summary>The hash of a route from its prefixes alone, which seldom have more than one target.</summary>
    private sealed class ByDestination : IEqualityComparer<Route>
    {
        public bool Equals(Route? x, Route? y) => x == y;

        public int GetHashCode(Route route) => HashCode.Combine(route.To, route.From);
    }
}
