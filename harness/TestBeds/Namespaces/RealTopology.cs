using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Conformance.TestBeds.Namespaces;

/// <summary>
/// Namespaces for a whole domain: an LMA, two MAGs, a mobile node and a correspondent node that are unmodified kernels, and between
/// them a switch whose links are hubs with a port for a listener.
/// </summary>
public sealed class RealTopology
{
    private const string MobileInterface = "wlan0";
    private const string HomeInterface = "eth0";

    private RealTopology(Func<string, NetworkNamespace> create, string prefix)
    {
        Switch = create($"{prefix}switch");
        Lma = create($"{prefix}lma1");
        Mag1 = create($"{prefix}mag1");
        Mag2 = create($"{prefix}mag2");
        Mobile = create($"{prefix}mn1");
        Correspondent = create($"{prefix}cn1");
    }

    /// <summary>The links, which are also the names of the listener's ports in <see cref="Switch"/>.</summary>
    public static IReadOnlyList<string> Links { get; } = ["core", "home", "link1", "link2"];

    public NetworkNamespace Switch { get; }

    public NetworkNamespace Lma { get; }

    public NetworkNamespace Mag1 { get; }

    public NetworkNamespace Mag2 { get; }

    public NetworkNamespace Mobile { get; }

    public NetworkNamespace Correspondent { get; }

    /// <param name="create">Creates a namespace with the given name; the caller owns it.</param>
    /// <param name="prefix">The prefix of the names.</param>
    public static RealTopology Build(Func<string, NetworkNamespace> create, string prefix)
    {
        var built = new RealTopology(create, prefix);
        built.Switch.Run(built.AddHubs);
        built.Join(built.Lma, "core", ReferenceSetup.LmaOnCore, "core", "lma1-core");
        built.Join(built.Lma, "home", ReferenceSetup.LmaOnHome, "home", "lma1-home");
        built.Join(built.Mag1, "core", ReferenceSetup.MagOnCore("MAG1"), "core", "mag1-core");
        built.Join(built.Mag2, "core", ReferenceSetup.MagOnCore("MAG2"), "core", "mag2-core");
        built.Join(built.Mag1, "link1", ReferenceSetup.MagOnAccessLinks, "link1", MagPort("link1"), up: false);
        built.Join(built.Mag2, "link2", ReferenceSetup.MagOnAccessLinks, "link2", MagPort("link2"), up: false);
        built.Join(built.Correspondent, HomeInterface, ReferenceSetup.CorrespondentNode, "home", "cn1");
        Wiring.Cable(built.Mobile, MobileInterface, ReferenceSetup.MobileNode, built.Switch, MobilePort, isAccessLink: true);
        built.Correspondent.Run(ConfigureCorrespondent);
        Wiring.Up(built.Mobile, MobileInterface);
        return built;
    }

    /// <summary>Plugs the mobile node into an access link: the MAG's end comes up first, then the mobile node's end.</summary>
    public void Attach(string link) =>
        Switch.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetUp(netlink.Links.Get(MagPort(link)).Index);
            var port = netlink.Links.Get(MobilePort).Index;
            netlink.Links.SetBridge(port, netlink.Links.Get(HubOf(link)).Index);
            netlink.Links.SetUp(port);
        });

    /// <summary>Unplugs the mobile node from its access link, if it is attached.</summary>
    public void Detach() =>
        Switch.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var port = netlink.Links.Get(MobilePort).Index;
            netlink.Links.SetDown(port);
            netlink.Links.SetBridge(port, bridgeIndex: null);
            foreach (var link in ReferenceSetup.AccessLinks.Intersect(Links))
            {
                netlink.Links.SetDown(netlink.Links.Get(MagPort(link)).Index);
            }
        });

    /// <summary>Switches the mobile node's interface off and on, which makes its kernel forget addresses and routers.</summary>
    public void Restart() =>
        Mobile.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var index = netlink.Links.Get(MobileInterface).Index;
            netlink.Links.SetDown(index);
            netlink.Links.SetUp(index);
        });

    /// <summary>True once frames pass between the mobile node and the link.</summary>
    public bool IsAttached() => Wiring.IsUp(Mobile, MobileInterface);

    /// <summary>The namespace of a node by its name in a scenario: MN1, CN1, MAG1, MAG2, LMA1; null if there is no such node.</summary>
    public NetworkNamespace? Find(string node) =>
        node switch
        {
            "MN1" => Mobile,
            "CN1" => Correspondent,
            "MAG1" => Mag1,
            "MAG2" => Mag2,
            "LMA1" => Lma,
            _ => null,
        };

    private const string MobilePort = "mn1";

    private static string MagPort(string link) => $"mag-{link}";

    private static string HubOf(string link) => $"hub-{link}";

    private static string ListenerOf(string link) => $"tap-{link}";

    private static void ConfigureCorrespondent()
    {
        using var netlink = RouteNetlink.Open();
        var index = netlink.Links.Get(HomeInterface).Index;
        netlink.Links.SetUp(index);
        netlink.Addresses.Add(index, ReferenceSetup.Address("CN1"), 64, KernelAddressFlags.NoDuplicateDetection);
        netlink.Routes.Add(
            new KernelRoute(System.Net.IPNetwork.Parse("::/0")) { Gateway = ReferenceSetup.Address("LMA1-home"), LinkIndex = index }
        );
    }

    private void AddHubs()
    {
        using var netlink = RouteNetlink.Open();
        foreach (var link in Links)
        {
            var hub = netlink.Links.AddBridge(HubOf(link), hub: true);
            Silence(hub.Name);
            netlink.Links.SetUp(hub.Index);
            netlink.Links.AddVethPair(new VethEnd(ListenerOf(link)), new VethEnd(link));
            Plug(netlink, ListenerOf(link), link, up: true);
            netlink.Links.SetUp(netlink.Links.Get(link).Index);
        }
    }

    private void Join(NetworkNamespace node, string nodeInterface, MacAddress address, string link, string port, bool up = true)
    {
        Wiring.Cable(node, nodeInterface, address, Switch, port, isAccessLink: ReferenceSetup.AccessLinks.Contains(link));
        Switch.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            Plug(netlink, port, link, up);
        });
    }

    private static void Plug(RouteNetlink netlink, string port, string link, bool up)
    {
        Silence(port);
        var index = netlink.Links.Get(port).Index;
        netlink.Links.SetBridge(index, netlink.Links.Get(HubOf(link)).Index);
        if (up)
        {
            netlink.Links.SetUp(index);
        }
    }

    /// <summary>Disables IPv6 on the interface, so that the switch itself sends nothing.</summary>
    private static void Silence(string name) => Sysctl.Write($"net/ipv6/conf/{name}/disable_ipv6", "1");
}
