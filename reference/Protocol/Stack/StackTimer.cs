using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A timer of a node, with one deadline in the node's queue.</summary>
internal abstract record StackTimer
{
    private StackTimer() { }

    /// <summary>The answer to a Neighbor Solicitation is overdue.</summary>
    public sealed record Resolution(LinkId Link, IPAddress Neighbor) : StackTimer;

    /// <summary>The uniqueness test of an address has ended without an objection.</summary>
    public sealed record Uniqueness(LinkId Link, IPAddress Address) : StackTimer;

    /// <summary>The next Router Solicitation is to be sent.</summary>
    public sealed record Solicitation(LinkId Link) : StackTimer;

    /// <summary>A default router has not advertised itself again in time.</summary>
    public sealed record RouterExpiry(LinkId Link, IPAddress Router) : StackTimer;

    /// <summary>The lifetime of an on-link prefix ends.</summary>
    public sealed record PrefixExpiry(LinkId Link, Ipv6Prefix Prefix) : StackTimer;

    /// <summary>The valid lifetime of an autoconfigured address ends.</summary>
    public sealed record AddressExpiry(LinkId Link, IPAddress Address) : StackTimer;
}
