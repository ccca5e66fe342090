using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// A simulated node of IPv4 and IPv6, Ethernet frames in and out, without I/O, clock or thread: host or router, with or without a role.
/// The node reports received messages to its role and executes the role's actions.
/// </summary>
/// <remarks>
/// Call <see cref="Start"/> once, <see cref="Handle"/> for every frame that arrives, <see cref="LinkUp(LinkId, Now)"/> and
/// <see cref="LinkDown"/> when the carrier of a link changes, and <see cref="HandleTimeout"/> when <see cref="NextTimeout"/> is
/// reached (an early or late call is harmless). After every call take all frames with <see cref="TryTakeFrame"/>, and
/// read <see cref="NextTimeout"/> again. The node keeps references to received frames; do not write to them afterwards.
/// Exceptions of a role are not caught.
/// </remarks>
public sealed class IpNode
{
    private readonly StackParts _parts;
    private readonly IRole? _role;
    private readonly EchoClient _echo = new();
    private readonly NeighborDiscovery _discovery;
    private readonly AddressResolution _resolution;
    private readonly PacketForwarder _forwarder;
    private readonly Ipv6Layer _ipv6;
    private readonly Ipv4Layer _ipv4;
    private readonly Dictionary<string, string> _saved;
    private readonly RipSpeaker _rip;
    private bool _started;

    /// <param name="settings">The configuration of the node.</param>
    /// <param name="role">The role of the node, or null for a plain host or router.</param>
    /// <param name="random">For every value that the specifications require to be random.</param>
    /// <param name="saved">What the role has saved on this node before a restart: <see cref="Saved"/> of the earlier node.</param>
    /// <exception cref="ArgumentException">The settings are inconsistent.</exception>
    public IpNode(IpNodeSettings settings, IRole? role, Random random, IReadOnlyDictionary<string, string>? saved = null)
    {
        settings.Validate();
        _parts = new StackParts(settings, random, role is null ? null : role.Handle, Log);
        _role = role;
        _saved = new Dictionary<string, string>(saved ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        _rip = new RipSpeaker(random);
        _discovery = new NeighborDiscovery(_parts);
        _resolution = new AddressResolution(_parts);
        _forwarder = new PacketForwarder(_parts, _discovery, _resolution);
        _ipv6 = new Ipv6Layer(_parts, _forwarder, _discovery, _echo);
        _ipv4 = new Ipv4Layer(_parts, _forwarder, _resolution, _echo);
    }

    public string Name => _parts.Settings.Name;

    /// <summary>What the role has saved, which survives the node.</summary>
    public IReadOnlyDictionary<string, string> Saved => _saved;

    /// <summary>Called with the role's log lines, and with a reason for every packet that the stack drops silently.</summary>
    public Action<RoleAction.Log>? Logged { get; set; }

    /// <summary>
    /// Called with every packet for this node that neither the stack nor the role consumes, for the applications of a host: without
    /// extension headers, and with the home addresses that they carry. If it is null, the stack answers such packets with an error.
    /// </summary>
    public Action<IpPacket>? Applications
    {
        get => _parts.Applications;
        set => _parts.Applications = value;
    }

    /// <summary>
    /// When to call <see cref="HandleTimeout"/> next, or null: the earliest of the deadlines of the stack and of the role.
    /// </summary>
    public Instant? NextTimeout => Earlier(Earlier(_parts.Timers.Next, _role?.NextTimeout), _rip.NextTimeout);

    /// <summary>Brings up the interfaces that have a carrier, and starts the role. Call it once, before any other method.</summary>
    public void Start(Now now)
    {
        if (_started)
        {
            throw new InvalidOperationException($"The node {Name} has already been started.");
        }

        _started = true;
        foreach (var on in _parts.Interfaces.Values)
        {
            Configure(on);
        }
        foreach (var route in _parts.Settings.Routes)
        {
            _parts.Routes.Add(
                route.To,
                route.Gateway is { } gateway ? new RouteTarget.Gateway(route.Link, gateway) : new RouteTarget.OnLink(route.Link)
            );
        }

        _role?.Handle(new RoleInput.Started { Saved = new Dictionary<string, string>(_saved) }, now);
        _ipv6.Start(now);
        _ipv4.Start(now);
        Settle(now);
    }

    /// <summary>A frame has arrived. Frames for other nodes and malformed frames are dropped.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void Handle(LinkId link, ReadOnlyMemory<byte> frame, Now now)
    {
        var on = InterfaceOf(link);
        if (!_started)
        {
            return;
        }

        DoWhatIsDue(now);
        Receive(on, frame, now);
        Settle(now);
    }

    /// <summary>Handles due deadlines.</summary>
    public void HandleTimeout(Now now)
    {
        if (!_started)
        {
            return;
        }

        DoWhatIsDue(now);
        Settle(now);
    }

    /// <summary>
    /// A link has a carrier, possibly of another link than before. The role is notified even if the link was already up.
    /// </summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void LinkUp(LinkId link, Now now) => LinkUp(new RoleInput.LinkUp(link), now);

    /// <summary>A link has a carrier, and the access network says more about the node that is attached to it.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void LinkUp(RoleInput.LinkUp up, Now now)
    {
        var on = InterfaceOf(up.Link);
        on.HasCarrier = true;
        on.IsDisabled = false;
        if (!_started)
        {
            return;
        }

        DoWhatIsDue(now);
        _ipv6.LinkUp(on, now);
        _ipv4.LinkUp(on, now);
        foreach (var neighbor in on.AnnouncedNeighbors)
        {
            _discovery.Announce(on, neighbor);
        }
        _role?.Handle(up, now);
        Settle(now);
    }

    /// <summary>A link has lost its carrier. Neighbours and default routers are removed, addresses are kept.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void LinkDown(LinkId link, Now now)
    {
        var on = InterfaceOf(link);
        on.HasCarrier = false;
        if (!_started)
        {
            return;
        }

        DoWhatIsDue(now);
        on.ForgetNeighbors(_parts.Timers);
        _ipv6.LinkDown(on);
        _ipv4.LinkDown(on, now);
        _role?.Handle(new RoleInput.LinkDown(link), now);
        Settle(now);
    }

    /// <summary>System management or an administrator intervenes at the role.</summary>
    public void Administer(AdministrativeAction action, Now now)
    {
        DoWhatIsDue(now);
        _role?.Handle(new RoleInput.Administer(action), now);
        Settle(now);
    }

    /// <summary>An autoconfigured interface was switched off and on while it was not attached: its learned state is removed.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void Restart(LinkId link)
    {
        var on = InterfaceOf(link);
        on.ForgetNeighbors(_parts.Timers);
        _ipv6.Restart(on);
        _ipv4.Restart(on);
    }

    /// <summary>
    /// From now on, answers on a link for the addresses of a prefix on behalf of nodes elsewhere: by ARP (RFC 1027) or Neighbor Discovery
    /// (RFC 4861, Section 7.2.8). It does not answer for an address whose route leads back to that link.
    /// </summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void AddProxyNeighbor(LinkId link, IpPrefix prefix) => InterfaceOf(link).Proxied.Add(prefix);

    /// <summary>Ends <see cref="AddProxyNeighbor"/>; no effect for a prefix that was not added.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public void RemoveProxyNeighbor(LinkId link, IpPrefix prefix)
    {
        var on = InterfaceOf(link);
        on.Proxied.Remove(prefix);
        on.ProxiedRouters.Remove(prefix);
        on.AnnouncedNeighbors.RemoveWhere(neighbor => prefix.Equals(IpPrefix.Of(neighbor)));
    }

    /// <summary>Takes the oldest pending frame.</summary>
    public bool TryTakeFrame([NotNullWhen(true)] out OutgoingFrame? frame) => _parts.Output.TryTake(out frame);

    /// <summary>Whether a link has a carrier, as the node was told last.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public bool HasCarrier(LinkId link) => InterfaceOf(link).HasCarrier;

    /// <summary>
    /// A number that differs from an earlier one if <see cref="Addresses"/> of a link, or <see cref="HomeAddresses"/>, may differ.
    /// </summary>
    public int AddressChanges => _parts.OwnHomes.Changes + _parts.Interfaces.Values.Sum(on => on.AddressChanges);

    /// <summary>The home addresses of a mobile node, wherever it is.</summary>
    public IReadOnlyCollection<IPAddress> HomeAddresses => _parts.OwnHomes.All;

    /// <summary>The usable addresses of a link, without tentative and duplicate ones.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public IReadOnlyList<IPAddress> Addresses(LinkId link) => AddressesIn(link, AddressState.Assigned);

    /// <summary>The addresses that were found to be another node's.</summary>
    /// <exception cref="ArgumentException">The node has no such link.</exception>
    public IReadOnlyList<IPAddress> DuplicateAddresses(LinkId link) => AddressesIn(link, AddressState.Duplicate);

    /// <summary>
    /// Sends an Echo Request from <paramref name="source"/> or an address that the stack selects. Nothing is sent if there is no
    /// route or no address. <see cref="TryTakeEchoReply"/> returns the answer.
    /// </summary>
    public void Ping(
        IPAddress destination,
        ushort id,
        ushort seq,
        Now now,
        IPAddress? source = null,
        OctetString data = default,
        Ecn ecn = Ecn.NotEct
    )
    {
        if ((source ?? _forwarder.SourceFor(destination, null, now.Monotonic)) is not { } from)
        {
            return;
        }

        _echo.Expect(id, seq);
        IpPacket request = AddressScope.IsIpv4(destination)
            ? new Ipv4Packet(from, destination, Ipv4Protocol.Icmp, new Icmpv4EchoRequest(id, seq, data).ToBytes())
            : new Ipv6Packet(from, destination, IpProtocol.Icmpv6, new EchoRequest(id, seq, data).ToBytes(from, destination));
        Send(request.WithEcn(ecn), now);
    }

    /// <summary>Takes the oldest pending reply to a <see cref="Ping"/>.</summary>
    public bool TryTakeEchoReply([NotNullWhen(true)] out ReceivedEchoReply? reply) => _echo.TryTake(out reply);

    /// <summary>Sends a packet that originates at this node, routed by its destination.</summary>
    public void Send(IpPacket packet, Now now)
    {
        _forwarder.Originate(packet, on: null, now);
        Settle(now);
    }

    private static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;

    private void Configure(NodeInterface on)
    {
        Ipv6Layer.Configure(on);
        foreach (var (address, prefixLength) in on.Settings.Addresses)
        {
            var subnet = new IpPrefix(address, prefixLength);
            on.Set(new InterfaceAddress(address, AddressState.Assigned) { Subnet = subnet });
            if (!address.IsIPv6LinkLocal)
            {
                _parts.Routes.Add(subnet, new RouteTarget.OnLink(on.Link));
            }
        }
    }

    private void Receive(NodeInterface on, ReadOnlyMemory<byte> bytes, Now now)
    {
        if (
            !on.IsUp
            || !EthernetFrame.TryParse(bytes, out var frame, out _)
            || frame.Source.IsMulticast
            || !(frame.Destination.IsMulticast || frame.Destination == on.MacAddress)
        )
        {
            return;
        }

        switch (frame.EtherType)
        {
            case EthernetFrame.Ipv6EtherType:
                _ipv6.Receive(on, frame, now);
                break;
            case Ipv4Packet.EtherType:
                _ipv4.Receive(on, frame, now);
                break;
            case ArpPacket.EtherType:
                _ipv4.ReceiveArp(on, frame, now);
                break;
        }
    }

    private void DoWhatIsDue(Now now)
    {
        while (_parts.Timers.TryTakeDue(now.Monotonic, out var timer))
        {
            Do(timer, now);
        }
        if (_role?.NextTimeout is { } due && due <= now.Monotonic)
        {
            _role.HandleTimeout(now);
        }
        _rip.HandleTimeout(now.Monotonic);
        Settle(now);
    }

    private void Do(StackTimer timer, Now now)
    {
        switch (timer)
        {
            case StackTimer.Resolution resolution:
                foreach (
                    var packet in NeighborsOf(resolution.Neighbor)
                        .HandleTimeout(_parts.Interfaces[resolution.Link], resolution.Neighbor, now)
                )
                {
                    _forwarder.ReportUnresolved(packet, now);
                }
                break;
            case StackTimer.Reassembly reassembly:
                if (_parts.Reassembly.HandleTimeout(reassembly.Key) is { } first)
                {
                    _forwarder.Report(first, new PacketError.ReassemblyTimeExceeded(), now);
                }
                break;
            case StackTimer.PathMtuAge age:
                _parts.PathMtus.HandleTimeout(age.Destination);
                break;
            case StackTimer.OfIpv4 ofIpv4:
                _ipv4.HandleTimeout(ofIpv4, now);
                break;
            case StackTimer.OfIpv6 ofIpv6:
                _ipv6.HandleTimeout(ofIpv6, now);
                break;
            default:
                throw new UnreachableException();
        }
    }

    // Repeats until nothing is pending: a packet to this node itself may cause an action of the role, and an action a packet.
    private void Settle(Now now)
    {
        _ipv6.Report(now);
        while (true)
        {
            if (_forwarder.TryTakePacketToItself(out var on, out var packet))
            {
                LayerOf(packet.Destination).Deliver(new Arrival(on), packet, now);
            }
            else if (_role is not null && _role.TryTakeAction(out var action))
            {
                CarryOut(action, now);
            }
            else if (_rip.TryTakeMessage(out var message))
            {
                Announce(message, now);
            }
            else
            {
                return;
            }
        }
    }

    private void CarryOut(RoleAction action, Now now)
    {
        switch (action)
        {
            case RoleAction.SendSignal signal:
                if (_parts.Security.Protect(signal) is not { } message)
                {
                    break;
                }
                if (signal.Link is { } signalLink)
                {
                    _forwarder.SendOn(InterfaceOf(signalLink), message, now);
                }
                else
                {
                    _forwarder.OriginateAsIs(message, on: null, now);
                }
                break;
            case RoleAction.SendIcmp { Link: { } link } icmp:
                var onLink = LinkOutput.NeighborDiscoveryPacket(icmp.Source, icmp.Destination, icmp.Message);
                _forwarder.SendOn(InterfaceOf(link), onLink, now);
                break;
            case RoleAction.SendIcmp icmp:
                _forwarder.Originate(icmp.ToPacket(), on: null, now);
                break;
            case RoleAction.OpenUdp open when !MayShare(open.Content) && _forwarder.Tunnels.HasPort(open.Port):
                LogSharedPort(nameof(RoleAction.OpenUdp), open.Port, "that of a tunnel");
                break;
            case RoleAction.OpenUdp open:
                _parts.UdpPorts[open.Port] = open.Content;
                break;
            case RoleAction.CloseUdp close:
                _parts.UdpPorts.Remove(close.Port);
                break;
            case RoleAction.SendUdp { Link: { } link, LinkLayerDestination: { } to } udp:
                _parts.Output.Send(InterfaceOf(link), to, _parts.Fragmentation.Identify(udp.Path.Wrap(udp.Payload)));
                break;
            case RoleAction.InterceptUdp intercept:
                InterfaceOf(intercept.Link).InterceptedPorts.Add(intercept.Port);
                break;
            case RoleAction.SendUdp { Link: { } link } udp:
                _forwarder.SendOn(InterfaceOf(link), udp.Path.Wrap(udp.Payload), now);
                break;
            case RoleAction.SendUdp udp:
                _forwarder.Originate(udp.Path.Wrap(udp.Payload), on: null, now);
                break;
            case RoleAction.AddTunnel { Tunnel.Ports.Local: var port }
                when _parts.UdpPorts.TryGetValue(port, out var content) && !MayShare(content):
                LogSharedPort(nameof(RoleAction.AddTunnel), port, "open for messages to the role");
                break;
            case RoleAction.AddTunnel add:
                _forwarder.Tunnels.Add(add.Tunnel);
                break;
            case RoleAction.RemoveTunnel remove:
                _forwarder.Tunnels.Remove(remove.Tunnel);
                break;
            case RoleAction.AddRoute { Route: var route }:
                if (route.Target is RouteTarget.OnLink { Link: var routeLink })
                {
                    InterfaceOf(routeLink);
                }
                _parts.HasSeveralPaths |= route.Target is RouteTarget.OneOf;
                _parts.Routes.Add(route.To, route.Target, route.From);
                break;
            case RoleAction.RemoveRoute { Route: var route }:
                _parts.Routes.Remove(route.To, route.Target, route.From);
                break;
            case RoleAction.AddAddress add:
                AddAddress(InterfaceOf(add.Link), add.Address, add.PerformDad, now);
                break;
            case RoleAction.RemoveAddress remove:
                LayerOf(remove.Address).Remove(InterfaceOf(remove.Link), remove.Address);
                break;
            case RoleAction.SetLinkLayerAddress set:
                InterfaceOf(set.Link).MacAddress = set.Address;
                break;
            case RoleAction.AddProxyNeighbor add:
                Proxy(add);
                break;
            case RoleAction.RemoveProxyNeighbor remove:
                RemoveProxyNeighbor(remove.Link, remove.Neighbors);
                break;
            case RoleAction.TestAddress test:
                _ipv6.Test(InterfaceOf(test.Link), test.Address, now);
                break;
            case RoleAction.AddNeighbor add:
                var near = InterfaceOf(add.Link);
                near.GivenNeighbors[add.Address] = add.LinkLayerAddress;
                NeighborsOf(add.Address).Release(near, add.Address, now);
                break;
            case RoleAction.RemoveNeighbor remove:
                InterfaceOf(remove.Link).GivenNeighbors.Remove(remove.Address);
                break;
            case RoleAction.AcceptHomeAddress accept:
                _parts.HomeAddresses.Accept(accept.Home, accept.CareOf);
                break;
            case RoleAction.RefuseHomeAddress refuse:
                _parts.HomeAddresses.Refuse(refuse.Home, refuse.CareOf);
                break;
            case RoleAction.AddRouteOptimization add:
                _parts.HomeAddresses.Optimize(add.Home, add.CareOf);
                break;
            case RoleAction.RemoveRouteOptimization remove:
                _parts.HomeAddresses.EndOptimization(remove.Home, remove.CareOf);
                break;
            case RoleAction.PreferPath prefer:
                _parts.Flows.Prefer(prefer.CareOf, now.Monotonic);
                _forwarder.MobileNode.Prefer(prefer.CareOf, now);
                break;
            case RoleAction.AddHomeAddress add:
                _parts.OwnHomes.Add(add.Home);
                break;
            case RoleAction.RemoveHomeAddress remove:
                _parts.OwnHomes.Remove(remove.Home);
                break;
            case RoleAction.SilenceAddress silence:
                Silence(InterfaceOf(silence.Link), silence.Address, now);
                break;
            case RoleAction.AddOptimizedPeer add:
                _parts.OwnHomes.Optimize(add.Peer, add.Home, add.CareOf);
                break;
            case RoleAction.RemoveOptimizedPeer remove:
                _parts.OwnHomes.EndOptimization(remove.Peer, remove.Home, remove.CareOf);
                break;
            case RoleAction.AnnounceRoute announce:
                _rip.Announce(announce.Prefix, now.Monotonic);
                break;
            case RoleAction.WithdrawRoute withdraw:
                _rip.Withdraw(withdraw.Prefix, now.Monotonic);
                break;
            case RoleAction.SaveVariable save:
                _saved[save.Name] = save.Value;
                break;
            case RoleAction.Log log:
                Logged?.Invoke(log);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Announce(RipResponse message, Now now)
    {
        foreach (var on in _parts.Interfaces.Values.Where(on => on.IsUp))
        {
            if ((RipSpeaker.IsOfIpv4(message) ? on.Ipv4AddressNear(IPAddress.Any) : on.LinkLocalAddress) is { } source)
            {
                _forwarder.SendOn(on, RipSpeaker.Packet(source, message), now);
            }
        }
    }

    private void AddAddress(NodeInterface on, IPAddress address, bool performDad, Now now)
    {
        if (on.Find(address) is { State: AddressState.Assigned } known)
        {
            on.Set(known with { IsSilent = false });
            return;
        }

        LayerOf(address).Add(on, address, performDad, now);
    }

    private void Silence(NodeInterface on, IPAddress address, Now now)
    {
        if (!on.HasAssigned(address))
        {
            LayerOf(address).Add(on, address, performDad: false, now);
        }
        on.Set(on.Find(address)! with { IsSilent = true });
    }

    private void Proxy(RoleAction.AddProxyNeighbor add)
    {
        var on = InterfaceOf(add.Link);
        on.Proxied.Add(add.Neighbors);
        if (add.AreRouters)
        {
            on.ProxiedRouters.Add(add.Neighbors);
        }
        if (add is { Announces: true, Neighbors: { IsHost: true, IsIpv4: false, Network: var neighbor } })
        {
            on.AnnouncedNeighbors.Add(neighbor);
            _discovery.Announce(on, neighbor);
        }
    }

    private NeighborResolution NeighborsOf(IPAddress address) => AddressScope.IsIpv4(address) ? _resolution : _discovery;

    private IpLayer LayerOf(IPAddress address) => AddressScope.IsIpv4(address) ? _ipv4 : _ipv6;

    private List<IPAddress> AddressesIn(LinkId link, AddressState state) =>
        [.. InterfaceOf(link).Addresses.Where(a => a.State == state).Select(a => a.Address)];

    private NodeInterface InterfaceOf(LinkId link) =>
        _parts.Interfaces.TryGetValue(link, out var on)
            ? on
            : throw new ArgumentException($"The node {Name} has no link {link}.", nameof(link));

    /// <summary>Whether signals to the role and the data of its tunnels can be told apart on one port.</summary>
    private static bool MayShare(UdpContent content) => content == UdpContent.MobilityHeadersInIpv6;

    private void LogSharedPort(string action, ushort port, string use) =>
        Log("ActionFailed", $"{action}: UDP port {port} is {use}; they cannot share the port");

    private void Log(string rule, string text) => Logged?.Invoke(new RoleAction.Log(rule, text));
}
