using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>The target of a route. The list is closed: a switch over it ends in an UnreachableException.</summary>
public abstract record RouteTarget
{
    private RouteTarget() { }

    /// <summary>The destination itself is a neighbour.</summary>
    public sealed record OnLink(LinkId Link) : RouteTarget;

    public sealed record Gateway(LinkId Link, IPAddress Address) : RouteTarget;

    public sealed record IntoTunnel(Tunnel Tunnel) : RouteTarget;

    /// <summary>
    /// One of several paths to a mobile node: its tunnels, and its home link if it is there, too. The packets of a flow take one path while
    /// it is there. A new flow takes the path on which the node was heard last, and without any the last in the list (RFC 5648, Section 3).
    /// Packets out of the tunnels from the addresses of the route are forwarded.
    /// </summary>
    /// <remarks>
    /// At the mobile node itself, in a route with its home address as source prefix: the paths by which it sends. A path is that of the
    /// care-of address at which a tunnel begins, or of the home address for the home link.
    /// </remarks>
    /// <param name="Tunnels">In the order in which they were added; none only with <see cref="HomeLink"/>.</param>
    public sealed record OneOf(IReadOnlyList<Tunnel> Tunnels) : RouteTarget
    {
        /// <summary>
        /// The link on which the destination itself is a neighbour, or, at the mobile node, whose routes lead to it; null if the mobile
        /// node is not at home.
        /// </summary>
        public LinkId? HomeLink { get; init; }

        /// <summary>Targets are equal when their paths are, in the same order.</summary>
        public bool Equals(OneOf? other) => other is not null && HomeLink == other.HomeLink && Tunnels.SequenceEqual(other.Tunnels);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(HomeLink);
            foreach (var tunnel in Tunnels)
            {
                hash.Add(tunnel);
            }
            return hash.ToHashCode();
        }
    }

    /// <summary>For a route with a source prefix: where the routes without one lead.</summary>
    public sealed record Transit : RouteTarget;

    /// <summary>Packets are dropped without an ICMP error.</summary>
    public sealed record Blackhole : RouteTarget;
}
