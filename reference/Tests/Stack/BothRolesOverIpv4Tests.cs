using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Both roles on the simulated stack, with IPv4 between them: RFC 5844, Section 4, and its drafts.</summary>
public sealed class BothRolesOverIpv4Tests
{
    private static readonly IPAddress _anchor = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _gateway = IPAddress.Parse("198.51.100.161");

    private readonly VirtualNetwork _network = new();

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, false, false, IpProtocol.Ipv6)]
    [InlineData(Ipv4Edition.Rfc5844, true, false, Ipv4Protocol.Udp)]
    [InlineData(Ipv4Edition.Draft04, false, false, IpProtocol.Ipv6)]
    [InlineData(Ipv4Edition.Draft04, false, true, Ipv4Protocol.Udp)]
    [InlineData(Ipv4Edition.Draft02, false, false, IpProtocol.Ipv6)]
    [InlineData(Ipv4Edition.Draft02, false, true, Ipv4Protocol.Udp)]
    public void MobileNode_ReachesItsCorrespondent_ThroughTheTunnelThatBothEndsHave(
        Ipv4Edition edition,
        bool forcesUdp,
        bool usesTlv,
        byte protocol
    )
    {
        var node = Start(edition, forcesUdp, usesTlv);
        AssertReached(node, protocol);
        _network.RunSeconds(400);
        AssertReached(node, protocol);
    }

    [Theory]
    [InlineData(Ipv4Edition.Rfc5844, true)]
    [InlineData(Ipv4Edition.Draft04, true)]
    [InlineData(Ipv4Edition.Draft04, false)]
    [InlineData(Ipv4Edition.Draft02, false)]
    public void Messages_AreUnderEsp_AroundUdpOrBehindIt(Ipv4Edition edition, bool isOutside)
    {
        var node = Start(edition, association: isOutside ? (_anchor, _gateway) : (LmaAddress, MagAddress));
        node.Addresses(Access).Should().Contain(address => !address.IsIPv6LinkLocal);
        var messages = _network
            .Ip("core")
            .OfType<Ipv4Packet>()
            .Where(packet => packet.Protocol is IpProtocol.Esp or Ipv4Protocol.Udp)
            .ToList();
        AssertReached(node, IpProtocol.Ipv6);
        messages.Should().HaveCountGreaterThan(1).And.OnlyContain(packet => (packet.Protocol == IpProtocol.Esp) == isOutside);
        messages.Should().OnlyContain(packet => !IsClear(packet));
    }

    private static bool IsClear(Ipv4Packet packet) => SignalingTransport.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out _, out _);

    private void AssertReached(IpNode node, byte protocol)
    {
        _network.Forget();
        node.Ping(CnAddress, 1, 1, _network.Now);
        _network.RunSeconds(1);
        node.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.Source.Should().Be(CnAddress);
        _network.Ip("core").OfType<Ipv4Packet>().Last().Protocol.Should().Be(protocol);
    }

    private IpNode Start(
        Ipv4Edition edition,
        bool forcesUdp = false,
        bool usesTlv = false,
        (IPAddress Anchor, IPAddress Gateway)? association = null
    )
    {
        var anchor = AnchorFixture.Settings with
        {
            AuthorizedMobileAccessGateways = [MagAddress, _gateway],
            ProtectionRequired = association is not null,
            Ipv4Transport = new Ipv4AnchorTransport
            {
                Edition = edition,
                Address = _anchor,
                AcceptForcedIPv4UDPEncapsulationRequest = true,
                SupportsTlvHeader = true,
            },
        };
        var gateway = GatewayFixture.Settings with
        {
            ProxyCareOfAddress = MagAddress,
            LocalMobilityAnchorAddress = LmaAddress,
            ProtectionRequired = association is not null,
            AccessLinks = [new AccessLinkSettings { Link = Access, MacAddress = MagAccessMac }],
            Ipv4Transport = new Ipv4GatewayTransport
            {
                Edition = edition,
                Address = _gateway,
                Anchors = new Dictionary<IPAddress, IPAddress> { [LmaAddress] = _anchor },
                ForceIPv4UDPEncapsulationSupport = forcesUdp,
                UsesTlvHeader = usesTlv,
            },
        };
        _network.Add(
            WithIpv4(Lma, _anchor) with
            {
                Security = Security(association, between => between.Gateway),
            },
            new LocalMobilityAnchor(anchor, new Random(1))
        );
        _network.Add(
            WithIpv4(Mag, _gateway) with
            {
                Security = Security(association, between => between.Anchor),
            },
            new MobileAccessGateway(gateway, new Random(2))
        );
        _network.Add(Cn);
        var node = _network.Add(Roamer);
        _network.RunSeconds(5);
        return node;
    }

    private static IpNodeSettings WithIpv4(IpNodeSettings node, IPAddress address) =>
        node with
        {
            Interfaces =
            [
                node.Interfaces[0] with
                {
                    Addresses = [.. node.Interfaces[0].Addresses, new ConfiguredAddress(address, 24)],
                },
                .. node.Interfaces.Skip(1),
            ],
        };

    private static SecuritySettings Security(
        (IPAddress Anchor, IPAddress Gateway)? association,
        Func<(IPAddress Anchor, IPAddress Gateway), IPAddress> peerOf
    )
    {
        if (association is not { } between)
        {
            return new SecuritySettings();
        }

        var peer = peerOf(between);
        var key = new SecretBytes(new byte[32]);
        return new SecuritySettings
        {
            Associations =
            [
                new SecurityAssociation(0x1001, peer, between.Anchor, SecurityTransform.NullHmacSha256, key),
                new SecurityAssociation(0x2001, peer, between.Gateway, SecurityTransform.NullHmacSha256, key),
            ],
        };
    }
}
