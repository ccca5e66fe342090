using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// The real nodes of a domain, each in a namespace. A link between one node and the tester is a cable; a link with several nodes is a
/// hub in the tester's namespace, with a port for a listener.
/// </summary>
public sealed class NamespaceDomain
{
    /// <summary>The name of the tester's namespace.</summary>
    public const string TesterName = "tester";

    private readonly Domain _domain;
    private readonly IGuestEnds? _guests;
    private readonly Dictionary<string, NetworkNamespace> _nodes = new(StringComparer.Ordinal);

    private NamespaceDomain(Domain domain, Func<string, NetworkNamespace> create, IGuestEnds? guests)
    {
        (_domain, _guests) = (domain, guests);
        Tester = create(TesterName);
        foreach (var node in domain.Real.Where(node => !IsGuest(node)))
        {
            _nodes.Add(node.Name, create(NameOf(node)));
        }
    }

    /// <summary>The namespace of the tester's ports, each of which is named after its link.</summary>
    public NetworkNamespace Tester { get; }

    /// <param name="create">
    /// Creates the namespace of the tester, and of each node by <see cref="NameOf"/>; the caller owns it.
    /// </param>
    public static NamespaceDomain Build(Domain domain, Func<string, NetworkNamespace> create) => Build(domain, create, guests: null);

    /// <inheritdoc cref="Build(Domain, Func{string, NetworkNamespace})"/>
    /// <param name="guests">The nodes that have another kernel, and no namespace; null if there are none.</param>
    internal static NamespaceDomain Build(Domain domain, Func<string, NetworkNamespace> create, IGuestEnds? guests)
    {
        var built = new NamespaceDomain(domain, create, guests);
        foreach (var link in domain.Links.Where(built.IsHub))
        {
            built.Tester.Run(() => AddHub(link.Port));
        }

        foreach (var cable in LaneCable.Of(domain))
        {
            built.Join(cable);
        }

        foreach (var node in domain.Real.Where(node => ReferenceRole.Of(node).IsHost))
        {
            built._nodes[node.Name].Run(() => built.Configure(node));
            if (node.Role == NodeRole.Nat)
            {
                KernelNat.SetUp(built._nodes[node.Name], node);
            }
        }

        return built;
    }

    /// <summary>The name of a node's namespace.</summary>
    public static string NameOf(DomainNode node) => node.Name.ToLowerInvariant();

    /// <summary>The namespace of a real node by its name in a scenario; null if there is no such node, or it has another kernel.</summary>
    public NetworkNamespace? Find(string node) => _nodes.GetValueOrDefault(node);

    /// <summary>The namespace of the real node with this static address; null if there is no such node.</summary>
    public NetworkNamespace? Find(IPAddress address) => _domain.OwnerOf(address) is { } owner ? Find(owner.Name) : null;

    /// <summary>True if a real node can be moved from link to link.</summary>
    public bool IsMobile(string node) => _domain.Find(node) is { IsReal: true, IsMobile: true };

    /// <summary>True if a real node is a NAT.</summary>
    public bool IsNat(string node) => _domain.Find(node) is { IsReal: true, Role: NodeRole.Nat };

    /// <summary>Ends the bindings of a NAT, which gives later datagrams other ports.</summary>
    public void ForgetBindings(string node) => KernelNat.Forget(_nodes[node], _domain.Find(node)!);

    /// <summary>Opens the tester's ports, and waits until the nodes at the other end of their cables can be reached.</summary>
    public WiredPorts OpenPorts()
    {
        var cables = Ends.Where(end => end.Interface.Link is { } link && !IsHub(_domain.Find(link)!)).ToList();
        var constant = cables.Where(end => !_domain.IsAccess(end.Interface.Link)).ToList();
        var here = constant.Where(end => !IsGuest(end.Node)).ToList();
        here.ForEach(end => Wiring.Up(_nodes[end.Node.Name], end.Interface.Name));
        var ports = Tester.Run(() => WiredPorts.Open([.. _domain.Links.Select(Settings)]));
        here.ForEach(end => Wiring.WaitUntilRunning(_nodes[end.Node.Name], end.Interface.Name));
        _guests?.AwaitBuilt();
        return ports;

        WiredPortSettings Settings(DomainLink link)
        {
            var name = link.Port.Name;
            var end = cables.Find(end => end.Interface.Link == link.Port).Node;
            var visitor = IsHub(link) ? VisitorOf(link) : null;
            var far = end ?? visitor;
            return new WiredPortSettings(link.Port, name)
            {
                InitiallyUp = far is null || link.Kind != LinkKind.Access,
                Cable = visitor is not null ? up => Plug(visitor, link.Port, up) : CableOf(far, link.Port),
                FarEndIsUp = far is null ? null : () => IsUp(far, far.On(link.Port)!),
            };
        }
    }

    /// <summary>
    /// How the cable of a port to a node is plugged, if not by the tester's interface: the other kernel of a guest does not see that.
    /// </summary>
    private Func<bool, IPending>? CableOf(DomainNode? node, PortId link) =>
        node is null || !IsGuest(node)
            ? null
            : up =>
            {
                _guests!.Plug(node, node.On(link)!, up);
                return Completed.Ok;
            };

    private bool IsGuest(DomainNode node) => _guests?.Has(node) == true;

    /// <summary>Whether packets pass at an interface of a node.</summary>
    private bool IsUp(DomainNode node, DomainInterface @interface) =>
        IsGuest(node) ? _guests!.IsUp(node, @interface) : Wiring.IsUp(_nodes[node.Name], @interface.Name);

    /// <summary>The mobile node that comes to a link with an interface of its own there; null if there is none.</summary>
    private DomainNode? VisitorOf(DomainLink link) =>
        link.Kind == LinkKind.Access
            ? _domain.Real.FirstOrDefault(node => node.HomeAddress is not null && node.On(link.Port) is not null)
            : null;

    /// <summary>
    /// Plugs the cable of a mobile node that has an interface of its own on a link into the hub of the link, or out of it.
    /// </summary>
    public void Plug(string node, PortId link, bool up) => Plug(_domain.Find(node)!, link, up);

    private Completed Plug(DomainNode visitor, PortId link, bool up) =>
        Tester.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            Set(netlink, visitor, visitor.On(link)!, up);
            return Completed.Ok;
        });

    /// <summary>Takes the end of a cable at a hub up or down, of which the node at the other end learns.</summary>
    private void Set(RouteNetlink netlink, DomainNode node, DomainInterface @interface, bool up)
    {
        var port = netlink.Links.Get(LaneCable.PortOf(node, @interface)).Index;
        if (up)
        {
            netlink.Links.SetUp(port);
        }
        else
        {
            netlink.Links.SetDown(port);
        }

        if (IsGuest(node))
        {
            _guests!.Plug(node, @interface, up);
        }
    }

    /// <summary>Plugs a mobile node into an access link: the MAG's end comes up first, then the mobile node's end.</summary>
    public void Attach(string node, PortId link) =>
        Tester.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            foreach (var end in Ends.Where(end => end.Interface.Link == link))
            {
                Set(netlink, end.Node, end.Interface, up: true);
            }

            var port = netlink.Links.Get(MobilePort(node)).Index;
            netlink.Links.SetBridge(port, netlink.Links.Get(HubOf(link)).Index);
            netlink.Links.SetUp(port);
        });

    /// <summary>Unplugs a mobile node from its access link, if it is attached.</summary>
    public void Detach(string node) =>
        Tester.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var port = netlink.Links.Get(MobilePort(node)).Index;
            netlink.Links.SetDown(port);
            netlink.Links.SetBridge(port, bridgeIndex: null);
            foreach (var end in Ends.Where(end => _domain.IsAccess(end.Interface.Link)))
            {
                Set(netlink, end.Node, end.Interface, up: false);
            }
        });

    /// <summary>
    /// Switches a mobile node's interface off and on, which makes its kernel forget addresses and routers; those of IPv4 are removed.
    /// </summary>
    public void Restart(string node) =>
        _nodes[node]
            .Run(() =>
            {
                using var netlink = RouteNetlink.Open();
                var index = netlink.Links.Get(DomainInterface.Mobile).Index;
                netlink.Links.SetDown(index);
                foreach (
                    var address in netlink
                        .Addresses.List()
                        .Where(address => address.LinkIndex == index && address.Address.AddressFamily == AddressFamily.InterNetwork)
                )
                {
                    netlink.Addresses.Remove(index, address.Address, address.PrefixLength);
                }

                netlink.Links.SetUp(index);
            });

    /// <summary>True once frames pass between a mobile node and the link.</summary>
    public bool IsAttached(string node) => Wiring.IsUp(_nodes[node], DomainInterface.Mobile);

    private IEnumerable<(DomainNode Node, DomainInterface Interface)> Ends =>
        _domain.Real.SelectMany(node => node.Interfaces.Select(known => (node, known)));

    private static string MobilePort(string node) => node.ToLowerInvariant();

    private static string HubOf(PortId link) => $"hub-{link}";

    private static string ListenerOf(PortId link) => $"tap-{link}";

    private bool IsHub(DomainLink link) => LaneCable.IsHub(_domain, link);

    private static void AddHub(PortId link)
    {
        using var netlink = RouteNetlink.Open();
        var hub = netlink.Links.AddBridge(HubOf(link), hub: true);
        Silence(hub.Name);
        netlink.Links.SetUp(hub.Index);
        netlink.Links.AddVethPair(new VethEnd(ListenerOf(link)), new VethEnd(link.Name));
        Plug(netlink, ListenerOf(link), link, up: true);
        netlink.Links.SetUp(netlink.Links.Get(link.Name).Index);
    }

    private void Join(LaneCable cable)
    {
        var (node, @interface) = (cable.Node, cable.Interface);
        if (IsGuest(node))
        {
            Tester.Run(() => Wiring.Prepare(cable.Port, cable.Mtu));
        }
        else
        {
            var address = @interface.LinkLayer;
            Wiring.Cable(_nodes[node.Name], @interface.Name, address, Tester, cable.Port, cable.IsAccessLink, cable.Mtu);
        }

        // The routers of a link to which a mobile node comes with an interface of its own stay on it.
        var isUp = !cable.IsAccessLink || (cable.Hub is { } link && VisitorOf(_domain.Find(link)!) is { } visitor && visitor != node);
        if (cable.Hub is { } hub)
        {
            Tester.Run(() =>
            {
                using var netlink = RouteNetlink.Open();
                Plug(netlink, cable.Port, hub, isUp);
            });
        }

        if (IsGuest(node))
        {
            _guests!.Plug(node, @interface, isUp);
        }
    }

    private static void Plug(RouteNetlink netlink, string port, PortId link, bool up)
    {
        Silence(port);
        var index = netlink.Links.Get(port).Index;
        netlink.Links.SetBridge(index, netlink.Links.Get(HubOf(link)).Index);
        if (up)
        {
            netlink.Links.SetUp(index);
        }
    }

    /// <summary>Gives a host its addresses and its default route; a mobile node configures itself.</summary>
    private void Configure(DomainNode host)
    {
        using var netlink = RouteNetlink.Open();
        foreach (var @interface in host.Interfaces)
        {
            var index = netlink.Links.Get(@interface.Name).Index;
            netlink.Links.SetUp(index);
            foreach (var address in @interface.Addresses)
            {
                netlink.Addresses.Add(index, address, DomainInterface.PrefixLengthOf(address), KernelAddressFlags.NoDuplicateDetection);
            }

            foreach (var (to, router) in host.Role == NodeRole.Nat ? [] : _domain.DefaultRoutesOf(@interface))
            {
                netlink.Routes.Add(new KernelRoute(new IPNetwork(to.Network, to.Length)) { Gateway = router, LinkIndex = index });
            }
        }
    }

    /// <summary>Disables IPv6 on the interface, so that the switch itself sends nothing.</summary>
    private static void Silence(string name) => Sysctl.Write($"net/ipv6/conf/{name}/disable_ipv6", "1");
}
