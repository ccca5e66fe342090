using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;
using static Pmip.Reference.Tests.Stack.HomeAgentNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Packets to a mobile node with several paths: RFC 5648, Section 3; RFC 6275, Section 10.4.5.</summary>
public sealed class FlowTests
{
    private readonly HomeAgentNetwork _network = new();

    [Fact]
    public void PacketsOfAFlow_TakeOnePath_AndANewFlowTheOneOfTheLastSignal()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf1));
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf1);

        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf2));
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf1);
        _network.Receive(ToMobileNode(flow: 2)).Should().Equal(CareOf2);
    }

    [Fact]
    public void Packet_GoesThroughTheTunnelUnchanged()
    {
        _network.Bind(Tunnel1);

        _network.Receive(ToMobileNode(flow: 1));

        var outer = _network.Network.Tunnelled("core").Should().ContainSingle().Subject;
        outer.Source.Should().Be(Own);
        outer.Payload.ToArray().Should().Equal((ToMobileNode(flow: 1) with { HopLimit = 63 }).ToBytes());
    }

    [Fact]
    public void WithoutAnySign_TheLastPathIsTaken()
    {
        _network.Bind(Tunnel1, Tunnel2);

        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf2);
    }

    [Fact]
    public void Flow_MovesWhenItsPathEnds()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf2);

        _network.Ask(new RoleAction.AddRoute(RouteInto(Tunnel1)), new RoleAction.RemoveRoute(RouteInto(Tunnel1, Tunnel2)));

        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf1);
    }

    [Fact]
    public void PathWhoseTunnelIsGone_IsNotTaken()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.Ask(new RoleAction.RemoveTunnel(Tunnel2));
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf1);

        _network.Ask(new RoleAction.RemoveTunnel(Tunnel1));
        _network.Receive(ToMobileNode(flow: 1)).Should().BeEmpty();
    }

    [Fact]
    public void Flow_FollowsThePacketsOfTheMobileNode()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf2);

        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1)).Should().Equal(Peer);
        _network.ReceiveThrough(Tunnel2, FromMobileNode(flow: 2)).Should().Equal(Peer);

        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf1);
        _network.Receive(ToMobileNode(flow: 2)).Should().Equal(CareOf2);
    }

    [Fact]
    public void NewFlow_TakesThePathOfTheLastPacketOfTheMobileNode()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf2));

        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1));

        _network.Receive(ToMobileNode(flow: 9)).Should().Equal(CareOf1);
    }

    [Fact]
    public void Echoes_AreToldApartByTheirIdentifiers()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.ReceiveThrough(Tunnel1, Echo(HomeAddress, Peer, new EchoRequest(1, 1, default)));
        _network.ReceiveThrough(Tunnel2, Echo(HomeAddress, Peer, new EchoRequest(2, 1, default)));

        _network.Receive(Echo(Peer, HomeAddress, new EchoReply(1, 1, default))).Should().Equal(CareOf1);
        _network.Receive(Echo(Peer, HomeAddress, new EchoReply(2, 1, default))).Should().Equal(CareOf2);
    }

    [Fact]
    public void Error_BelongsToTheFlowThatItIsAbout()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1));
        _network.ReceiveThrough(Tunnel2, FromMobileNode(flow: 2));

        _network.Receive(Error(FromMobileNode(flow: 1))).Should().Equal(CareOf1);
        _network.Receive(Error(FromMobileNode(flow: 2))).Should().Equal(CareOf2);

        static Ipv6Packet Error(Ipv6Packet about) =>
            Echo(Peer, HomeAddress, new DestinationUnreachable(DestinationUnreachable.PortUnreachable, new OctetString(about.ToBytes())));
    }

    [Theory]
    [InlineData(Icmpv6Type.DestinationUnreachable, 1)]
    [InlineData(Icmpv6Type.PacketTooBig, 7)]
    [InlineData(Icmpv6Type.EchoRequest, 5)]
    [InlineData(Icmpv6Type.PacketTooBig, 8)]
    public void MessageThatIsTooShort_GoesTheUsualWay(byte type, int length)
    {
        _network.Bind(Tunnel1);
        var message = new byte[length];
        message[0] = type;

        _network.Receive(new Ipv6Packet(Peer, HomeAddress, IpProtocol.Icmpv6, message)).Should().Equal(CareOf1);
    }

    [Fact]
    public void Fragments_FollowTheFirst()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1));
        _network.ReceiveThrough(Tunnel2, FromMobileNode(flow: 2));
        var datagram = new UdpDatagram(5000, 1, new byte[24]).ToBytes(Peer, HomeAddress);

        _network.Receive(Piece(0, datagram.AsSpan(0, 16), more: true)).Should().Equal(CareOf1);
        _network.Receive(Piece(2, datagram.AsSpan(16), more: false)).Should().Equal(CareOf1);

        static Ipv6Packet Piece(ushort at, ReadOnlySpan<byte> data, bool more) =>
            new(Peer, HomeAddress, IpProtocol.Fragment, new FragmentHeader(Ipv4Protocol.Udp, at, more, 7).Before(data));
    }

    [Fact]
    public void FlowWithoutPackets_IsForgotten()
    {
        _network.Bind(Tunnel1, Tunnel2);
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf1));
        _network.Receive(ToMobileNode(flow: 1));
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf2));

        _network.Network.RunSeconds(300);
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf1);
        _network.Network.RunSeconds(301);
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf2);
    }

    [Fact]
    public void FlowsAreBounded_AndTheOneNotUsedForLongestGoes()
    {
        const ushort capacity = 4096;
        _network.Bind(Tunnel1, Tunnel2);
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf1));
        _network.Receive(ToMobileNode(flow: 0));
        _network.Receive(ToMobileNode(flow: 1));
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf2));
        _network.Receive(ToMobileNode(flow: 0));
        for (ushort flow = 2; flow <= capacity; flow++)
        {
            _network.Receive(ToMobileNode(flow));
        }

        _network.Receive(ToMobileNode(flow: 0)).Should().Equal(CareOf1);
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(CareOf2);
    }

    [Fact]
    public void MobileNetwork_HasTheSamePaths()
    {
        var node = IPAddress.Parse("2001:db8:4000:1::7");
        _network.Ask(new RoleAction.AddRoute(RouteTo(IpPrefix.Parse("2001:db8:4000:1::/64"), Tunnel1, Tunnel2)));

        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1, node)).Should().Equal(Peer);
        _network.Receive(ToMobileNode(flow: 1, node)).Should().Equal(CareOf1);
    }

    [Fact]
    public void MobileNodeAtHome_HasItsLinkAmongThePaths()
    {
        var route = new Route(IpPrefix.Of(HomeAddress), new RouteTarget.OneOf([Tunnel1]) { HomeLink = Home });
        _network.Ask(new RoleAction.AddRoute(route), new RoleAction.PreferPath(HomeAddress, HomeAddress));
        _network.Receive(ToMobileNode(flow: 1)).Should().Equal(HomeAddress);

        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 2)).Should().Equal(Peer);
        _network.Receive(ToMobileNode(flow: 2)).Should().Equal(CareOf1);
        _network.Receive(ToMobileNode(flow: 3)).Should().Equal(CareOf1);

        _network.Network.Inject("home", HomeMac, FromMobileNode(flow: 2));
        _network.Receive(ToMobileNode(flow: 2)).Should().Equal(HomeAddress);
    }

    [Fact]
    public void TunnelledPacket_OfAnotherNode_IsNotForwarded()
    {
        var other = IPAddress.Parse("2001:db8:200::5e00:2");
        _network.Bind(Tunnel1);
        _network.Ask(new RoleAction.AddRoute(RouteTo(IpPrefix.Of(other), Tunnel2)));

        _network.ReceiveThrough(Tunnel2, FromMobileNode(flow: 1)).Should().BeEmpty("its address is not at this care-of address");
        _network.ReceiveThrough(Tunnel2, FromMobileNode(flow: 1, IPAddress.Parse("2001:db8:200::9"))).Should().BeEmpty("it has no binding");
        _network.ReceiveThrough(Tunnel2, FromMobileNode(flow: 1, other)).Should().Equal(Peer);
    }

    [Fact]
    public void TunnelledPacket_ToTheHomeAgent_FromElsewhere_IsDropped()
    {
        _network.Bind(Tunnel1);

        _network.ReceiveThrough(Tunnel1, Echo(HomeAddress, Own, new EchoRequest(1, 1, default))).Should().Equal(CareOf1);
        _network.ReceiveThrough(Tunnel2, Echo(HomeAddress, Own, new EchoRequest(1, 1, default))).Should().BeEmpty();
    }

    [Fact]
    public void TunnelledPacket_AfterTheBinding_IsNotForwarded()
    {
        _network.Bind(Tunnel1);
        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1)).Should().Equal(Peer);
        _network.Ask(new RoleAction.RemoveRoute(RouteInto(Tunnel1)));

        _network.ReceiveThrough(Tunnel1, FromMobileNode(flow: 1)).Should().BeEmpty();
    }

    [Fact]
    public void Targets_AreEqual_WhenTheirPathsAre()
    {
        new RouteTarget.OneOf([Tunnel1, Tunnel2]).Should().Be(new RouteTarget.OneOf([Tunnel1, Tunnel2]));
        new RouteTarget.OneOf([Tunnel1, Tunnel2]).GetHashCode().Should().Be(new RouteTarget.OneOf([Tunnel1, Tunnel2]).GetHashCode());
        new RouteTarget.OneOf([Tunnel1]).Should().NotBe(new RouteTarget.OneOf([Tunnel2]));
        new RouteTarget.OneOf([Tunnel1]).Should().NotBe(new RouteTarget.OneOf([Tunnel1]) { HomeLink = Home });
    }

    private static Ipv6Packet Echo(IPAddress source, IPAddress destination, Icmpv6Message message) =>
        new(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination));
}
