using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// A route that a role requests from its host. The longest <paramref name="To"/> wins. Packets received on an access link of a
/// mobile access gateway are forwarded by routes with a matching <see cref="From"/> only, all others by routes without one.
/// Exactly one of <see cref="Link"/>, <see cref="Via"/> and <see cref="Blackhole"/> is set.
/// </summary>
/// <param name="To">The destination prefix.</param>
public sealed record Route(Ipv6Prefix To)
{
    /// <summary>If set, the route applies only to packets with a source address in this prefix.</summary>
    public Ipv6Prefix? From { get; init; }

    /// <summary>The link on which the destinations are neighbours.</summary>
    public LinkId? Link { get; init; }

    /// <summary>The tunnel through which packets are sent.</summary>
    public Tunnel? Via { get; init; }

    /// <summary>Packets are dropped without an ICMPv6 error.</summary>
    public bool Blackhole { get; init; }
}
