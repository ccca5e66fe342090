using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The router of a link on which a mobile node under test may be (RFC 4861, Section 6.2; on the home link with RFC 6275, Section 7): it
/// advertises its prefixes, asked or not, resolves addresses, and delivers packets to the mobile node. A router of an IPv4-only link
/// advertises nothing: the mobile node is set up with an address there.
/// </summary>
public sealed class LinkRouter : IResponder, IFrameObserver
{
    private const byte HopLimit = 255;

    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly List<RouterPrefix> _prefixes;
    private readonly Dictionary<IPAddress, MacAddress> _neighbors = [];
    private readonly List<(IPAddress To, IpPacket Packet)> _held = [];
    private MacAddress? _lastSender;

    /// <param name="place">The name of the link in scenarios.</param>
    /// <param name="port">The tester's port on it. Of two links with one port, one is up at a time.</param>
    /// <param name="address">The global address of the router on the link; an IPv4 address on an IPv4-only link.</param>
    /// <param name="isHomeAgent">True for a home agent, which says so in its advertisements.</param>
    public LinkRouter(TestSession session, EmulatedNetwork network, PortId place, PortId port, IPAddress address, bool isHomeAgent)
    {
        (_session, _network, Place, Port, Address, IsHomeAgent) = (session, network, place, port, address, isHomeAgent);
        var octets = address.GetAddressBytes();
        const int PrefixOctets = 8,
            LinkOctet = 5;
        IsIpv4 = address.AddressFamily == AddressFamily.InterNetwork;
        LinkLayer = new MacAddress([0x02, 0x7e, 0, IsIpv4 ? octets[0] : octets[LinkOctet], octets[^2], octets[^1]]);
        LinkLocal = IsIpv4 ? address : new IPAddress([0xfe, 0x80, 0, 0, 0, 0, 0, 0, .. octets[PrefixOctets..]]);
        _prefixes = IsIpv4 ? [] : [new RouterPrefix(new Ipv6Prefix(address, 64), IsValid: true)];
        session.Tester.Add((IResponder)this);
        session.Tester.Add((IFrameObserver)this);
    }

    public PortId Place { get; }

    public PortId Port { get; }

    public IPAddress Address { get; }

    /// <summary>True for an IPv4-only link.</summary>
    public bool IsIpv4 { get; }

    /// <summary>The link-local address; on an IPv4-only link, the only one.</summary>
    public IPAddress LinkLocal { get; }

    public MacAddress LinkLayer { get; }

    /// <summary>True for the router of a link that a home agent manages, also a foreign one.</summary>
    public bool IsHomeAgent { get; set; }

    /// <summary>True while the mobile node has a carrier on the link.</summary>
    public bool IsUp { get; private set; }

    /// <summary>The prefixes that the router has advertised, those that it has given up included.</summary>
    public IReadOnlyList<RouterPrefix> Prefixes => _prefixes;

    /// <summary>The address for which a home agent answers instead of the mobile node (RFC 6275, Section 10.4.1); null for none.</summary>
    public IPAddress? Proxied { get; set; }

    private EmulatedNode Node => new($"router of {Port}", Port, LinkLocal, LinkLayer);

    /// <summary>True if one of the prefixes, valid or not, has the address.</summary>
    public bool Covers(IPAddress address) =>
        address.AddressFamily == Address.AddressFamily
        && (
            IsIpv4
                ? new IpPrefix(Address, DomainInterface.PrefixLengthOf(Address)).Contains(address)
                : _prefixes.Exists(known => known.Prefix.Contains(address))
        );

    /// <summary>Raises or lowers the carrier of the link. With it, the neighbours are forgotten.</summary>
    /// <exception cref="StepFailedException">The link does not change.</exception>
    public void SetCarrier(bool isUp)
    {
        if (!isUp)
        {
            _neighbors.Clear();
            _held.Clear();
            _network.Forget(Port);
        }

        IsUp = isUp;
        _session.SetCarrier(Port, isUp);
        if (IsIpv4 && isUp)
        {
            _network.Add(Node);
        }
        else if (IsIpv4)
        {
            _network.Remove(Node);
        }
    }

    /// <summary>Sends a Router Advertisement to all nodes of the link.</summary>
    /// <returns>Null on an IPv4-only link.</returns>
    public Frame? Advertise() => IsIpv4 ? null : Advertise(Ipv6Multicast.AllNodes, MacAddress.ForMulticast(Ipv6Multicast.AllNodes));

    /// <summary>Adds a prefix.</summary>
    /// <param name="replaces">True if the router gives up those that it has.</param>
    public void AddPrefix(Ipv6Prefix prefix, bool replaces)
    {
        for (var i = 0; replaces && i < _prefixes.Count; i++)
        {
            _prefixes[i] = _prefixes[i] with { IsValid = false };
        }

        _prefixes.Add(new RouterPrefix(prefix, IsValid: true));
    }

    /// <summary>Sends a packet to a neighbour whose link-layer address is known or is asked for now.</summary>
    /// <exception cref="StepFailedException">No node answers for the address.</exception>
    public Frame Send(IPAddress neighbor, IpPacket packet) =>
        _network.SendTo(Node, _neighbors.TryGetValue(neighbor, out var known) ? known : _network.Resolve(Node, neighbor), packet);

    /// <summary>The link-layer address of a neighbour is known from another message.</summary>
    public void Learn(IPAddress neighbor, MacAddress linkLayer) => _neighbors[neighbor] = linkLayer;

    /// <summary>Takes the last sender on the link for a neighbour that does not tell its link-layer address.</summary>
    public void Assume(IPAddress neighbor)
    {
        if (_lastSender is { } sender)
        {
            _neighbors.TryAdd(neighbor, sender);
        }
    }

    /// <summary>Sends a packet to a link-layer address of the link.</summary>
    public Frame SendTo(MacAddress linkLayer, IpPacket packet) => _network.SendTo(Node, linkLayer, packet);

    /// <summary>
    /// Sends a packet to a neighbour, at once if its link-layer address is known, otherwise when it has told that. Nothing is waited for.
    /// </summary>
    /// <returns>Null if it is not sent yet.</returns>
    public Frame? Forward(IPAddress neighbor, IpPacket packet)
    {
        if (_neighbors.TryGetValue(neighbor, out var known))
        {
            return _network.SendTo(Node, known, packet);
        }

        if (IsUp)
        {
            _held.Add((neighbor, packet));
            _ = IsIpv4 ? ArpPeer.Ask(_session.Tester, Node, neighbor) : NeighborPeer.Ask(_session.Tester, Node, neighbor);
        }

        return null;
    }

    public void Observe(Packet packet)
    {
        if (
            packet.Frame is not { Direction: Direction.Received } frame
            || frame.Port != Port
            || !IsUp
            || packet is not { Ethernet: { } ethernet }
        )
        {
            return;
        }

        _lastSender = ethernet.Source;
        if (packet.Neighbor is { Type: NeighborDiscoveryLayer.NeighborAdvertisement } advertisement)
        {
            _neighbors[advertisement.Target] = advertisement.LinkLayerAddress ?? ethernet.Source;
        }
        else if (packet.Arp is { } arp && ArpPeer.Shown(arp) is { } shown)
        {
            _neighbors[shown.Address] = shown.LinkLayer;
            Release(shown.Address);
        }
        else if (packet.Outer is { Source: var source } && !source.Equals(IPAddress.IPv6None))
        {
            _neighbors[source] = ethernet.Source;
        }
    }

    public bool TryRespond(Packet packet, LowerTester tester)
    {
        if (IsIpv4 || packet.Frame.Port != Port || !IsUp || packet is not { Neighbor: { } message, Ip: { } ip, Ethernet: { } ethernet })
        {
            return false;
        }

        switch (message.Type)
        {
            case NeighborDiscoveryLayer.RouterSolicitation:
                var isUnspecified = ip.Source.Equals(IPAddress.IPv6None);
                Advertise(
                    isUnspecified ? Ipv6Multicast.AllNodes : ip.Source,
                    isUnspecified ? MacAddress.ForMulticast(Ipv6Multicast.AllNodes) : ethernet.Source
                );
                return false;
            case NeighborDiscoveryLayer.NeighborSolicitation when Answers(message.Target):
                Answer(message.Target, ip.Source, ethernet.Source);
                return true;
            case NeighborDiscoveryLayer.NeighborAdvertisement:
                Release(message.Target);
                return false;
            default:
                return false;
        }
    }

    private bool Answers(IPAddress target) => target.Equals(Address) || target.Equals(LinkLocal) || target.Equals(Proxied);

    private void Release(IPAddress neighbor)
    {
        foreach (var held in _held.Where(held => held.To.Equals(neighbor)).ToList())
        {
            _held.Remove(held);
            Forward(held.To, held.Packet);
        }
    }

    /// <summary>A router says that it is one: a host gives up a default router that does not (RFC 4861, Section 7.2.5).</summary>
    private void Answer(IPAddress target, IPAddress asker, MacAddress askerLinkLayer)
    {
        var isTest = asker.Equals(IPAddress.IPv6None);
        var to = isTest ? Ipv6Multicast.AllNodes : asker;
        var advertisement = new NeighborAdvertisement(
            target,
            Router: true,
            Solicited: !isTest,
            Override: !target.Equals(Proxied),
            new NdOptionList(new TargetLinkLayerAddressOption(LinkLayer))
        );
        var from = Node with { Address = target };
        Send(from, isTest ? MacAddress.ForMulticast(to) : askerLinkLayer, to, advertisement.ToBytes(target, to));
    }

    private Frame Advertise(IPAddress to, MacAddress linkLayer) =>
        Send(Node, linkLayer, to, LinkAdvertisement.Of(_prefixes, LinkLayer, LinkLocal, to, IsHomeAgent ? Address : null));

    private Frame Send(EmulatedNode from, MacAddress linkLayer, IPAddress to, byte[] octets) =>
        _network.SendTo(from, linkLayer, new Ipv6Packet(from.Address, to, IpProtocol.Icmpv6, octets) { HopLimit = HopLimit });
}
