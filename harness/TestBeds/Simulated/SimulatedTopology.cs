using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Ixit;
using Conformance.Testing.Session;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// The networks of the simulated bed. In <c>lma</c> and <c>mag</c> the tester is everything around one node; in
/// <c>e2e</c> every node is real and the tester listens.
/// </summary>
internal static class SimulatedTopology
{
    /// <summary>RFC 6543, Section 4: the link-layer address every gateway has on every access link.</summary>
    private static readonly MacAddress FixedGatewayAddress = MacAddress.Parse("00:00:5e:00:52:13");

    private static readonly string[] AccessLinks = ["link1", "link2", "link3", "link4"];

    public static SimulatedBed Build(NamedConfiguration configuration, Implementation implementation, int seed)
    {
        var ixit = IxitOf(configuration);
        var facts = new BedFacts("simulated", seed, TimeSpan.Zero, ixit, implementation.ClaimsIn(configuration));
        var network = new SimulatedNetwork(SimulatedBed.Epoch);
        var tested = new List<SimulatedNode>();
        switch (configuration.Topology)
        {
            case Topology.Anchor:
                tested.Add(Anchor(network, configuration, implementation, ixit, seed));
                break;
            case Topology.Gateway:
                tested.Add(Gateway(network, configuration, implementation, ixit, "MAG1", AccessLinks, seed));
                break;
            case Topology.EndToEnd:
                tested.Add(Anchor(network, configuration, implementation, ixit, seed));
                tested.Add(Gateway(network, configuration, implementation, ixit, "MAG1", ["link1"], seed));
                tested.Add(Gateway(network, configuration, implementation, ixit, "MAG2", ["link2"], seed));
                Host(network, ixit, "CN1", new InterfaceSettings(new LinkId("home"), MacAddress.Parse("02:7e:00:00:00:c1")) { Addresses = [new ConfiguredAddress(Address(ixit, "CN1"))] }, seed);
                Host(network, ixit, "MN1", new InterfaceSettings(SimulatedBed.MobileInterface, MacAddress.Parse("02:5e:00:00:ff:01")) { Autoconfigure = true, InitiallyUp = false }, seed);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        var bed = new SimulatedBed(facts, network, tested, AccessLinks.Select(name => new PortId(name)), configuration.Topology == Topology.EndToEnd);
        foreach (var node in tested)
        {
            node.Start();
        }

        network.Find("CN1")?.Start();
        network.Find("MN1")?.Start();
        return bed;
    }

    /// <summary>Which gateway an access link belongs to; null if the port is none.</summary>
    public static string? AccessGatewayOf(PortId port, ExtraInformation ixit)
    {
        if (!AccessLinks.Contains(port.Name))
        {
            return null;
        }

        return ixit.Ports.Contains("home") && port.Name == "link2" ? "MAG2" : "MAG1";
    }

    private static ExtraInformation IxitOf(NamedConfiguration configuration)
    {
        string[] ports = configuration.Topology switch
        {
            Topology.Anchor => ["core", "home"],
            Topology.Gateway => ["core", .. AccessLinks],
            _ => ["core", "home", "link1", "link2"],
        };
        var anchor = configuration.Anchor(SettingsOfAnchor());
        return new ExtraInformation
        {
            Ports = ports,
            Addresses = new Dictionary<string, string>
            {
                ["LMA1"] = "2001:db8:100::1",
                ["LMA1-home"] = "2001:db8:200::1",
                ["MAG1"] = "2001:db8:100::a1",
                ["MAG2"] = "2001:db8:100::a2",
                ["MAG3"] = "2001:db8:100::a3",
                ["core router"] = "2001:db8:100::ff",
                ["CN1"] = "2001:db8:200::c1",
            },
            PortIdentities = configuration.Topology == Topology.Gateway ? new Dictionary<string, string> { ["link3"] = "link3@dynamic.pmip.example" } : new Dictionary<string, string>(),
            IdentifierPattern = "{mac}@{kind}.pmip.example",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = "2001:db8:8000::/48",
            ForeignPrefix = "2001:db8:dead::/64",
            Timers = new Dictionary<string, int>
            {
                ["MinDelayBeforeBCEDelete"] = (int)anchor.MinDelayBeforeBCEDelete.TotalMilliseconds,
                ["MaxDelayBeforeNewBCEAssign"] = (int)anchor.MaxDelayBeforeNewBCEAssign.TotalMilliseconds,
                ["TimestampValidityWindow"] = (int)anchor.TimestampValidityWindow.TotalMilliseconds,
                ["INITIAL_BINDACK_TIMEOUT"] = 1000,
                ["InitialBindackTimeoutFirstReg"] = 1500,
                ["MAX_BINDACK_TIMEOUT"] = 32000,
            },
        };
    }

    private static LocalMobilityAnchorSettings SettingsOfAnchor() => new()
    {
        Address = IPAddress.Parse("2001:db8:100::1"),
        AuthorizedMobileAccessGateways = [IPAddress.Parse("2001:db8:100::a1"), IPAddress.Parse("2001:db8:100::a2")],
        PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/48"),
        MobileNodes =
        [
            new MobileNodePolicy { IdentifierPattern = "*@dynamic.pmip.example" },
            new MobileNodePolicy { IdentifierPattern = "*@two-prefix.pmip.example", PrefixCount = 2 },
            new MobileNodePolicy { IdentifierPattern = "*@disabled.pmip.example", ProxyRegistrationEnabled = false },
        ],
    };

    private static SimulatedNode Anchor(SimulatedNetwork network, NamedConfiguration configuration, Implementation implementation, ExtraInformation ixit, int seed)
    {
        var settings = implementation.AnchorSettings(configuration.Anchor(SettingsOfAnchor()));
        var role = implementation.Role?.Invoke("LMA")
            ?? new LocalMobilityAnchor(settings, new Random(Seeds.For(seed, "LMA1")), implementation.AnchorRules(LocalMobilityAnchorRules.Default));
        var node = network.Add(
            new Ipv6NodeSettings
            {
                Name = "LMA1",
                IsRouter = true,
                VerifyReversePathOfTunnels = true,
                Interfaces =
                [
                    new InterfaceSettings(new LinkId("core"), MacAddress.Parse("02:1a:00:00:00:01")) { Addresses = [new ConfiguredAddress(Address(ixit, "LMA1"))] },
                    new InterfaceSettings(new LinkId("home"), MacAddress.Parse("02:1a:00:00:00:02")) { Addresses = [new ConfiguredAddress(Address(ixit, "LMA1-home"))] },
                ],
            },
            role, Seeds.For(seed, "LMA1 stack"), implementation.Output);
        node.Plug(new LinkId("core"), network.Link("core"));
        node.Plug(new LinkId("home"), network.Link("home"));
        return node;
    }

    private static SimulatedNode Gateway(
        SimulatedNetwork network, NamedConfiguration configuration, Implementation implementation, ExtraInformation ixit, string name, IReadOnlyList<string> accessLinks, int seed)
    {
        var settings = implementation.GatewaySettings(configuration.Gateway(new MobileAccessGatewaySettings
        {
            ProxyCareOfAddress = Address(ixit, name),
            LocalMobilityAnchorAddress = Address(ixit, "LMA1"),
            AccessLinks =
            [
                .. accessLinks.Select(link => new AccessLinkSettings
                {
                    Link = new LinkId(link),
                    MacAddress = FixedGatewayAddress,
                    BoundIdentifier = ixit.PortIdentities.GetValueOrDefault(link),
                }),
            ],
            Identification = [new MobileNodeIdentification { MacPattern = "02:5e:*", IdentifierFormat = "{mac}@dynamic.pmip.example" }],
        }));
        var role = implementation.Role?.Invoke("MAG")
            ?? new MobileAccessGateway(settings, new Random(Seeds.For(seed, name)), implementation.GatewayRules(MobileAccessGatewayRules.Default));
        var node = network.Add(
            new Ipv6NodeSettings
            {
                Name = name,
                IsRouter = true,
                Interfaces =
                [
                    new InterfaceSettings(new LinkId("core"), new MacAddress([0x02, 0x1a, 0, 0, 1, Address(ixit, name).GetAddressBytes()[15]])) { Addresses = [new ConfiguredAddress(Address(ixit, name))] },
                    .. accessLinks.Select(link => new InterfaceSettings(new LinkId(link), FixedGatewayAddress) { ForwardOnlyBySourceRoute = true, InitiallyUp = false }),
                ],
            },
            role, Seeds.For(seed, $"{name} stack"), implementation.Output);
        node.Plug(new LinkId("core"), network.Link("core"));
        foreach (var link in accessLinks)
        {
            node.Plug(new LinkId(link), network.Link(link));
        }

        return node;
    }

    private static void Host(SimulatedNetwork network, ExtraInformation ixit, string name, InterfaceSettings @interface, int seed)
    {
        StaticRoute[] routes = @interface.Autoconfigure ? [] : [new StaticRoute(Ipv6Prefix.AllZero, @interface.Link, Address(ixit, "LMA1-home"))];
        var node = network.Add(new Ipv6NodeSettings { Name = name, Interfaces = [@interface], Routes = routes }, role: null, Seeds.For(seed, name));
        if (!@interface.Autoconfigure)
        {
            node.Plug(@interface.Link, network.Link(@interface.Link.Name));
        }
    }

    private static IPAddress Address(ExtraInformation ixit, string name) => IPAddress.Parse(ixit.Addresses[name]);
}
