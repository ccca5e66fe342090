using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.Ipv4Example;

namespace Pmip.Reference.Tests.Stack;

public sealed class Ipv4ForwardingTests
{
    private const byte UnknownProtocol = 253;

    private readonly VirtualNetwork _network = new();
    private readonly IpNode _a;

    public Ipv4ForwardingTests()
    {
        _a = _network.Add(HostA);
        _network.Add(Router);
        _network.Add(HostB);
    }

    [Fact]
    public void Ping_ThroughTheRouter_IsAnswered()
    {
        _a.Ping(B, 1, 1, _network.Now, ecn: Ecn.Ect1);
        _network.Settle();

        _a.TryTakeEchoReply(out var reply).Should().BeTrue();
        (reply!.Source, reply.Destination, reply.HopLimit, reply.Ecn).Should().Be((B, A, (byte)63, Ecn.NotEct));
        var forwarded = _network.On("right").First(s => s.Icmpv4 is Icmpv4EchoRequest);
        (forwarded.Ipv4.HopLimit, forwarded.Ipv4.Ecn, forwarded.Frame.Destination).Should().Be(((byte)63, Ecn.Ect1, BMac));
    }

    [Fact]
    public void ForwardedPacket_KeepsEverythingButItsTimeToLive()
    {
        var packet = Echo(A, B) with
        {
            TrafficClass = 0xb9,
            Identification = 0x1234,
            DontFragment = true,
            Options = new OctetString([0x94, 4, 0, 0]),
        };

        Inject(packet);

        Forwarded().Should().Equal(packet with { HopLimit = 63 });
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void TimeToLive_OfOneOrLess_IsReported(byte timeToLive, bool passes)
    {
        var packet = Echo(A, B) with { HopLimit = timeToLive };

        Inject(packet);

        Forwarded().Select(p => p.HopLimit).Should().Equal(passes ? [(byte)1] : []);
        _network
            .Icmpv4<Icmpv4TimeExceeded>("left")
            .Should()
            .Equal(passes ? [] : [new Icmpv4TimeExceeded(Icmpv4TimeExceeded.TimeToLiveExceeded, new OctetString(packet.ToBytes()))]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TimeToLive_OfAPacketForTheRouterItself_DoesNotMatter(byte timeToLive)
    {
        Inject(Echo(A, RouterLeft) with { HopLimit = timeToLive });
        _network.Icmpv4<Icmpv4EchoReply>("left").Should().ContainSingle();
    }

    [Fact]
    public void Error_ComesFromTheRouter_WithThePrecedenceOfErrors()
    {
        Inject(Echo(A, B) with { HopLimit = 1 });

        var error = _network.On("left").Single(s => s.Icmpv4 is Icmpv4TimeExceeded).Ipv4;
        (error.Source, error.Destination, error.TrafficClass, error.HopLimit).Should().Be((RouterLeft, A, (byte)0xC0, (byte)64));
    }

    [Theory]
    [InlineData(548, 548)]
    [InlineData(549, 548)]
    [InlineData(1500, 548)]
    public void Error_QuotesAsMuchAsFitsInto576Octets(int length, int quoted)
    {
        var packet = Echo(A, B, length - 28) with { HopLimit = 1 };

        Inject(packet);

        _network.Icmpv4<Icmpv4TimeExceeded>("left").Single().Invoking.Should().Be(new OctetString(packet.ToBytes().AsSpan(0, quoted)));
    }

    [Fact]
    public void Destination_WithoutARoute_IsReported()
    {
        Inject(Echo(A, IPAddress.Parse("203.0.113.1")));
        var error = _network.Icmpv4<Icmpv4DestinationUnreachable>("left").Should().ContainSingle().Subject;
        error.Code.Should().Be(Icmpv4DestinationUnreachable.NetworkUnreachable);
    }

    [Fact]
    public void LongestPrefix_OfItsFamily_Decides()
    {
        var network = new VirtualNetwork();
        var hole = new Route(IpPrefix.Parse("198.51.100.0/25"), new RouteTarget.Blackhole());
        network.Add(
            Router,
            new ScriptedRole().Ask(
                new RoleAction.AddRoute(hole),
                new RoleAction.AddRoute(new Route(IpPrefix.AllIpv6, new RouteTarget.Blackhole()))
            )
        );

        network.Inject("left", LeftMac, Echo(A, B));
        network.Inject("left", LeftMac, Echo(A, IPAddress.Parse("198.51.100.200")));

        network.Arp("right").Select(arp => arp.TargetAddress.ToString()).Should().Equal("198.51.100.200");
        network.Ip("left").Should().BeEmpty();
    }

    [Theory]
    [InlineData("0.0.0.0", "198.51.100.10")]
    [InlineData("0.1.2.3", "198.51.100.10")]
    [InlineData("127.0.0.1", "198.51.100.10")]
    [InlineData("169.254.1.1", "198.51.100.10")]
    [InlineData("224.0.0.1", "198.51.100.10")]
    [InlineData("255.255.255.255", "198.51.100.10")]
    [InlineData("192.0.2.10", "0.0.0.0")]
    [InlineData("192.0.2.10", "127.0.0.1")]
    [InlineData("192.0.2.10", "169.254.1.1")]
    [InlineData("192.0.2.10", "224.0.0.1")]
    [InlineData("192.0.2.10", "240.0.0.1")]
    [InlineData("192.0.2.10", "255.255.255.255")]
    [InlineData("192.0.2.10", "198.51.100.255")]
    public void Address_ThatIsNotOfOneNodeSomewhere_IsNotForwarded(string source, string destination)
    {
        var defaultRoute = new Route(IpPrefix.AllIpv4, new RouteTarget.OnLink(Right));
        var network = new VirtualNetwork();
        network.Add(Router, new ScriptedRole().Ask(new RoleAction.AddRoute(defaultRoute)));

        network.Inject("left", LeftMac, Echo(IPAddress.Parse(source), IPAddress.Parse(destination)));

        network.On("right").Should().BeEmpty();
        network.Ip("left").Should().BeEmpty();
    }

    [Fact]
    public void Header_WithAWrongChecksum_IsDroppedInSilence()
    {
        var bytes = Echo(A, B).ToBytes();
        bytes[Ipv4Packet.ChecksumOffset] ^= 1;
        _network.Inject("left", new EthernetFrame(LeftMac, AMac, Ipv4Packet.EtherType, bytes).ToBytes());
        _network.Ip("right").Should().BeEmpty();
        _network.Ip("left").Should().BeEmpty();
    }

    [Theory]
    [InlineData("198.51.100.10")]
    [InlineData("192.0.2.1")]
    public void Option_ThatExceedsTheHeader_IsReportedWithItsPlace(string destination)
    {
        Inject(Echo(A, IPAddress.Parse(destination)) with { Options = new OctetString([1, 0x94, 4, 0]) });
        _network.Icmpv4<Icmpv4ParameterProblem>("left").Select(e => (e.Code, e.Pointer)).Should().Equal(((byte)0, (byte)21));
        _network.Ip("right").Should().BeEmpty();
    }

    [Fact]
    public void UnknownProtocol_ForTheRouter_IsReported()
    {
        Inject(new Ipv4Packet(A, RouterLeft, UnknownProtocol, new byte[4]));
        _network.Icmpv4<Icmpv4DestinationUnreachable>("left").Single().Code.Should().Be(Icmpv4DestinationUnreachable.ProtocolUnreachable);
    }

    [Theory]
    [InlineData(Ipv4Protocol.Ipv4)]
    [InlineData(IpProtocol.Ipv6)]
    public void TunnelledPacket_ForANodeWithoutARole_IsOfAnUnknownProtocol(byte protocol)
    {
        Inject(new Ipv4Packet(A, RouterLeft, protocol, Echo(A, B).ToBytes()));
        _network.Icmpv4<Icmpv4DestinationUnreachable>("left").Single().Code.Should().Be(Icmpv4DestinationUnreachable.ProtocolUnreachable);
    }

    [Fact]
    public void Udp_ToAClosedPort_IsReported()
    {
        Inject(new Ipv4Packet(A, RouterLeft, Ipv4Protocol.Udp, new UdpDatagram(1000, 2000, new byte[4]).ToBytes(A, RouterLeft)));
        _network.Icmpv4<Icmpv4DestinationUnreachable>("left").Single().Code.Should().Be(Icmpv4DestinationUnreachable.PortUnreachable);
    }

    public static TheoryData<Ipv4Packet> Unanswered =>
        [
            Carry(RouterLeft, A, new Icmpv4TimeExceeded(0, default)),
            Carry(RouterLeft, A, new UnknownIcmpv4Message(200, 0, default)),
            new Ipv4Packet(A, RouterLeft, UnknownProtocol, new byte[8]) { FragmentOffset = 8 },
            new Ipv4Packet(IPAddress.Any, RouterLeft, UnknownProtocol, new byte[8]),
            new Ipv4Packet(A, IPAddress.Broadcast, UnknownProtocol, new byte[8]),
            new Ipv4Packet(A, IPAddress.Parse("192.0.2.255"), UnknownProtocol, new byte[8]),
            Echo(A, IPAddress.Broadcast),
            Echo(A, IPAddress.Parse("192.0.2.255")),
            Echo(IPAddress.Any, RouterLeft),
        ];

    [Theory]
    [MemberData(nameof(Unanswered))]
    public void PacketThatMustNotBeAnswered_IsNot(Ipv4Packet packet)
    {
        var destination = packet.Destination.Equals(RouterLeft) ? LeftMac : MacAddress.Broadcast;
        _network.Inject("left", destination, packet);
        _network.Ip("left").Should().BeEmpty();
    }

    [Fact]
    public void ErrorOfThePathAhead_IsForwardedButNotAnswered()
    {
        Inject(Carry(B, A, new Icmpv4TimeExceeded(0, default)) with { HopLimit = 1 });
        _network.Ip("left").Should().BeEmpty();
        _network.Ip("right").Should().BeEmpty();

        Inject(Carry(B, A, new Icmpv4TimeExceeded(0, default)));
        Forwarded().Should().ContainSingle();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 0)]
    public void ExpiredFragment_IsReportedIfItIsTheFirst(int offset, int expected)
    {
        Inject(
            new Ipv4Packet(A, B, UnknownProtocol, new byte[8])
            {
                FragmentOffset = offset,
                MoreFragments = true,
                HopLimit = 1,
            }
        );
        _network.Icmpv4<Icmpv4TimeExceeded>("left").Should().HaveCount(expected);
    }

    [Fact]
    public void Echo_WithAWrongChecksum_IsNotAnswered()
    {
        var echo = Echo(A, RouterLeft);
        var payload = echo.Payload.ToArray();
        payload[^1] ^= 1;
        Inject(echo with { Payload = payload });
        _network.Ip("left").Should().BeEmpty();
    }

    [Fact]
    public void PacketOfTheOtherHost_InAFrameToAll_IsNotForwarded()
    {
        _network.Inject("left", MacAddress.Broadcast, Echo(A, B));
        _network.Ip("right").Should().BeEmpty();
    }

    [Theory]
    [InlineData(1400, true)]
    [InlineData(1401, false)]
    public void PacketThatMayNotBeFragmented_AndIsLargerThanTheLink_IsReportedWithItsMtu(int length, bool fits)
    {
        var network = new VirtualNetwork();
        network.Add(HostA);
        network.Add(RouterWith(rightMtu: 1400));
        network.Add(HostB);

        network.Inject("left", LeftMac, Echo(A, B, length - 28) with { DontFragment = true });

        network.Icmpv4<Icmpv4FragmentationNeeded>("left").Select(e => e.NextHopMtu).Should().Equal(fits ? [] : [1400]);
        network.Icmpv4<Icmpv4EchoRequest>("right").Should().HaveCount(fits ? 1 : 0);
    }

    [Fact]
    public void Host_DoesNotForward()
    {
        _network.Inject("left", AMac, Echo(RouterLeft, B));
        _network.Ip("left").Should().BeEmpty();
    }

    private static Ipv4Packet Carry(IPAddress destination, IPAddress source, Icmpv4Message message) =>
        new(source, destination, Ipv4Protocol.Icmp, message.ToBytes());

    private void Inject(Ipv4Packet packet) => _network.Inject("left", LeftMac, packet);

    private IEnumerable<Ipv4Packet> Forwarded() => _network.Ip("right").OfType<Ipv4Packet>().Where(p => p.Source.Equals(A));
}
