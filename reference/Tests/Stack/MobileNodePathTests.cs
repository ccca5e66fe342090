using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>What a mobile node sends and by which path, RFC 6275, Sections 11.3.1 and 11.5.5; RFC 5648, Sections 3 and 5.6.3.</summary>
public sealed class MobileNodePathTests
{
    private readonly MobileNodeNetwork _network = new();

    [Fact]
    public void PacketFromACareOfAddress_LeavesByItsOwnLinkAndRouter()
    {
        _network.LeaveHome();

        _network.Send(Udp(CareOf1, Correspondent, 1, 1));
        _network.Send(Udp(CareOf2, Correspondent, 1, 1));

        _network.Network.On("link1").Should().ContainSingle().Which.Frame.Destination.Should().Be(RouterMac);
        _network.Sent.Select(sent => (sent.Link, sent.Packet.Source)).Should().Equal((Link1, CareOf1), (Link2, CareOf2));
    }

    [Fact]
    public void PacketFromACareOfAddress_WithoutItsLink_GoesNowhere()
    {
        _network.LeaveHome();
        _network.Network.Unplug(_network.Node, Link2);

        _network.Send(Udp(CareOf2, Correspondent, 1, 1));

        _network.Sent.Should().BeEmpty();
    }

    [Fact]
    public void Update_LeavesByTheLinkOfItsCareOfAddress()
    {
        _network.LeaveHome();
        var path = new Ipv6Signaling(CareOf1, AgentAddress) { HomeAddress = HomeAddress };

        _network.Ask(new RoleAction.SendSignal(path, path.Complete(new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 1, []))));

        var (link, packet) = _network.Sent.Should().ContainSingle().Subject;
        (link, packet.Source, packet.NextHeader).Should().Be((Link1, CareOf1, IpProtocol.DestinationOptions));
    }

    [Fact]
    public void PacketFromTheHomeAddress_IsReverseTunnelled_ByTheLinkOfTheTunnel()
    {
        _network.LeaveHome();

        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));

        var (link, packet) = _network.Sent.Should().ContainSingle().Subject;
        (link, packet.Source, packet.Destination).Should().Be((Link2, CareOf2, AgentAddress), "it was added last");
        (Inside(packet).Source, Inside(packet).Destination).Should().Be((HomeAddress, Correspondent));
    }

    [Fact]
    public void NewFlow_TakesThePreferredPath_AndKeepsItUntilThatIsGone()
    {
        _network.LeaveHome();
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf1));

        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf2));
        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));
        _network.Send(Udp(HomeAddress, Correspondent, 2, 1));
        _network.Sent.Select(sent => sent.Link).Should().Equal(Link1, Link1, Link2);

        _network.Network.Unplug(_network.Node, Link1);
        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));

        _network.Sent.Select(sent => sent.Link).Should().Equal(Link2);
    }

    [Fact]
    public void Reply_TakesThePathOfItsRequest()
    {
        _network.LeaveHome();

        foreach (var (careOf, link) in new[] { (CareOf1, Link1), (CareOf2, Link2), (CareOf1, Link1) })
        {
            _network.Receive(link, ThroughTunnel(careOf, EchoOfCorrespondent()));

            var (on, packet) = _network.Sent.Should().ContainSingle().Subject;
            (on, packet.Source).Should().Be((link, careOf));
            Inside(packet).Source.Should().Be(HomeAddress);
        }
    }

    [Fact]
    public void PacketFromTheHomeAddress_WithoutAnyPath_GoesNowhere()
    {
        _network.Attach(Link1, Prefix1);

        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));

        _network.Sent.Should().BeEmpty();
    }

    [Fact]
    public void OptimizedPeer_GetsPacketsWithAHomeAddressOption_AndNoOther()
    {
        _network.LeaveHome();
        _network.Ask(new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf1));

        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));
        _network.Send(Udp(HomeAddress, AgentAddress, 1, 1));
        _network.Send(Udp(CareOf2, Correspondent, 1, 1));

        var sent = _network.Sent;
        sent.Select(one => (one.Link, one.Packet.NextHeader))
            .Should()
            .Equal((Link1, IpProtocol.DestinationOptions), (Link2, IpProtocol.Ipv6), (Link2, Ipv4Protocol.Udp));
        var packet = sent[0].Packet;
        (packet.Source, packet.Destination).Should().Be((CareOf1, Correspondent));
        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        DestinationOptionsHeader.TryParse(upper!.Headers.Single().Bytes.Span, out var options, out _).Should().BeTrue();
        options!.Options.OfType<HomeAddressOption>().Should().Equal(new HomeAddressOption(HomeAddress));
        UdpDatagram.HasValidChecksum(HomeAddress, Correspondent, upper.Payload.Span).Should().BeTrue();

        _network.Ask(new RoleAction.RemoveOptimizedPeer(Correspondent, HomeAddress, CareOf1));
        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));
        _network.Sent.Single().Packet.NextHeader.Should().Be(IpProtocol.Ipv6);
    }

    [Fact]
    public void OptimizedPeer_OfSeveralCareOfAddresses_IsAnsweredOnThePathOfItsRequest()
    {
        _network.LeaveHome();
        _network.Ask(
            new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf1),
            new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf2)
        );

        foreach (var (careOf, link) in new[] { (CareOf1, Link1), (CareOf2, Link2), (CareOf1, Link1) })
        {
            _network.Receive(link, Routed(careOf, EchoOfCorrespondent()));

            var (on, packet) = _network.Sent.Should().ContainSingle().Subject;
            (on, packet.Source, packet.NextHeader).Should().Be((link, careOf, IpProtocol.DestinationOptions));
        }
    }

    [Fact]
    public void OptimizedPeer_WhoseCareOfAddressIsGone_GetsPacketsThroughATunnel()
    {
        _network.LeaveHome();
        _network.Ask(new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf1));
        _network.Network.Unplug(_network.Node, Link1);

        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));

        _network.Sent.Select(sent => (sent.Link, sent.Packet.NextHeader)).Should().Equal((Link2, IpProtocol.Ipv6));
    }

    [Fact]
    public void Signal_ToAnOptimizedPeer_IsReverseTunnelled_AsItIs()
    {
        _network.LeaveHome();
        _network.Ask(new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf1));
        var path = new Ipv6Signaling(HomeAddress, Correspondent);

        _network.Ask(new RoleAction.SendSignal(path, path.Complete(new HomeTestInit(1, []))));

        var inner = Inside(_network.Sent.Should().ContainSingle().Subject.Packet);
        (inner.Source, inner.Destination, inner.NextHeader).Should().Be((HomeAddress, Correspondent, IpProtocol.MobilityHeader));
    }

    [Fact]
    public void LargePacket_ToAnOptimizedPeer_IsFragmentedBehindTheOption()
    {
        _network.LeaveHome();
        _network.Ask(new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf1));
        var datagram = new UdpDatagram(1, 1, new byte[1600]).ToBytes(HomeAddress, Correspondent);

        _network.Send(new Ipv6Packet(HomeAddress, Correspondent, Ipv4Protocol.Udp, datagram));

        var sent = _network.SentOn(Link1);
        sent.Should().HaveCountGreaterThan(1).And.OnlyContain(packet => packet.Length <= 1500 && packet.Source.Equals(CareOf1));
    }

    [Fact]
    public void AtHome_PacketsLeaveByTheHomeLink_WithoutATunnel()
    {
        _network.Attach(HomeLink, HomePrefix);
        _network.Ask(new RoleAction.AddAddress(HomeLink, HomeAddress, PerformDad: false));

        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));
        _network.Receive(HomeLink, EchoOfCorrespondent());

        _network.Sent.Select(sent => (sent.Link, sent.Packet.Source)).Should().Equal((HomeLink, HomeAddress), (HomeLink, HomeAddress));
    }

    [Fact]
    public void HomeLinkBesideTunnels_IsAPathOfItsOwn()
    {
        _network.LeaveHome();
        _network.Attach(HomeLink, HomePrefix);
        var before = ReverseTunnels(new RouteTarget.OneOf([Tunnel1, Tunnel2]));
        var after = ReverseTunnels(new RouteTarget.OneOf([Tunnel1, Tunnel2]) { HomeLink = HomeLink });
        _network.Ask(
            new RoleAction.SilenceAddress(HomeLink, HomeAddress),
            new RoleAction.AddRoute(after),
            new RoleAction.RemoveRoute(before)
        );

        _network.Receive(HomeLink, EchoOfCorrespondent(1));
        _network.Receive(Link1, ThroughTunnel(CareOf1, EchoOfCorrespondent(2)));
        _network.Receive(HomeLink, EchoOfCorrespondent(2));

        _network.Sent.Select(sent => sent.Link).Should().BeEquivalentTo([HomeLink, Link1, HomeLink]);
    }

    [Fact]
    public void Ping_ComesFromTheHomeAddress_IfThatHasAPath_OtherwiseFromTheLink()
    {
        _network.Attach(Link1, Prefix1);
        Ping().Source.Should().Be(CareOf1);

        _network.Ask(new RoleAction.AddTunnel(Tunnel1), new RoleAction.AddRoute(ReverseTunnels(new RouteTarget.OneOf([Tunnel1]))));
        Inside(Ping()).Source.Should().Be(HomeAddress);

        Ipv6Packet Ping()
        {
            _network.Node.Ping(Correspondent, 1, 1, _network.Network.Now);
            _network.Network.Settle();
            return _network.SentOn(Link1).Should().ContainSingle().Subject;
        }
    }

    [Fact]
    public void SolicitationWithAHomeAddressOption_FollowsItsCareOfAddress()
    {
        _network.LeaveHome();
        var message = new MobilePrefixSolicitation(7, NdOptionList.Empty).ToBytes(HomeAddress, AgentAddress);

        _network.Ask(new RoleAction.SendIcmp(CareOf1, AgentAddress, null, message) { HomeAddress = HomeAddress });

        var packet = _network.SentOn(Link1).Should().ContainSingle().Subject;
        (packet.Source, packet.NextHeader).Should().Be((CareOf1, IpProtocol.DestinationOptions));
    }
}
