using System.Net;
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

    /// <summary>The interface at each end of the link between two routers.</summary>
    internal const string CoreInterface = "core";

    private const byte PrefixLength = 64;
    private const int LinkMtu = 1500;

    private static readonly IPAddress _homeRouter = IPAddress.Parse("2001:db8:200::1");
    private static readonly IPAddress _accessRouter = IPAddress.Parse("2001:db8:8000::1");
    private static readonly IPAddress _anchorAddress = IPAddress.Parse("2001:db8:100::1");
    private static readonly IPAddress _gatewayAddress = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPNetwork _everywhere = new(IPAddress.IPv6Any, 0);
    private static readonly IPNetwork _homeNetwork = new(IPAddress.Parse("2001:db8:200::"), PrefixLength);
    private static readonly IPNetwork _mobileNetwork = new(IPAddress.Parse("2001:db8:8000::"), PrefixLength);

    private readonly Stack<IDisposable> _owned = new();
    private readonly List<(Node Node, string Interface, Offloads Made)> _ends = [];

    private ForwardingBed()
    {
        Correspondent = Add();
        Mobile = Add();
    }

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

    internal static ForwardingBed Tunnel(TunnelDeviceKind kind) =>
        Build(bed =>
        {
            var (anchor, gateway) = bed.AddRouters();
            bed.Enter(anchor, kind, _anchorAddress, _gatewayAddress, _mobileNetwork);
            bed.Enter(gateway, kind, _gatewayAddress, _anchorAddress, _homeNetwork);
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
            AddDefaultRoute(bed.Correspondent, _homeRouter);
            AddDefaultRoute(bed.Mobile, _accessRouter);
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
            _ends.Add((node, name, node.Namespace.Run(() => InterfaceOffloads.Read(name))));
        }
    }

    private static void AddDefaultRoute(Node node, IPAddress gateway) =>
        node.Netlink.Routes.Add(new KernelRoute(_everywhere) { Gateway = gateway });

    private void Enter(Node node, TunnelDeviceKind kind, IPAddress local, IPAddress remote, IPNetwork beyond)
    {
        var tunnels = node.Namespace.Run(() => TunnelDevices.Open(kind));
        _owned.Push(tunnels);
        Description = tunnels.Description;
        node.Tunnels = tunnels;
        node.Netlink.Routes.Add(new KernelRoute(beyond) { LinkIndex = tunnels.Add(new Tunnel(local, remote), LinkMtu) });
    }

    /// <summary>A namespace and its configuration interface.</summary>
    internal sealed class Node : IDisposable
    {
        internal Node() => Netlink = Namespace.Run(RouteNetlink.Open);

        internal NetworkNamespace Namespace { get; } = NetworkNamespace.CreateAnonymous();

        internal RouteNetlink Netlink { get; }

        /// <summary>The tunnels of a router that has any.</summary>
        internal ITunnelDevices? Tunnels { get; set; }

        internal void Forward() => Namespace.Run(() => Sysctl.Write("net/ipv6/conf/all/forwarding", "1"));

        public void Dispose()
        {
            Netlink.Dispose();
            Namespace.Dispose();
        }
    }
}
