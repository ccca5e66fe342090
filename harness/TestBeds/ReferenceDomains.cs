using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>The domains in which the reference implementation is tested.</summary>
public static class ReferenceDomains
{
    /// <summary>RFC 6543, Section 4: the link-layer address of every MAG on every access link.</summary>
    private static readonly MacAddress _magOnAccessLinks = MacAddress.Parse("00:00:5e:00:52:13");

    private static readonly List<PortId> _accessLinks = [.. Enumerable.Range(1, 4).Select(Ports.Access)];

    /// <summary>The nodes of every domain, each played by the tester.</summary>
    private static readonly IReadOnlyList<DomainNode> _emulated =
    [
        new("LMA1", NodeRole.Lma, [At(Ports.Core, "2001:db8:100::1"), At(Ports.Home, "2001:db8:200::1")]),
        new("MAG1", NodeRole.Mag, [At(Ports.Core, "2001:db8:100::a1")]),
        new("MAG2", NodeRole.Mag, [At(Ports.Core, "2001:db8:100::a2")]),
        new("MAG3", NodeRole.Mag, [At(Ports.Core, "2001:db8:100::a3")]) { IsAuthorized = false },
        new("core router", NodeRole.Router, [At(Ports.Core, "2001:db8:100::ff")]),
        new("CN1", NodeRole.Cn, [At(Ports.Home, "2001:db8:200::c1")]),
    ];

    /// <summary>The security associations of all nodes: one peer without encryption, the others with it.</summary>
    internal static IReadOnlyList<DomainAssociation> Associations { get; } =
    [
        .. Pair(0x1001, "LMA1", "MAG1", EspAlgorithms.AesCbcHmacSha256),
        .. Pair(0x1002, "LMA1", "MAG2", EspAlgorithms.NullHmacSha256),
        .. Pair(0x1003, "LMA1", "MAG3", EspAlgorithms.AesCbcHmacSha256),
        .. Pair(0x1101, "LMA2", "MAG1", EspAlgorithms.NullHmacSha256),
        .. Pair(0x1012, "LMA1", "MAG2", EspAlgorithms.NullHmacSha256).Select(known => known with { IsTunnel = true }),
        .. Pair(0x1111, "LMA2", "MAG1", EspAlgorithms.NullHmacSha256).Select(known => known with { IsTunnel = true }),
    ];

    /// <summary>An LMA under test; the tester plays everything around it.</summary>
    public static Domain Lma { get; } =
        Of([new(Ports.Core, LinkKind.Core), new(Ports.Home, LinkKind.Home)], Anchor(NodePlayer.Implementation));

    /// <summary>A MAG under test, with four access links; the tester plays everything around it.</summary>
    public static Domain Mag { get; } =
        Of(
            [
                new(Ports.Core, LinkKind.Core),
                new(_accessLinks[0], LinkKind.Access),
                new(_accessLinks[1], LinkKind.Access),
                new(_accessLinks[2], LinkKind.Access) { BoundIdentity = "link3@dynamic.pmip.example" },
                new(_accessLinks[3], LinkKind.Access) { IsForBookends = true },
            ],
            Gateway("MAG1", _accessLinks)
        );

    /// <summary>A MAG under test whose interfaces on the access links have different link-layer addresses of their own.</summary>
    public static Domain MagWithOwnLinkLayers { get; } = WithOwnLinkLayers(Mag);

    /// <summary>
    /// A MAG under test, for mobile nodes with profiles: there is a second LMA, the path to the LMAs has an MTU of its own, and link 2 has
    /// the smallest of all.
    /// </summary>
    public static Domain MagWithProfiles { get; } =
        Mag with
        {
            Links =
            [
                .. Mag.Links.Select(link =>
                    link.Kind == LinkKind.Core ? link with { Mtu = 1400 }
                    : link.Port == _accessLinks[1] ? link with { Mtu = 1300 }
                    : link
                ),
            ],
            Nodes = [.. Mag.Nodes, new("LMA2", NodeRole.Lma, [At(Ports.Core, "2001:db8:100::2")])],
        };

    /// <summary>A MAG under test whose first two access links have prefixes for nodes without mobility service.</summary>
    public static Domain MagWithVisitors { get; } =
        Mag with
        {
            Links =
            [
                .. Mag.Links.Select(link =>
                    _accessLinks.IndexOf(link.Port) is (0 or 1) and var index
                        ? link with
                        {
                            VisitedPrefix = Ipv6Prefix.Parse($"2001:db8:c00{index + 1}::/64"),
                        }
                        : link
                ),
            ],
        };

    /// <summary>A MAG under test with a DHCPv6 server on the core link.</summary>
    public static Domain MagWithDhcp { get; } =
        Mag with
        {
            Nodes = [.. Mag.Nodes, new("DHCP1", NodeRole.Dhcp, [At(Ports.Core, "2001:db8:100::d1")])],
        };

    /// <summary>The IPv4 addresses of the nodes on the home link, out of 198.51.100.0/24.</summary>
    private static readonly IReadOnlyDictionary<string, string> _ipv4OnHomeLink = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LMA1"] = "198.51.100.1",
        ["DHCP1"] = "198.51.100.67",
        ["CN1"] = "198.51.100.193",
    };

    /// <summary>The IPv4 addresses of the DHCP relay agents, if they are on the home link.</summary>
    private static readonly IReadOnlyDictionary<string, string> _relayAgents = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MAG1"] = "198.51.100.161",
        ["MAG2"] = "198.51.100.162",
    };

    /// <summary>An LMA under test that serves IPv4 home addresses, over transport of IPv6.</summary>
    public static Domain LmaIpv4 { get; } = WithIpv4(Lma);

    /// <summary>An LMA under test with a DHCP server; the relay agents of the MAGs have addresses on the home link.</summary>
    public static Domain LmaIpv4WithDhcp { get; } = WithRelayAgents(LmaIpv4);

    /// <summary>A MAG under test that serves IPv4 home addresses, with a DHCP server on the core link and behind the LMA.</summary>
    public static Domain MagIpv4 { get; } = WithIpv4(MagWithDhcp);

    /// <summary>
    /// An LMA under test whose signalling with every MAG is protected by ESP, and the packets of mobile nodes at MAG2, too. MAG3 has
    /// associations and no authority.
    /// </summary>
    public static Domain LmaWithEsp { get; } = Lma with { Associations = [.. Associations.Where(known => Involves(known, "LMA1"))] };

    /// <summary>
    /// A MAG under test whose signalling with both LMAs is protected by ESP, and the packets of the mobile nodes of LMA2, too.
    /// </summary>
    public static Domain MagWithEsp { get; } =
        Mag with
        {
            Nodes = [.. Mag.Nodes, new("LMA2", NodeRole.Lma, [At(Ports.Core, "2001:db8:100::2")])],
            Associations = [.. Associations.Where(known => Involves(known, "MAG1"))],
        };

    /// <summary>A MAG under test that serves IPv4 home addresses, whose signalling with its LMA is protected by ESP.</summary>
    public static Domain MagIpv4WithEsp { get; } =
        MagIpv4 with
        {
            Associations = [.. Associations.Where(known => Involves(known, "MAG1") && Involves(known, "LMA1"))],
        };

    /// <summary>A whole domain, in which the tester only listens.</summary>
    public static Domain EndToEnd { get; } =
        Of(
            [
                new(Ports.Core, LinkKind.Core),
                new(Ports.Home, LinkKind.Home),
                new(_accessLinks[0], LinkKind.Access),
                new(_accessLinks[1], LinkKind.Access),
            ],
            Anchor(NodePlayer.Implementation),
            Gateway("MAG1", [_accessLinks[0]]),
            Gateway("MAG2", [_accessLinks[1]]),
            Emulated("CN1").With(NodePlayer.Bed, MacAddress.Parse("02:7e:00:00:00:c1")),
            new DomainNode("MN1", NodeRole.Mn, [new(Link: null) { LinkLayer = MacAddress.Parse("02:5e:00:00:ff:01") }])
            {
                Player = NodePlayer.Bed,
            }
        );

    /// <summary>The whole domain with IPv4 home addresses.</summary>
    public static Domain EndToEndIpv4 { get; } = WithIpv4(EndToEnd);

    /// <summary>
    /// The whole domain with IPv4 home addresses, and a DHCP server that the MAGs reach on the core link by IPv4, too.
    /// </summary>
    public static Domain EndToEndIpv4Relay { get; } =
        EndToEndIpv4 with
        {
            Nodes =
            [
                .. EndToEndIpv4.Nodes.Select(node => node.Role == NodeRole.Mag && node.IsReal ? WithIpv4OnCore(node) : node),
                WithIpv4OnCore(MagWithDhcp.Find("DHCP1")!.With(NodePlayer.Bed, MacAddress.Parse("02:7e:00:00:00:d1"))),
            ],
        };

    /// <summary>The whole domain with all signalling protected by ESP, and the packets of mobile nodes at MAG2, too.</summary>
    public static Domain EndToEndWithEsp { get; } =
        EndToEnd with
        {
            Associations = [.. Associations.Where(known => EndToEnd.Find(known.From) is not null && EndToEnd.Find(known.To) is not null)],
        };

    /// <summary>The domain with another link-layer address on each access link of the node under test.</summary>
    internal static Domain WithOwnLinkLayers(Domain domain)
    {
        return domain with { Nodes = [.. domain.Nodes.Select(node => node.IsUnderTest ? Changed(node) : node)] };

        static DomainNode Changed(DomainNode node) => node with { Interfaces = [.. node.Interfaces.Select(OnLink)] };

        static DomainInterface OnLink(DomainInterface known) =>
            known.Link is { } link && _accessLinks.IndexOf(link) is >= 0 and var index
                ? known with
                {
                    LinkLayer = new MacAddress([0x02, 0x1a, 0, 0, 2, (byte)(index + 1)]),
                }
                : known;
    }

    /// <summary>The domain with IPv4 addresses on the home link.</summary>
    private static Domain WithIpv4(Domain domain) => OnHomeLink(domain, _ipv4OnHomeLink);

    private static Domain WithRelayAgents(Domain domain) => OnHomeLink(domain, _relayAgents);

    private static Domain OnHomeLink(Domain domain, IReadOnlyDictionary<string, string> addresses)
    {
        return domain with { Nodes = [.. domain.Nodes.Select(Changed)] };

        DomainNode Changed(DomainNode node) =>
            addresses.GetValueOrDefault(node.Name) is not { } address ? node
            : node.On(Ports.Home) is null ? node with { Interfaces = [.. node.Interfaces, At(Ports.Home, address)] }
            : node with { Interfaces = [.. node.Interfaces.Select(known => known.Link == Ports.Home ? With(known, address) : known)] };

        static DomainInterface With(DomainInterface known, string address) =>
            known with
            {
                Addresses = [.. known.Addresses, IPAddress.Parse(address)],
            };
    }

    /// <summary>The node with an address out of 192.0.2.0/24 on the core link, if it is on that link.</summary>
    internal static DomainNode WithIpv4OnCore(DomainNode node) =>
        node with
        {
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    known.Link == Ports.Core ? known with { Addresses = [.. known.Addresses, Ipv4OnCore(known.Addresses[0])] } : known
                ),
            ],
        };

    /// <summary>
    /// The IPv4 address that goes with an IPv6 address of the core link: it ends as that does, except for what is the broadcast address.
    /// </summary>
    internal static IPAddress Ipv4OnCore(IPAddress address) =>
        new([192, 0, 2, Math.Min(address.GetAddressBytes()[^1], (byte)(byte.MaxValue - 1))]);

    /// <summary>A domain with these real nodes, in which the tester plays all others.</summary>
    private static Domain Of(IReadOnlyList<DomainLink> links, params IReadOnlyList<DomainNode> real) =>
        new()
        {
            Links = links,
            Nodes =
            [
                .. _emulated.Select(node => real.FirstOrDefault(known => known.Name == node.Name) ?? node),
                .. real.Where(node => _emulated.All(known => known.Name != node.Name)),
            ],
        };

    /// <summary>
    /// The associations between an LMA and a MAG: to the LMA with this SPI, and to the MAG with one that is higher by 0x1000.
    /// </summary>
    internal static IEnumerable<DomainAssociation> Pair(uint towardsAnchor, string anchor, string gateway, EspAlgorithms algorithms) =>
        [
            new(towardsAnchor, gateway, anchor, algorithms, KeyFile(towardsAnchor)),
            new(towardsAnchor + 0x1000, anchor, gateway, algorithms, KeyFile(towardsAnchor + 0x1000)),
        ];

    private static string KeyFile(uint index) => string.Create(CultureInfo.InvariantCulture, $"esp-{index:x}.key");

    private static bool Involves(DomainAssociation association, string name) => association.From == name || association.To == name;

    private static DomainNode Anchor(NodePlayer player) =>
        Emulated("LMA1").With(player, MacAddress.Parse("02:1a:00:00:00:01"), MacAddress.Parse("02:1a:00:00:00:02"));

    private static DomainNode Gateway(string name, IReadOnlyList<PortId> accessLinks)
    {
        var node = Emulated(name);
        var onCore = new MacAddress([0x02, 0x1a, 0, 0, 1, node.Address!.GetAddressBytes()[15]]);
        node = node.With(NodePlayer.Implementation, onCore);
        return node with
        {
            Interfaces = [.. node.Interfaces, .. accessLinks.Select(link => new DomainInterface(link) { LinkLayer = _magOnAccessLinks })],
        };
    }

    private static DomainNode Emulated(string name) => _emulated.First(node => node.Name == name);

    private static DomainNode With(this DomainNode node, NodePlayer player, params MacAddress[] linkLayers) =>
        node with
        {
            Player = player,
            Interfaces = [.. node.Interfaces.Zip(linkLayers, (known, address) => known with { LinkLayer = address })],
        };

    private static DomainInterface At(PortId link, string address) => new(link) { Addresses = [IPAddress.Parse(address)] };
}
