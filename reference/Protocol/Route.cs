using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// A route that a role requests from its host. The longest <paramref name="To"/> wins. Packets received on an access link of a
/// mobile access gateway are forwarded by routes with a matching <see cref="From"/> only, all others by routes without one.
/// </summary>
/// <param name="To">The destination prefix.</param>
/// <param name="Target">Where packets go.</param>
public sealed record Route(IpPrefix To, RouteTarget Target)
{
    /// <summary>If set, the route applies only to packets with a source address in this prefix, which is of the same family.</summary>
    public IpPrefix? From { get; init; }
}
