using System.Net;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>RFC 5844, Sections 4 and 5, and the drafts before it: what a configuration says of IPv4 transport.</summary>
public sealed class TransportConfigurationTests
{
    private static readonly IPAddress _anchorAddress = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress _gatewayAddress = IPAddress.Parse("192.0.2.161");
    private static readonly MobilityPorts _ports = new(5438, 5439, 4192);

    private static readonly NodeConfiguration _anchor = NodeBench.AnchorConfiguration with
    {
        Interfaces = [.. NodeBench.AnchorConfiguration.Interfaces, CoreOf("192.0.2.1/24")],
        LocalMobilityAnchor = NodeBench.AnchorConfiguration.LocalMobilityAnchor! with
        {
            AuthorizedMobileAccessGateways = [_gatewayAddress],
            Ipv4Transport = new Ipv4AnchorTransport
            {
                Edition = Ipv4Edition.Draft02,
                Address = _anchorAddress,
                AcceptForcedIPv4UDPEncapsulationRequest = true,
                AcceptIPv4UDPEncapsulationRequest = false,
                NatRefreshTime = TimeSpan.FromSeconds(30),
                Ports = _ports,
                SupportsTlvHeader = true,
            },
        },
    };

    private static readonly NodeConfiguration _gateway = NodeBench.GatewayConfiguration with
    {
        Interfaces = [.. NodeBench.GatewayConfiguration.Interfaces, CoreOf("192.0.2.161/24")],
        MobileAccessGateway = NodeBench.GatewayConfiguration.MobileAccessGateway! with
        {
            Ipv4Transport = new Ipv4GatewayTransport
            {
                Edition = Ipv4Edition.Draft04,
                Address = _gatewayAddress,
                Anchors = new Dictionary<IPAddress, IPAddress> { [IPAddress.Parse(NodeBench.Anchor)] = _anchorAddress },
                ForceIPv4UDPEncapsulationSupport = true,
                RequestIPv4UDPEncapsulationSupport = true,
                UsesTlvHeader = true,
                Ports = _ports,
            },
            Profiles =
            [
                new MobileNodeProfile { IdentifierPattern = "a*", Ipv4AnchorAddress = IPAddress.Parse("192.0.2.2") },
                new MobileNodeProfile { IdentifierPattern = "b*", SignalsOverIpv4 = false },
                new MobileNodeProfile { IdentifierPattern = "c*", SignalsOverIpv4 = true },
            ],
        },
        Security = new NodeSecurity
        {
            Associations =
            [
                new NodeAssociation
                {
                    SecurityParametersIndex = 0x1001,
                    Peer = _anchorAddress,
                    Destination = _gatewayAddress,
                    Transform = SecurityTransform.NullHmacSha256,
                    KeyFile = "/keys/in",
                },
            ],
        },
    };

    [Fact]
    public void Anchor_WrittenAndRead_IsTheSame() =>
        NodeConfiguration
            .Parse(_anchor.ToJson(), "lma.json")
            .LocalMobilityAnchor.Should()
            .BeEquivalentTo(_anchor.LocalMobilityAnchor, options => options.ComparingByValue<Ipv6Prefix>());

    [Fact]
    public void Gateway_WrittenAndRead_IsTheSame()
    {
        var read = NodeConfiguration.Parse(_gateway.ToJson(), "mag.json");
        read.MobileAccessGateway.Should()
            .BeEquivalentTo(_gateway.MobileAccessGateway, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<MacAddress>());
        read.Security.Should().BeEquivalentTo(_gateway.Security);
    }

    [Fact]
    public void MissingKey_HasTheDefaultOfTheEditions()
    {
        var anchor = NodeConfiguration.Parse(
            """
            {
              "Name": "LMA1", "Role": "lma",
              "Interfaces": [ { "Addresses": [ "2001:db8:100::1/64", "192.0.2.1/24" ], "Link": "core", "Interface": "core" } ],
              "LocalMobilityAnchor": {
                "LMAA": "2001:db8:100::1", "PrefixPool": "2001:db8:8000::/48", "Ipv4Transport": { "Address": "192.0.2.1" } }
            }
            """,
            "lma.json"
        );
        anchor.LocalMobilityAnchor!.Ipv4Transport.Should().Be(new Ipv4AnchorTransport { Address = _anchorAddress });
    }

    [Theory]
    [InlineData(
        "\"Address\": \"192.0.2.1\"",
        "\"Address\": \"192.0.2.9\"",
        "*: LocalMobilityAnchor.Ipv4Transport.Address: 192.0.2.9 is not an address of an interface"
    )]
    [InlineData(
        "\"Address\": \"192.0.2.1\"",
        "\"Address\": \"::1\"",
        "*LocalMobilityAnchor.Ipv4Transport.Address: '::1' is not an IPv4 address"
    )]
    [InlineData("\"NatRefreshTime\": 30000", "\"NatRefreshTime\": 500", "*LocalMobilityAnchor.Ipv4Transport.NatRefreshTime: *whole*")]
    [InlineData("\"Control\": 5438", "\"Control\": 0", "*LocalMobilityAnchor.Ipv4Transport.Ports.Control: is not a port from 1 to 65535")]
    [InlineData("\"Control\": 5438", "\"Control\": 5439", "*LocalMobilityAnchor.Ipv4Transport.Ports: Ports must not be 0, and different*")]
    [InlineData("\"Control\": 5438", "\"Contrl\": 5438", "*LocalMobilityAnchor.Ipv4Transport.Ports.Contrl: is an unknown key*")]
    public void MistakeOfAnAnchor_IsNamed(string right, string wrong, string message) => Refuses(_anchor, right, wrong, message);

    [Theory]
    [InlineData(
        "\"2001:db8:100::1\": \"192.0.2.1\"",
        "\"192.0.2.2\": \"192.0.2.1\"",
        "*MobileAccessGateway.Ipv4Transport.Anchors.192.0.2.2: is not the IPv6 address of an LMA"
    )]
    [InlineData(
        "\"2001:db8:100::1\": \"192.0.2.1\"",
        "\"2001:db8:100::1\": \"::1\"",
        "*MobileAccessGateway.Ipv4Transport.Anchors.2001:db8:100::1: '::1' is not an IPv4 address"
    )]
    [InlineData(
        "\"2001:db8:100::1\": \"192.0.2.1\"",
        "\"2001:db8:100::1\": \"192.0.2.1\", \"2001:db8:100:0::1\": \"192.0.2.2\"",
        "*MobileAccessGateway.Ipv4Transport.Anchors.2001:db8:100:0::1: occurs twice"
    )]
    [InlineData("\"UsesTlvHeader\": true", "\"UsesTlvHeader\": 1", "*MobileAccessGateway.Ipv4Transport.UsesTlvHeader: is neither*")]
    [InlineData(
        "\"Address\": \"192.0.2.161\"",
        "\"Address\": \"192.0.2.162\"",
        "*MobileAccessGateway.Ipv4Transport.Address: 192.0.2.162 is not an address of an interface other than an access link"
    )]
    [InlineData("\"Ipv4AnchorAddress\": \"192.0.2.2\"", "\"Ipv4AnchorAddress\": \"::2\"", "*Profiles[0].Ipv4AnchorAddress: '::2' is not*")]
    [InlineData(
        "\"2001:db8:100::1\": \"192.0.2.1\"",
        "\"2001:db8:100::9\": \"192.0.2.1\"",
        "*MobileAccessGateway.Profiles: *an LMA whose IPv4 address is not known*"
    )]
    [InlineData(
        "\"Destination\": \"192.0.2.161\"",
        "\"Destination\": \"2001:db8:100::a1\"",
        "*Security.Associations[0].Destination: 2001:db8:100::a1 is not of the family of 192.0.2.1"
    )]
    public void MistakeOfAGateway_IsNamed(string right, string wrong, string message) => Refuses(_gateway, right, wrong, message);

    private static void Refuses(NodeConfiguration configuration, string right, string wrong, string message)
    {
        var json = configuration.ToJson();
        json.Should().Contain(right);
        FluentActions
            .Invoking(() => NodeConfiguration.Parse(json.Replace(right, wrong, StringComparison.Ordinal), "node.json"))
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage(message);
    }

    private static InterfaceConfiguration CoreOf(string address) =>
        new()
        {
            Link = "ipv4",
            Interface = "ipv4",
            Addresses = [ConfiguredAddress.Parse(address)],
        };
}
