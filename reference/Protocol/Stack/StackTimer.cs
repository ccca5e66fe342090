using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>What a node can be waiting for. One deadline each in the node's queue.</summary>
internal abstract record StackTimer
{
    private StackTimer() { }

    /// <summary>The answer to a Neighbor Solicitation is overdue.</summary>
    public sealed record Resolution(LinkId Link, IPAddress Neighbor) : StackTimer;

    /// <summary>Nobody has objected to an address.</summary>
    public sealed record Uniqueness(LinkId Link, IPAddress Address) : StackTimer;

    /// <summary>The next Router Solicitation is to be sent.</summary>
    public sealed record Solicitation(LinkId Link) : StackTimer;

    /// <summary>A default router has not advertised itself again in time.</summary>
    public sealed record RouterExpiry(LinkId Link, IPAddress Router) : StackTimer;

    /// <summary>A prefix is not on the link any more.</summary>
    public sealed record PrefixExpiry(LinkId Link, Ipv6Prefix Prefix) : StackTimer;

    /// <summary>An autoconfigured address is not valid any more.</summary>
    public sealed record AddressExpiry(LinkId Link, IPAddress Address) : StackTimer;
}
