using System.Net;
using System.Net.Sockets;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;

namespace Pmip.Benchmarks.DataPath;

/// <summary>
/// Two hosts in namespaces, connected by one router, or by two with a tunnel or plain routes between them.
/// <code>
/// correspondent -- router -- mobile node
/// correspondent -- LMA == MAG -- mobile node
/// </code>
/// </summary>
internal sealed class ForwardingBed : IDisposable
{
    internal static readonly IPAddress CorrespondentAddress = IPAddress.Parse("2001:db8:200::c");
    internal static readonly IPAddress MobileAddress = IPAddress.Parse("2001:db8:8000::2");

    private static readonly IPAddress _correspondentIpv4 = IPAddress.Parse("203.0.113.12");
    private static readonly IPAddress _mobileIpv4 = IPAddress.Parse("192.0.2.2");

    /// <summary>The interface at each end of the link between two routers.</summary>
    internal const string CoreInterface = "core";

    private const byte PrefixLength = 64,
        Ipv4PrefixLength = 24;
    private const int LinkMtu = 1500;

    private static readonly IPAddress _homeRouter = IPAddress.Parse("2001:db8:200::1");
    private static readonly IPAddress _accessRouter = IPAddress.Parse("2001:db8:8000::1");
    private static readonly IPAddress _anchorAddress = IPAddress.Parse("2001:db8:100::1");
    private static readonly IPAddress _gatewayAddress = IPAddress.Parse("2001:db8:100::a1");
    private static readonly (IPAddress Anchor, IPAddress Gateway) _core = (
        IPAddress.Parse("198.51.100.1"),
        IPAddress.Parse("198.51.100.2")
    );
    private static readonly IPAddress _homeRouterIpv4 = IPAddress.Parse("203.0.113.1");
    private static readonly IPAddress _accessRouterIpv4 = IPAddress.Parse("192.0.2.1");
    private static readonly IPNetwork _homeNetworkIpv4 = IPNetwork.Parse("203.0.113.0/24");
    private static readonly IPNetwork _mobileNetworkIpv4 = IPNetwork.Parse("192.0.2.0/24");
    private static readonly TunnelPorts _ports = new(UdpPort.ProxyMobileIpv6Data, UdpPort.ProxyMobileIpv6Data);
    private static readonly IPNetwork _homeNetwork = new(IPAddress.Parse("2001:db8:200::"), PrefixLength);
    private static readonly IPNetwork _mobileNetwork = new(IPAddress.Parse("2001:db8:8000::"), PrefixLength);

    /// <summary>The IPv4 address beside an IPv6 address.</summary>
    private static readonly Dictionary<IPAddress, IPAddress> _ipv4 = new()
    {
        [CorrespondentAddress] = _correspondentIpv4,
        [MobileAddress] = _mobileIpv4,
        [_homeRouter] = _homeRouterIpv4,
        [_accessRouter] = _accessRouterIpv4,
        [_anchorAddress] = _core.Anchor,
        [_gatewayAddress] = _core.Gateway,
    };

    private readonly Stack<IDisposable> _owned = new();
    private readonly List<(Node Node, string Interface, Offloads Made)> _ends = [];

    private ForwardingBed()
    {
        Correspondent = Add();
        Mobile = Add();
    }

    /// <summary>The transfers between the hosts are of IPv4; otherwise of IPv6.</summary>
    internal bool IsIpv4 { get; private set; }

    internal IPAddress MobileEnd => IsIpv4 ? _mobileIpv4 : MobileAddress;

    internal IPAddress CorrespondentEnd => IsIpv4 ? _correspondentIpv4 : CorrespondentAddress;

    internal Node Correspondent { get; }

    internal Node Mobile { get; }

    internal Node? Anchor { get; private set; }

    internal Node? Gateway { get; private set; }

    /// <summary>How the data path describes itself.</summary>
    internal string Description { get; private set; } = "plain routing";

    internal static ForwardingBed Route() =>
        Build(bed =>
        {
            var router = bed.Add();
            bed.Connect(bed.Correspondent, "eth", CorrespondentAddress, router, "home", _homeRouter);
            bed.Connect(bed.Mobile, "eth", MobileAddress, router, "access", _accessRouter);
            router.Forward();
        });

    /// <summary>The nodes and links of a tunnel, with plain routes in place of the tunnel.</summary>
    internal static ForwardingBed RouteByTwo() =>
        Build(bed =>
        {
            var (anchor, gateway) = bed.AddRouters();
            anchor.Netlink.Routes.Add(new KernelRoute(_mobileNetwork) { Gateway = _gatewayAddress });
            gateway.Netlink.Routes.Add(new KernelRoute(_homeNetwork) { Gateway = _anchorAddress });
        });

    /// <param name="isIpv4">The transfers in the tunnel are of IPv4; otherwise of IPv6.</param>
    internal static ForwardingBed Tunnel(TunnelDeviceKind kind, TunnelMode mode = TunnelMode.Ipv6, bool isIpv4 = false) =>
        Build(bed =>
        {
            bed.IsIpv4 = isIpv4;
            var (anchor, gateway) = bed.AddRouters();
            var (local, remote) = mode == TunnelMode.Ipv6 ? (_anchorAddress, _gatewayAddress) : _core;
            var ports = mode.IsInUdp() ? _ports : null;
            bed.Enter(anchor, kind, new Tunnel(local, remote, mode, ports), _mobileNetwork, _mobileNetworkIpv4);
            bed.Enter(gateway, kind, new Tunnel(remote, local, mode, ports), _homeNetwork, _homeNetworkIpv4);
        });

    /// <summary>Switches the offloads of all veths to the kernel's defaults, or all off.</summary>
    internal void SetOffloads(bool on)
    {
        foreach (var (node, name, made) in _ends)
        {
            node.Namespace.Run(() => InterfaceOffloads.Set(name, made, on));
        }
    }

    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private static ForwardingBed Build(Action<ForwardingBed> build)
    {
        var bed = new ForwardingBed();
        try
        {
            build(bed);
            AddDefaultRoutes(bed.Correspondent, _homeRouter, _homeRouterIpv4);
            AddDefaultRoutes(bed.Mobile, _accessRouter, _accessRouterIpv4);
            foreach (var (node, name, _) in bed._ends)
            {
                var index = node.Netlink.Links.Get(name).Index;
                node.Netlink.Links.WaitUntilRunning(index, until: null);
                node.Netlink.Addresses.WaitUntilLinkLocal(index, until: null);
            }

            return bed;
        }
        catch
        {
            bed.Dispose();
            throw;
        }
    }

    private Node Add()
    {
        var node = new Node();
        _owned.Push(node);
        return node;
    }

    private (Node Anchor, Node Gateway) AddRouters()
    {
        var (anchor, gateway) = (Add(), Add());
        (Anchor, Gateway) = (anchor, gateway);
        Connect(Correspondent, "eth", CorrespondentAddress, anchor, "home", _homeRouter);
        Connect(Mobile, "eth", MobileAddress, gateway, "access", _accessRouter);
        Connect(anchor, CoreInterface, _anchorAddress, gateway, CoreInterface, _gatewayAddress);
        anchor.Forward();
        gateway.Forward();
        return (anchor, gateway);
    }

    private void Connect(Node left, string leftName, IPAddress leftAddress, Node right, string rightName, IPAddress rightAddress)
    {
        left.Netlink.Links.AddVethPair(
            new VethEnd(leftName) { Namespace = left.Namespace, Mtu = LinkMtu },
            new VethEnd(rightName) { Namespace = right.Namespace, Mtu = LinkMtu }
        );
        foreach (
            var (node, name, address) in ((Node, string, IPAddress)[])[(left, leftName, leftAddress), (right, rightName, rightAddress)]
        )
        {
            var index = node.Netlink.Links.Get(name).Index;
            node.Namespace.Run(() => KernelAddressTest.SwitchOff(name));
            node.Netlink.Links.SetUp(index);
            node.Netlink.Addresses.Add(index, address, PrefixLength, KernelAddressFlags.NoDuplicateDetection);
            if (_ipv4.TryGetValue(address, out var ipv4))
            {
                node.Netlink.Addresses.Add(index, ipv4, Ipv4PrefixLength);
            }
            _ends.Add((node, name, node.Namespace.Run(() => InterfaceOffloads.Read(name))));
        }
    }

    private static void AddDefaultRoutes(Node node, IPAddress gateway, IPAddress ipv4)
    {
        node.Netlink.Routes.Add(new KernelRoute(new IPNetwork(IPAddress.IPv6Any, 0)) { Gateway = gateway });
        node.Netlink.Routes.Add(new KernelRoute(new IPNetwork(IPAddress.Any, 0)) { Gateway = ipv4 });
    }

    private void Enter(Node node, TunnelDeviceKind kind, Tunnel tunnel, params IReadOnlyList<IPNetwork> beyond)
    {
        var tunnels = node.Namespace.Run(() => TunnelDevices.Open(kind));
        _owned.Push(tunnels);
        Description = tunnels.Description;
        node.Tunnels = tunnels;
        var index = tunnels.Add(tunnel, LinkMtu);
        foreach (var network in beyond)
        {
            var isLong = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork && tunnels.IsOfProgram(tunnel);
            node.Netlink.Routes.Add(new KernelRoute(network) { LinkIndex = index, Mtu = isLong ? TunnelMtu.OfIpv4Route : null });
        }
    }

    /// <summary>A namespace and its configuration interface.</summary>
    internal sealed class Node : IDisposable
    {
        internal Node() => Netlink = Namespace.Run(RouteNetlink.Open);

        internal NetworkNamespace Namespace { get; } = NetworkNamespace.CreateAnonymous();

        internal RouteNetlink Netlink { get; }

        /// <summary>The tunnels of a router that has any.</summary>
        internal ITunnelDevices? Tunnels { get; set; }

        internal void Forward() =>
            Namespace.Run(() =>
            {
                Sysctl.Write("net/ipv6/conf/all/forwarding", "1");
                Sysctl.Write("net/ipv4/conf/all/forwarding", "1");
            });

        public void Dispose()
        {
            Netlink.Dispose();
            Namespace.Dispose();
        }
    }
}
