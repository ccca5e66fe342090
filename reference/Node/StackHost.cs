using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// Runs an <see cref="IpNode"/>, with or without a role, on the interfaces of the calling thread's namespace, instead of the kernel's
/// stack: for roles whose headers the kernel refuses, such as the Home Address option (RFC 6275, Section 6.3). Local applications use the
/// addresses of the node, those of a mobile node its home addresses, by a TUN device. One thread, one loop of poll(2).
/// </summary>
/// <remarks>
/// The kernel has no IPv6 and no ARP on the interfaces. It drops IPv4 packets from them, because its routes to all sources lead to the TUN
/// device. All settings are restored by <see cref="Dispose"/>.
/// </remarks>
internal sealed class StackHost : IDisposable
{
    private const string ApplicationDevice = "apps%d",
        HomeAddressDevice = "hoa%d";
    private const int MaximumPacket = 64 * 1024;

    /// <summary>Of a type 2 routing header, and of a header with a Home Address option; in octets.</summary>
    private const int HomeAddressHeaderLength = 24;

    /// <summary>The largest number of packets that are taken from one source at once, so that a flood does not hold up all else.</summary>
    private const int MaximumTaken = 64;

    private readonly Stack<IDisposable> _open = [];
    private readonly Dictionary<LinkId, PacketPort> _ports = [];
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly List<uint> _mtus = [];
    private readonly byte[] _buffer = new byte[MaximumPacket];
    private readonly NodeLog _log;
    private readonly NetlinkSubscription _events;
    private readonly RouteNetlink _netlink;
    private readonly TunDevice _applications;
    private readonly IpNode _node;
    private readonly bool _isMobileNode;
    private int _addressChanges = -1;

    /// <param name="settings">
    /// The node. The link-layer addresses of its interfaces are those of the kernel's interfaces, and so are their MTUs if these are
    /// smaller.
    /// </param>
    /// <param name="interfaces">The kernel's interface of each link.</param>
    /// <param name="role">The role of the node; null for a plain host or router.</param>
    /// <param name="isMobileNode">The applications use home addresses, by a device named hoa0, if there is none of that name.</param>
    /// <exception cref="LinuxException">The kernel refuses an operation. Changes made so far are reverted.</exception>
    public StackHost(
        IpNodeSettings settings,
        IReadOnlyDictionary<LinkId, string> interfaces,
        IRole? role,
        Random random,
        NodeLog log,
        bool isMobileNode = false
    )
    {
        (_log, _isMobileNode) = (log, isMobileNode);
        try
        {
            _netlink = Keep(RouteNetlink.Open());
            _events = Keep(NetlinkSubscription.Open(NetlinkTopics.Links));
            Keep(new Restoration(_netlink, ReversePath.OfAll, ReversePath.Off));
            _node = new IpNode(
                settings with
                {
                    Interfaces = [.. settings.Interfaces.Select(on => Take(on, interfaces[on.Link]))],
                },
                role,
                random
            )
            {
                Logged = line => log.Write(line.Rule, line.Text),
            };
            _applications = Keep(
                TunDevice.Create(isMobileNode ? HomeAddressDevice : ApplicationDevice, ApplicationMtu(settings, mtu: _mtus.Min()))
            );
            _netlink.Links.SetLinkLocalAddress(_applications.InterfaceIndex, enabled: false);
            foreach (var any in KernelMarks.Families)
            {
                _netlink.Routes.Add(new KernelRoute(new IPNetwork(any, 0)) { LinkIndex = _applications.InterfaceIndex });
            }
            _node.Applications = packet => _applications.Write(packet.ToBytes());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The name of the TUN device of the applications.</summary>
    public string ApplicationInterface => _applications.Name;

    /// <summary>The addresses that the node can use on a link; that of a mobile node at home is one of the home link.</summary>
    public IReadOnlyList<IPAddress> Addresses(LinkId link) => _node.Addresses(link);

    private static Now Now => new(new Instant(KernelTime.Now.Nanoseconds / TimeSpan.NanosecondsPerTick), DateTimeOffset.UtcNow);

    /// <summary>Starts the node and its role.</summary>
    public void Start()
    {
        _node.Start(Now);
        Settle();
    }

    /// <summary>Runs the node until one of the sources is ready, and returns that source.</summary>
    public IReadable Run(params IReadOnlyList<IReadable> until)
    {
        IReadable[] sources = [_events, _applications, .. _ports.Values, .. until];
        while (true)
        {
            var due = _node.NextTimeout is { } instant ? new KernelTime(instant.Ticks * TimeSpan.NanosecondsPerTick) : default(KernelTime?);
            var ready = Readiness.Wait(sources, due);
            TakeEvents();
            TakeFrames();
            TakeFromApplications();
            _node.HandleTimeout(Now);
            Settle();
            if (ready.FirstOrDefault(until.Contains) is { } end)
            {
                return end;
            }
        }
    }

    public void Dispose()
    {
        while (_open.TryPop(out var open))
        {
            open.Dispose();
        }
    }

    /// <summary>
    /// In octets. A correspondent leaves room for a type 2 routing header: what the kernel has fragmented is not fragmented again (RFC
    /// 6275, Section 9.3.2). A mobile node leaves room for a Home Address option, too, and so for the header of a tunnel.
    /// </summary>
    private int ApplicationMtu(IpNodeSettings settings, uint mtu)
    {
        var headers = (settings.ProcessesHomeAddressOption ? 1 : 0) + (_isMobileNode ? 1 : 0);
        return headers == 0 ? (int)mtu : Math.Max((int)mtu - (headers * HomeAddressHeaderLength), Ipv6Packet.MinimumMtu);
    }

    /// <summary>Takes an interface from the kernel.</summary>
    private InterfaceSettings Take(InterfaceSettings on, string name)
    {
        Keep(QuietInterface.Take(name));
        Keep(new Restoration(_netlink, ReversePath.Of(name), ReversePath.Strict));
        var index = _netlink.Links.Get(name).Index;
        _netlink.Links.SetUp(index);
        var port = Keep(PacketPort.Open(name));
        _ports.Add(on.Link, port);
        var link = _netlink.Links.Get(index);
        var mtu = Math.Min(on.Mtu, (uint)link.Mtu);
        _mtus.Add(mtu);
        return on with { MacAddress = port.Address, InitiallyUp = link.IsRunning, Mtu = mtu };
    }

    private void TakeEvents()
    {
        while (_events.TryTake(out var happened))
        {
            switch (happened)
            {
                case NetlinkEvent.LinkChanged { Link: var changed }:
                    Handle(changed);
                    break;
                case NetlinkEvent.LinkRemoved { Link: var removed }:
                    Handle(removed with { Flags = LinkFlags.None });
                    break;
                case NetlinkEvent.Overrun:
                    foreach (var link in _netlink.Links.List())
                    {
                        Handle(link);
                    }
                    break;
            }
        }
    }

    private void Handle(Link state)
    {
        foreach (
            var (link, _) in _ports.Where(port => port.Value.InterfaceIndex == state.Index && _node.HasCarrier(port.Key) != state.IsRunning)
        )
        {
            if (state.IsRunning)
            {
                _node.LinkUp(link, Now);
            }
            else
            {
                _node.LinkDown(link, Now);
            }
            Settle();
        }
    }

    private void TakeFrames()
    {
        foreach (var (link, port) in _ports)
        {
            for (var taken = 0; taken < MaximumTaken && port.TryReceive(out var frame); taken++)
            {
                _node.Handle(link, frame.Bytes, Now);
                Settle();
            }
        }
    }

    /// <summary>The kernel sends packets of its own on the device, too; those of applications have an address of the node.</summary>
    private void TakeFromApplications()
    {
        for (var taken = 0; taken < MaximumTaken && _applications.TryRead(_buffer, out var length); taken++)
        {
            if (IpPacket.TryParse(_buffer.AsSpan(0, length).ToArray(), out var packet, out _) && _addresses.Contains(packet.Source))
            {
                _node.Send(packet, Now);
                Settle();
            }
        }
    }

    /// <summary>Sends what the node has to send, and gives the applications its addresses.</summary>
    private void Settle()
    {
        while (_node.TryTakeFrame(out var frame))
        {
            try
            {
                _ports[frame.Link].Send(frame.Bytes.Span);
            }
            catch (LinuxException failed)
            {
                _log.Write("FrameNotSent", failed.Message);
            }
        }

        if (_node.AddressChanges == _addressChanges)
        {
            return;
        }
        _addressChanges = _node.AddressChanges;
        var usable = _isMobileNode
            ? [.. _node.HomeAddresses]
            : _ports.Keys.SelectMany(_node.Addresses).Where(address => !address.IsIPv6LinkLocal).ToHashSet();
        foreach (var gone in _addresses.Except(usable).ToList())
        {
            _addresses.Remove(gone);
            KernelMarks.IgnoreGone(() => _netlink.Addresses.Remove(_applications.InterfaceIndex, gone, LengthOf(gone)));
        }
        foreach (var added in usable.Except(_addresses).ToList())
        {
            _addresses.Add(added);
            _netlink.Addresses.Add(_applications.InterfaceIndex, added, LengthOf(added), KernelAddressFlags.NoDuplicateDetection);
        }
    }

    private static byte LengthOf(IPAddress address) => (byte)IpPrefix.MaximumLengthOf(address);

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Push(opened);
        return opened;
    }

    /// <summary>Sets a sysctl until it is disposed of.</summary>
    private sealed class Restoration : IDisposable
    {
        private readonly RouteNetlink _netlink;
        private readonly KernelSetting _before;

        public Restoration(RouteNetlink netlink, string name, string value)
        {
            (_netlink, _before) = (netlink, KernelSetting.Switch.Read(name));
            new KernelSetting.Switch(name, value).Restore(netlink);
        }

        public void Dispose() => KernelMarks.IgnoreGone(() => _before.Restore(_netlink));
    }
}
