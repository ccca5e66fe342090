using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A timer of a node, with one deadline in the node's queue.</summary>
internal abstract record StackTimer
{
    private StackTimer() { }

    /// <summary>The answer to a request for a link-layer address is overdue.</summary>
    public sealed record Resolution(LinkId Link, IPAddress Neighbor) : StackTimer;

    /// <summary>The fragments of a packet have not all arrived in time.</summary>
    public sealed record Reassembly(FragmentKey Key) : StackTimer;

    /// <summary>A reported path MTU is old.</summary>
    public sealed record PathMtuAge(IPAddress Destination) : StackTimer;

    /// <summary>A timer of the <see cref="Ipv4Layer"/>.</summary>
    public abstract record OfIpv4(LinkId Link) : StackTimer;

    /// <summary>The next probe or announcement of an address is to be sent.</summary>
    public sealed record Claim(AddressClaim Of) : OfIpv4(Of.Link);

    /// <summary>An answer of a DHCP server is overdue, or a lease is to be renewed.</summary>
    public sealed record Dhcp(LinkId Link) : OfIpv4(Link);

    /// <summary>A timer of the <see cref="Ipv6Layer"/>.</summary>
    public abstract record OfIpv6(LinkId Link) : StackTimer;

    /// <summary>The uniqueness test of an address has ended without an objection.</summary>
    public sealed record Uniqueness(LinkId Link, IPAddress Address) : OfIpv6(Link);

    /// <summary>The next Router Solicitation is to be sent.</summary>
    public sealed record Solicitation(LinkId Link) : OfIpv6(Link);

    /// <summary>A default router has not advertised itself again in time.</summary>
    public sealed record RouterExpiry(LinkId Link, IPAddress Router) : OfIpv6(Link);

    /// <summary>The lifetime of an on-link prefix ends.</summary>
    public sealed record PrefixExpiry(LinkId Link, Ipv6Prefix Prefix) : OfIpv6(Link);

    /// <summary>The preferred lifetime of an autoconfigured address ends.</summary>
    public sealed record Deprecation(LinkId Link, IPAddress Address) : OfIpv6(Link);

    /// <summary>The valid lifetime of an autoconfigured address ends.</summary>
    public sealed record AddressExpiry(LinkId Link, IPAddress Address) : OfIpv6(Link);
}
