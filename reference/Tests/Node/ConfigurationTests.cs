using System.Net;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

public sealed class ConfigurationTests
{
    private static readonly NodeConfiguration _anchor = NodeBench.AnchorConfiguration with
    {
        Routes =
        [
            new NodeRoute
            {
                To = Ipv6Prefix.Parse("2001:db8:300::/48"),
                Via = IPAddress.Parse("2001:db8:100::ff"),
                Link = "core",
            },
            new NodeRoute { To = IpPrefix.Parse("203.0.113.0/24"), Via = IPAddress.Parse("198.51.100.254") },
        ],
        Interfaces =
        [
            .. NodeBench.AnchorConfiguration.Interfaces,
            new InterfaceConfiguration
            {
                Link = "ipv4",
                Interface = "ipv4",
                Addresses = [ConfiguredAddress.Parse("198.51.100.1/24")],
            },
        ],
        DataPath = "tun",
        ManagementSocket = "/run/lma1.sock",
        ClockOffset = TimeSpan.FromSeconds(-90),
        LocalMobilityAnchor = NodeBench.AnchorConfiguration.LocalMobilityAnchor! with
        {
            MinDelayBeforeBCEDelete = TimeSpan.FromSeconds(2),
            Ipv4 = new Ipv4AnchorSettings
            {
                Edition = Ipv4Edition.Draft04,
                HomeNetwork = IpPrefix.Parse("198.18.0.0/16"),
                DefaultRouter = IPAddress.Parse("198.18.0.1"),
                AddressPool = IpPrefix.Parse("198.18.0.0/24"),
                Ipv4RoutingEnabled = false,
                Ipv6RoutingEnabled = false,
                GatewayActsAsDhcpServer = true,
                FixedDHCPServerId = IPAddress.Parse("198.18.0.67"),
            },
            MobileNodes =
            [
                new MobileNodePolicy
                {
                    IdentifierPattern = "*@pmip.example",
                    IpVersions = IpVersions.Ipv4,
                    Ipv4AddressCount = 2,
                    Ipv4HomeAddresses = [IPAddress.Parse("198.18.255.77")],
                },
            ],
        },
    };

    private static readonly NodeConfiguration _gateway = NodeBench.GatewayConfiguration with
    {
        MobileAccessGateway = NodeBench.GatewayConfiguration.MobileAccessGateway! with
        {
            AccessLinks =
            [
                .. NodeBench.GatewayConfiguration.MobileAccessGateway!.AccessLinks.Select(link =>
                    link with
                    {
                        Mtu = 1300,
                        VisitedPrefix = Ipv6Prefix.Parse("2001:db8:c000::/64"),
                    }
                ),
            ],
            Dhcpv6Servers = [Dhcpv6Groups.AllServers, IPAddress.Parse("2001:db8:100::d1")],
            FixedMAGLinkLayerAddressOnAllAccessLinks = MacAddress.Parse("00:00:5e:00:52:13"),
            Ipv4 = new Ipv4GatewaySettings
            {
                Edition = Ipv4Edition.Draft04,
                ActsAsDhcpServer = false,
                FixedDHCPServerId = IPAddress.Parse("198.18.0.67"),
                DhcpAddress = IPAddress.Parse("192.0.2.161"),
                DhcpServers = [IPAddress.Parse("198.51.100.67")],
                RelayAddress = IPAddress.Parse("192.0.2.161"),
                OverridesServerIdentifier = true,
                LeaseTime = TimeSpan.FromMinutes(10),
                WaitsForDhcp = true,
            },
            Profiles =
            [
                new MobileNodeProfile
                {
                    IdentifierPattern = "*@static.pmip.example",
                    MobileNodeIdentifier = "*@pmip.example",
                    HomeNetworkPrefixes = [Ipv6Prefix.Parse("2001:db8:8000:1::/64")],
                    HomeNetworkPrefixPatterns = ["2001:db8:8001:*::/64"],
                    InterfacePrefixes =
                    [
                        new InterfacePrefixes
                        {
                            MacPattern = "02:5e:00:00:ee:02",
                            HomeNetworkPrefixes = [Ipv6Prefix.Parse("2001:db8:8000:2::/64")],
                        },
                    ],
                    LocalMobilityAnchorAddress = IPAddress.Parse("2001:db8:100::2"),
                },
                new MobileNodeProfile
                {
                    IdentifierPattern = "*@dual.pmip.example",
                    IpVersions = IpVersions.Both,
                    Ipv4HomeAddresses = [new Ipv4HomeAddress(IPAddress.Parse("198.18.255.77"), 16)],
                },
                new MobileNodeProfile { IdentifierPattern = "*@tunnelled.pmip.example", EnableMAGLocalRouting = false },
                new MobileNodeProfile
                {
                    IdentifierPattern = "*@stateful.pmip.example",
                    AddressConfiguration = AddressConfiguration.Stateful,
                    PrefixLifetimes = new PrefixLifetimes(TimeSpan.FromHours(1), TimeSpan.FromMinutes(30)),
                },
                new MobileNodeProfile { IdentifierPattern = "*", IsEntitled = false },
            ],
        },
    };

    [Fact]
    public void Anchor_WrittenAndRead_IsTheSame() =>
        NodeConfiguration
            .Parse(_anchor.ToJson(), "lma.json")
            .Should()
            .BeEquivalentTo(_anchor, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());

    [Fact]
    public void Gateway_WrittenAndRead_IsTheSame() =>
        NodeConfiguration
            .Parse(_gateway.ToJson(), "mag.json")
            .Should()
            .BeEquivalentTo(_gateway, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<MacAddress>());

    [Fact]
    public void MissingKey_HasTheDefaultOfTheRfc()
    {
        var anchor = NodeConfiguration.Parse(Minimal, "lma.json").LocalMobilityAnchor!;

        anchor.MinDelayBeforeBCEDelete.Should().Be(TimeSpan.FromMilliseconds(10_000));
        anchor.MaxDelayBeforeNewBCEAssign.Should().Be(TimeSpan.FromMilliseconds(1_500));
        anchor.TimestampValidityWindow.Should().Be(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void CommentsAndTrailingCommas_AreAllowed() =>
        NodeConfiguration
            .Parse(
                "// the LMA\n"
                    + Minimal
                        .Replace("\"lma\",", "\"lma\", /* of two */", StringComparison.Ordinal)
                        .Replace("/48\"", "/48\",", StringComparison.Ordinal),
                "lma.json"
            )
            .Name.Should()
            .Be("LMA1");

    [Theory]
    [InlineData("\"Role\": \"lma\"", "\"Role\": \"hlr\"", "lma.json:2: Role: 'hlr' is none of lma, mag, ha, cn, mn, router")]
    [InlineData("\"Name\": \"LMA1\",", "", "lma.json:1: Name: is missing")]
    [InlineData("\"Name\"", "\"name\": \"x\", \"Name\"", "lma.json:2: name: is an unknown key*")]
    [InlineData("\"LMAA\"", "\"LMAA\": \"::1\", \"LMAA\"", "lma.json:5: LocalMobilityAnchor.LMAA: occurs twice")]
    [InlineData(
        "2001:db8:100::1/64",
        "2001:db8:100::1",
        "lma.json:3: Interfaces[0].Addresses[0]: '2001:db8:100::1' is not an address with its prefix length*"
    )]
    [InlineData(
        "\"PrefixPool\"",
        "\"MinDelayBeforeBCEDelete\": -1, \"PrefixPool\"",
        "lma.json:6: LocalMobilityAnchor.MinDelayBeforeBCEDelete: MinDelayBeforeBCEDelete must not be negative*"
    )]
    [InlineData(
        "\"PrefixPool\"",
        "\"MinDelayBeforeBCEDelete\": \"10 s\", \"PrefixPool\"",
        "lma.json:6: LocalMobilityAnchor.MinDelayBeforeBCEDelete: is not a whole number of milliseconds"
    )]
    [InlineData(
        "8000::/48",
        "8000::/80",
        "lma.json:6: LocalMobilityAnchor.PrefixPool: PrefixPool must not be longer than the prefixes assigned from it (64)*"
    )]
    [InlineData(
        "\"PrefixPool\"",
        "\"PrefixPol\"",
        "lma.json:4: LocalMobilityAnchor.PrefixPool: is missing; line 6 has an unknown key 'PrefixPol'"
    )]
    [InlineData(
        "\"2001:db8:100::1\"",
        "\"2001:db8:100::7\"",
        "lma.json:5: LocalMobilityAnchor.LMAA: 2001:db8:100::7 is not an address of an interface"
    )]
    [InlineData("\"core\" }", "\"core\", \"IsAccessLink\": true }", "lma.json:3: Interfaces[0].IsAccessLink: only a mag has access links")]
    [InlineData(
        "\"core\" }",
        "\"core\" }, { \"Link\": \"core\", \"Interface\": \"eth1\" }",
        "lma.json:3: Interfaces[1].Link: 'core' is also the link of another interface"
    )]
    [InlineData("\"Name\"", "\"DataPath\": \"fast\", \"Name\"", "lma.json:2: DataPath: 'fast' is not one of auto, kernel, tun, seg6")]
    [InlineData("\"Name\"", "\"Routes\": [ { \"To\": \"::/0\" } ], \"Name\"", "lma.json:2: Routes[0].Link: is missing*")]
    [InlineData(
        "\"Name\"",
        "\"Routes\": [ { \"To\": \"192.0.2.0/24\", \"Via\": \"2001:db8:100::2\" } ], \"Name\"",
        "lma.json:2: Routes[0].Via: 2001:db8:100::2 is not of the family of 192.0.2.0/24"
    )]
    [InlineData(
        "\"Name\"",
        "\"Routes\": [ { \"To\": \"192.0.2.1/24\", \"Link\": \"core\" } ], \"Name\"",
        "lma.json:2: Routes[0].To: '192.0.2.1/24' is not a prefix, such as 192.0.2.0/24"
    )]
    [InlineData("2001:db8:100::1/64", "192.0.2.1/33", "lma.json:3: Interfaces[0].Addresses[0]: '192.0.2.1/33' is not an address*")]
    [InlineData(
        "\"Name\"",
        "\"MobileAccessGateway\": null, \"LocalMobilityAnchor\": null, \"Name\"",
        "lma.json:4: LocalMobilityAnchor: occurs twice"
    )]
    [InlineData(
        "\"core\" }",
        "\"core\" }, { \"Link\": \"home\", \"Interface\": \"eth1\", \"Addresses\": [ \"fe80::1/64\", \"2001:db8:100::1/48\" ] }",
        "lma.json:3: Interfaces[1].Addresses[1]: 2001:db8:100::1 is also an address of 'core'"
    )]
    [InlineData("100::1/64\"", "100::1/64\", \"2001:db8:100::1/64\"", "lma.json:3: Interfaces[0].Addresses[1]: 2001:db8:100::1 is also*")]
    [InlineData("2001:db8:100::1/64", "ff02::1/64", "lma.json:3: Interfaces[0].Addresses[0]: 'ff02::1/64' is a multicast address")]
    [InlineData(
        "\"LMAA\"",
        "\"Ipv4\": { \"HomeNetwork\": \"198.18.0.0/16\", \"DefaultRouter\": \"198.19.0.1\" }, \"LMAA\"",
        "lma.json:5: LocalMobilityAnchor.Ipv4.DefaultRouter: DefaultRouter must be the address of a host of the home network*"
    )]
    [InlineData(
        "\"LMAA\"",
        "\"Ipv4\": { \"HomeNetwork\": \"198.18.0.0/16\" }, \"LMAA\"",
        "lma.json:5: LocalMobilityAnchor.Ipv4.DefaultRouter: is missing"
    )]
    [InlineData("2001:db8:100::1/64", "::/64", "lma.json:3: Interfaces[0].Addresses[0]: '::/64' is the unspecified address")]
    [InlineData(
        "\"PrefixPool\"",
        "\"AuthorizedMobileAccessGateways\": [ \"ff02::2\" ], \"PrefixPool\"",
        "lma.json:6: LocalMobilityAnchor.AuthorizedMobileAccessGateways[0]: 'ff02::2' is a multicast address"
    )]
    [InlineData(
        "\"Name\"",
        "\"Routes\": [ { \"To\": \"::/0\", \"Via\": \"ff02::2\", \"Link\": \"core\" } ], \"Name\"",
        "lma.json:2: Routes[0].Via: 'ff02::2' is a multicast address"
    )]
    [InlineData(
        "8000::/48",
        "8000::1/48",
        "lma.json:6: LocalMobilityAnchor.PrefixPool: '2001:db8:8000::1/48' has bits behind its length; the prefix is 2001:db8:8000::/48"
    )]
    [InlineData("\n}", "\n]", "lma.json:7: *")]
    public void Mistake_IsNamedWithFileLineAndKey(string right, string wrong, string message)
    {
        Minimal.Should().Contain(right);

        FluentActions
            .Invoking(() => NodeConfiguration.Parse(Minimal.Replace(right, wrong, StringComparison.Ordinal), "lma.json"))
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage(message);
    }

    [Theory]
    [InlineData(
        "\"MacAddress\": \"00:00:5e:00:52:13\"",
        "\"MacAddress\": \"00:00:5e:00:52:14\"",
        "*MobileAccessGateway.AccessLinks[0].MacAddress: the interface of 'link1' has another address*"
    )]
    [InlineData(
        "\"Proxy-CoA\": \"2001:db8:100::a1\"",
        "\"Proxy-CoA\": \"2001:db8:100::a7\"",
        "*MobileAccessGateway.Proxy-CoA: 2001:db8:100::a7 is not an address of an interface other than an access link"
    )]
    [InlineData(
        "\"AccessTechnologyType\": \"Ieee8023\"",
        "\"AccessTechnologyType\": \"Ethernet\"",
        "*MobileAccessGateway.AccessTechnologyType: 'Ethernet' is not one of *"
    )]
    [InlineData(
        "\"INITIAL_BINDACK_TIMEOUT\": 5000",
        "\"INITIAL_BINDACK_TIMEOUT\": 0",
        "*MobileAccessGateway.INITIAL_BINDACK_TIMEOUT: InitialBindackTimeout must be positive*"
    )]
    [InlineData("\"LMAA\": \"2001:db8:100::1\"", "\"LMAA\": \"ff05::1\"", "*MobileAccessGateway.LMAA: 'ff05::1' is a multicast address")]
    [InlineData("\"RefreshAt\": 0.5", "\"RefreshAt\": 1", "*MobileAccessGateway.RefreshAt: RefreshAt must be above 0 and below 1*")]
    public void MistakeOfAGateway_IsNamedByTheRfcsNameOfTheVariable(string right, string wrong, string message)
    {
        var json = NodeBench.GatewayConfiguration.ToJson();
        json.Should().Contain(right);
        var at = json.IndexOf(right, StringComparison.Ordinal);

        FluentActions
            .Invoking(() => NodeConfiguration.Parse(json[..at] + wrong + json[(at + right.Length)..], "mag.json"))
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage(message);
    }

    private const string Minimal = """
        {
          "Name": "LMA1", "Role": "lma",
          "Interfaces": [ { "Addresses": [ "2001:db8:100::1/64" ], "Link": "core", "Interface": "core" } ],
          "LocalMobilityAnchor": {
            "LMAA": "2001:db8:100::1",
            "PrefixPool": "2001:db8:8000::/48" }
        }
        """;
}
