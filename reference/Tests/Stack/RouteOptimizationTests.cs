using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.CorrespondentNetwork;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Own packets of a correspondent to a mobile node, RFC 6275, Sections 6.4 and 9.3.2; RFC 5648, Section 3.</summary>
public sealed class RouteOptimizationTests
{
    private readonly CorrespondentNetwork _network = new();

    [Fact]
    public void PacketOfAnApplication_GoesToTheCareOfAddress_WithARoutingHeader()
    {
        _network.Bind(CareOf1);

        Send(port: 1);

        var sent = _network.Sent.Should().ContainSingle().Subject;
        (sent.Source, sent.Destination, sent.NextHeader).Should().Be((Own, CareOf1, IpProtocol.Routing));
        var (home, protocol, upper) = Routed(sent);
        (home, protocol).Should().Be((HomeAddress, Ipv4Protocol.Udp));
        UdpDatagram.HasValidChecksum(Own, HomeAddress, upper.Span).Should().BeTrue();
    }

    [Fact]
    public void PacketWithoutBinding_GoesToTheHomeAddress()
    {
        _network.Bind(CareOf1);
        _network.Ask(new RoleAction.RemoveRouteOptimization(HomeAddress, CareOf1));

        Send(port: 1);

        _network.Sent.Should().ContainSingle().Which.Destination.Should().Be(HomeAddress);
    }

    /// <summary>RFC 8200, Section 4.1: behind the hop-by-hop options.</summary>
    [Fact]
    public void RoutingHeader_StandsBehindHopByHopOptions()
    {
        _network.Bind(CareOf1);
        byte[] payload = [Ipv4Protocol.Udp, 0, 1, 4, 0, 0, 0, 0, .. new byte[8]];

        _network.Node.Send(new Ipv6Packet(Own, HomeAddress, IpProtocol.HopByHop, payload), _network.Network.Now);
        _network.Network.Settle();

        _network.Sent.Single().TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        upper!.Headers.Select(header => header.Type).Should().Equal(IpProtocol.HopByHop, IpProtocol.Routing);
        upper.Protocol.Should().Be(Ipv4Protocol.Udp);
    }

    [Fact]
    public void FragmentsLeaveRoomForTheRoutingHeader_AndGoOneWay()
    {
        _network.Bind(CareOf1);
        _network.Bind(CareOf2);

        _network.Node.Ping(HomeAddress, 1, 1, _network.Network.Now, Own, new OctetString(new byte[1440]));
        _network.Network.Settle();

        var sent = _network.Sent;
        sent.Should().HaveCount(2).And.OnlyContain(packet => packet.Length <= 1500 && packet.NextHeader == IpProtocol.Routing);
        sent.Select(packet => packet.Destination).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void PathMtuOfTheCareOfAddress_Counts()
    {
        _network.Bind(CareOf1);
        _network.Node.Ping(HomeAddress, 1, 1, _network.Network.Now, Own, new OctetString(new byte[1400]));
        _network.Network.Settle();
        var sent = _network.Sent.Should().ContainSingle().Subject;
        var report = new PacketTooBig(1300, new OctetString(sent.ToBytes().AsSpan(0, 1200))).ToBytes(CareOf2, Own);

        _network.Receive(new Ipv6Packet(CareOf2, Own, IpProtocol.Icmpv6, report));
        _network.Node.Ping(HomeAddress, 1, 2, _network.Network.Now, Own, new OctetString(new byte[1400]));
        _network.Network.Settle();

        _network.Sent.Should().HaveCount(2).And.OnlyContain(packet => packet.Length <= 1300);
    }

    /// <summary>An application that has sent to a home address does not know of the routing header.</summary>
    [Fact]
    public void Error_ReachesTheApplication_AsOneAboutItsOwnPacket()
    {
        var seen = new List<IpPacket>();
        _network.Node.Applications = seen.Add;
        _network.Bind(CareOf1);
        Send(port: 1);
        var quoted = new OctetString(_network.Sent.Single().ToBytes());
        var datagram = new UdpDatagram(4000, 1, new byte[] { 1 }).ToBytes(Own, HomeAddress);
        var own = new OctetString(new Ipv6Packet(Own, HomeAddress, Ipv4Protocol.Udp, datagram).ToBytes());

        Receive(new PacketTooBig(1400, quoted));
        Receive(new PacketTooBig(1280, quoted));
        Receive(new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, quoted));
        Receive(new TimeExceeded(TimeExceeded.HopLimitExceeded, quoted));
        Receive(new PacketTooBig(1400, own));

        seen.Select(Read)
            .Should()
            .Equal(
                new PacketTooBig(1376, own),
                new PacketTooBig(1280, own),
                new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, own),
                new TimeExceeded(TimeExceeded.HopLimitExceeded, own),
                new PacketTooBig(1400, own)
            );

        void Receive(Icmpv6Message error) => _network.Receive(new Ipv6Packet(CareOf2, Own, IpProtocol.Icmpv6, error.ToBytes(CareOf2, Own)));

        static Icmpv6Message Read(IpPacket packet)
        {
            Icmpv6Message.HasValidChecksum(packet.Source, packet.Destination, packet.Payload.Span).Should().BeTrue();
            Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _).Should().BeTrue();
            return message!;
        }
    }

    /// <summary>RFC 6275, Section 6.1: a role says itself whether a signal has a routing header.</summary>
    [Fact]
    public void Signal_IsSentAsItIs()
    {
        _network.Bind(CareOf1);
        var direct = new Ipv6Signaling(Own, HomeAddress);
        var message = direct.Complete(new UnknownMobilityMessage(200, new OctetString(new byte[10])));

        _network.Ask(new RoleAction.SendSignal(direct, message));

        _network.Sent.Should().ContainSingle().Which.Destination.Should().Be(HomeAddress);
    }

    [Fact]
    public void IcmpMessageOfTheRole_HasTheRoutingHeaderThatItSays()
    {
        var message = new EchoReply(1, 1, default).ToBytes(Own, HomeAddress);

        _network.Ask(new RoleAction.SendIcmp(Own, CareOf1, null, message) { RoutedTo = HomeAddress });

        var sent = _network.Sent.Should().ContainSingle().Subject;
        sent.Destination.Should().Be(CareOf1);
        Routed(sent).Home.Should().Be(HomeAddress);
    }

    [Fact]
    public void NewFlow_TakesTheCareOfAddressAddedLast_AndThenTheOneHeardLast()
    {
        _network.Bind(CareOf1);
        _network.Bind(CareOf2);
        Send(port: 1);
        Destination.Should().Be(CareOf2);

        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf1));
        Send(port: 2);
        Destination.Should().Be(CareOf1);

        _network.Receive(DatagramFrom(CareOf2, port: 9));
        _ = _network.Sent;
        Send(port: 3);
        Destination.Should().Be(CareOf2);
    }

    [Fact]
    public void Flow_KeepsItsCareOfAddress_UntilItsBindingEnds()
    {
        _network.Bind(CareOf1);
        _network.Bind(CareOf2);
        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf1));
        Send(port: 1);
        Destination.Should().Be(CareOf1);

        _network.Ask(new RoleAction.PreferPath(HomeAddress, CareOf2));
        Send(port: 1);
        Destination.Should().Be(CareOf1);

        _network.Ask(new RoleAction.RemoveRouteOptimization(HomeAddress, CareOf1));
        Send(port: 1);
        Destination.Should().Be(CareOf2);
    }

    /// <summary>The answers of an application follow the mobile node, which has chosen the care-of address of the flow.</summary>
    [Fact]
    public void Flow_FollowsThePacketsOfTheMobileNode()
    {
        _network.Bind(CareOf1);
        _network.Bind(CareOf2);
        _network.Node.Applications = _ => { };

        _network.Receive(DatagramFrom(CareOf1, port: 5000, from: 1));
        _network.Receive(DatagramFrom(CareOf2, port: 5000, from: 2));
        Send(port: 1, from: 5000);
        Destination.Should().Be(CareOf1);
        Send(port: 2, from: 5000);
        Destination.Should().Be(CareOf2);

        _network.Receive(DatagramFrom(CareOf2, port: 5000, from: 1));
        Send(port: 1, from: 5000);
        Destination.Should().Be(CareOf2);
    }

    [Fact]
    public void EchoReplies_GoBackWhereTheRequestsCameFrom()
    {
        _network.Bind(CareOf1);
        _network.Bind(CareOf2);

        _network.Receive(EchoFrom(CareOf1, identifier: 1));
        Destination.Should().Be(CareOf1);
        _network.Receive(EchoFrom(CareOf2, identifier: 2));
        Destination.Should().Be(CareOf2);
    }

    /// <summary>RFC 6275, Section 9.3.2.</summary>
    [Fact]
    public void NeighborDiscovery_IsNotOptimized()
    {
        _network.Bind(CareOf1);
        var message = new NeighborSolicitation(HomeAddress, NdOptionList.Empty).ToBytes(Own, HomeAddress);

        _network.Ask(new RoleAction.AddNeighbor(Core, HomeAddress, Mac(0x41)), new RoleAction.SendIcmp(Own, HomeAddress, Core, message));

        _network.Sent.Should().ContainSingle().Which.Destination.Should().Be(HomeAddress);
    }

    private System.Net.IPAddress Destination => _network.Sent.Should().ContainSingle().Subject.Destination;

    private void Send(ushort port, ushort from = 4000)
    {
        var datagram = new UdpDatagram(from, port, new byte[] { 1 }).ToBytes(Own, HomeAddress);
        _network.Node.Send(new Ipv6Packet(Own, HomeAddress, Ipv4Protocol.Udp, datagram), _network.Network.Now);
        _network.Network.Settle();
    }
}
