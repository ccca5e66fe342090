using System.Globalization;
using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// Two LMAs, three MAGs, five mobile nodes and a correspondent node. Each mobile node has its LMA, and at each MAG a link of its own.
/// </summary>
internal sealed class WalkDomain
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(40);

    private const int Anchors = 2,
        Gateways = 3,
        MobileNodes = 5;

    private static readonly LinkId _core = new("core");
    private static readonly LinkId _home = new("home");
    private static readonly LinkId _access = new("access");
    private static readonly IPAddress _correspondent = IPAddress.Parse("2001:db8:200::c1");

    /// <summary>The clocks differ, but by less than TimestampValidityWindow less the longest delay of a message.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromMilliseconds(100);

    private readonly WalkFault _fault;

    public WalkDomain(int seed, WalkFault fault)
    {
        _fault = fault;
        Random = new Random(seed);
        Network = new WalkNetwork(Random) { DisturbsData = fault.RepeatsData };
        Lmas = [.. Enumerable.Range(1, Anchors).Select(AddAnchor)];
        Mags = [.. Enumerable.Range(1, Gateways).Select(AddGateway)];
        Nodes = [.. Enumerable.Range(1, MobileNodes).Select(AddMobileNode)];
        Cn = AddCorrespondent();
        foreach (var node in Lmas.Select(lma => lma.Node).Concat(Mags.Select(mag => mag.Node)).Append(Cn))
        {
            Network.Do(node, node.Start);
        }
        Nodes.ForEach(mobile => Network.Do(mobile.Node, mobile.Node.Start));
    }

    public sealed record Lma(LocalMobilityAnchor Role, RecordedRole Recorded, IpNode Node, IPAddress Address, Ipv6Prefix Pool);

    public sealed record Mag(string Name, MobileAccessGateway Role, RecordedRole Recorded, IpNode Node, IPAddress Address);

    public sealed class Mobile(int number, IpNode node, string identifier, Lma anchor)
    {
        public string Name { get; } = $"MN{number}";

        public IpNode Node { get; } = node;

        public string Identifier { get; } = identifier;

        public Lma Anchor { get; } = anchor;

        /// <summary>The link of this mobile node at every MAG.</summary>
        public LinkId LinkOfMag { get; } = AccessLink(number);

        public static LinkId Link => _access;

        public Mag? At { get; set; }

        /// <summary>Its session, in whatever state.</summary>
        public BindingCacheEntry? Entry =>
            Anchor.Role.Snapshot().Bindings.SingleOrDefault(entry => entry.Binding.MobileNode.ToString().Contains(Identifier));
    }

    public Random Random { get; }

    public WalkNetwork Network { get; }

    public List<Lma> Lmas { get; }

    public List<Mag> Mags { get; }

    public List<Mobile> Nodes { get; }

    public IpNode Cn { get; }

    public void Attach(Mobile mobile, Mag mag)
    {
        mobile.At = mag;
        Network.Connect(mobile.Node, Mobile.Link, Segment(mag.Name, mobile.LinkOfMag));
        Network.Do(mag.Node, now => mag.Node.LinkUp(mobile.LinkOfMag, now));
        Network.Do(mobile.Node, now => mobile.Node.LinkUp(Mobile.Link, now));
    }

    public void Detach(Mobile mobile)
    {
        var mag = mobile.At!;
        mobile.At = null;
        Network.Disconnect(mobile.Node, Mobile.Link);
        Network.Do(mobile.Node, now => mobile.Node.LinkDown(Mobile.Link, now));
        Network.Do(mag.Node, now => mag.Node.LinkDown(mobile.LinkOfMag, now));
    }

    /// <summary>The mobile node with an interface; null for other nodes.</summary>
    public Mobile? Find(WalkNetwork.Plug plug) => Nodes.Find(mobile => mobile.Node == plug.Node);

    private Lma AddAnchor(int number)
    {
        var address = IPAddress.Parse($"2001:db8:100::{number}");
        var pool = Ipv6Prefix.Parse($"2001:db8:800{number}::/48");
        var role = new LocalMobilityAnchor(
            new LocalMobilityAnchorSettings
            {
                Address = address,
                AuthorizedMobileAccessGateways = [.. Enumerable.Range(1, Gateways).Select(AddressOfGateway)],
                PrefixPool = pool,
                MobileNodes = [new MobileNodePolicy { IdentifierPattern = "*@pmip.example", PrefixCount = number }],
            },
            new Random(Random.Next()),
            _fault.Lma(LocalMobilityAnchorRules.Default)
        );
        var recorded = new RecordedRole(role);
        var node = Network.Add(
            new IpNodeSettings
            {
                Name = $"LMA{number}",
                IsRouter = true,
                VerifyReversePathOfTunnels = true,
                Interfaces =
                [
                    new InterfaceSettings(_core, Mac(1, number)) { Addresses = [new ConfiguredAddress(address)] },
                    new InterfaceSettings(_home, Mac(2, number)) { Addresses = [new ConfiguredAddress(HomeAddressOf(number))] },
                ],
            },
            recorded,
            TimeSpan.Zero
        );
        Network.Connect(node, _core, _core.Name);
        Network.Connect(node, _home, _home.Name);
        return new Lma(role, recorded, node, address, pool);
    }

    private Mag AddGateway(int number)
    {
        var address = AddressOfGateway(number);
        var links = Enumerable.Range(1, MobileNodes).ToList();
        var role = new MobileAccessGateway(
            new MobileAccessGatewaySettings
            {
                ProxyCareOfAddress = address,
                LocalMobilityAnchorAddress = Lmas[0].Address,
                AccessLinks = [.. links.Select(link => new AccessLinkSettings { Link = AccessLink(link), MacAddress = Mac(3, number) })],
                Identification = [new MobileNodeIdentification { MacPattern = "02:5e:04:*", IdentifierFormat = "{mac}@pmip.example" }],
                Profiles =
                [
                    .. links
                        .Where(mobile => AnchorOf(mobile) != Lmas[0])
                        .Select(mobile => new MobileNodeProfile
                        {
                            IdentifierPattern = IdentifierOf(mobile),
                            LocalMobilityAnchorAddress = AnchorOf(mobile).Address,
                        }),
                ],
                RequestedLifetime = Lifetime,
            },
            new Random(Random.Next()),
            _fault.Mag(MobileAccessGatewayRules.Default)
        );
        var recorded = new RecordedRole(role);
        var node = Network.Add(
            new IpNodeSettings
            {
                Name = $"MAG{number}",
                IsRouter = true,
                Interfaces =
                [
                    new InterfaceSettings(_core, Mac(5, number)) { Addresses = [new ConfiguredAddress(address)] },
                    .. links.Select(link => new InterfaceSettings(AccessLink(link), Mac(3, number))
                    {
                        ForwardOnlyBySourceRoute = true,
                        InitiallyUp = false,
                    }),
                ],
            },
            recorded,
            _skew * ((Random.NextDouble() * 2) - 1)
        );
        Network.Connect(node, _core, _core.Name);
        links.ForEach(link => Network.Connect(node, AccessLink(link), Segment($"MAG{number}", AccessLink(link))));
        return new Mag($"MAG{number}", role, recorded, node, address);
    }

    private Mobile AddMobileNode(int number)
    {
        var node = Network.Add(
            new IpNodeSettings
            {
                Name = $"MN{number}",
                Interfaces = [new InterfaceSettings(_access, Mac(4, number)) { Autoconfigure = true, InitiallyUp = false }],
            },
            role: null,
            TimeSpan.Zero
        );
        return new Mobile(number, node, IdentifierOf(number), AnchorOf(number));
    }

    private IpNode AddCorrespondent()
    {
        var node = Network.Add(
            new IpNodeSettings
            {
                Name = "CN",
                Interfaces = [new InterfaceSettings(_home, Mac(6, 1)) { Addresses = [new ConfiguredAddress(_correspondent)] }],
                Routes = [.. Lmas.Select((lma, index) => new StaticRoute(lma.Pool, _home, HomeAddressOf(index + 1)))],
            },
            role: null,
            TimeSpan.Zero
        );
        Network.Connect(node, _home, _home.Name);
        return node;
    }

    private Lma AnchorOf(int mobile) => Lmas[mobile % Anchors];

    private static string IdentifierOf(int mobile) => $"{Convert.ToHexStringLower(Mac(4, mobile).ToArray())}@pmip.example";

    private static IPAddress AddressOfGateway(int number) => IPAddress.Parse($"2001:db8:100::a{number}");

    private static IPAddress HomeAddressOf(int anchor) => IPAddress.Parse($"2001:db8:200::{anchor}");

    private static LinkId AccessLink(int mobile) => new(string.Create(CultureInfo.InvariantCulture, $"access{mobile}"));

    private static string Segment(string mag, LinkId link) => $"{mag}/{link.Name}";

    private static MacAddress Mac(int kind, int number) => new([0x02, 0x5e, (byte)kind, 0, 0, (byte)number]);
}
