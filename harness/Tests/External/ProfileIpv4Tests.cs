using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>The IPv4 home network in a profile.</summary>
public sealed class ProfileIpv4Tests
{
    private const string Ipv4 = """
        "ipv4": {
          "network": "198.18.0.0/16", "defaultRouter": "198.18.0.1",
          "foreign": "203.0.113.99", "fixed": "198.18.255.77", "unassigned": "198.18.255.1",
          "addresses": { "LMA1-home": "198.51.100.1", "CN1": "198.51.100.193" }
        },
        """;

    private const string AfterPrefixes = "\"authorizedGateways\"";

    [Fact]
    public void HomeNetwork_IsReadWhole()
    {
        var ixit = Profiles.Parse(With(Ipv4)).Ixit;

        ixit.Ipv4.Should()
            .Be(
                new Ipv4HomeNetwork(IpPrefix.Parse("198.18.0.0/16"), IPAddress.Parse("198.18.0.1"), IPAddress.Parse("203.0.113.99"))
                {
                    Fixed = IPAddress.Parse("198.18.255.77"),
                    Unassigned = IPAddress.Parse("198.18.255.1"),
                }
            );
        ixit.Domain.Find("LMA1")!.AddressOn(Ports.Home, AddressFamily.InterNetwork).Should().Be(IPAddress.Parse("198.51.100.1"));
        ixit.Domain.Find("LMA1")!.AddressOn(Ports.Home).Should().Be(IPAddress.Parse("2001:db8:200::1"));
        ixit.Domain.Find("LMA1")!.AddressOn(Ports.Core, AddressFamily.InterNetwork).Should().BeNull();
        ixit.Domain.Find("CN1")!.AddressOf(AddressFamily.InterNetwork).Should().Be(IPAddress.Parse("198.51.100.193"));
        ixit.Kinds.Should().Equal([.. Ixit.UsualKinds, "dual", "ipv4-only", "ipv6-only", "fixed-ipv4"]);
    }

    [Fact]
    public void AddressesOnTheCoreLink_AreThoseOfTransport_AndTheNatHasNoOther()
    {
        var ixit = Profiles
            .Parse(
                With(
                    Ipv4.Replace(
                            "\"LMA1-home\"",
                            "\"LMA1\": \"192.0.2.1\", \"MAG1\": \"192.0.2.161\", \"NAT1\": \"192.0.2.240\", \"LMA1-home\"",
                            StringComparison.Ordinal
                        )
                        .Replace("\"addresses\"", "\"dualStackPort\": 5000, \"addresses\"", StringComparison.Ordinal)
                )
            )
            .Ixit;

        ixit.DualStackPort.Should().Be(5000);
        ixit.Domain.Find("LMA1")!.AddressOn(Ports.Core, AddressFamily.InterNetwork).Should().Be(IPAddress.Parse("192.0.2.1"));
        ixit.Domain.Find("MAG1")!.AddressOn(Ports.Core, AddressFamily.InterNetwork).Should().Be(IPAddress.Parse("192.0.2.161"));
        ixit.Domain.Find("NAT1")!.Addresses.Should().Equal(IPAddress.Parse("192.0.2.240"));
    }

    [Fact]
    public void ConfigurationOfTransport_NeedsTheAddressesOnTheCoreLink()
    {
        var mistakes = Mistakes(With(Ipv4).Replace("\"lma-baseline\"", "\"lma-ipv4-transport\"", StringComparison.Ordinal));

        mistakes.Should().HaveCount(2);
        foreach (var (mistake, node) in mistakes.Zip((string[])["LMA1", "MAG1"]))
        {
            mistake.Should().EndWith($"ipv4: the configuration lma-ipv4-transport needs the IPv4 address of {node} in 'ipv4.addresses'");
        }
    }

    [Fact]
    public void Profile_WithoutIt_HasNoIpv4()
    {
        var ixit = Profiles.Parse(Profiles.Lma).Ixit;

        ixit.Ipv4.Should().BeNull();
        ixit.Kinds.Should().Equal(Ixit.UsualKinds);
        ixit.Domain.Nodes.Should().OnlyContain(node => node.AddressOf(AddressFamily.InterNetwork) == null);
    }

    [Fact]
    public void Mag_NeedsNoAddressesOnTheHomeLink() =>
        Profiles
            .Parse(
                Profiles.Mag.Replace(
                    "\"configurations\"",
                    "\"ipv4\": { \"network\": \"198.18.0.0/16\", \"defaultRouter\": \"198.18.0.1\", \"foreign\": \"203.0.113.99\" }, "
                        + "\"configurations\"",
                    StringComparison.Ordinal
                )
            )
            .Ixit.Kinds.Should()
            .Equal([.. Ixit.UsualKinds, "dual", "ipv4-only", "ipv6-only"]);

    [Fact]
    public void Mag_MayHaveADhcpServer() =>
        Profiles
            .Parse(OfMag("\"DHCP1\": \"198.51.100.67\"", "dynamic-tunnels"))
            .Ixit.Domain.Find("DHCP1")!
            .AddressOf(AddressFamily.InterNetwork)
            .Should()
            .Be(IPAddress.Parse("198.51.100.67"));

    [Theory]
    [InlineData("", "dynamic-tunnels", "CN1")]
    [InlineData("\"CN1\": \"198.51.100.193\"", "dhcp-relay", "DHCP1")]
    public void ConfigurationOfAMag_NeedsTheAddressesOfItsScenarios(string addresses, string claim, string missing)
    {
        var json = OfMag(addresses, claim).Replace("\"mag-baseline\"", "\"mag-ipv4-relay\"", StringComparison.Ordinal);

        Mistakes(json)
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith($"ipv4: the configuration mag-ipv4-relay needs the IPv4 address of {missing} in 'ipv4.addresses'");
    }

    [Theory]
    [InlineData(
        "198.18.0.0/16",
        "198.18.1.0/16",
        "ipv4.network: '198.18.1.0/16' has bits set beyond its length; did you mean 198.18.0.0/16?"
    )]
    [InlineData("198.18.0.0/16", "198.18.0.0/30", "ipv4.network: '198.18.0.0/30' cannot be used; expected an IPv4 prefix with a length")]
    [InlineData("198.18.0.0/16", "2001:db8::/32", "ipv4.network: '2001:db8::/32' cannot be used; expected an IPv4 prefix")]
    [InlineData("198.18.0.1", "198.19.0.1", "ipv4.defaultRouter: 198.19.0.1 is not part of 198.18.0.0/16; the default router")]
    [InlineData("198.18.0.1", "198.18.255.77", "ipv4.fixed: 198.18.255.77 is already defaultRouter; expected another address")]
    [InlineData("198.18.255.77", "198.18.255.1", "ipv4.unassigned: 198.18.255.1 is already fixed; expected another address")]
    [InlineData("203.0.113.99", "198.18.7.7", "ipv4.foreign: 198.18.7.7 is part of 198.18.0.0/16; expected an address that")]
    [InlineData("203.0.113.99", "224.0.0.1", "ipv4.foreign: '224.0.0.1' cannot be used; expected a unicast IPv4 address")]
    [InlineData("203.0.113.99", "203.0.113", "ipv4.foreign: '203.0.113' cannot be used; expected a unicast IPv4 address")]
    [InlineData("198.51.100.193", "198.51.100.1", "ipv4.addresses.CN1: 198.51.100.1 is already the address of LMA1-home")]
    [InlineData(", \"CN1\": \"198.51.100.193\"", "", "ipv4.addresses.CN1: the value is missing; expected a unicast IPv4 address")]
    [InlineData(", \"CN1\": ", ", \"MAG9\": ", "ipv4.addresses.MAG9: there is no such key", "ipv4.addresses.CN1: the value is missing")]
    [InlineData("\"network\": \"198.18.0.0/16\", ", "", "ipv4.network: the value is missing; expected an IPv4 prefix")]
    public void Mistake_IsReportedWithItsKey(string right, string wrong, params string[] expected)
    {
        var mistakes = Mistakes(With(Ipv4.Replace(right, wrong, StringComparison.Ordinal)));

        mistakes.Should().HaveCount(expected.Length);
        foreach (var text in expected)
        {
            mistakes.Should().ContainSingle(mistake => mistake.Contains(text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", "dual", "identities.kinds: dual mobile nodes need the IPv4 home network in 'ipv4'")]
    [InlineData(
        "\"ipv4\": { \"network\": \"198.18.0.0/16\", \"defaultRouter\": \"198.18.0.1\", \"foreign\": \"203.0.113.99\", "
            + "\"addresses\": { \"LMA1-home\": \"198.51.100.1\", \"CN1\": \"198.51.100.193\" } }, ",
        "fixed-ipv4",
        "identities.kinds: fixed-ipv4 mobile nodes need the address that they may use in 'ipv4.fixed'"
    )]
    public void Kind_NeedsWhatItsNodesUse(string section, string kind, string expected) =>
        Mistakes(With(section).Replace("\"count\": 500", $"\"count\": 500, \"kinds\": [\"dynamic\", \"{kind}\"]", StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith(expected);

    private static string With(string section) => Profiles.Lma.Replace(AfterPrefixes, section + AfterPrefixes, StringComparison.Ordinal);

    /// <summary>The profile of a MAG that names a DHCP server.</summary>
    private static string OfMag(string ipv4Addresses, string claim) =>
        Profiles
            .Mag.Replace("\"CN1\": ", "\"DHCP1\": \"2001:db8:100::d1\", \"CN1\": ", StringComparison.Ordinal)
            .Replace("\"claims\": []", $"\"claims\": [\"{claim}\"]", StringComparison.Ordinal)
            .Replace(
                "\"configurations\"",
                "\"ipv4\": { \"network\": \"198.18.0.0/16\", \"defaultRouter\": \"198.18.0.1\", \"foreign\": \"203.0.113.99\", "
                    + $"\"addresses\": {{ {ipv4Addresses} }} }}, \"configurations\"",
                StringComparison.Ordinal
            );

    private static IReadOnlyList<string> Mistakes(string json)
    {
        var parse = () => ProfileFile.Parse(json, "device.json", ["timestamp-option", "dynamic-tunnels", "dhcp-relay"]);
        return [.. parse.Should().Throw<ProfileException>().Which.Mistakes.Select(mistake => mistake.ToString())];
    }
}
