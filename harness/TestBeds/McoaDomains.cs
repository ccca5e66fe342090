using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The domains of Mobile IPv6, with several care-of addresses or one: a home agent under test, a correspondent node, or a mobile node.
/// Home addresses are on the home link. Care-of addresses are on the core link, those of a mobile node under test on links of their own.
/// </summary>
public static class McoaDomains
{
    /// <summary>The number of mobile nodes that have associations with the home agent.</summary>
    public const int ProtectedNodes = 8;

    /// <summary>The only kind of mobile node.</summary>
    public const string Kind = "dynamic";

    /// <summary>By which a mobile node is named that has no MN-Identifier.</summary>
    public const string IdentifierPattern = "mobile node {n}";

    private const string NodeName = "home address ";

    /// <summary>The SPI of the association of the first mobile node towards the home agent.</summary>
    private const uint FirstAssociation = 0x1401;

    /// <summary>The same for the packets in the tunnels of the first mobile node.</summary>
    private const uint FirstTunnelAssociation = 0x1501;

    /// <summary>The addresses of the mobile nodes.</summary>
    public static MobilityAddresses Addresses { get; } = new("2001:db8:200::5e00:{n}", "2001:db8:100::5e{k}:{n}", "2001:db8:4000:{n}::/64");

    /// <summary>The same with IPv4 care-of addresses and home addresses.</summary>
    public static MobilityAddresses DualStackAddresses { get; } =
        Addresses with
        {
            Ipv4CareOfAddressPattern = "192.0.2.{n}{k}",
            Ipv4HomeAddressPattern = "198.51.100.10{n}",
        };

    /// <summary>The addresses that a mobile node under test is set up with.</summary>
    public static MobileNodeAddresses OfMobileNode { get; } =
        new(
            IPAddress.Parse("2001:db8:200::5e00:1"),
            Ipv6Prefix.Parse("2001:db8:200::/64"),
            IPAddress.Parse("2001:db8:200::1"),
            IPAddress.Parse("2001:db8:300::c1"),
            new Dictionary<string, int>()
        );

    private static readonly PortId[] _foreign = [.. Enumerable.Range(1, 3).Select(Ports.Access)];

    private static readonly DomainNode _coreRouter = new("core router", NodeRole.Router, [At(Ports.Core, "2001:db8:100::ff")]);

    private static readonly DomainNode _correspondent = new("CN1", NodeRole.Cn, [At(Ports.Core, "2001:db8:100::c1")]);

    /// <summary>
    /// A home agent under test, between the core link, where mobile nodes and CN1 are, and the home link, where CN2 is. Its first address
    /// is its home agent address; from the core link it is reached by its address there.
    /// </summary>
    public static Domain HomeAgent { get; } =
        new()
        {
            Links = [new(Ports.Core, LinkKind.Core) { NextHop = IPAddress.Parse("2001:db8:100::1") }, new(Ports.Home, LinkKind.Home)],
            Nodes =
            [
                new(
                    "HA1",
                    NodeRole.Ha,
                    [
                        At(Ports.Home, "2001:db8:200::1") with
                        {
                            LinkLayer = MacAddress.Parse("02:1a:00:00:00:02"),
                        },
                        At(Ports.Core, "2001:db8:100::1") with
                        {
                            LinkLayer = MacAddress.Parse("02:1a:00:00:00:01"),
                        },
                    ]
                )
                {
                    Player = NodePlayer.Implementation,
                },
                _correspondent,
                new("CN2", NodeRole.Cn, [At(Ports.Home, "2001:db8:200::c2")]),
                _coreRouter,
            ],
        };

    /// <summary>
    /// The home agent with an association in each direction for the home address of each of <see cref="ProtectedNodes"/> mobile nodes
    /// (RFC 3776, Section 4.1).
    /// </summary>
    public static Domain HomeAgentWithEsp { get; } =
        HomeAgent with
        {
            Nodes =
            [
                .. HomeAgent.Nodes,
                .. Enumerable.Range(1, ProtectedNodes).Select(number => ProtectedNode(number, Addresses.HomeAddressOf(number))),
            ],
            Associations = [.. Enumerable.Range(1, ProtectedNodes).SelectMany(AssociationsOf)],
        };

    /// <summary>
    /// The same with another association in each direction, which protects the packets of the home address in its tunnels (RFC 5648,
    /// Section 9.3.2).
    /// </summary>
    public static Domain HomeAgentWithPayloadEsp { get; } =
        HomeAgentWithEsp with
        {
            Associations = [.. HomeAgentWithEsp.Associations, .. Enumerable.Range(1, ProtectedNodes).SelectMany(TunnelAssociationsOf)],
        };

    /// <summary>
    /// The same home agent with IPv4, whose mobile nodes have IPv4 care-of addresses on the core link and IPv4 home addresses on the home
    /// link (RFC 5648, Section 8).
    /// </summary>
    public static Domain HomeAgentDualStack { get; } =
        HomeAgent with
        {
            Nodes = [.. HomeAgent.Nodes.Select(node => WithIpv4AtHome(ReferenceDomains.WithIpv4OnCore(node)))],
        };

    /// <summary>The IPv4 address of the home agent on the home link, to which mobile nodes register over IPv4.</summary>
    public static IPAddress Ipv4HomeAgent { get; } = IPAddress.Parse("198.51.100.1");

    /// <summary>The IPv4 home network.</summary>
    public static Ipv4HomeNetwork Ipv4Home { get; } = new(IpPrefix.Parse("198.51.100.0/24"), Ipv4HomeAgent, IPAddress.Parse("203.0.113.9"));

    /// <summary>The IPv4 home addresses for mobile nodes that ask for one without naming it.</summary>
    public static IReadOnlyList<IPAddress> Ipv4HomePool { get; } =
    [.. Enumerable.Range(200, 21).Select(last => new IPAddress([198, 51, 100, (byte)last]))];

    /// <summary>A correspondent node under test. Behind the router of its link are the home agent and every home address.</summary>
    public static Domain Correspondent { get; } =
        new()
        {
            Links = [new(Ports.Core, LinkKind.Core)],
            Nodes =
            [
                _correspondent with
                {
                    Player = NodePlayer.Implementation,
                    Interfaces =
                    [
                        .. _correspondent.Interfaces.Select(known => known with { LinkLayer = MacAddress.Parse("02:1a:00:00:00:c1") }),
                    ],
                },
                new("HA1", NodeRole.Ha, [At(Ports.Home, "2001:db8:200::1")]),
                _coreRouter,
            ],
        };

    /// <summary>
    /// A mobile node under test, with an interface on each of three foreign links and on the home link. The tester plays the routers of the
    /// foreign links, the home agent, which is the router of the home link, and CN1, which is behind all of them.
    /// </summary>
    public static Domain MobileNode { get; } =
        new()
        {
            Links = [.. _foreign.Append(Ports.Home).Select(port => new DomainLink(port, LinkKind.Access))],
            Nodes =
            [
                new(
                    "MN1",
                    NodeRole.Mn,
                    [
                        .. _foreign
                            .Append(Ports.Home)
                            .Select(
                                (port, index) =>
                                    new DomainInterface(port) { LinkLayer = new MacAddress([0x02, 0x1a, 0, 0, 0, (byte)(0x51 + index)]) }
                            ),
                    ]
                )
                {
                    Player = NodePlayer.Implementation,
                    HomeAddress = OfMobileNode.HomeAddress,
                },
                new("HA1", NodeRole.Ha, [At(Ports.Home, OfMobileNode.HomeAgent.ToString())]),
                new("CN1", NodeRole.Cn, [At(Ports.Core, OfMobileNode.Correspondent.ToString())]),
                .. _foreign.Select(
                    (port, index) => new DomainNode($"R{index + 1}", NodeRole.Router, [At(port, $"2001:db8:10{index + 1}::ff")])
                ),
            ],
        };

    /// <summary>
    /// The mobile node with IPv4: on the second foreign link it and the router have IPv4 addresses, and the router no other; so has the
    /// home agent on the home link (RFC 5648, Section 8).
    /// </summary>
    public static Domain MobileNodeDualStack { get; } =
        MobileNode with
        {
            Nodes =
            [
                .. MobileNode.Nodes.Select(node =>
                    node.Role switch
                    {
                        NodeRole.Ha => WithIpv4AtHome(node),
                        NodeRole.Mn => WithAddress(node, Ipv4CareOfAddress),
                        NodeRole.Router => WithAddress(node, Ipv4Router),
                        _ => node,
                    }
                ),
            ],
        };

    /// <summary>The IPv4 address of the mobile node under test on the second foreign link.</summary>
    public static IPAddress Ipv4CareOfAddress => IPAddress.Parse("192.0.2.62");

    /// <summary>The router of the second foreign link.</summary>
    public static IPAddress Ipv4Router => IPAddress.Parse("192.0.2.1");

    /// <summary>The IPv4 home address of the mobile node under test.</summary>
    public static IPAddress Ipv4HomeAddress => IPAddress.Parse("198.51.100.61");

    /// <summary>
    /// The mobile node with an association in each direction with its home agent (RFC 3776, Section 4.1).
    /// </summary>
    public static Domain MobileNodeWithEsp { get; } =
        MobileNode with
        {
            Associations = [.. ReferenceDomains.Pair(FirstAssociation, "HA1", "MN1", EspAlgorithms.NullHmacSha256)],
        };

    /// <summary>The home addresses that the home agent serves.</summary>
    public static Ipv6Prefix HomeAddresses { get; } = Ipv6Prefix.Parse("2001:db8:200::5e00:0/112");

    /// <summary>The prefix of the home link.</summary>
    public static Ipv6Prefix HomePrefix { get; } = Ipv6Prefix.Parse("2001:db8:200::/64");

    /// <summary>The node with this address alone on the second foreign link.</summary>
    private static DomainNode WithAddress(DomainNode node, IPAddress address) =>
        node with
        {
            Interfaces = [.. node.Interfaces.Select(known => known.Link == _foreign[1] ? known with { Addresses = [address] } : known)],
        };

    /// <summary>The node with an IPv4 address on the home link beside its IPv6 address there, which ends with the same octet.</summary>
    private static DomainNode WithIpv4AtHome(DomainNode node) =>
        node with
        {
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    known.Link == Ports.Home
                        ? known with
                        {
                            Addresses = [.. known.Addresses, new IPAddress([198, 51, 100, known.Addresses[0].GetAddressBytes()[^1]])],
                        }
                        : known
                ),
            ],
        };

    /// <summary>The mobile node of an identity, which has associations with the home agent.</summary>
    /// <param name="number">The number of the identity, from 1.</param>
    internal static DomainNode ProtectedNode(int number, IPAddress home) =>
        new(NameOf(number), NodeRole.Mn, [new(Ports.Home) { Addresses = [home] }]);

    /// <summary>The number of the identity of a <see cref="ProtectedNode"/>; null for another node.</summary>
    internal static string? NumberOf(DomainNode node) =>
        node.Name.StartsWith(NodeName, StringComparison.Ordinal) ? node.Name[NodeName.Length..] : null;

    private static string NameOf(int number) => $"{NodeName}{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The associations of an odd number without encryption, the others with it.</summary>
    private static IEnumerable<DomainAssociation> AssociationsOf(int number) =>
        ReferenceDomains.Pair(
            FirstAssociation + (uint)(number - 1),
            "HA1",
            NameOf(number),
            number % 2 == 0 ? EspAlgorithms.AesCbcHmacSha256 : EspAlgorithms.NullHmacSha256
        );

    private static IEnumerable<DomainAssociation> TunnelAssociationsOf(int number) =>
        ReferenceDomains
            .Pair(FirstTunnelAssociation + (uint)(number - 1), "HA1", NameOf(number), EspAlgorithms.NullHmacSha256)
            .Select(known => known with { IsTunnel = true });

    private static DomainInterface At(PortId link, string address) => new(link) { Addresses = [IPAddress.Parse(address)] };
}
