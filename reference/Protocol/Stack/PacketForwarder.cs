using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Sends, forwards, encapsulates and decapsulates packets.</summary>
internal sealed class PacketForwarder(
    IpNodeSettings settings,
    IReadOnlyDictionary<LinkId, NodeInterface> interfaces,
    RoutingTable routes,
    NeighborDiscovery neighbors,
    Action<string, string> log
)
{
    private readonly Queue<(NodeInterface On, Ipv6Packet Packet)> _toItself = new();

    public StackTunnels Tunnels { get; } = new(settings, routes, log);

    /// <summary>True if an address belongs to this node, as seen from the link on which a packet arrived.</summary>
    public bool IsOwn(NodeInterface arrival, IPAddress address) =>
        address.IsIPv6LinkLocal ? arrival.HasAssigned(address) : interfaces.Values.Any(i => i.HasAssigned(address));

    /// <summary>Takes the oldest packet that this node has sent to itself, with the interface of its destination address.</summary>
    public bool TryTakePacketToItself([NotNullWhen(true)] out NodeInterface? on, [NotNullWhen(true)] out Ipv6Packet? packet)
    {
        var taken = _toItself.TryDequeue(out var entry);
        (on, packet) = entry;
        return taken;
    }

    /// <summary>
    /// Sends a packet that originates at this node. With <paramref name="on"/> it is sent on that interface if its destination
    /// has link scope; otherwise it is routed.
    /// </summary>
    public void Originate(Ipv6Packet packet, NodeInterface? on, Now now)
    {
        if (SourceAddressSelection.IsLinkScope(packet.Destination) || packet.Destination.IsIPv6Multicast)
        {
            if ((on ?? interfaces.Values.FirstOrDefault(i => i.IsUp)) is { } outgoing)
            {
                SendOn(outgoing, packet, now);
            }
            return;
        }

        if (interfaces.Values.FirstOrDefault(i => i.HasAssigned(packet.Destination)) is { } own)
        {
            _toItself.Enqueue((own, packet));
        }
        else
        {
            Send(packet, routes.Find(packet.Destination), now);
        }
    }

    /// <summary>Sends a packet that originates at this node to a neighbour on an interface.</summary>
    public void SendOn(NodeInterface on, Ipv6Packet packet, Now now)
    {
        if (on.HasAssigned(packet.Destination))
        {
            _toItself.Enqueue((on, packet));
        }
        else
        {
            neighbors.Send(on, packet.Destination, packet, now);
        }
    }

    /// <summary>The source address for a destination, or null if there is no route or no address.</summary>
    public IPAddress? SourceFor(IPAddress destination, NodeInterface? on, Instant now)
    {
        var target = SourceAddressSelection.IsLinkScope(destination) ? null : routes.Find(destination);
        if (target is RouteTarget.IntoTunnel into)
        {
            return into.Tunnel.Local;
        }

        var outgoing = target is null ? on ?? interfaces.Values.FirstOrDefault(i => i.IsUp) : OutgoingOf(target);
        return SourceAddressSelection.Select(interfaces.Values, outgoing, destination, now);
    }

    /// <summary>Forwards a packet that arrived on a link for another node.</summary>
    public void Forward(NodeInterface arrival, Ipv6Packet packet, Now now)
    {
        if (!settings.IsRouter || !MayPass(packet, isOutOfTunnel: false))
        {
            return;
        }

        if (!arrival.Settings.ForwardOnlyBySourceRoute)
        {
            Forward(packet, isOutOfTunnel: false, routes.Find(packet.Destination), now);
        }
        else if (routes.FindBySource(packet.Source, packet.Destination) is { } target)
        {
            Forward(packet, isOutOfTunnel: false, target, now);
        }
        else
        {
            log("SourceRouteMissing", $"{packet.Source} on {arrival.Link} has no binding");
        }
    }

    /// <summary>
    /// Decapsulates a packet and forwards the inner packet. True, with the inner packet, if it is for this node itself.
    /// </summary>
    public bool Decapsulate(
        NodeInterface arrival,
        Ipv6Packet outer,
        ReadOnlyMemory<byte> content,
        Now now,
        [NotNullWhen(true)] out Ipv6Packet? forItself
    )
    {
        forItself = null;
        if (!Tunnels.TryOpen(arrival, outer, content, out var inner) || !MayPass(inner, isOutOfTunnel: true))
        {
            return false;
        }

        if (IsOwn(arrival, inner.Destination))
        {
            forItself = inner;
        }
        else if (settings.IsRouter)
        {
            Forward(inner, isOutOfTunnel: true, routes.Find(inner.Destination), now);
        }
        return forItself is not null;
    }

    /// <summary>Answers a packet with an ICMPv6 error, unless the rules forbid it.</summary>
    public void Report(Ipv6Packet about, Icmpv6Message error, Now now, NodeInterface? arrival = null, bool linkLayerMulticast = false)
    {
        if (!Icmpv6Errors.MayAnswer(about, linkLayerMulticast, error))
        {
            return;
        }

        // The source is the packet's destination if that is an address of this node: the sender can identify the node by it.
        var source =
            arrival is not null && IsOwn(arrival, about.Destination) ? about.Destination : SourceFor(about.Source, arrival, now.Monotonic);
        if (source is not null)
        {
            Originate(new Ipv6Packet(source, about.Source, IpProtocol.Icmpv6, error.ToBytes(source, about.Source)), arrival, now);
        }
    }

    /// <summary>Answers a packet whose next hop could not be resolved. For its own packets, the node only writes a log line.</summary>
    public void ReportUnresolved(Ipv6Packet packet, Now now)
    {
        if (interfaces.Values.Any(i => i.HasAssigned(packet.Source)))
        {
            log("NeighborSilent", $"{packet.Destination} does not answer");
        }
        else
        {
            Report(packet, new DestinationUnreachable(Icmpv6Errors.AddressUnreachable, Icmpv6Errors.Invoking(packet)), now);
        }
    }

    private bool MayPass(Ipv6Packet packet, bool isOutOfTunnel) =>
        settings.Forwarding.Arrival.Apply(new ForwardedPacket(packet, isOutOfTunnel)) == RuleOutcome.Continue;

    private void Forward(Ipv6Packet packet, bool isOutOfTunnel, RouteTarget? target, Now now)
    {
        switch (target)
        {
            case null:
                Report(packet, new DestinationUnreachable(Icmpv6Errors.NoRouteToDestination, Icmpv6Errors.Invoking(packet)), now);
                break;

            case RouteTarget.Blackhole:
                log("Blackhole", $"{packet.Source} to {packet.Destination}");
                break;

            default:
                var leaving = new ForwardedPacket(packet, isOutOfTunnel)
                {
                    EntersTunnel = target is RouteTarget.IntoTunnel,
                    Mtu = MtuTowards(target, packet),
                };
                if (settings.Forwarding.Departure.Apply(leaving) == RuleOutcome.Continue)
                {
                    Send(packet with { HopLimit = (byte)(packet.HopLimit - 1) }, target, now);
                }
                else if (leaving.Error is { } error)
                {
                    Report(packet, error, now);
                }
                break;
        }
    }

    private void Send(Ipv6Packet packet, RouteTarget? target, Now now)
    {
        switch (target)
        {
            case RouteTarget.OnLink onLink:
                neighbors.Send(interfaces[onLink.Link], packet.Destination, packet, now);
                break;

            case RouteTarget.Gateway gateway:
                neighbors.Send(interfaces[gateway.Link], gateway.Address, packet, now);
                break;

            case RouteTarget.IntoTunnel { Tunnel: var tunnel } when Tunnels.Contains(tunnel):
                SendThrough(tunnel, packet, now);
                break;

            case null
            or RouteTarget.Blackhole
            or RouteTarget.IntoTunnel:
                log("NoWay", $"{packet.Source} to {packet.Destination}");
                break;

            default:
                throw new UnreachableException();
        }
    }

    private void SendThrough(Tunnel tunnel, Ipv6Packet inner, Now now)
    {
        var target = routes.Find(tunnel.Remote);
        if (target is RouteTarget.IntoTunnel)
        {
            // RFC 2473, Section 4.1: with a new hop limit in each outer header, a loop would never end.
            log("NestedTunnel", $"{tunnel} leads into a tunnel");
            return;
        }

        if (OutgoingOf(target) is { } on && inner.Length > TunnelHeader.Mtu(on.Mtu, inner))
        {
            log("TunnelMtu", $"{inner.Length} octets from this node exceed the MTU of {tunnel}");
        }
        else
        {
            Send(TunnelHeader.Encapsulate(inner, tunnel), target, now);
        }
    }

    private uint? MtuTowards(RouteTarget target, Ipv6Packet packet) =>
        target switch
        {
            RouteTarget.IntoTunnel into => OutgoingOf(routes.Find(into.Tunnel.Remote)) is { } on ? TunnelHeader.Mtu(on.Mtu, packet) : null,
            _ => OutgoingOf(target)?.Mtu,
        };

    private NodeInterface? OutgoingOf(RouteTarget? target) =>
        target switch
        {
            RouteTarget.OnLink onLink => interfaces[onLink.Link],
            RouteTarget.Gateway gateway => interfaces[gateway.Link],
            _ => null,
        };
}
