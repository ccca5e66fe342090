using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>The profiles of mobile nodes of Mobile IPv6.</summary>
public sealed class ProfileMobileNodeTests
{
    private const string MobileNode = """
        {
          "device": "a mobile node",
          "role": "mn",
          "ports": { "link1": { "interface": "eth1" }, "link2": { "interface": "eth2" }, "home": { "interface": "eth3" } },
          "addresses": {
            "HA1": "2001:db8:200::1", "CN1": "2001:db8:300::c1", "R1": "2001:db8:101::ff", "R2": "2001:db8:102::ff"
          },
          "identities": { "homeAddress": "2001:db8:200::77", "bids": { "link1": 7, "home": 9 } },
          "prefixes": { "home": "2001:db8:200::/64", "foreign": "2001:db8:dead::/64" },
          "bindings": "unprotected by agreement",
          "waits": { "attach": 4000 },
          "configurations": { "mn-mcoa": { "claims": [] } }
        }
        """;

    [Fact]
    public void MobileNode_HasAnInterfaceOnEachLinkOfTheTester_AndAHomeAddressOnNone()
    {
        var profile = Profiles.Parse(MobileNode);

        (profile.Role, profile.Identities).Should().Be((NodeRole.Mn, 1));
        profile.Ports.Should().OnlyContain(port => port.IsAccessLink, "every link is down until a scenario needs it");
        var domain = profile.Ixit.Domain;
        var device = domain.Tested!;
        device.Interfaces.Select(known => known.Link).Should().Equal(Ports.Access(1), Ports.Access(2), Ports.Home);
        device.Interfaces.SelectMany(known => known.Addresses).Should().BeEmpty();
        (device.Name, device.Address).Should().Be(("MN1", IPAddress.Parse("2001:db8:200::77")));
        domain.Links.Should().OnlyContain(link => link.Kind == LinkKind.Access && !link.IsForBookends);
        domain.Find("R2")!.On(Ports.Access(2)).Should().NotBeNull();
        profile.Ixit.OwnedPrefix.Should().Be(McoaDomains.HomePrefix);
        profile.Find("mn-mcoa")!.Edition.Should().Be(Edition.Rfc5648);
    }

    [Fact]
    public void MobileNode_IsSetUpWithItsHomeAddressAndBindingIdentifiers()
    {
        var known = Profiles.Parse(MobileNode).Ixit.MobileNode!;

        known.HomePrefix.Should().Be(Ipv6Prefix.Parse("2001:db8:200::/64"));
        (known.HomeAgent, known.Correspondent).Should().Be((IPAddress.Parse("2001:db8:200::1"), IPAddress.Parse("2001:db8:300::c1")));
        known.BidOf.Should().BeEquivalentTo(new Dictionary<string, int> { ["link1"] = 7, ["home"] = 9 });
        known.AttachWithin.Should().Be(TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("\"bindings\": \"unprotected by agreement\",", "", "*'bindings' is missing: in the configuration mn-mcoa*")]
    [InlineData("2001:db8:200::77", "2001:db8:300::77", "*identities.homeAddress*2001:db8:300::77 is not part of 2001:db8:200::/64*")]
    [InlineData("2001:db8:200::77", "fe80::77", "*identities.homeAddress*'fe80::77' is not an address of the home link*")]
    [InlineData("2001:db8:200::1\"", "2001:db8:201::1\"", "*addresses*2001:db8:201::1 is not part of 2001:db8:200::/64*")]
    [InlineData("2001:db8:102::ff", "2001:db8:200::ff", "*addresses*the address of R2, is part of 2001:db8:200::/64: R2 is not at home*")]
    [InlineData(", \"R2\": \"2001:db8:102::ff\"", "", "*addresses.R2: the value is missing*")]
    [InlineData("\"home\": 9", "\"home\": 7", "*identities.bids.home*7 is already the Binding Identifier of link1*")]
    [InlineData("\"home\": 9", "\"home\": 0", "*identities.bids.home*")]
    [InlineData("\"home\": 9", "\"link3\": 9", "*identities.bids.link3*")]
    [InlineData("\"bids\"", "\"count\": 8, \"bids\"", "*identities.count*")]
    [InlineData("\"mn-mcoa\"", "\"mn-mcoa-esp\"", "*protection*the configuration mn-mcoa-esp needs*")]
    [InlineData("\"mn-mcoa\"", "\"ha-mcoa\"", "*configurations.ha-mcoa*")]
    [InlineData("\"link1\": { \"interface\": \"eth1\" }, ", "", "*ports.link1: the value is missing*")]
    public void Mistake_IsNamed(string right, string wrong, string message)
    {
        MobileNode.Should().Contain(right);
        var parse = () => Profiles.Parse(MobileNode.Replace(right, wrong, StringComparison.Ordinal));

        parse.Should().Throw<ProfileException>().WithMessage(message);
    }

    [Fact]
    public void LinkThatTheDeviceDoesNotHave_NeedsNoRouter() =>
        Profiles
            .Parse(
                MobileNode
                    .Replace("\"link2\": { \"interface\": \"eth2\" }, ", "", StringComparison.Ordinal)
                    .Replace(", \"R2\": \"2001:db8:102::ff\"", "", StringComparison.Ordinal)
            )
            .Ixit.Domain.Links.Select(link => link.Port)
            .Should()
            .Equal(Ports.Access(1), Ports.Home);
}
