using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Sends, forwards, encapsulates and decapsulates packets.</summary>
internal sealed class PacketForwarder
{
    private readonly StackParts _parts;
    private readonly NeighborDiscovery _discovery;
    private readonly AddressResolution _resolution;
    private readonly Queue<(NodeInterface On, IpPacket Packet)> _toItself = new();

    public PacketForwarder(StackParts parts, NeighborDiscovery discovery, AddressResolution resolution)
    {
        (_parts, _discovery, _resolution) = (parts, discovery, resolution);
        Tunnels = new StackTunnels(parts);
        MobileNode = new MobileNodePaths(parts, Tunnels);
        Errors = new ReceivedErrors(parts, this);
    }

    public StackTunnels Tunnels { get; }

    public ReceivedErrors Errors { get; }

    public MobileNodePaths MobileNode { get; }

    /// <summary>
    /// True if an address belongs to this node, as seen from the link on which a packet arrived. A home address does so on the home link
    /// alone, after the mobile node has come home (RFC 6275, Section 11.5.5).
    /// </summary>
    public bool IsOwn(NodeInterface arrival, IPAddress address) =>
        address.IsIPv6LinkLocal || _parts.OwnHomes.Contains(address) ? arrival.HasAssigned(address) : _parts.HasAssigned(address);

    /// <summary>Takes the oldest packet that this node has sent to itself, with the interface of its destination address.</summary>
    public bool TryTakePacketToItself([NotNullWhen(true)] out NodeInterface? on, [NotNullWhen(true)] out IpPacket? packet)
    {
        var taken = _toItself.TryDequeue(out var entry);
        (on, packet) = entry;
        return taken;
    }

    /// <summary>
    /// Sends a packet that originates at this node. With <paramref name="on"/> it is sent on that interface if its destination
    /// has link scope; otherwise it is routed, with a type 2 routing header if its destination is a home address with a care-of address,
    /// and with a Home Address option if its source is a home address of this node of which the destination knows the care-of address.
    /// </summary>
    public void Originate(IpPacket packet, NodeInterface? on, Now now) =>
        OriginateAsIs(MobileNode.FromCareOf(packet, Optimize(packet, now), now), on, now);

    /// <summary>The same without these headers: RFC 6275, Section 6.1, says to and from which address each signal goes.</summary>
    public void OriginateAsIs(IpPacket packet, NodeInterface? on, Now now)
    {
        if (AddressScope.IsLink(packet.Destination) || AddressScope.IsGroup(packet.Destination))
        {
            if ((on ?? _parts.Interfaces.Values.FirstOrDefault(i => i.IsUp)) is { } outgoing)
            {
                SendOn(outgoing, packet, now);
            }
            return;
        }

        packet = _parts.Fragmentation.Identify(packet);
        if (InterfaceOfOwn(packet.Destination) is { } own)
        {
            _toItself.Enqueue((own, packet));
        }
        else
        {
            Send(packet, PathOf(MobileNode.RouteOf(packet.Source, packet.Destination), packet, now), isOwn: true, now);
        }
    }

    /// <summary>An interface for a packet to this node itself; null if the address is of another node.</summary>
    private NodeInterface? InterfaceOfOwn(IPAddress address) =>
        _parts.Interfaces.Values.FirstOrDefault(i => i.HasAssigned(address))
        ?? (_parts.OwnHomes.Contains(address) ? _parts.Interfaces.Values.First() : null);

    /// <summary>
    /// RFC 6275, Section 9.3.2: the packet by way of a care-of address, if its destination is a home address that has one.
    /// </summary>
    private IpPacket Optimize(IpPacket packet, Now now)
    {
        if (packet is not Ipv6Packet ipv6 || _parts.HomeAddresses.CareOfAddressesOf(packet.Destination) is not { Count: > 0 } careOfs)
        {
            return packet;
        }

        var (at, next) = Ipv6FragmentablePart.Start(ipv6);
        var header = new Type2RoutingHeader(next, ipv6.Destination);
        if (ipv6.Payload.Length + header.Length > ushort.MaxValue)
        {
            _parts.Log("RoutingHeaderRoom", $"{ipv6.Length} octets to {ipv6.Destination} leave no room for a routing header");
            return packet;
        }

        var routed = Ipv6FragmentablePart.WithNextHeader(ipv6, at, IpProtocol.Routing, header.Before(ipv6.Payload.Span[at..]));
        return routed with { Destination = _parts.Flows.Choose(packet, careOfs, now.Monotonic) };
    }

    /// <summary>
    /// The target of a route for a packet: the path of its flow, if the route has several. Null if none of them is there.
    /// </summary>
    private RouteTarget? PathOf(RouteTarget? target, IpPacket packet, Now now)
    {
        if (target is not RouteTarget.OneOf several)
        {
            return target;
        }
        if (_parts.OwnHomes.Contains(packet.Source))
        {
            return MobileNode.PathOf(several, packet, now);
        }

        var tunnels = several.Tunnels.Where(Tunnels.Contains).ToList();
        List<IPAddress> paths = [.. tunnels.Select(tunnel => tunnel.Remote)];
        if (several.HomeLink is not null)
        {
            paths.Add(packet.Destination);
        }
        if (paths.Count == 0)
        {
            return new RouteTarget.Blackhole();
        }

        var path = _parts.Flows.Choose(packet, paths, now.Monotonic);
        return tunnels.Find(tunnel => tunnel.Remote.Equals(path)) is { } chosen ? new RouteTarget.IntoTunnel(chosen)
            : several.HomeLink is { } home ? new RouteTarget.OnLink(home)
            : null;
    }

    /// <summary>A packet has come out of a tunnel: if a mobile node with several paths has sent it, its flow takes this one.</summary>
    private void HearThrough(Tunnel tunnel, IpPacket packet, Now now)
    {
        if (_parts.HasSeveralPaths && _parts.Routes.Find(packet.Source) is RouteTarget.OneOf)
        {
            _parts.Flows.Hear(packet, tunnel.Remote, now.Monotonic);
        }
        if (_parts.OwnHomes.Contains(packet.Destination))
        {
            MobileNode.Hear(packet, tunnel.Local, now);
            MobileNode.Report(tunnel, packet, now);
        }
    }

    /// <summary>
    /// The same of a packet that has come on a link: from a mobile node on its home link, or to this node on its home link.
    /// </summary>
    public void HearAtHome(NodeInterface on, IpPacket packet, Now now)
    {
        if (_parts.HasSeveralPaths && _parts.Routes.Find(packet.Source) is RouteTarget.OneOf { HomeLink: { } home } && home == on.Link)
        {
            _parts.Flows.Hear(packet, packet.Source, now.Monotonic);
        }
        if (_parts.OwnHomes.Contains(packet.Destination) && on.HasAssigned(packet.Destination))
        {
            MobileNode.Hear(packet, packet.Destination, now);
        }
    }

    /// <summary>Sends a packet that originates at this node to a neighbour on an interface.</summary>
    public void SendOn(NodeInterface on, IpPacket packet, Now now)
    {
        packet = _parts.Fragmentation.Identify(packet);
        if (on.HasAssigned(packet.Destination))
        {
            _toItself.Enqueue((on, packet));
        }
        else
        {
            Transmit(on, packet.Destination, packet, isOwn: true, now);
        }
    }

    /// <summary>The source address for a destination, or null if there is no route or no address.</summary>
    public IPAddress? SourceFor(IPAddress destination, NodeInterface? on, Instant now)
    {
        if (MobileNode.HomeFor(destination) is { } home)
        {
            return home;
        }

        var target = AddressScope.IsLink(destination) ? null : _parts.Routes.Find(destination);
        if (target is RouteTarget.IntoTunnel { Tunnel.Local: var end } && end.AddressFamily == destination.AddressFamily)
        {
            return end;
        }

        var outgoing = target is null ? on ?? _parts.Interfaces.Values.FirstOrDefault(i => i.IsUp) : OutgoingOf(target);
        return SourceAddressSelection.Select(_parts.Interfaces.Values, outgoing, destination, now);
    }

    /// <summary>Forwards a packet that arrived on a link for another node.</summary>
    public void Forward(NodeInterface arrival, IpPacket packet, Now now)
    {
        if (!_parts.Settings.IsRouter || !MayPass(packet, isOutOfTunnel: false))
        {
            return;
        }

        if (!arrival.Settings.ForwardOnlyBySourceRoute)
        {
            Forward(packet, isOutOfTunnel: false, _parts.Routes.Find(packet.Destination), now);
        }
        else if (IsOnAnotherAccessLink(arrival, packet.Source))
        {
            _parts.Log("SourceElsewhere", $"{packet.Source} is not on {arrival.Link}");
        }
        else if (_parts.Routes.FindBySource(packet.Source, packet.Destination) is { } target)
        {
            Forward(packet, isOutOfTunnel: false, target, now);
        }
        else
        {
            _parts.Log("SourceRouteMissing", $"{packet.Source} on {arrival.Link} has no binding");
        }
    }

    private bool IsOnAnotherAccessLink(NodeInterface arrival, IPAddress source) =>
        _parts.Routes.Find(source) is RouteTarget.OnLink { Link: var home }
        && home != arrival.Link
        && _parts.Interfaces[home].Settings.ForwardOnlyBySourceRoute;

    /// <summary>
    /// Decapsulates a packet for this node that has IPv4 or IPv6 in it, and delivers or forwards the packet in it. Without a tunnel, the
    /// packet is dropped silently.
    /// </summary>
    /// <param name="protocol">The protocol of the content, 4 or 41.</param>
    public void Decapsulate(NodeInterface arrival, IpPacket outer, byte protocol, ReadOnlyMemory<byte> content, Now now)
    {
        var mode = outer is Ipv6Packet ? TunnelMode.Ipv6 : TunnelMode.Ipv4;
        Decapsulate(arrival, new Tunnel(outer.Destination, outer.Source, mode), outer, protocol, content, now);
    }

    /// <summary>The same for a datagram; false if it is not of a tunnel of this node.</summary>
    public bool TryDecapsulate(NodeInterface arrival, Ipv4Packet outer, UdpDatagram datagram, Now now)
    {
        var ports = new TunnelPorts(datagram.DestinationPort, datagram.SourcePort);
        var hasTlv = TlvHeader.IsAt(datagram.Payload.Span);
        var tunnel = new Tunnel(outer.Destination, outer.Source, hasTlv ? TunnelMode.Ipv4UdpTlv : TunnelMode.Ipv4Udp, ports);
        if (!Tunnels.Contains(tunnel))
        {
            return false;
        }

        if (!hasTlv)
        {
            Decapsulate(arrival, tunnel, outer, Ipv4Protocol.Udp, datagram.Payload, now);
        }
        else if (TlvHeader.TryRead(datagram.Payload.Span, out var error))
        {
            Decapsulate(arrival, tunnel, outer, Ipv4Protocol.Udp, datagram.Payload[TlvHeader.Size..], now);
        }
        else
        {
            _parts.Log("TunnelledPacketMalformed", error.Detail);
        }
        return true;
    }

    /// <summary>The same for the content of a packet from which ESP was removed.</summary>
    /// <param name="peer">The peer of its association: the other end of the tunnel, or whom the tunnel is protected for.</param>
    public void DecapsulateProtected(NodeInterface arrival, Ipv6Packet outer, EspPacket esp, IPAddress peer, Now now)
    {
        var tunnel = new Tunnel(outer.Destination, outer.Source, TunnelMode.EspTunnel)
        {
            ProtectedFor = peer.Equals(outer.Source) ? null : peer,
        };
        Decapsulate(arrival, tunnel, outer, esp.NextHeader, esp.Payload, now);
    }

    private void Decapsulate(NodeInterface arrival, Tunnel tunnel, IpPacket outer, byte protocol, ReadOnlyMemory<byte> content, Now now)
    {
        if (!Tunnels.TryOpen(arrival, tunnel, outer, protocol, content, out var inner, out var error))
        {
            if (error is not null)
            {
                Report(outer, error, now);
            }
            return;
        }
        if (!MayPass(inner, isOutOfTunnel: true))
        {
            return;
        }

        HearThrough(tunnel, inner, now);
        if (IsOwn(arrival, inner.Destination) || _parts.OwnHomes.Contains(inner.Destination))
        {
            _toItself.Enqueue((arrival, inner));
        }
        else if (_parts.Settings.IsRouter)
        {
            Forward(inner, isOutOfTunnel: true, _parts.Routes.Find(inner.Destination), now);
        }
    }

    /// <summary>Answers a packet with an ICMP error, unless the rules forbid it.</summary>
    /// <param name="quoted">The beginning of the packet, if the node does not have all of it.</param>
    public void Report(IpPacket about, PacketError error, Now now, Arrival? arrival = null, ReadOnlyMemory<byte>? quoted = null)
    {
        if (!IcmpErrors.MayAnswer(about, arrival is { LinkLayerMulticast: true }, error))
        {
            return;
        }

        // The source is the packet's destination if that is an address of this node: the sender can identify the node by it.
        var on = arrival?.On;
        var isToThisNode = on is not null && (IsOwn(on, about.Destination) || _parts.OwnHomes.Contains(about.Destination));
        var source = isToThisNode ? about.Destination : SourceFor(about.Source, on, now.Monotonic);
        if (source is not null)
        {
            Originate(IcmpErrors.Packet(error, source, about, (quoted ?? about.ToBytes()).Span), on, now);
        }
    }

    /// <summary>Answers a packet whose next hop could not be resolved. For its own packets, the node only writes a log line.</summary>
    public void ReportUnresolved(IpPacket packet, Now now)
    {
        if (_parts.HasAssigned(packet.Source))
        {
            _parts.Log("NeighborSilent", $"{packet.Destination} does not answer");
        }
        else
        {
            Report(packet, new PacketError.AddressUnreachable(), now);
        }
    }

    private bool MayPass(IpPacket packet, bool isOutOfTunnel) =>
        _parts.Settings.Forwarding.Arrival.Apply(new ForwardedPacket(packet, isOutOfTunnel)) == RuleOutcome.Continue;

    private void Forward(IpPacket packet, bool isOutOfTunnel, RouteTarget? route, Now now)
    {
        var target = PathOf(route, packet, now);
        switch (target)
        {
            case null:
                Report(packet, new PacketError.NoRoute(), now);
                break;

            case RouteTarget.Blackhole:
                _parts.Log("Blackhole", $"{packet.Source} to {packet.Destination}");
                break;

            default:
                var leaving = new ForwardedPacket(packet, isOutOfTunnel)
                {
                    Tunnel = (target as RouteTarget.IntoTunnel)?.Tunnel,
                    Mtu = MtuTowards(target, packet),
                };
                if (_parts.Settings.Forwarding.Departure.Apply(leaving) == RuleOutcome.Continue)
                {
                    Send(packet with { HopLimit = (byte)(packet.HopLimit - 1) }, target, isOwn: false, now);
                }
                else if (leaving.Error is { } error)
                {
                    Report(packet, error, now);
                }
                break;
        }
    }

    private void Send(IpPacket packet, RouteTarget? target, bool isOwn, Now now)
    {
        switch (target)
        {
            case RouteTarget.OnLink onLink:
                Transmit(_parts.Interfaces[onLink.Link], packet.Destination, packet, isOwn, now);
                break;

            case RouteTarget.Gateway gateway:
                Transmit(_parts.Interfaces[gateway.Link], gateway.Address, packet, isOwn, now);
                break;

            case RouteTarget.IntoTunnel { Tunnel: var tunnel } when Tunnels.Contains(tunnel):
                SendThrough(tunnel, packet, isOwn, now);
                break;

            case null
            or RouteTarget.Blackhole
            or RouteTarget.Transit
            or RouteTarget.OneOf
            or RouteTarget.IntoTunnel:
                _parts.Log("NoWay", $"{packet.Source} to {packet.Destination}");
                break;

            default:
                throw new UnreachableException();
        }
    }

    private void SendThrough(Tunnel tunnel, IpPacket inner, bool isOwn, Now now)
    {
        var target = MobileNode.RouteOf(tunnel.Local, tunnel.Remote);
        if (target is RouteTarget.IntoTunnel or RouteTarget.OneOf)
        {
            // RFC 2473, Section 4.1: with a new hop limit in each outer header, a loop would never end.
            _parts.Log("NestedTunnel", $"{tunnel} leads into a tunnel");
            return;
        }

        var header = TunnelHeader.Of(tunnel.Mode);
        var pathMtu = PathMtu(tunnel) ?? uint.MaxValue;
        var mtu = header.Mtu(pathMtu, inner);
        foreach (var piece in isOwn && inner is Ipv6Packet ? _parts.Fragmentation.Split(inner, mtu) : [inner])
        {
            // The rules of departure have judged the size of a packet that is forwarded.
            var fits = !isOwn || piece.Length <= mtu || piece is Ipv4Packet { DontFragment: false };
            if (!fits || piece.Length + header.Overhead(piece) > ushort.MaxValue)
            {
                _parts.Log("TunnelMtu", $"{piece.Length} octets from this node exceed the MTU of {tunnel}");
                continue;
            }

            var outer = header.Encapsulate(piece, tunnel, _parts.Settings.Forwarding.EcnOf(tunnel.Mode).Outer(piece.Ecn), pathMtu);
            if (tunnel.Mode == TunnelMode.EspTunnel && outer is Ipv6Packet plain)
            {
                if (_parts.Security.Protect(plain, tunnel.SecurityPeer) is not { } sealedPacket)
                {
                    continue;
                }
                outer = sealedPacket;
            }
            Send(_parts.Fragmentation.Identify(outer), target, isOwn: true, now);
        }
    }

    // A packet of IPv6 is fragmented by its source alone, one of IPv4 by every node that it allows to.
    private void Transmit(NodeInterface on, IPAddress nextHop, IpPacket packet, bool isOwn, Now now)
    {
        NeighborResolution neighbors = AddressScope.IsIpv4(nextHop) ? _resolution : _discovery;
        var mtu = isOwn ? _parts.PathMtus.Towards(packet.Destination, on.Mtu) : on.Mtu;
        var mayFragment = packet is Ipv4Packet ipv4 ? !ipv4.DontFragment : isOwn;
        foreach (var piece in mayFragment ? _parts.Fragmentation.Split(packet, mtu) : [packet])
        {
            neighbors.Send(on, nextHop, piece, now);
        }
    }

    private uint? MtuTowards(RouteTarget target, IpPacket packet) =>
        target is RouteTarget.IntoTunnel { Tunnel: var tunnel }
            ? PathMtu(tunnel) is { } pathMtu
                ? TunnelHeader.Of(tunnel.Mode).Mtu(pathMtu, packet)
                : null
            : OutgoingOf(target)?.Mtu;

    /// <summary>The MTU of the path to the other end of a tunnel; null if there is no link to it.</summary>
    private uint? PathMtu(Tunnel tunnel) =>
        OutgoingOf(MobileNode.RouteOf(tunnel.Local, tunnel.Remote)) is { } on ? _parts.PathMtus.Towards(tunnel.Remote, on.Mtu) : null;

    private NodeInterface? OutgoingOf(RouteTarget? target) =>
        target switch
        {
            RouteTarget.OnLink onLink => _parts.Interfaces[onLink.Link],
            RouteTarget.Gateway gateway => _parts.Interfaces[gateway.Link],
            _ => null,
        };
}
