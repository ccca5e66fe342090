using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>
/// A route a role asks its host for. The longest <paramref name="To"/> wins. Packets that came in by an access link of a
/// mobile access gateway are forwarded by routes with a matching <see cref="From"/> only, all others by routes without one.
/// Exactly one of <see cref="Link"/>, <see cref="Via"/> and <see cref="Blackhole"/> says where the packet goes.
/// </summary>
/// <param name="To">The destinations the route is for.</param>
public sealed record Route(Ipv6Prefix To)
{
    /// <summary>When set, the route is for packets with a source in this prefix only.</summary>
    public Ipv6Prefix? From { get; init; }

    /// <summary>The link on which the destinations are neighbours.</summary>
    public LinkId? Link { get; init; }

    /// <summary>The tunnel that packets are put into.</summary>
    public Tunnel? Via { get; init; }

    /// <summary>Packets are dropped without an answer.</summary>
    public bool Blackhole { get; init; }
}
