using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Section 6.11: the DHCPv6 relay agent.</summary>
public class GatewayDhcpv6RelayTests
{
    private static readonly IPAddress _server = IPAddress.Parse("2001:db8:100::d1");
    private static readonly IPAddress _mobileNode = Mac1.LinkLocalAddress();
    private static readonly byte[] _solicit = Octets(Dhcpv6MessageType.Solicit);
    private static readonly byte[] _advertise = Octets(Dhcpv6MessageType.Advertise);

    private readonly GatewayFixture _gateway = new(Settings with { Dhcpv6Servers = [_server] });

    [Fact]
    public void Port_IsOpenedIfThereIsAServer_AndAdvertisementsSaySo()
    {
        _gateway.StartActions.Should().Contain(new RoleAction.OpenUdp(UdpPort.Dhcpv6Server, UdpContent.Messages));
        _gateway.Register().Advertisements().Should().ContainSingle().Which.Managed.Should().BeTrue();

        var without = new GatewayFixture();
        without.StartActions.OfType<RoleAction.OpenUdp>().Should().BeEmpty();
        without.Register().Advertisements().Should().ContainSingle().Which.Managed.Should().BeFalse();
    }

    [Theory]
    [InlineData("link1")]
    [InlineData("link2")]
    public void MessageOfAMobileNode_IsRelayedWithAnAddressOfItsPrefix_OnWhicheverLinkItIs(string name)
    {
        var link = new LinkId(name);
        _gateway.Register(link, prefixes: [Prefix, OtherPrefix]);

        var sent = Receive(link, _mobileNode, _solicit).Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendUdp>().Which;

        (sent.Path, sent.Link).Should().Be((new UdpPath(Gateway, 547, _server, 547), null));
        var forward = Read(sent.Payload);
        (forward.Type, forward.HopCount, forward.PeerAddress).Should().Be((Dhcpv6MessageType.RelayForward, 0, _mobileNode));
        Prefix.Contains(forward.LinkAddress).Should().BeTrue();
        forward.Options.First<Dhcpv6RelayMessageOption>()!.Message.Should().Be(new OctetString(_solicit));
        forward.Options.First<Dhcpv6InterfaceIdOption>().Should().NotBeNull();
    }

    [Fact]
    public void AnswerOfTheServer_GoesToTheMobileNodeOnItsLink()
    {
        _gateway.Register();

        var sent = Receive(RoleDriver.Core, _server, Reply()).Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendUdp>().Which;

        (sent.Path, sent.Link).Should().Be((new UdpPath(LinkLocal, 547, _mobileNode, 546), Link1));
        sent.Payload.ToArray().Should().Equal(_advertise);
    }

    [Fact]
    public void OtherMessages_AreNotRelayed()
    {
        Receive(Link1, _mobileNode, _solicit).Should().BeEmpty("nobody is registered there");
        _gateway.Register();
        var reply = Reply();
        Receive(Link1, _mobileNode, _advertise).Should().BeEmpty("a mobile node is no server");
        Receive(Link1, _mobileNode, reply).Should().BeEmpty("a mobile node is no relay agent");
        Receive(Link1, _mobileNode, [1, 0]).WithoutLog().Should().BeEmpty("it is cut off");
        Receive(RoleDriver.Core, IPAddress.Parse("2001:db8:100::d2"), reply).Should().BeEmpty("it is not from the server");
        Receive(RoleDriver.Core, _server, _solicit).Should().BeEmpty("a server is no client");
        _gateway.Handle(new RoleInput.LinkDown(Link1));
        Receive(Link1, _mobileNode, _solicit).Should().BeEmpty("the link is down");
    }

    [Fact]
    public void Message_OverIpv4_IsNotRelayed()
    {
        _gateway.Register();
        var path = new UdpPath(IPAddress.Any, 546, IPAddress.Broadcast, 547);

        _gateway.Handle(new RoleInput.Udp(path, Link1, LinkLayerSource: null, _solicit)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Message_ThatFitsIntoNoDatagramWhenRelayed_IsNotRelayed(int more, bool isRelayed)
    {
        const int relayHeaders = 34 + 4 + 5 + 4,
            longest = ushort.MaxValue - 8 - relayHeaders;
        _gateway.Register();
        var length = longest - _solicit.Length - 4 + more;
        byte[] message = [.. _solicit, 0xfe, 0, (byte)(length >> 8), (byte)length, .. new byte[length]];

        var sent = Receive(Link1, _mobileNode, message).OfType<RoleAction.SendUdp>().ToList();

        sent.Select(udp => udp.Path.Wrap(udp.Payload).Length).Should().Equal(isRelayed ? [40 + ushort.MaxValue] : []);
    }

    /// <summary>The Relay-reply to a message that the mobile node on the first link has sent.</summary>
    private byte[] Reply()
    {
        var sent = Receive(Link1, _mobileNode, _solicit).Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendUdp>().Which;
        var forward = Read(sent.Payload);
        return new Dhcpv6RelayMessage(
            Dhcpv6MessageType.RelayReply,
            0,
            forward.LinkAddress,
            forward.PeerAddress,
            [forward.Options.First<Dhcpv6InterfaceIdOption>()!, new Dhcpv6RelayMessageOption(new OctetString(_advertise))]
        ).ToBytes();
    }

    private IReadOnlyList<RoleAction> Receive(LinkId link, IPAddress source, byte[] payload)
    {
        var path = source.IsIPv6LinkLocal
            ? new UdpPath(source, 546, Dhcpv6Groups.AllRelayAgentsAndServers, 547)
            : new UdpPath(source, 547, Gateway, 547);
        return _gateway.Handle(new RoleInput.Udp(path, link, LinkLayerSource: null, payload));
    }

    private static Dhcpv6RelayMessage Read(ReadOnlyMemory<byte> payload)
    {
        Dhcpv6Message.TryParse(payload.Span, out var message, out var error).Should().BeTrue(error?.Detail);
        return message.Should().BeOfType<Dhcpv6RelayMessage>().Which;
    }

    private static byte[] Octets(Dhcpv6MessageType type) =>
        new Dhcpv6ClientServerMessage(
            type,
            0x5213,
            [new Dhcpv6ClientIdentifierOption(new Duid(new OctetString([0, 3, 0, 1, .. Mac1.ToArray()])))]
        ).ToBytes();
}
