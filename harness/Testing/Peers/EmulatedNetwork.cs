using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>A node that the tester emulates: one address of either family with one link-layer address on one port.</summary>
public sealed record EmulatedNode(string Name, PortId Port, IPAddress Address, MacAddress LinkLayer);

/// <summary>
/// The nodes around the implementation under test, with the functions common to all nodes: they answer Neighbor Solicitations, ARP
/// Requests and ICMPv6 echo requests for their addresses (RFC 4861, Section 7.2.4; RFC 826; RFC 4443, Section 4.2), and they resolve the
/// link-layer addresses of their destinations.
/// </summary>
public sealed class EmulatedNetwork : IResponder, IFrameObserver
{
    private static readonly TimeSpan _retransTimer = TimeSpan.FromSeconds(1);
    private const int MaxMulticastSolicit = 3;

    private readonly TestSession _session;
    private readonly Dictionary<(PortId Port, IPAddress Address), EmulatedNode> _nodes = [];
    private readonly Dictionary<(PortId Port, IPAddress Address), MacAddress> _neighbors = [];

    public EmulatedNetwork(TestSession session)
    {
        _session = session;
        Esp = new EspPeer(session);
        session.Tester.Add((IResponder)this);
        session.Tester.Add((IFrameObserver)this);
    }

    /// <summary>How the nodes protect what they send.</summary>
    public EspPeer Esp { get; }

    /// <summary>Emulates the routers on the core link: an implementation may use one as its default router, another one is a NAT.</summary>
    public void AddCoreRouter() => _session.Ixit.Domain.Of(NodeRole.Router).ToList().ForEach(router => AddAt(router.Name, Ports.Core));

    /// <summary>Emulates a node of the IXIT on a link, at an address of each family that it has there.</summary>
    public void AddAt(string name, PortId port)
    {
        var addresses = _session.Ixit.Domain.Find(name)?.On(port)?.Addresses ?? [];
        addresses.Select(address => address.AddressFamily).Distinct().ToList().ForEach(family => Named(name, port, family));
    }

    /// <summary>Emulates a node of the IXIT on a link, at its address of a family there, or else at its first one.</summary>
    /// <exception cref="ScenarioFaultException">The IXIT has no such address for the node.</exception>
    public EmulatedNode Named(string name, PortId port, AddressFamily family = AddressFamily.InterNetworkV6)
    {
        var address = AddressOf(name, port, family);
        if (!_nodes.TryGetValue((port, address), out var node))
        {
            var octets = _session.Ixit.Domain.Find(name)!.Address!.GetAddressBytes();
            node = new EmulatedNode(name, port, address, new MacAddress([0x02, 0x7e, 0, 0, octets[^2], octets[^1]]));
            Add(node);
        }

        return node;
    }

    private IPAddress AddressOf(string name, PortId port, AddressFamily family) =>
        (_session.Ixit.Domain.Find(name) is { } node ? node.AddressOn(port, family) ?? node.AddressOf(family) : null)
        ?? throw new ScenarioFaultException($"The IXIT has no address of the family {family} for {name}.");

    public void Add(EmulatedNode node) => _nodes[(node.Port, node.Address)] = node;

    public void Remove(EmulatedNode node) => _nodes.Remove((node.Port, node.Address));

    /// <summary>From now on, no node with this link-layer address answers on a port.</summary>
    public void Silence(PortId port, MacAddress linkLayer)
    {
        foreach (var node in _nodes.Values.Where(node => node.Port == port && node.LinkLayer == linkLayer).ToList())
        {
            Remove(node);
        }
    }

    /// <summary>Forgets the neighbours on a port whose link went down.</summary>
    public void Forget(PortId port)
    {
        foreach (var key in _neighbors.Keys.Where(key => key.Port == port).ToList())
        {
            _neighbors.Remove(key);
        }
    }

    /// <summary>Sends a packet from an emulated node to an address on its link.</summary>
    /// <param name="nextHop">The address on the link to which the frame is sent.</param>
    /// <exception cref="StepFailedException">No node answers for <paramref name="nextHop"/>.</exception>
    public Frame Send(EmulatedNode from, IPAddress nextHop, IpPacket packet)
    {
        var destination = nextHop.IsIPv6Multicast ? MacAddress.ForMulticast(nextHop) : Resolve(from, nextHop);
        return SendTo(from, destination, packet);
    }

    /// <summary>Sends a packet from an emulated node to a link-layer address.</summary>
    public Frame SendTo(EmulatedNode from, MacAddress destination, IpPacket packet) => SendTo(_session.Tester, from, destination, packet);

    public void Observe(Packet packet)
    {
        if (packet.Frame.Direction != Direction.Received)
        {
            return;
        }

        if (packet.Arp is { } arp && ArpPeer.Shown(arp) is { } shown)
        {
            _neighbors[(packet.Frame.Port, shown.Address)] = shown.LinkLayer;
        }

        if (packet.Neighbor is not { LinkLayerAddress: { } linkLayer } message || packet.Ip is not { } ip)
        {
            return;
        }

        switch (message.Type)
        {
            case NeighborDiscoveryLayer.NeighborAdvertisement:
                _neighbors[(packet.Frame.Port, message.Target)] = linkLayer;
                break;
            case NeighborDiscoveryLayer.NeighborSolicitation:
                _neighbors[(packet.Frame.Port, ip.Source)] = linkLayer;
                break;
            default:
                break;
        }
    }

    public bool TryRespond(Packet packet, LowerTester tester)
    {
        if (
            packet.Arp is { Operation: ArpLayer.Request, Fault: null } request
            && _nodes.TryGetValue((packet.Frame.Port, request.TargetProtocolAddress), out var asked)
        )
        {
            ArpPeer.Answer(tester, asked, request);
            return true;
        }

        if (packet is not { Ip: { } ip, Ethernet: { } ethernet })
        {
            return false;
        }

        switch (packet.Neighbor?.Type)
        {
            case NeighborDiscoveryLayer.NeighborSolicitation
                when _nodes.TryGetValue((packet.Frame.Port, packet.Neighbor.Target), out var solicited):
                NeighborPeer.Answer(tester, solicited, ip.Source, ethernet.Source);
                return true;
            case NeighborDiscoveryLayer.NeighborAdvertisement:
                return true;
            default:
                break;
        }

        if (
            packet.Icmp is { Type: Icmpv6Layer.EchoRequest, Echo: { } echo }
            && _nodes.TryGetValue((packet.Frame.Port, ip.Destination), out var node)
        )
        {
            var reply = new EchoReply((ushort)echo.Identifier, (ushort)echo.SequenceNumber, new OctetString(echo.Data.Span));
            var octets = reply.ToBytes(node.Address, ip.Source);
            SendTo(tester, node, ethernet.Source, new Ipv6Packet(node.Address, ip.Source, IpProtocol.Icmpv6, octets));
        }

        // Replying does not consume the packet: a step may wait for it.
        return false;
    }

    private static Frame SendTo(LowerTester tester, EmulatedNode from, MacAddress destination, IpPacket packet) =>
        tester.Send(
            from.Port,
            new EthernetFrame(
                destination,
                from.LinkLayer,
                packet is Ipv4Packet ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType,
                packet.ToBytes()
            ).ToBytes()
        );

    /// <summary>
    /// The port's router for a destination that is not link-local, if the IXIT has such a router; otherwise the destination.
    /// </summary>
    private IPAddress Neighbor(PortId port, IPAddress destination) =>
        !destination.IsIPv6LinkLocal
        && _session.Ixit.Domain.Find(port)?.NextHop is { } router
        && router.AddressFamily == destination.AddressFamily
            ? router
            : destination;

    /// <summary>
    /// Resolves the link-layer address for frames to a destination, unless it is known: the address of the destination or of the
    /// port's router.
    /// </summary>
    /// <exception cref="StepFailedException">No node answers for the address.</exception>
    public MacAddress Resolve(EmulatedNode from, IPAddress destination)
    {
        var address = Neighbor(from.Port, destination);
        if (_neighbors.TryGetValue((from.Port, address), out var known))
        {
            return known;
        }

        for (var attempt = 0; attempt < MaxMulticastSolicit; attempt++)
        {
            if (WaitFor(from.Port, address, Solicit(from, address).At + _retransTimer) is { } linkLayer)
            {
                return linkLayer;
            }
        }

        throw new StepFailedException(
            $"no answer to {MaxMulticastSolicit} {Questions(address)} for {address} on {from.Port}; "
                + _session.NothingCame(_retransTimer * MaxMulticastSolicit)
        );
    }

    /// <summary>Asks for a link-layer address, by a Neighbor Solicitation or an ARP Request.</summary>
    private Frame Solicit(EmulatedNode from, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? ArpPeer.Ask(_session.Tester, from, address)
            : NeighborPeer.Ask(_session.Tester, from, address);

    private static string Questions(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? "ARP Requests" : "Neighbor Solicitations";

    private MacAddress? WaitFor(PortId port, IPAddress address, DateTimeOffset until)
    {
        var answered = new NeighborAnswer(() => _neighbors.ContainsKey((port, address)));
        _session.Tester.Await(answered, until);
        return answered.IsComplete ? _neighbors[(port, address)] : null;
    }

    private sealed class NeighborAnswer(Func<bool> known) : IPending
    {
        public bool IsComplete => known();

        public Outcome Result => IsComplete ? Outcome.Ok : new Outcome.Failed("no answer");
    }
}
