using System.Net;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Security;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The configurations of the roles of Mobile IPv6.</summary>
public sealed class MobilityConfigurationTests
{
    internal static NodeConfiguration HomeAgent { get; } =
        new()
        {
            Name = "HA1",
            Role = NodeConfiguration.HomeAgentRole,
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = "home",
                    Interface = "home",
                    Addresses = [ConfiguredAddress.Parse("2001:db8:200::1/64")],
                },
                new InterfaceConfiguration
                {
                    Link = "core",
                    Interface = "core",
                    Addresses = [ConfiguredAddress.Parse("2001:db8:100::1/64")],
                },
            ],
            HomeAgent = new HomeAgentSettings
            {
                Address = IPAddress.Parse("2001:db8:200::1"),
                HomeLink = new LinkId("home"),
                HomePrefixes = [Ipv6Prefix.Parse("2001:db8:200::/64")],
                MobileNodes = [Ipv6Prefix.Parse("2001:db8:200::5e00:0/112")],
                Mcoa = McoaEdition.Rfc5648,
            },
            Seed = 1,
        };

    internal static NodeConfiguration Correspondent { get; } =
        new()
        {
            Name = "CN1",
            Role = NodeConfiguration.CorrespondentRole,
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = "core",
                    Interface = "core",
                    Addresses = [ConfiguredAddress.Parse("2001:db8:100::c1/64")],
                },
            ],
            Routes =
            [
                new NodeRoute
                {
                    To = Ipv6Prefix.AllZero,
                    Via = IPAddress.Parse("2001:db8:100::ff"),
                    Link = "core",
                },
            ],
            CorrespondentNode = new CorrespondentNodeSettings { Address = IPAddress.Parse("2001:db8:100::c1"), Mcoa = McoaEdition.Rfc5648 },
            Seed = 1,
        };

    internal static NodeConfiguration MobileNode { get; } =
        new()
        {
            Name = "MN1",
            Role = NodeConfiguration.MobileNodeRole,
            Interfaces =
            [
                new InterfaceConfiguration { Link = "link1", Interface = "link1" },
                new InterfaceConfiguration { Link = "home", Interface = "home" },
            ],
            MobileNode = new MobileNodeSettings
            {
                HomeAddress = IPAddress.Parse("2001:db8:200::5e00:1"),
                HomePrefix = Ipv6Prefix.Parse("2001:db8:200::/64"),
                HomeAgent = IPAddress.Parse("2001:db8:200::1"),
                Links = [new LinkId("link1"), new LinkId("home")],
                Mcoa = McoaEdition.Rfc5648,
            },
            Seed = 1,
        };

    [Fact]
    public void HomeAgent_WrittenAndRead_IsTheSame()
    {
        var all = HomeAgent with
        {
            HomeAgent = HomeAgent.HomeAgent! with
            {
                Mcoa = McoaEdition.Draft04,
                AllowsMultipleCareOfAddresses = false,
                AcceptsBulkRegistration = false,
                AllowsSimultaneousHomeAndForeign = false,
                HasOtherRoutersOnHomeLink = true,
                MaximumLifetime = TimeSpan.FromSeconds(60),
                PerformDad = false,
                RefreshRequestBefore = TimeSpan.FromSeconds(5),
                MobileNetworks = [new MobileNetworkPolicy("2001:db8:200::5e00:{n}", "2001:db8:4000:{n}::/64")],
            },
        };

        NodeConfiguration
            .Parse(all.ToJson(), "ha.json")
            .Should()
            .BeEquivalentTo(all, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());
    }

    [Fact]
    public void ProtectedTunnels_WrittenAndRead_AreTheSame_AndNeedAssociations()
    {
        var home = IPAddress.Parse("2001:db8:200::5e00:1");
        var all = HomeAgent with
        {
            HomeAgent = HomeAgent.HomeAgent! with { ProtectedTunnels = [home] },
            Security = new NodeSecurity { Associations = [Association(0x1501, HomeAgent.HomeAgent.Address), Association(0x2501, home)] },
        };

        var read = NodeConfiguration.Parse(all.ToJson(), "ha.json");
        read.HomeAgent!.ProtectedTunnels.Should().Equal(home);
        read.Security!.Associations.Should().BeEquivalentTo(all.Security.Associations);

        var lacking = all with { Security = all.Security with { Associations = [all.Security.Associations[0]] } };
        FluentActions
            .Invoking(() => NodeConfiguration.Parse(lacking.ToJson(), "ha.json"))
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage($"*HomeAgent.ProtectedTunnels: there are no security associations in tunnel mode to and from {home}");

        NodeAssociation Association(uint index, IPAddress destination) =>
            new()
            {
                SecurityParametersIndex = index,
                Peer = home,
                Destination = destination,
                Transform = SecurityTransform.NullHmacSha256,
                Mode = EspMode.Tunnel,
                KeyFile = $"/keys/{index}.key",
            };
    }

    [Fact]
    public void DualStackHomeAgent_WrittenAndRead_IsTheSame()
    {
        var all = HomeAgent with
        {
            HomeAgent = HomeAgent.HomeAgent! with
            {
                DualStack = new DualStackHomeAgentSettings
                {
                    Address = IPAddress.Parse("198.51.100.1"),
                    HomeAddresses = new Dictionary<IPAddress, IPAddress>
                    {
                        [IPAddress.Parse("2001:db8:200::5e00:1")] = IPAddress.Parse("198.51.100.101"),
                    },
                    Pool = [IPAddress.Parse("198.51.100.200")],
                    AcceptsForcedUdp = false,
                    NatRefreshTime = TimeSpan.FromSeconds(20),
                    Port = 14_191,
                },
            },
        };

        NodeConfiguration
            .Parse(all.ToJson(), "ha.json")
            .Should()
            .BeEquivalentTo(all, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());
    }

    [Theory]
    [InlineData("198.51.100.61")]
    [InlineData("0.0.0.0")]
    public void DualStackMobileNode_WrittenAndRead_IsTheSame(string home)
    {
        var all = MobileNode with
        {
            MobileNode = MobileNode.MobileNode! with
            {
                DualStack = new DualStackMobileNodeSettings
                {
                    HomeAgent = IPAddress.Parse("198.51.100.1"),
                    HomeAddress = IPAddress.Parse(home),
                    Port = 14_191,
                },
            },
        };

        NodeConfiguration
            .Parse(all.ToJson(), "mn.json")
            .Should()
            .BeEquivalentTo(all, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());
    }

    [Fact]
    public void Correspondent_WrittenAndRead_IsTheSame()
    {
        var all = Correspondent with
        {
            CorrespondentNode = Correspondent.CorrespondentNode! with
            {
                Mcoa = McoaEdition.Draft04,
                AllowsMultipleCareOfAddresses = false,
                AcceptsBindings = false,
                MaximumLifetime = TimeSpan.FromSeconds(60),
                NonceLifetime = TimeSpan.FromSeconds(40),
                RefreshRequestBefore = TimeSpan.FromSeconds(5),
            },
        };

        NodeConfiguration
            .Parse(all.ToJson(), "cn.json")
            .Should()
            .BeEquivalentTo(all, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());
    }

    [Fact]
    public void MobileNode_WrittenAndRead_IsTheSame()
    {
        var all = MobileNode with
        {
            MobileNode = MobileNode.MobileNode! with
            {
                Mcoa = McoaEdition.Draft04,
                Bids = new Dictionary<LinkId, ushort> { [new LinkId("link1")] = 7, [new LinkId("home")] = 65535 },
                RegistersInBulk = true,
                BulkDelay = TimeSpan.FromSeconds(2),
                OptimizesRoutes = true,
                AtHome = ReturnPolicy.Simultaneous,
                Lifetime = TimeSpan.FromSeconds(60),
                FirstRegistrationTimeout = TimeSpan.FromSeconds(3),
                InitialTimeout = TimeSpan.FromSeconds(2),
                MaximumTimeout = TimeSpan.FromSeconds(16),
            },
        };

        NodeConfiguration
            .Parse(all.ToJson(), "mn.json")
            .Should()
            .BeEquivalentTo(all, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());
    }

    [Theory]
    [InlineData("\"Role\": \"ha\"", "\"Role\": \"cn\"", "*:23: HomeAgent: the role is cn")]
    [InlineData("\"Role\": \"ha\"", "\"Role\": \"lma\"", "*LocalMobilityAnchor: is missing")]
    [InlineData("\"HomeLink\": \"home\"", "\"HomeLink\": \"access\"", "*HomeAgent.HomeLink: 'access' is not the link of an interface")]
    [InlineData(
        "\"HomeLink\": \"home\"",
        "\"HomeLink\": \"core\"",
        "*HomeAgent.HomePrefixes[0]: the interface on 'core' has no address of *"
    )]
    [InlineData("\"Address\": \"2001:db8:200::1\"", "\"Address\": \"2001:db8:200::7\"", "*HomeAgent.Address: 2001:db8:200::7 is not an *")]
    [InlineData("200::5e00:0/112", "300::5e00:0/112", "*HomeAgent.MobileNodes[0]: 2001:db8:300::5e00:0/112 is outside the home prefixes")]
    [InlineData("\"MaximumLifetime\": 420000", "\"MaximumLifetime\": 3999", "*HomeAgent.MaximumLifetime: MaximumLifetime must be *")]
    [InlineData("\"Mcoa\": \"Rfc5648\"", "\"Mcoa\": \"rfc5648\"", "*HomeAgent.Mcoa: 'rfc5648' is not one of None, Draft04, Rfc5648")]
    [InlineData("\"ProtectionRequired\": false", "\"ProtectionRequired\": true", "*HomeAgent.ProtectionRequired: there is no security *")]
    [InlineData(
        "\"MobileNetworks\": []",
        "\"MobileNetworks\": [ { \"HomeAddress\": \"home\", \"Network\": \"2001:db8::/64\" } ]",
        "*HomeAgent.MobileNetworks[0].HomeAddress: 'home' is no pattern of IPv6 addresses."
    )]
    [InlineData(
        "\"MobileNetworks\": []",
        "\"MobileNetworks\": [ { \"HomeAddress\": \"2001:db8:200::1\", \"Network\": \"2001:db8:{n}::/64\" } ]",
        "*HomeAgent.MobileNetworks[0].Network: '2001:db8:{n}::/64' is no pattern of prefixes*"
    )]
    [InlineData("\"DataPath\": \"auto\"", "\"DataPath\": \"kernel\"", "*DataPath: must be auto: a ha has an IP stack of its own")]
    [InlineData("\"Name\": \"HA1\"", "\"Name\": \"HA1\", \"StateDirectory\": \"/tmp\"", "*StateDirectory: a ha has no variables that *")]
    [InlineData("\"IsAccessLink\": false", "\"IsAccessLink\": true", "*Interfaces[0].IsAccessLink: only a mag has access links")]
    public void MistakeOfAHomeAgent_IsNamed(string right, string wrong, string message) => Mistake(HomeAgent, right, wrong, message);

    [Theory]
    [InlineData(
        "\"Address\": \"2001:db8:100::c1\"",
        "\"Address\": \"2001:db8:100::c7\"",
        "*CorrespondentNode.Address: 2001:db8:100::c7 is *"
    )]
    [InlineData("\"NonceLifetime\": 240000", "\"NonceLifetime\": 240001", "*CorrespondentNode.NonceLifetime: NonceLifetime must be *")]
    [InlineData("\"MaximumLifetime\": 420000", "\"MaximumLifetime\": 424000", "*CorrespondentNode.MaximumLifetime: MaximumLifetime must *")]
    [InlineData("\"AcceptsBindings\"", "\"AcceptBindings\"", "*CorrespondentNode.AcceptBindings: is an unknown key*")]
    [InlineData("\"CorrespondentNode\"", "\"HomeAgent\"", "*HomeAgent.HomeLink: is missing*")]
    public void MistakeOfACorrespondent_IsNamed(string right, string wrong, string message) =>
        Mistake(Correspondent, right, wrong, message);

    [Theory]
    [InlineData(
        "\"HomeAddress\": \"2001:db8:200:",
        "\"HomeAddress\": \"2001:db8:300:",
        "*MobileNode.HomeAddress: HomeAddress must be in *"
    )]
    [InlineData(
        "\"link1\",\n      \"home\"",
        "\"link1\",\n      \"link2\"",
        "*MobileNode.Links[1]: 'link2' is not the link of an interface"
    )]
    [InlineData("\"Bids\": {}", "\"Bids\": { \"link1\": 0 }", "*MobileNode.Bids.link1: is not a BID from 1 to 65535")]
    [InlineData("\"Bids\": {}", "\"Bids\": { \"link1\": 65536 }", "*MobileNode.Bids.link1: is not a BID from 1 to 65535")]
    [InlineData("\"Bids\": {}", "\"Bids\": { \"link2\": 1 }", "*MobileNode.Bids.link2: 'link2' is not a link of the mobile node")]
    [InlineData("\"Bids\": {}", "\"Bids\": { \"link1\": 1, \"home\": 1 }", "*MobileNode.Bids: Bids must be different*")]
    [InlineData("\"Bids\": {}", "\"Bids\": [ 1 ]", "*MobileNode.Bids: is not an object in braces")]
    [InlineData("\"Lifetime\": 420000", "\"Lifetime\": 3000", "*MobileNode.Lifetime: Lifetime must be *")]
    [InlineData(
        "\"MAX_BINDACK_TIMEOUT\": 32000",
        "\"MAX_BINDACK_TIMEOUT\": 500",
        "*MobileNode.MAX_BINDACK_TIMEOUT: MaximumTimeout must not be below *"
    )]
    [InlineData("\"AtHome\": \"HomeOnly\"", "\"AtHome\": \"Both\"", "*MobileNode.AtHome: 'Both' is not one of HomeOnly, ForeignOnly, *")]
    [InlineData("\"ProtectionRequired\": false", "\"ProtectionRequired\": true", "*MobileNode.ProtectionRequired: there is no security *")]
    [InlineData("\"HomeAgent\": \"2001:db8:200::1\",", "", "*MobileNode.HomeAgent: is missing*")]
    public void MistakeOfAMobileNode_IsNamed(string right, string wrong, string message) => Mistake(MobileNode, right, wrong, message);

    private static void Mistake(NodeConfiguration good, string right, string wrong, string message)
    {
        var json = good.ToJson();
        json.Should().Contain(right);
        var at = json.IndexOf(right, StringComparison.Ordinal);

        FluentActions
            .Invoking(() => NodeConfiguration.Parse(json[..at] + wrong + json[(at + right.Length)..], "node.json"))
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage(message);
    }
}
