using System.Net;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The configuration of a router that advertises the links of mobile nodes, alone or as a home agent.</summary>
public sealed class RouterConfigurationTests
{
    private static readonly NodeConfiguration _router = new()
    {
        Name = "AR1",
        Role = NodeConfiguration.RouterRole,
        Interfaces =
        [
            On("core", "2001:db8:100::ff"),
            On("link1", "2001:db8:101::ff"),
            new InterfaceConfiguration { Link = "link2", Interface = "link2" },
        ],
        Router = new RouterSettings { AdvertisedLinks = [new LinkId("link1")] },
    };

    [Fact]
    public void Router_WrittenAndRead_IsTheSame()
    {
        var read = NodeConfiguration.Parse(_router.ToJson(), "router.json");

        read.Should().BeEquivalentTo(_router, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());
        read.HasOwnStack.Should().BeTrue("it hosts the stack that mobile nodes have");
    }

    [Fact]
    public void HomeAgent_MayBeARouter_AndAnotherRoleMayNot()
    {
        var agent = MobilityConfigurationTests.HomeAgent;
        var home = agent.HomeAgent!.HomeLink;
        var both = agent with { Router = new RouterSettings { AdvertisedLinks = [home] } };

        NodeConfiguration.Parse(both.ToJson(), "ha.json").Router!.AdvertisedLinks.Should().Equal(home);
        Reading(MobilityConfigurationTests.Correspondent with { Router = _router.Router })
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage("*Router*the role is cn*");
    }

    [Theory]
    [InlineData("link1", "link9", "*Router.AdvertisedLinks[0]*'link9' is not the link of an interface*")]
    [InlineData("link1", "link2", "*Router.AdvertisedLinks[0]*the interface on 'link2' has no IPv6 address with a prefix of 64 bits*")]
    public void Mistake_IsNamed(string right, string wrong, string message)
    {
        _router.Router!.AdvertisedLinks.Should().Equal(new LinkId(right));

        Reading(_router with { Router = new RouterSettings { AdvertisedLinks = [new LinkId(wrong)] } })
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage(message);
    }

    [Fact]
    public void RouterWithoutSettings_IsAMistake() =>
        Reading(_router with { Router = null }).Should().Throw<NodeConfigurationException>().WithMessage("*Router*is missing*");

    private static Func<NodeConfiguration> Reading(NodeConfiguration configuration) =>
        () => NodeConfiguration.Parse(configuration.ToJson(), "router.json");

    private static InterfaceConfiguration On(string link, string address) =>
        new()
        {
            Link = link,
            Interface = link,
            Addresses = [new ConfiguredAddress(IPAddress.Parse(address), 64)],
        };
}
