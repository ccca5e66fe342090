using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>The profiles of devices of Mobile IPv6: home agents and correspondent nodes.</summary>
public sealed class ProfileMobilityTests
{
    private const string HomeAgent = """
        {
          "device": "a home agent",
          "role": "ha",
          "ports": { "core": { "interface": "eth1" }, "home": { "interface": "eth2" } },
          "addresses": {
            "HA1": "2001:db8:200::1", "HA1-core": "2001:db8:100::1", "CN1": "2001:db8:100::c1", "CN2": "2001:db8:200::c2"
          },
          "identities": {
            "homeAddress": "2001:db8:200::77:{n}",
            "careOfAddress": "2001:db8:100::7{k}:{n}",
            "linkLayer": "02:5e:00:00:{n}",
            "count": 300
          },
          "prefixes": { "home": "2001:db8:200::/64", "foreign": "2001:db8:dead::/64" },
          "bindings": "unprotected by agreement",
          "timers": { "RetransTimer": 500 },
          "configurations": { "ha-mcoa": { "claims": [] } }
        }
        """;

    private const string Correspondent = """
        {
          "device": "a correspondent node",
          "role": "cn",
          "ports": { "core": { "interface": "eth1" } },
          "addresses": { "CN1": "2001:db8:100::c1", "HA1": "2001:db8:200::1", "core router": "2001:db8:100::ff" },
          "identities": {
            "homeAddress": "2001:db8:200::77:{n}",
            "careOfAddress": "2001:db8:100::7{k}:{n}",
            "linkLayer": "02:5e:00:00:{n}",
            "count": 300
          },
          "prefixes": { "home": "2001:db8:200::/64", "foreign": "2001:db8:dead::/64" },
          "configurations": { "cn-mcoa": { "claims": [], "edition": "mcoa-draft-04" } }
        }
        """;

    [Fact]
    public void HomeAgent_IsOnBothLinks_AndReachedOnCoreByItsAddressThere()
    {
        var profile = Profiles.Parse(HomeAgent);

        profile.Role.Should().Be(NodeRole.Ha);
        var domain = profile.Ixit.Domain;
        var device = domain.Tested!;
        (device.Name, device.Address).Should().Be(("HA1", IPAddress.Parse("2001:db8:200::1")));
        device.AddressOn(Ports.Core).Should().Be(IPAddress.Parse("2001:db8:100::1"));
        domain.Find(Ports.Core)!.NextHop.Should().Be(IPAddress.Parse("2001:db8:100::1"));
        domain.Find(Ports.Home)!.NextHop.Should().BeNull();
        domain.Find("CN1")!.On(Ports.Core).Should().NotBeNull();
        domain.Find("CN2")!.On(Ports.Home).Should().NotBeNull();
        profile.Ixit.Mobility!.HomeAddressOf(0x12c).Should().Be(IPAddress.Parse("2001:db8:200::77:12c"));
        profile.Ixit.Mobility.CareOfAddressOf(1, 3).Should().Be(IPAddress.Parse("2001:db8:100::73:1"));
        (profile.Ixit.OwnedPrefix, profile.Identities).Should().Be((McoaDomains.HomePrefix, 300));
        profile.Ixit.Timer("RetransTimer").Should().Be(TimeSpan.FromMilliseconds(500));
        profile.Ixit.Timer("MAX_DELETE_BCE_TIMEOUT").Should().Be(TimeSpan.FromSeconds(10));
        profile.Find("ha-mcoa")!.Edition.Should().Be(Edition.Rfc5648);
    }

    [Fact]
    public void HomeAgent_BehindARouter_IsReachedByIt() =>
        Profiles
            .Parse(HomeAgent.Replace("\"identities\"", "\"nextHops\": { \"core\": \"fe80::1\" }, \"identities\"", StringComparison.Ordinal))
            .Ixit.Domain.Find(Ports.Core)!
            .NextHop.Should()
            .Be(IPAddress.Parse("fe80::1"));

    [Fact]
    public void Correspondent_IsOnCore_WithTheHomeAgentBehindTheRouter()
    {
        var profile = Profiles.Parse(Correspondent);

        var domain = profile.Ixit.Domain;
        (domain.Tested!.Name, domain.Tested.Role).Should().Be(("CN1", NodeRole.Cn));
        domain.Links.Select(link => link.Port).Should().Equal(Ports.Core);
        domain.Find(Ports.Core)!.NextHop.Should().BeNull();
        domain.Find("HA1")!.On(Ports.Home).Should().NotBeNull();
        domain.Find("core router")!.On(Ports.Core).Should().NotBeNull();
        profile.Find("cn-mcoa")!.Edition.Should().Be(Edition.McoaDraft04);
        profile.Ixit.Timer("MAX_RR_BINDING_LIFETIME").Should().Be(TimeSpan.FromSeconds(420));
    }

    [Theory]
    [InlineData(
        "\"bindings\": \"unprotected by agreement\",",
        "",
        "*'bindings' is missing: in the configuration ha-mcoa the device takes*"
    )]
    [InlineData("unprotected by agreement", "open", "*bindings*")]
    [InlineData("2001:db8:200::77:{n}", "2001:db8:200::77", "*identities.homeAddress*does not produce another value for each mobile node*")]
    [InlineData("2001:db8:200::77:{n}", "2001:db8:300::77:{n}", "*identities.homeAddress*2001:db8:300::77:1 is not part of *")]
    [InlineData("100::7{k}:{n}", "100::77:{n}", "*identities.careOfAddress*does not produce another value for each mobile node*")]
    [InlineData("\"linkLayer\"", "\"mobileNetwork\": \"2001:db8:{n}::1\", \"linkLayer\"", "*identities.mobileNetwork*does not produce*")]
    [InlineData("2001:db8:200::/64", "2001:db8:201::/64", "*is not part of 2001:db8:201::/64, the prefix of the home link*")]
    [InlineData("2001:db8:dead::/64", "2001:db8:200::/64", "*prefixes.foreign*")]
    [InlineData("\"CN2\": \"2001:db8:200::c2\"", "\"MAG1\": \"2001:db8:200::c2\"", "*CN2*")]
    [InlineData(
        "\"bindings\"",
        "\"authorizedGateways\": [], \"bindings\"",
        "*only an LMA has authorised gateways, and the device is a HA*"
    )]
    [InlineData("\"ha-mcoa\"", "\"ha-mcoa-esp\"", "*protection*the configuration ha-mcoa-esp needs*")]
    [InlineData("\"identities\": {", "\"identities\": { \"identifier\": \"{n}\",", "*identities.identifier*")]
    public void MistakeOfAHomeAgent_IsNamed(string right, string wrong, string message)
    {
        HomeAgent.Should().Contain(right);
        var parse = () => Profiles.Parse(HomeAgent.Replace(right, wrong, StringComparison.Ordinal));

        parse.Should().Throw<ProfileException>().WithMessage(message);
    }

    [Fact]
    public void Ipv4AddressesOfManyMobileNodes_HaveTwoOctetsForTheNumber()
    {
        var known = Parse(
            "stand-in-ha-ipv4.json",
            ("198.51.100.10{n}", "198.51.{nn}"),
            ("192.0.2.{n}{k}", "10.{nn}.{k}"),
            ("\"count\": 8", "\"count\": 300")
        ).Ixit.Mobility!;

        known.Ipv4CareOfAddressOf(300, 9).Should().Be(IPAddress.Parse("10.1.44.9"));
        known.Ipv4HomeAddressOf(300).Should().Be(IPAddress.Parse("198.51.1.44"));
    }

    [Theory]
    [InlineData("\"count\": 8", "\"count\": 300", "*identities.ipv4CareOfAddress*does not produce another value for each mobile node*")]
    [InlineData(
        "\"ipv4CareOfAddress\": \"192.0.2.{n}{k}\",",
        "",
        "*the configuration ha-dsmipv6 needs 'ipv4CareOfAddress' in 'identities'*"
    )]
    [InlineData("192.0.2.{n}{k}", "192.0.2.7{k}", "*identities.ipv4CareOfAddress*does not produce another value*")]
    [InlineData("\"HA1-core\": \"192.0.2.1\",", "", "*ipv4: the configuration ha-dsmipv6 needs the IPv4 address of HA1-core*")]
    [InlineData("\"CN2\": \"198.51.100.194\"", "\"LMA1\": \"198.51.100.194\"", "*ipv4.addresses.LMA1: there is no such key*")]
    [InlineData("\"defaultRouter\": \"198.51.100.1\",", "", "*ipv4.defaultRouter: the value is missing*")]
    public void MistakeInIpv4OfAHomeAgent_IsNamed(string right, string wrong, string message)
    {
        var parse = () => Parse("stand-in-ha-ipv4.json", (right, wrong));

        parse.Should().Throw<ProfileException>().WithMessage(message);
    }

    [Theory]
    [InlineData(", \"R2\": \"192.0.2.1\"", "", "*addresses.R2: the value is missing*")]
    [InlineData("\"HA1\": \"198.51.100.1\", ", "", "*ipv4: the configuration mn-dsmipv6 needs the IPv4 address of HA1*")]
    [InlineData("\"R1\":", "\"R2\": \"2001:db8:102::ff\", \"R1\":", "*ipv4.addresses.R2: R2 has an IPv6 address in 'addresses.R2'*")]
    [InlineData(
        "\"addresses\": { \"HA1\"",
        "\"network\": \"198.51.100.0/24\", \"addresses\": { \"HA1\"",
        "*ipv4.network: there is no such key*"
    )]
    [InlineData("\"198.51.100.61\"", "\"2001:db8::1\"", "*identities.ipv4HomeAddress: '2001:db8::1' cannot be used*")]
    [InlineData(
        "\"mn-dsmipv6\"",
        "\"mn-mcoa\"",
        "*ipv4: in the configuration mn-mcoa the mobile node has IPv6 alone, and R2 has no IPv6 address*"
    )]
    public void MistakeInIpv4OfAMobileNode_IsNamed(string right, string wrong, string message)
    {
        var parse = () => Parse("stand-in-mn-ipv4.json", (right, wrong));

        parse.Should().Throw<ProfileException>().WithMessage(message);
    }

    [Theory]
    [InlineData("stand-in-ha-ipv4.json", "\"ipv4HomeAddress\": \"198.51.100.10{n}\",")]
    [InlineData("stand-in-mn-ipv4.json", ",\n    \"ipv4HomeAddress\": \"198.51.100.61\"")]
    public void Ipv4HomeAddress_IsNeededWhereItIsClaimed(string file, string address)
    {
        Parse(file, (address, string.Empty), (", \"dsmipv6-home-address\"", string.Empty)).Configurations.Should().ContainSingle();
        var parse = () => Parse(file, (address, string.Empty));

        parse.Should().Throw<ProfileException>().WithMessage("*claims dsmipv6-home-address, which needs 'ipv4HomeAddress'*");
    }

    /// <summary>A profile of the repository with other text.</summary>
    private static Profile Parse(string name, params IReadOnlyList<(string Right, string Wrong)> changes)
    {
        var file = Profiles.OfRepository(name);
        var text = File.ReadAllText(file);
        foreach (var (right, wrong) in changes)
        {
            text.Should().Contain(right);
            text = text.Replace(right, wrong, StringComparison.Ordinal);
        }

        return ProfileFile.Parse(text, file);
    }

    [Fact]
    public void AssociationsOfHomeAddresses_AreThoseOfTheNumbersOfMobileNodes()
    {
        var profile = ProfileFile.Load(Profiles.OfRepository("stand-in-ha-esp.json"));

        profile.Identities.Should().Be(McoaDomains.ProtectedNodes);
        profile
            .Associations.Select(known => (known.SecurityParametersIndex, known.From, known.To))
            .Should()
            .BeEquivalentTo(
                McoaDomains.HomeAgentWithEsp.Associations.Select(known => (known.SecurityParametersIndex, known.From, known.To))
            );
        var eighth = profile.Ixit.Domain.OwnerOf(profile.Ixit.Mobility!.HomeAddressOf(8))!;
        profile.Associations.Should().ContainSingle(known => known.From == eighth.Name && known.To == "HA1");
    }

    [Fact]
    public void PacketsOfEachMobileNode_HaveAssociationsOfTheirOwn_IfTheDeviceProtectsThem()
    {
        var text = File.ReadAllText(Profiles.OfRepository("stand-in-ha-esp.json"))
            .Replace("\"ha-mcoa-esp\"", "\"ha-mcoa-payload-esp\"", StringComparison.Ordinal)
            .Replace("\"claims\": [", "\"claims\": [\"mcoa-payload-esp\", ", StringComparison.Ordinal);
        var parse = () => ProfileFile.Parse(text, Profiles.OfRepository("stand-in-ha-esp.json"));

        parse.Should().Throw<ProfileException>().WithMessage("*claims mcoa-payload-esp, which needs 'tunnel' of home address 1*");

        foreach (var number in Enumerable.Range(1, McoaDomains.ProtectedNodes))
        {
            text = text.Replace(
                $"\"out\": {{ \"spi\": \"0x240{number}\", \"key\": \"keys/esp-240{number}.key\" }}",
                $$"""
                "out": { "spi": "0x240{{number}}", "key": "keys/esp-240{{number}}.key" },
                "tunnel": {
                  "transform": "null-hmac-sha-256-128",
                  "in": { "spi": "0x150{{number}}", "key": "keys/esp-150{{number}}.key" },
                  "out": { "spi": "0x250{{number}}", "key": "keys/esp-250{{number}}.key" }
                }
                """,
                StringComparison.Ordinal
            );
        }
        parse().Associations.Select(Words).Should().BeEquivalentTo(McoaDomains.HomeAgentWithPayloadEsp.Associations.Select(Words));

        static (uint, string, string, bool) Words(DomainAssociation known) =>
            (known.SecurityParametersIndex, known.From, known.To, known.IsTunnel);
    }

    /// <summary>The tester finds the same nodes, links and addresses as in the reference's own domain.</summary>
    [Theory]
    [InlineData("stand-in-ha.json", "ha-mcoa")]
    [InlineData("stand-in-ha-esp.json", "ha-mcoa-esp")]
    [InlineData("stand-in-ha-ipv4.json", "ha-dsmipv6")]
    [InlineData("stand-in-cn.json", "cn-mcoa")]
    [InlineData("stand-in-mn.json", "mn-mcoa")]
    [InlineData("stand-in-mn-esp.json", "mn-mcoa-esp")]
    [InlineData("stand-in-mn-ipv4.json", "mn-dsmipv6")]
    public void StandIns_HaveTheDomainOfTheReference(string file, string configuration)
    {
        var profile = ProfileFile.Load(Profiles.OfRepository(file));
        var reference = ReferenceSetup.Of(NamedConfiguration.Find(configuration)!).ToIxit();

        profile.Ixit.Mobility.Should().Be(reference.Mobility);
        (profile.Ixit.MobileNode?.HomeAddress).Should().Be(reference.MobileNode?.HomeAddress);
        (profile.Ixit.MobileNode?.Ipv4HomeAddress).Should().Be(reference.MobileNode?.Ipv4HomeAddress);
        profile.Ixit.Ipv4.Should().Be(reference.Ipv4);
        profile.Ixit.Domain.Links.Select(Text).Should().Equal(reference.Domain.Links.Select(Text));
        profile.Ixit.Domain.Nodes.Select(Words).Should().BeEquivalentTo(reference.Domain.Nodes.Select(Words));

        static string Text(DomainLink link) => $"{link.Port} {link.Kind} {link.NextHop}";
        static string Words(DomainNode node) => $"{node.Name} {node.Role} {node.Player} {string.Join(' ', Known(node))}";

        // The tester learns the care-of addresses of a mobile node under test from its packets.
        static IEnumerable<IPAddress> Known(DomainNode node) => node.HomeAddress is { } home ? [home] : node.Addresses;
    }

    /// <summary>The claims of a stand-in are those of the reference, in the edition of the stand-in.</summary>
    [Theory]
    [InlineData("stand-in-ha.json")]
    [InlineData("stand-in-ha-esp.json")]
    [InlineData("stand-in-ha-ipv4.json")]
    [InlineData("stand-in-cn.json")]
    [InlineData("stand-in-mn.json")]
    [InlineData("stand-in-mn-esp.json")]
    [InlineData("stand-in-mn-ipv4.json")]
    public void StandIns_ClaimWhatTheReferenceClaims(string file)
    {
        foreach (var configuration in ProfileFile.Load(Profiles.OfRepository(file)).Configurations)
        {
            configuration
                .Claims.Should()
                .BeEquivalentTo(
                    NamedConfiguration
                        .Find(configuration.Name)!
                        .Claims.Where(claim => !claim.StartsWith("mcoa-draft-04", StringComparison.Ordinal)),
                    $"{configuration.Name} is set up so"
                );
        }
    }
}
