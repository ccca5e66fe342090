using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>MN - MAG = tunnel = LMA - CN.</summary>
public sealed class TunnelTests
{
    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _lmaRole = LmaRole();
    private readonly ScriptedRole _magRole = MagRole();
    private readonly IpNode _lma;
    private readonly IpNode _mag;
    private readonly IpNode _mn;
    private readonly IpNode _cn;

    public TunnelTests()
    {
        _lma = _network.Add(Lma, _lmaRole);
        _mag = _network.Add(Mag, _magRole);
        _mn = _network.Add(Mn);
        _cn = _network.Add(Cn);
    }

    public static TheoryData<Ecn, Ecn, Ecn?> Decapsulations =>
        new()
        {
            // Outer, inner, and inner after decapsulation; null if dropped.
            { Ecn.NotEct, Ecn.NotEct, Ecn.NotEct },
            { Ecn.NotEct, Ecn.Ect0, Ecn.Ect0 },
            { Ecn.NotEct, Ecn.Ect1, Ecn.Ect1 },
            { Ecn.NotEct, Ecn.Ce, Ecn.Ce },
            { Ecn.Ect0, Ecn.NotEct, Ecn.NotEct },
            { Ecn.Ect0, Ecn.Ect0, Ecn.Ect0 },
            { Ecn.Ect0, Ecn.Ect1, Ecn.Ect1 },
            { Ecn.Ect0, Ecn.Ce, Ecn.Ce },
            { Ecn.Ect1, Ecn.NotEct, Ecn.NotEct },
            { Ecn.Ect1, Ecn.Ect0, Ecn.Ect0 },
            { Ecn.Ect1, Ecn.Ect1, Ecn.Ect1 },
            { Ecn.Ect1, Ecn.Ce, Ecn.Ce },
            { Ecn.Ce, Ecn.NotEct, null },
            { Ecn.Ce, Ecn.Ect0, Ecn.Ce },
            { Ecn.Ce, Ecn.Ect1, Ecn.Ce },
            { Ecn.Ce, Ecn.Ce, Ecn.Ce },
        };

    [Fact]
    public void Ping_FromMobileNode_GoesThroughTheTunnelBothWays()
    {
        _mn.Ping(CnAddress, 1, 1, _network.Now);
        _network.Settle();

        _mn.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.HopLimit.Should().Be(62);
        var tunnelled = _network.Tunnelled("core");
        tunnelled
            .Select(p => (p.Source, p.Destination, p.HopLimit))
            .Should()
            .Equal((MagAddress, LmaAddress, 64), (LmaAddress, MagAddress, 64));
        tunnelled.Select(p => Inner(p).HopLimit).Should().Equal(63, 63);
        _network.On("home").Single(s => s.Icmp is EchoRequest).Packet.HopLimit.Should().Be(62);
    }

    [Fact]
    public void Ping_FromCorrespondentNode_IsAnsweredByTheMobileNode()
    {
        _cn.Ping(MnAddress, 1, 1, _network.Now);
        _network.Settle();
        _cn.TryTakeEchoReply(out _).Should().BeTrue();
    }

    [Theory]
    [InlineData(Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.Ect1, Ecn.Ect1)]
    [InlineData(Ecn.Ce, Ecn.Ect0)]
    public void Encapsulation_AtBothEnds_CopiesEctAndHidesCe(Ecn inner, Ecn outer)
    {
        _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress).WithEcn(inner));
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, MnAddress).WithEcn(inner));

        var requests = _network.Tunnelled("core").Where(p => IsEchoRequest(Inner(p))).ToList();
        requests.Should().HaveCount(2).And.OnlyContain(p => p.Ecn == outer && Inner(p).Ecn == inner);
    }

    [Theory]
    [MemberData(nameof(Decapsulations))]
    public void Decapsulation_AtTheAnchor_CarriesCongestionIn(Ecn outer, Ecn inner, Ecn? expected)
    {
        var packet = Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress).WithEcn(inner)).WithEcn(outer);
        _network.Inject("core", LmaCoreMac, packet);
        ExpectEcn("home", expected);
    }

    [Theory]
    [MemberData(nameof(Decapsulations))]
    public void Decapsulation_AtTheGateway_CarriesCongestionIn(Ecn outer, Ecn inner, Ecn? expected)
    {
        var packet = Wrap(LmaAddress, MagAddress, Echo(CnAddress, MnAddress).WithEcn(inner)).WithEcn(outer);
        _network.Inject("core", MagCoreMac, packet);
        ExpectEcn("access", expected);
    }

    [Theory]
    [InlineData("access")]
    [InlineData("home")]
    public void EncapsulationLimit_OfZero_IsReportedToTheSource(string from)
    {
        const byte noFurtherTunnel = 0;
        var (mac, packet) = from == "access" ? (MagAccessMac, Echo(MnAddress, CnAddress)) : (LmaHomeMac, Echo(CnAddress, MnAddress));

        _network.Inject(from, mac, WithEncapsulationLimit(packet, noFurtherTunnel));

        _network.Tunnelled("core").Should().BeEmpty();
        var problem = _network.Icmp<ParameterProblem>(from).Should().ContainSingle().Subject;
        (problem.Code, problem.Pointer).Should().Be(((byte)0, 44u));
    }

    [Fact]
    public void EncapsulationLimit_AboveZero_IsOneLessInTheTunnel_AndDoesNotComeOut()
    {
        var packet = WithEncapsulationLimit(Echo(MnAddress, CnAddress), 3);

        _network.Inject("access", MagAccessMac, packet);

        var outer = _network
            .On("core")
            .Select(s => s.Packet)
            .Single(p => p.Source.Equals(MagAddress) && p.NextHeader == IpProtocol.DestinationOptions);
        outer.Payload.Span[..8].ToArray().Should().Equal(IpProtocol.Ipv6, 0, 4, 1, 2, 1, 1, 0);
        _network
            .On("home")
            .Select(s => s.Packet)
            .Should()
            .ContainSingle(p => p.Source.Equals(MnAddress))
            .Which.Payload.ToArray()
            .Should()
            .Equal(packet.Payload.ToArray());
    }

    [Fact]
    public void TrafficClass_BesideEcn_StaysAsItIs()
    {
        const byte trafficClass = 0xB9;
        _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress) with { TrafficClass = trafficClass, FlowLabel = 0x12345 });

        var forwarded = _network.On("home").Single(s => s.Icmp is EchoRequest).Packet;
        forwarded.TrafficClass.Should().Be(trafficClass);
        forwarded.FlowLabel.Should().Be(0x12345);
    }

    [Theory]
    [InlineData("2001:db8:100::a3", "2001:db8:100::1")]
    [InlineData("2001:db8:100::a1", "2001:db8:200::1")]
    public void TunnelledPacket_OutsideAnyKnownTunnel_IsDroppedInSilence(string source, string destination)
    {
        var packet = Wrap(IPAddress.Parse(source), IPAddress.Parse(destination), Echo(MnAddress, CnAddress));
        _network.Inject("core", LmaCoreMac, packet);

        _network.On("home").Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void TunnelledPacket_AfterItsTunnelHasGone_IsDropped()
    {
        _lmaRole.Ask(new RoleAction.RemoveTunnel(LmaTunnel));
        _lma.HandleTimeout(_network.Now);
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress)));
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void TunnelledPacket_FromAnAccessLink_IsDropped()
    {
        _network.Inject("access", MagAccessMac, Wrap(LmaAddress, MagAddress, Echo(CnAddress, MnAddress)));
        _network.On("access").Should().BeEmpty();
    }

    [Fact]
    public void TunnelledPacket_WithSourceThatIsNotBehindTheTunnel_IsDroppedByTheAnchor()
    {
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(Mn2Address, CnAddress)));
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(CnAddress, MnAddress)));
        _network.On("home").Should().BeEmpty();
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void TunnelledPacket_WithSourceBehindAnotherTunnel_IsDroppedByTheAnchor()
    {
        var other = new Tunnel(LmaAddress, IPAddress.Parse("2001:db8:100::a2"));
        _lmaRole.Ask(new RoleAction.AddTunnel(other), new RoleAction.AddRoute(new Route(Hnp2, new RouteTarget.IntoTunnel(other))));
        _lma.HandleTimeout(_network.Now);

        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(Mn2Address, CnAddress)));
        _network.On("home").Should().BeEmpty();

        _network.Inject("core", LmaCoreMac, Wrap(other.Remote, LmaAddress, Echo(Mn2Address, CnAddress)));
        _network.Icmp<EchoRequest>("home").Should().ContainSingle();
    }

    [Theory]
    [InlineData("2001:db8:9999::1")]
    [InlineData("2001:db8:100::1")]
    [InlineData("2001:db8:100::a1")]
    [InlineData("fe80::1")]
    public void TunnelledPacket_ForNobodyOnAnAccessLink_IsDroppedInSilenceByTheGateway(string destination)
    {
        _network.Inject("core", MagCoreMac, Wrap(LmaAddress, MagAddress, Echo(CnAddress, IPAddress.Parse(destination))));
        _network.On("core").Should().BeEmpty();
        _network.On("access").Should().BeEmpty();
    }

    [Fact]
    public void TunnelledPacket_ForTheAnchorItself_IsDelivered()
    {
        _mn.Ping(LmaHomeAddress, 1, 1, _network.Now);
        _network.Settle();
        _mn.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.Source.Should().Be(LmaHomeAddress);
    }

    [Fact]
    public void TunnelledPacket_ForTheAnchorItself_MayHaveAnySource()
    {
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(CnAddress, LmaHomeAddress)));
        _network.Icmp<EchoReply>("home").Should().ContainSingle();
    }

    [Fact]
    public void TunnelledPacket_WithTunnelEncapsulationLimit_IsTaken()
    {
        byte[] payload = [IpProtocol.Ipv6, 0, 4, 1, 4, 1, 1, 0, .. Echo(MnAddress, CnAddress).ToBytes()];
        _network.Inject("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.DestinationOptions, payload));
        _network.Icmp<EchoRequest>("home").Should().ContainSingle();
    }

    [Fact]
    public void TunnelledPacket_WithExpiringHopLimit_IsReportedBackThroughTheTunnel()
    {
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress) with { HopLimit = 1 }));

        _network.On("home").Should().BeEmpty();
        _network.Icmp<TimeExceeded>("access").Should().ContainSingle();
    }

    [Fact]
    public void PacketFromMobileNode_WithExpiringHopLimit_IsReportedByTheGateway()
    {
        _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress) with { HopLimit = 1 });

        _network.Tunnelled("core").Should().BeEmpty();
        var error = _network.On("access").Should().ContainSingle(s => s.Icmp is TimeExceeded).Subject;
        (error.Packet.Source, error.Packet.Destination).Should().Be((MagAddress, MnAddress));
    }

    [Theory]
    [InlineData("access", 1460, true)]
    [InlineData("access", 1461, false)]
    [InlineData("home", 1460, true)]
    [InlineData("home", 1461, false)]
    public void Packet_OfTunnelMtu_FitsAndOneOctetMoreIsReported(string segment, int length, bool fits)
    {
        const int headers = 48;
        if (segment == "access")
        {
            _network.Inject(segment, MagAccessMac, Echo(MnAddress, CnAddress, length - headers));
        }
        else
        {
            _network.Inject(segment, LmaHomeMac, Echo(CnAddress, MnAddress, length - headers));
        }

        _network.Tunnelled("core").Where(p => IsEchoRequest(Inner(p))).Should().HaveCount(fits ? 1 : 0);
        _network.Icmp<PacketTooBig>(segment).Select(p => p.Mtu).Should().Equal(fits ? [] : [1460u]);
    }

    [Fact]
    public void PacketTooBig_OverSmallPath_SaysAtLeast1280()
    {
        var network = new VirtualNetwork();
        network.Add(Mag with { Interfaces = [Mag.Interfaces[0] with { Mtu = 1300 }, Mag.Interfaces[1], Mag.Interfaces[2]] }, MagRole());
        network.Add(Mn);

        network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress, 1281 - 48));

        network.Icmp<PacketTooBig>("access").Should().ContainSingle().Which.Mtu.Should().Be(1280);
    }

    [Fact]
    public void Packet_FromAccessLinkWithoutBinding_IsDroppedInSilence()
    {
        _network.Inject("access", MagAccessMac, Echo(IPAddress.Parse("2001:db8:9999::1"), CnAddress));
        _network.Inject("access", MagAccessMac, Echo(IPAddress.Parse("2001:db8:9999::1"), LmaAddress));
        _network.On("core").Should().BeEmpty();
        _network.On("access").Should().BeEmpty();
    }

    [Fact]
    public void Packet_FromAccessLinkToCoreNeighbor_GoesThroughTheTunnel()
    {
        _network.Inject("access", MagAccessMac, Echo(MnAddress, IPAddress.Parse("2001:db8:100::77")));
        _network.Tunnelled("core").Should().ContainSingle();
    }

    [Fact]
    public void Packet_ForMobileNodeOfTheSameGateway_GoesThroughTheAnchor()
    {
        _lmaRole.Ask(new RoleAction.AddRoute(new Route(Hnp2, new RouteTarget.IntoTunnel(LmaTunnel))));
        _lma.HandleTimeout(_network.Now);
        _network.Add(Mn2);

        _mn.Ping(Mn2Address, 1, 1, _network.Now);
        _network.Settle();

        _mn.TryTakeEchoReply(out _).Should().BeTrue();
        _network.Tunnelled("core").Should().HaveCount(4);
    }

    [Fact]
    public void Packet_FromMobileNodesAddressOnTheCore_IsNotTunnelled()
    {
        _network.Inject("core", MagCoreMac, Echo(MnAddress, CnAddress));
        _network.Tunnelled("core").Should().BeEmpty();
    }

    [Fact]
    public void Packet_WithTheSourceOfANodeOnAnotherAccessLink_IsNotTunnelled()
    {
        _network.Inject("access", MagAccessMac, Echo(Mn2Address, CnAddress));
        _network.Tunnelled("core").Should().BeEmpty();

        _network.Inject("access2", MagAccess2Mac, Echo(Mn2Address, CnAddress));
        _network.Tunnelled("core").Should().NotBeEmpty();
    }

    [Fact]
    public void SourceRoutes_OfAnAccessLink_GoByLongestPrefix()
    {
        _magRole.Ask(
            new RoleAction.AddRoute(new Route(new Ipv6Prefix(CnAddress, 128), new RouteTarget.Blackhole()) { From = Hnp }),
            new RoleAction.AddRoute(new Route(Hnp2, new RouteTarget.OnLink(Access2)) { From = Hnp })
        );
        _mag.HandleTimeout(_network.Now);

        _network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress));
        _network.Inject("access", MagAccessMac, Echo(MnAddress, Mn2Address));
        _network.Tunnelled("core").Should().BeEmpty();
        _network.Icmp<NeighborSolicitation>("access2").Should().ContainSingle().Which.Target.Should().Be(Mn2Address);

        _network.Inject("access", MagAccessMac, Echo(MnAddress, LmaHomeAddress));
        _network.Tunnelled("core").Should().NotBeEmpty();
    }

    [Fact]
    public void LinkLocalPacket_OfMobileNode_StaysOnTheLink()
    {
        _network.Inject("access", MagAccessMac, Echo(IPAddress.Parse("fe80::1"), CnAddress));
        _network.Inject("access", MagAccessMac, Echo(MnAddress, IPAddress.Parse("fe80::77")));
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void Tunnel_LeadingIntoItself_SendsNothing()
    {
        var loop = new Tunnel(LmaAddress, MnAddress);
        _lmaRole.Ask(new RoleAction.AddTunnel(loop), new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.IntoTunnel(loop))));
        _lma.HandleTimeout(_network.Now);
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, MnAddress));
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void OwnAnswer_TooLargeForTheTunnel_IsFragmentedInIt()
    {
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(MnAddress, LmaHomeAddress, 65000)));

        var tunnelled = _network.Tunnelled("core");
        tunnelled.Should().HaveCount(47).And.OnlyContain(p => p.Length <= 1500 && Inner(p).NextHeader == IpProtocol.Fragment);
    }

    [Fact]
    public void Solicitation_ForMobileNodeOnAccessLink_ComesFromTheGatewaysLinkLocalAddress()
    {
        _network.Inject("core", MagCoreMac, Wrap(LmaAddress, MagAddress, Echo(CnAddress, MnAddress)));
        _network.On("access").First(s => s.Icmp is NeighborSolicitation).Packet.Source.Should().Be(MagLinkLocal);
        _mag.Addresses(Access).Should().Equal(MagLinkLocal);
    }

    private void ExpectEcn(string segment, Ecn? expected) =>
        _network
            .On(segment)
            .Where(s => s.Icmp is EchoRequest)
            .Select(s => (Ecn?)s.Packet.Ecn)
            .Should()
            .Equal(expected is null ? [] : [expected]);

    /// <summary>RFC 2473, Section 4.1.1: the option in a destination options header of eight octets.</summary>
    private static Ipv6Packet WithEncapsulationLimit(Ipv6Packet packet, byte limit)
    {
        byte[] header = [packet.NextHeader, 0, 4, 1, limit, 1, 1, 0];
        return packet with { NextHeader = IpProtocol.DestinationOptions, Payload = (byte[])[.. header, .. packet.Payload.Span] };
    }

    private static Ipv6Packet Inner(Ipv6Packet outer)
    {
        Ipv6Packet.TryParse(outer.Payload, out var inner, out _).Should().BeTrue();
        return inner!;
    }

    private static bool IsEchoRequest(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Icmpv6 && packet.Payload.Span[0] == Icmpv6Type.EchoRequest;
}
