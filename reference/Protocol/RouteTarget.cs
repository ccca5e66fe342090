using System.Net;

namespace Pmip.Protocol;

/// <summary>The target of a route. The list is closed: a switch over it ends in an UnreachableException.</summary>
public abstract record RouteTarget
{
    private RouteTarget() { }

    /// <summary>The destination itself is a neighbour.</summary>
    public sealed record OnLink(LinkId Link) : RouteTarget;

    public sealed record Gateway(LinkId Link, IPAddress Address) : RouteTarget;

    public sealed record IntoTunnel(Tunnel Tunnel) : RouteTarget;

    /// <summary>For a route with a source prefix: where the routes without one lead.</summary>
    public sealed record Transit : RouteTarget;

    /// <summary>Packets are dropped without an ICMP error.</summary>
    public sealed record Blackhole : RouteTarget;
}
