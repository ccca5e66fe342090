using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Node.Configuration;
using Pmip.Node.Management;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// Runs a role on the network stack of the calling thread's namespace: reports received messages to the role and executes its
/// actions. One thread, one loop of poll(2).
/// </summary>
/// <remarks>
/// Packets are forwarded by the kernel. The role receives messages from an <see cref="PacketTap"/>: Mobility Headers with all
/// preceding headers, which a raw socket does not provide, also under ESP, and ICMPv6 with its link-layer source. A raw socket for Mobility
/// Headers is used to send, and because without it the kernel would report the protocol as unknown.
/// </remarks>
internal sealed class RoleHost : INodeHost
{
    private const byte NeighborDiscoveryHopLimit = 255;
    private const string NoMobileNodes = "a node on the kernel's stack has no care-of addresses of mobile nodes";

    /// <summary>
    /// The largest number of packets that are taken at once, so that a flood does not hold up all else: the packets of tunnels under ESP
    /// are among them.
    /// </summary>
    private const int MaximumTaken = 64;

    private readonly NodeConfiguration _configuration;
    private readonly IRole _role;
    private readonly NodeLog _log;
    private readonly Stack<IDisposable> _open = [];
    private readonly NetlinkSubscription _events;
    private readonly RouteNetlink _netlink;
    private readonly NamespaceSetup _setup;
    private readonly Ipv6RawSocket _signals;
    private readonly SecurityAssociationDatabase _security;
    private readonly Ipv6RawSocket _icmp;
    private readonly Ipv4RawSocket _unreachable;
    private readonly WholePacketSocket _packets;
    private readonly PacketTap _tap;
    private readonly PacketTap _frames;
    private readonly InterceptedDatagrams _intercepted;
    private readonly UdpPorts _udp;
    private readonly ProtectedDatagrams? _protected;
    private readonly TunnelMessages _atTunnels;
    private readonly ITunnelDevices _devices;
    private readonly KernelForwarding _forwarding;
    private readonly RoleAddresses _addresses;
    private readonly Ipv4RoleAddresses _ipv4Addresses;
    private readonly ProxyNeighbors _proxies;
    private readonly PacketReception _reception;
    private readonly HashSet<(int Link, IPAddress Address)> _own = [];
    private readonly Counters _counters = new();
    private readonly ManagementServer? _management;
    private readonly SavedVariables _saved;
    private readonly Dictionary<LinkId, RoleInput.LinkUp> _announced = [];
    private readonly RipSpeaker _rip = new(new Random());
    private readonly IcmpErrorLimit _errorLimit = new(TimeProvider.System);
    private int _messages;

    /// <summary>Packets that arrived on a link before the kernel reported the link as up.</summary>
    private readonly List<TappedPacket> _early = [];

    /// <param name="restart">Set when the management asks for a restart of the node.</param>
    /// <exception cref="LinuxException">The kernel refuses an operation. Changes made so far are reverted.</exception>
    /// <exception cref="IOException">The state directory cannot be used.</exception>
    /// <exception cref="NodeConfigurationException">The file in the state directory is damaged.</exception>
    public RoleHost(NodeConfiguration configuration, IRole role, NodeLog log, WakeUp restart)
    {
        (_configuration, _role, _log) = (configuration, role, log);
        _saved = SavedVariables.Open(configuration);
        try
        {
            // Leftovers of a killed node would conflict.
            _netlink = Keep(RouteNetlink.Open());
            SetupJournal.Recover(_netlink, log);

            _events = Keep(NetlinkSubscription.Open(NetlinkTopics.Links | NetlinkTopics.Addresses));
            _signals = Keep(Ipv6RawSocket.OpenMobilityHeader());
            _signals.SetFilter(PacketFilter.Nothing);
            _security = new SecurityAssociationDatabase(
                configuration.Security?.Load() ?? new SecuritySettings(),
                octets => RandomNumberGenerator.Fill(octets),
                log.Write
            );
            if (_security.Settings.Associations.Count > 0)
            {
                // It receives nothing: while it is open, the kernel does not report the protocol as unknown.
                Keep(Ipv6RawSocket.Open(IpProtocol.Esp)).SetFilter(PacketFilter.Nothing);
            }
            _icmp = Keep(Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass()));
            _unreachable = Keep(Ipv4RawSocket.OpenIcmp(Icmpv4Type.DestinationUnreachable));
            _packets = Keep(WholePacketSocket.Open());
            _tap = Keep(PacketTap.OpenIpv6(PacketFilter.ControlPlane));
            _setup = Keep(NamespaceSetup.Apply(configuration, _netlink, log));
            _frames = Keep(PacketTap.OpenIpv4(PacketFilter.Nothing));
            _intercepted = Keep(new InterceptedDatagrams(_netlink));
            var hasAssociations = _security.Settings.Associations.Count > 0;
            _udp = Keep(
                new UdpPorts(
                    _setup.Links,
                    FindLinkOrPath,
                    hasAssociations ? _security : null,
                    address => _own.Any(own => own.Address.Equals(address)),
                    _intercepted.Cover,
                    log
                )
            );
            _protected = hasAssociations ? Keep(new ProtectedDatagrams(_security, _udp, log)) : null;
            foreach (var link in _setup.Links.Where(link => link.Settings.IsAccessLink))
            {
                _tap.ReceiveAllGroups(link.Index);
            }

            _atTunnels = Keep(new TunnelMessages());
            _devices = Keep(
                TunnelDevices.Open(
                    KindOf(configuration.DataPath),
                    _security.Settings.Has(EspMode.Tunnel) ? new TunnelProtection(_security) : null,
                    _atTunnels
                )
            );
            _log.Write("DataPath", _devices.Description);
            _forwarding = new KernelForwarding(_netlink, _devices, _setup.Links, LinkMtu);
            _addresses = new RoleAddresses(_netlink, log);
            var random = configuration.Seed is { } seed ? new Random(seed) : new Random();
            _ipv4Addresses = Keep(new Ipv4RoleAddresses(_netlink, _setup.Links, random, log, IsProxied));
            _proxies = new ProxyNeighbors(_netlink);
            _reception = new PacketReception(IsOwn, _security, PassOn, log);
            ListAddresses();
            if (configuration.ManagementSocket is { } path)
            {
                _management = Keep(new ManagementServer(UnixListener.Open(path), CommandsOf(_devices.Description, restart)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private Instant? NextTimeout =>
        new[] { _role.NextTimeout, _rip.NextTimeout, _ipv4Addresses.NextTimeout }.OfType<Instant>().Select(at => (Instant?)at).Min();

    private Now Now
    {
        get
        {
            var (monotonic, utc) = (KernelTime.Now, DateTimeOffset.UtcNow);
            return new Now(new Instant(monotonic.Nanoseconds / TimeSpan.NanosecondsPerTick), utc + _configuration.ClockOffset);
        }
    }

    /// <summary>Starts the role.</summary>
    public void Start()
    {
        Tell(new RoleInput.Started { Saved = _saved.All });
        ListLinks();
    }

    /// <summary>Runs the role until one of the sources is ready, and returns that source.</summary>
    public IReadable Run(params IReadOnlyList<IReadable> until)
    {
        while (true)
        {
            IReadable[] sources =
            [
                _events,
                _tap,
                .. _intercepted.Taps,
                _unreachable,
                _ipv4Addresses.Source,
                .. _udp.Sources,
                .. _protected?.Sources ?? [],
                _atTunnels,
                .. until,
                .. _management?.Sources ?? [],
            ];
            var due = NextTimeout is { } instant ? new KernelTime(instant.Ticks * TimeSpan.NanosecondsPerTick) : default(KernelTime?);
            var ready = Readiness.Wait(sources, due);

            // Link events first: the processing of packets depends on them.
            TakeEvents();
            TakePackets();
            TakeDatagrams();
            _ipv4Addresses.Handle(Now);
            ReportTested();
            _management?.Handle();
            _role.HandleTimeout(Now);
            _rip.HandleTimeout(Now.Monotonic);
            CarryOutActions();
            if (ready.FirstOrDefault(until.Contains) is { } end)
            {
                return end;
            }
        }
    }

    /// <summary>Reverts the whole configuration.</summary>
    public void Dispose()
    {
        while (_open.TryPop(out var open))
        {
            open.Dispose();
        }
    }

    private static TunnelDeviceKind KindOf(string dataPath) =>
        dataPath switch
        {
            "kernel" => TunnelDeviceKind.Kernel,
            "tun" => TunnelDeviceKind.Tun,
            "seg6" => TunnelDeviceKind.Seg6,
            _ => TunnelDeviceKind.Auto,
        };

    private ManagementCommands CommandsOf(string dataPath, WakeUp restart) =>
        new(
            _configuration,
            new NodeState(_configuration, _role, _setup.Links, _forwarding, _counters, _security, dataPath, () => Now.Monotonic).Write,
            new ManagedNode(_role, Tell, Announce, () => _counters.ActionsFailed, restart.Set)
        );

    /// <summary>What the access network says when a link comes up the next time, beside what it was to say before.</summary>
    private void Announce(LinkId link, Func<RoleInput.LinkUp, RoleInput.LinkUp> also) =>
        _announced[link] = also(_announced.GetValueOrDefault(link) ?? new RoleInput.LinkUp(link));

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Push(opened);
        return opened;
    }

    private void TakeEvents()
    {
        while (_events.TryTake(out var happened))
        {
            switch (happened)
            {
                case NetlinkEvent.LinkChanged changed when FindLink(changed.Link.Index) is { } link:
                    Handle(link, changed.Link);
                    break;
                case NetlinkEvent.LinkRemoved removed when FindLink(removed.Link.Index) is { } link:
                    _log.Write("InterfaceGone", $"{link}");
                    Handle(link, removed.Link with { Flags = LinkFlags.None });
                    break;
                case NetlinkEvent.AddressChanged changed:
                    Handle(changed.Address);
                    break;
                case NetlinkEvent.AddressRemoved removed:
                    _own.Remove((removed.Address.LinkIndex, removed.Address.Address));
                    _atTunnels.SetOwn(_own.Select(own => own.Address));
                    break;
                case NetlinkEvent.Overrun:
                    ListLinks();
                    ListAddresses();
                    break;
            }
        }
    }

    private void ListLinks()
    {
        foreach (var state in _netlink.Links.List())
        {
            if (FindLink(state.Index) is { } link)
            {
                Handle(link, state);
            }
        }
    }

    private void ListAddresses()
    {
        _own.Clear();
        _atTunnels.SetOwn([]);
        foreach (var address in _netlink.Addresses.List())
        {
            Handle(address);
        }
    }

    private void Handle(NodeLink link, Link state)
    {
        if (state.IsUp && !link.IsEnabled)
        {
            _setup.Restore(link);
            _addresses.Restore(link);
            _ipv4Addresses.Restore(link);
            _proxies.Restore(link);
            _forwarding.Restore(link);
        }

        (link.IsEnabled, link.Address) = (state.IsUp, state.Address);
        if (link.IsUp == state.IsRunning)
        {
            return;
        }
        link.IsUp = state.IsRunning;
        if (link.IsUp)
        {
            _ipv4Addresses.LinkUp(link, Now);
        }
        else
        {
            _ipv4Addresses.LinkDown(link);
        }
        Tell(
            !link.IsUp ? new RoleInput.LinkDown(link.Id)
            : _announced.Remove(link.Id, out var announced) ? announced
            : new RoleInput.LinkUp(link.Id)
        );
        var early = _early.Where(packet => packet.LinkIndex == link.Index).ToList();
        _early.RemoveAll(early.Contains);
        if (link.IsUp)
        {
            early.ForEach(packet => Receive(link, packet));
        }
    }

    private void Handle(KernelAddress changed)
    {
        if (!changed.IsTentative && !changed.Flags.HasFlag(KernelAddressFlags.DuplicateDetected))
        {
            _own.Add((changed.LinkIndex, changed.Address));
            _atTunnels.SetOwn(_own.Select(own => own.Address));
        }
        if (_addresses.Handle(changed) is { } isUnique && FindLink(changed.LinkIndex) is { } link)
        {
            Tell(new RoleInput.AddressTested(link.Id, changed.Address, isUnique));
        }
    }

    private void TakePackets()
    {
        TakePackets(_tap);
        foreach (var tap in _intercepted.Taps.ToList())
        {
            TakePackets(tap);
        }
    }

    private void TakePackets(PacketTap tap)
    {
        for (var taken = 0; taken < MaximumTaken && tap.TryReceive(out var packet); taken++)
        {
            if (FindLink(packet.LinkIndex) is not { } link)
            {
                continue;
            }
            if (link.IsUp)
            {
                Receive(link, packet);
            }
            else
            {
                ReceiveEarly(link, packet);
            }
        }
    }

    /// <summary>
    /// The kernel may deliver packets before it reports link up. A query for the link makes some kernels send the report first.
    /// If the link has a carrier, the packet is kept until the report. Packets queued before link down are dropped.
    /// </summary>
    private void ReceiveEarly(NodeLink link, TappedPacket packet)
    {
        var state = _netlink.Links.Get(link.Index);
        TakeEvents();
        if (link.IsUp)
        {
            Receive(link, packet);
        }
        else if (state.HasCarrier)
        {
            _early.Add(packet);
        }
    }

    private void TakeDatagrams()
    {
        for (var taken = 0; taken < MaximumTaken && _unreachable.TryReceive(out var icmp); taken++)
        {
            if (FindLink(icmp.LinkIndex) is { IsUp: true } link && _reception.Read(link, icmp) is { } input)
            {
                Report(input);
            }
        }
        foreach (var datagram in (RoleInput[])[.. _udp.Take(), .. _protected?.Take() ?? []])
        {
            Report(datagram);
        }
        for (var taken = 0; taken < MaximumTaken && _atTunnels.TryReceive(out var message); taken++)
        {
            if (_udp.Read(message) is { } input)
            {
                Report(input);
            }
        }
    }

    private void ReportTested()
    {
        while (_ipv4Addresses.TryTake(out var tested))
        {
            Tell(tested);
        }
    }

    private void Receive(NodeLink link, TappedPacket packet)
    {
        var input = _reception.Read(link, packet);
        var isTakenElsewhere = input is RoleInput.Udp datagram && !_intercepted.Cover(link.Index, datagram.Path.DestinationPort);
        if (input is not null && !isTakenElsewhere)
        {
            Report(input);
        }
    }

    private void Report(RoleInput input)
    {
        if (input is RoleInput.Signal)
        {
            _counters.SignalsReceived++;
        }
        else if (input is RoleInput.Icmp or RoleInput.PathMtuChanged)
        {
            _counters.IcmpReceived++;
        }
        if (input is RoleInput.PathMtuChanged { Destination: var destination, Mtu: var mtu })
        {
            Try(nameof(RoleInput.PathMtuChanged), () => _forwarding.Shrink(destination, mtu));
        }
        Tell(input);
    }

    /// <exception cref="IOException">The configuration says that the node fails at this message.</exception>
    private void Tell(RoleInput input)
    {
        if (input is RoleInput.Signal && ++_messages == _configuration.FailsAtMessage)
        {
            throw new IOException($"fails at message {_messages}, as configured");
        }

        _role.Handle(input, Now);
        CarryOutActions();
    }

    private void CarryOutActions()
    {
        while (_role.TryTakeAction(out var action))
        {
            Try(action.GetType().Name, () => CarryOut(action));
        }
        Try(nameof(RoleAction.AnnounceRoute), Announce);
    }

    private void Try(string what, Action act)
    {
        try
        {
            act();
        }
        catch (Exception failed) when (failed is LinuxException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _counters.ActionsFailed++;
            _log.Write("ActionFailed", $"{what}: {failed.Message}");
        }
    }

    /// <summary>Tells the routers on the links what changes in the routes over this node.</summary>
    private void Announce()
    {
        while (_rip.TryTakeMessage(out var message))
        {
            foreach (var link in _setup.Links.Where(link => link is { IsUp: true, Settings.IsAccessLink: false }))
            {
                var address = _netlink
                    .Addresses.List()
                    .FirstOrDefault(address =>
                        address.LinkIndex == link.Index
                        && !address.IsTentative
                        && (RipSpeaker.IsOfIpv4(message) ? IpPrefix.Of(address.Address).IsIpv4 : address.Address.IsIPv6LinkLocal)
                    );
                if (address is not null)
                {
                    _packets.Send(RipSpeaker.Packet(address.Address, message), link.Index);
                }
            }
        }
    }

    private void CarryOut(RoleAction action)
    {
        switch (action)
        {
            case RoleAction.SendSignal signal:
                if (Send(signal))
                {
                    _counters.SignalsSent++;
                }
                break;
            case RoleAction.SendIcmp { Link: { } on } icmp:
                var link = LinkOf(on);
                _addresses.WhenUsable(link, icmp.Source, () => SendOnLink(link, icmp));
                break;
            case RoleAction.SendIcmp icmp when icmp.HomeAddress is not null || icmp.RoutedTo is not null:
                _packets.Send(icmp.ToPacket());
                _counters.IcmpSent++;
                break;
            case RoleAction.SendIcmp icmp:
                _icmp.Send(icmp.Source, icmp.Destination, icmp.Message.Span);
                _counters.IcmpSent++;
                break;
            case RoleAction.OpenUdp open:
                var isShared = _devices.SharesPorts && UdpPorts.MayShare(open.Content);
                RequireFree(open.Port, !isShared && _forwarding.Tunnels.Any(of => of.Tunnel.Ports?.Local == open.Port), "that of a tunnel");
                _udp.Open(open.Port, open.Content, isShared);
                break;
            case RoleAction.CloseUdp close:
                _udp.Close(close.Port);
                break;
            case RoleAction.InterceptUdp intercept:
                _intercepted.Add(LinkOf(intercept.Link), intercept.Port);
                break;
            case RoleAction.SendUdp { Link: { } near, LinkLayerDestination: { } to } udp:
                _frames.Send(LinkOf(near).Index, to, udp.Path.Wrap(udp.Payload).ToBytes());
                break;
            case RoleAction.SendUdp udp:
                _packets.Send(udp.Path.Wrap(udp.Payload), udp.Link is { } by ? LinkOf(by).Index : null);
                break;
            case RoleAction.AddTunnel add:
                if (add.Tunnel.Ports is { Local: var port })
                {
                    RequireFree(port, _udp.IsOpen(port) && !(_devices.SharesPorts && _udp.MayShare(port)), "open for messages to the role");
                }
                _forwarding.Add(add.Tunnel);
                _log.Write("TunnelAdded", $"{add.Tunnel}");
                break;
            case RoleAction.RemoveTunnel remove:
                _forwarding.Remove(remove.Tunnel);
                _log.Write("TunnelRemoved", $"{remove.Tunnel}");
                break;
            case RoleAction.AddRoute { Route.Target: RouteTarget.OneOf }:
                throw new NotSupportedException(NoMobileNodes);
            case RoleAction.AddRoute add:
                _forwarding.Add(add.Route);
                break;
            case RoleAction.RemoveRoute remove:
                _forwarding.Remove(remove.Route);
                break;
            case RoleAction.AddAddress { Address.AddressFamily: AddressFamily.InterNetwork } add:
                _ipv4Addresses.Add(LinkOf(add.Link), add.Address, add.PerformDad, Now);
                break;
            case RoleAction.RemoveAddress { Address.AddressFamily: AddressFamily.InterNetwork } remove:
                if (LinkOf(remove.Link) is var emptied && _ipv4Addresses.Remove(emptied, remove.Address))
                {
                    _forwarding.Restore(emptied);
                }
                break;
            case RoleAction.AddAddress add:
                _addresses.Add(LinkOf(add.Link), add.Address, add.PerformDad);
                break;
            case RoleAction.RemoveAddress remove:
                _addresses.Remove(LinkOf(remove.Link), remove.Address);
                break;
            case RoleAction.SetLinkLayerAddress set:
                new KernelSetting.HardwareAddress(LinkOf(set.Link).Interface, set.Address).Restore(_netlink);
                break;
            case RoleAction.AddProxyNeighbor { Announces: true }
            or RoleAction.TestAddress
            or RoleAction.AddNeighbor
            or RoleAction.RemoveNeighbor
            or RoleAction.AcceptHomeAddress
            or RoleAction.RefuseHomeAddress
            or RoleAction.AddRouteOptimization
            or RoleAction.RemoveRouteOptimization
            or RoleAction.PreferPath
            or RoleAction.AddHomeAddress
            or RoleAction.RemoveHomeAddress
            or RoleAction.SilenceAddress
            or RoleAction.AddOptimizedPeer
            or RoleAction.RemoveOptimizedPeer:
                throw new NotSupportedException(NoMobileNodes);
            case RoleAction.AddProxyNeighbor add:
                _proxies.Add(LinkOf(add.Link), add.Neighbors);
                break;
            case RoleAction.RemoveProxyNeighbor remove:
                _proxies.Remove(LinkOf(remove.Link), remove.Neighbors);
                break;
            case RoleAction.AnnounceRoute announce:
                _rip.Announce(announce.Prefix, Now.Monotonic);
                break;
            case RoleAction.WithdrawRoute withdraw:
                _rip.Withdraw(withdraw.Prefix, Now.Monotonic);
                break;
            case RoleAction.SaveVariable save:
                _saved.Save(save.Name, save.Value);
                break;
            case RoleAction.Log log:
                _log.Write(log.Rule, log.Text);
                break;
            default:
                throw new UnreachableException($"Unknown kind of action: {action.GetType()}");
        }
    }

    /// <summary>
    /// A UDP port is either the role's or that of tunnels, except if the tunnels know the messages to the role: two sockets would take
    /// datagrams from each other.
    /// </summary>
    /// <exception cref="NotSupportedException">The port is in use.</exception>
    private static void RequireFree(ushort port, bool isUsed, string use)
    {
        if (isUsed)
        {
            throw new NotSupportedException($"UDP port {port} is {use}; a role and its tunnels cannot share a port");
        }
    }

    /// <summary>
    /// The kernel writes the header of a message with an IPv6 header only. False if there is no security association for the message.
    /// </summary>
    private bool Send(RoleAction.SendSignal signal)
    {
        if (signal is { ProtectedFor: null, Link: null, Path: Ipv6Signaling { HomeAddress: null, RoutedTo: null } })
        {
            _signals.Send(signal.Path.Source, signal.Path.Destination, signal.MobilityHeader.Span);
            return true;
        }
        if (_security.Protect(signal) is not { } packet)
        {
            return false;
        }

        _packets.Send(packet, signal.Link is { } near ? LinkOf(near).Index : null);
        return true;
    }

    /// <summary>Passes an error from inside a tunnel on to the source of the packet in it.</summary>
    private void PassOn(Icmpv6Message received)
    {
        if (ErrorInTunnel.Read(received, _forwarding.PassesErrorsOn) is { Message: { } message } error && _errorLimit.MaySend())
        {
            Try(nameof(PassOn), () => SendOn(error.Inner, message));
        }
    }

    private void SendOn(IpPacket about, byte[] message)
    {
        if (about is Ipv4Packet)
        {
            _unreachable.Send(source: null, about.Source, message, new SendOptions { TrafficClass = Icmpv4Message.ErrorPrecedence });
        }
        else
        {
            _icmp.Send(source: null, about.Source, message);
        }
        _counters.IcmpSent++;
    }

    private void SendOnLink(NodeLink link, RoleAction.SendIcmp icmp) =>
        Try(
            nameof(RoleAction.SendIcmp),
            () =>
            {
                var options = new SendOptions { LinkIndex = link.Index, HopLimit = NeighborDiscoveryHopLimit };
                _icmp.Send(icmp.Source, icmp.Destination, icmp.Message.Span, options);
                _counters.IcmpSent++;
            }
        );

    /// <summary>RFC 2473, Section 7.1: the MTU of the link towards the other end of a tunnel.</summary>
    private int LinkMtu(Tunnel tunnel)
    {
        var index =
            _setup.Links.FirstOrDefault(on => on.Settings.Addresses.Any(own => own.Address.Equals(tunnel.Local)))?.Index
            ?? _netlink.Addresses.List().FirstOrDefault(own => own.Address.Equals(tunnel.Local))?.LinkIndex
            ?? throw new LinuxException("tunnel", $"{tunnel}", Errno.AddressNotAvailable, "no interface has the local address");
        var path = _netlink.Links.Get(index).Mtu;
        if (_configuration.MobileAccessGateway is { CoreMtu: var configured })
        {
            path = Math.Min(path, (int)configured);
        }
        return path;
    }

    /// <summary>A link-local address belongs to the node only on its own link.</summary>
    private bool IsOwn(NodeLink link, IPAddress address) =>
        address.IsIPv6LinkLocal ? _own.Contains((link.Index, address)) : _own.Any(own => own.Address.Equals(address));

    /// <summary>As on the simulated stack, not for nodes on the link. For an address of this node, the kernel answers.</summary>
    private bool IsProxied(NodeLink link, IPAddress address) =>
        _proxies.Answers(link, address) && !_forwarding.LeadsTo(address, link.Id) && !_own.Contains((link.Index, address));

    /// <summary>A packet out of a tunnel has come over the first link that is not an access link.</summary>
    private NodeLink? FindLinkOrPath(int index) =>
        FindLink(index) ?? (_forwarding.HasTunnel(index) ? _setup.Links.FirstOrDefault(link => !link.Settings.IsAccessLink) : null);

    private NodeLink? FindLink(int index) => _setup.Links.FirstOrDefault(link => link.Index == index);

    private NodeLink LinkOf(LinkId id) =>
        _setup.Links.FirstOrDefault(link => link.Id == id) ?? throw new ArgumentException($"The node has no link {id}.", nameof(id));
}
