using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>The target of a route.</summary>
internal abstract record RouteTarget
{
    private RouteTarget() { }

    /// <summary>The destination itself is a neighbour.</summary>
    public sealed record OnLink(LinkId Link) : RouteTarget;

    public sealed record Gateway(LinkId Link, IPAddress Address) : RouteTarget;

    public sealed record IntoTunnel(Tunnel Tunnel) : RouteTarget;

    /// <summary>Packets are dropped without an ICMPv6 error.</summary>
    public sealed record Blackhole : RouteTarget;

    /// <exception cref="ArgumentException">The route has no target, or more than one.</exception>
    public static RouteTarget Of(Route route) =>
        route switch
        {
            { Link: { } link, Via: null, Blackhole: false } => new OnLink(link),
            { Link: null, Via: { } tunnel, Blackhole: false } => new IntoTunnel(tunnel),
            { Link: null, Via: null, Blackhole: true } => new Blackhole(),
            _ => throw new ArgumentException($"The route to {route.To} needs exactly one of a link, a tunnel and a blackhole."),
        };
}
