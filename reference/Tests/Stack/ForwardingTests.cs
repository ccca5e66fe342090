using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>A router between two links, and its ICMPv6 errors.</summary>
public sealed class ForwardingTests
{
    private static readonly IPAddress _peerAddress = IPAddress.Parse("2001:db8:100::99");
    private static readonly IPAddress _elsewhere = IPAddress.Parse("2001:db8:dead::1");
    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly IpNode _router;
    private readonly IpNode _cn;
    private readonly IpNode _peer;

    public ForwardingTests()
    {
        _router = _network.Add(Lma, _role);
        _cn = _network.Add(Cn);
        _peer = _network.Add(Host("Peer", Core, Mac(99), _peerAddress, LmaAddress));
    }

    [Fact]
    public void Ping_OverRouter_IsAnsweredWithHopLimitDecremented()
    {
        _cn.Ping(_peerAddress, 1, 1, _network.Now, data: OctetString.FromText("abc"));
        _network.Settle();

        _cn.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply.Should().Be(new ReceivedEchoReply(_peerAddress, CnAddress, 1, 1, OctetString.FromText("abc"), 63, Ecn.NotEct));
        _network.On("core").Single(s => s.Icmp is EchoRequest).Packet.HopLimit.Should().Be(63);
    }

    [Fact]
    public void EchoReply_ThatAnswersNoPing_IsNotTaken()
    {
        var reply = new EchoReply(1, 1, default).ToBytes(_peerAddress, CnAddress);
        _network.Inject("home", CnMac, new Ipv6Packet(_peerAddress, CnAddress, IpProtocol.Icmpv6, reply));
        _cn.TryTakeEchoReply(out _).Should().BeFalse();
    }

    [Fact]
    public void Host_ReceivingPacketForAnother_DropsIt()
    {
        _network.Inject("home", CnMac, Echo(_peerAddress, _elsewhere));
        _network.On("home").Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Packet_WithExpiringHopLimit_IsReportedAsTimeExceeded(byte hopLimit)
    {
        var packet = Echo(CnAddress, _peerAddress) with { HopLimit = hopLimit };
        _network.Inject("home", LmaHomeMac, packet);

        _network.Icmp<EchoRequest>("core").Should().BeEmpty();
        var error = _network.On("home").Should().ContainSingle(s => s.Icmp is TimeExceeded).Subject;
        error.Packet.Source.Should().Be(LmaHomeAddress);
        error.Icmp.Should().Be(new TimeExceeded(0, new OctetString(packet.ToBytes())));
    }

    [Fact]
    public void Packet_WithTwoHopsLeft_IsForwardedWithOne()
    {
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, _peerAddress) with { HopLimit = 2 });
        _network.On("core").Single(s => s.Icmp is EchoRequest).Packet.HopLimit.Should().Be(1);
    }

    /// <summary>RFC 5213, Section 6.14: a router does not look into the mobility signalling of the nodes behind it.</summary>
    [Fact]
    public void MobilitySignalling_WithHomeAddress_IsForwardedUnchanged_AndIsNotForTheRole()
    {
        var update = new BindingUpdate(
            1,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration,
            100,
            MobilityOptionList.Empty
        );
        var signal = new Ipv6Signaling(CnAddress, _peerAddress) { HomeAddress = _elsewhere };
        Ipv6Packet.TryParse(signal.Wrap(update), out var packet, out _).Should().BeTrue();

        _network.Inject("home", LmaHomeMac, packet!);

        var sent = _network.On("core").Single(s => s.Packet.NextHeader == IpProtocol.DestinationOptions).Packet;
        sent.ToBytes().Should().Equal((packet! with { HopLimit = (byte)(packet.HopLimit - 1) }).ToBytes());
        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
    }

    [Fact]
    public void Packet_WithoutRoute_IsReportedAsNoRoute()
    {
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, _elsewhere));
        _network.Icmp<DestinationUnreachable>("home").Should().ContainSingle().Which.Code.Should().Be(0);
    }

    [Fact]
    public void Packet_IntoBlackhole_IsDroppedInSilence()
    {
        Ask(new RoleAction.AddRoute(new Route(Ipv6Prefix.Parse("2001:db8:dead::/48"), new RouteTarget.Blackhole())));
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, _elsewhere));
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void LongerPrefix_BeatsBlackholeAroundIt()
    {
        Ask(
            new RoleAction.AddRoute(new Route(Ipv6Prefix.Parse("2001:db8:dead::/64"), new RouteTarget.OnLink(Core))),
            new RoleAction.AddRoute(new Route(Ipv6Prefix.Parse("2001:db8:dead::/48"), new RouteTarget.Blackhole()))
        );
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, _elsewhere));
        _network.Icmp<NeighborSolicitation>("core").Should().ContainSingle().Which.Target.Should().Be(_elsewhere);
    }

    [Fact]
    public void RouteAddedLast_CountsAmongThoseForOnePrefix()
    {
        var prefix = Ipv6Prefix.Parse("2001:db8:dead::/48");
        Ask(
            new RoleAction.AddRoute(new Route(prefix, new RouteTarget.OnLink(Core))),
            new RoleAction.AddRoute(new Route(prefix, new RouteTarget.Blackhole()))
        );
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, _elsewhere));
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void RemovedRoute_UncoversTheOneBefore()
    {
        var prefix = Ipv6Prefix.Parse("2001:db8:dead::/48");
        Ask(
            new RoleAction.AddRoute(new Route(prefix, new RouteTarget.OnLink(Core))),
            new RoleAction.AddRoute(new Route(prefix, new RouteTarget.Blackhole())),
            new RoleAction.RemoveRoute(new Route(prefix, new RouteTarget.Blackhole()))
        );
        _network.Inject("home", LmaHomeMac, Echo(CnAddress, _elsewhere));
        _network.Icmp<NeighborSolicitation>("core").Should().ContainSingle().Which.Target.Should().Be(_elsewhere);
    }

    [Theory]
    [InlineData("fe80::1", "2001:db8:100::99")]
    [InlineData("2001:db8:200::c1", "fe80::99")]
    [InlineData("::", "2001:db8:100::99")]
    [InlineData("::1", "2001:db8:100::99")]
    [InlineData("ff02::1", "2001:db8:100::99")]
    [InlineData("2001:db8:200::c1", "ff0e::1")]
    public void Packet_FromOrToAddressesOfALink_IsNeverForwarded(string source, string destination)
    {
        _network.Inject("home", LmaHomeMac, Echo(IPAddress.Parse(source), IPAddress.Parse(destination)));
        _network.On("core").Should().BeEmpty();
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void Packet_LargerThanTheNextLink_IsReportedWithItsMtu()
    {
        var network = new VirtualNetwork();
        network.Add(Lma with { Interfaces = [Lma.Interfaces[0] with { Mtu = 1300 }, Lma.Interfaces[1]] });
        network.Add(Cn);
        network.Inject("home", LmaHomeMac, Echo(CnAddress, _peerAddress, 1301 - 48));

        network.Icmp<EchoRequest>("core").Should().BeEmpty();
        var error = network.On("home").Should().ContainSingle(s => s.Icmp is PacketTooBig).Subject;
        ((PacketTooBig)error.Icmp!).Mtu.Should().Be(1300);
        error.Packet.Length.Should().Be(1280);
    }

    [Fact]
    public void NoError_IsSentAboutAnError()
    {
        var error = new TimeExceeded(0, new OctetString(Echo(_elsewhere, CnAddress).ToBytes())).ToBytes(CnAddress, _elsewhere);
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, _elsewhere, IpProtocol.Icmpv6, error));
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void NoError_IsSentAboutPacketToGroup()
    {
        const byte unknownProtocol = 253;
        var packet = new Ipv6Packet(CnAddress, Ipv6Multicast.AllNodes, unknownProtocol, new byte[8]);
        _network.Inject("home", MacAddress.ForMulticast(Ipv6Multicast.AllNodes), packet);
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void UnknownProtocol_IsReportedWithPointerToTheNextHeaderField()
    {
        const byte unknownProtocol = 253;
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, LmaHomeAddress, unknownProtocol, new byte[8]));
        ExpectProblem(code: 1, pointer: 6);
    }

    [Fact]
    public void UnknownProtocol_BehindDestinationOptions_IsReportedWithPointerIntoThem()
    {
        byte[] payload = [253, 0, 1, 4, 0, 0, 0, 0];
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, LmaHomeAddress, IpProtocol.DestinationOptions, payload));
        ExpectProblem(code: 1, pointer: 40);
    }

    [Theory]
    [InlineData(0x1E, false, false)]
    [InlineData(0x5E, true, false)]
    [InlineData(0x9E, true, true)]
    [InlineData(0xDE, true, true)]
    public void UnknownOption_IsTreatedAsItsTypeSays(byte type, bool dropped, bool reported)
    {
        var echo = new EchoRequest(1, 1, default).ToBytes(CnAddress, LmaHomeAddress);
        byte[] payload = [IpProtocol.Icmpv6, 0, type, 4, 0, 0, 0, 0, .. echo];
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, LmaHomeAddress, IpProtocol.DestinationOptions, payload));

        _network.Icmp<EchoReply>("home").Should().HaveCount(dropped ? 0 : 1);
        if (reported)
        {
            ExpectProblem(code: 2, pointer: 42);
        }
        else
        {
            _network.Icmp<ParameterProblem>("home").Should().BeEmpty();
        }
    }

    [Fact]
    public void RoutingHeader_WithSegmentsLeft_IsRejected()
    {
        var echo = new EchoRequest(1, 1, default).ToBytes(CnAddress, LmaHomeAddress);
        byte[] payload = [IpProtocol.Icmpv6, 2, 0, 1, 0, 0, 0, 0, .. _peerAddress.GetAddressBytes(), .. echo];
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, LmaHomeAddress, IpProtocol.Routing, payload));
        ExpectProblem(code: 0, pointer: 42);
    }

    [Fact]
    public void Fragment_OfWhichTheOthersAreMissing_IsNotAnsweredYet()
    {
        byte[] payload = [IpProtocol.Icmpv6, 0, 0, 1, 0, 0, 0, 0, 128, 0, 0, 0, 0, 0, 0, 0];
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, LmaHomeAddress, IpProtocol.Fragment, payload));
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void Udp_ToClosedPort_IsReported()
    {
        _network.Inject("home", LmaHomeMac, new UdpPath(CnAddress, 4000, LmaHomeAddress, 4001).Wrap(new byte[8]));
        _network.Icmp<DestinationUnreachable>("home").Should().ContainSingle().Which.Code.Should().Be(4);
    }

    [Fact]
    public void Echo_ToOwnAddressOfTheOtherLink_IsAnswered()
    {
        _peer.Ping(LmaHomeAddress, 1, 1, _network.Now);
        _network.Settle();
        _peer.TryTakeEchoReply(out _).Should().BeTrue();
    }

    [Fact]
    public void Echo_ToItself_IsAnswered()
    {
        _router.Ping(LmaHomeAddress, 1, 1, _network.Now);
        _router.TryTakeEchoReply(out _).Should().BeTrue();
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void Echo_ToAllNodes_IsAnsweredFromAUnicastAddress()
    {
        var source = CnMac.LinkLocalAddress();
        _network.Inject("home", MacAddress.ForMulticast(Ipv6Multicast.AllNodes), Echo(source, Ipv6Multicast.AllNodes));
        _network.On("home").Should().Contain(s => s.Icmp is EchoReply && s.Packet.Source.Equals(LmaHomeMac.LinkLocalAddress()));
    }

    [Fact]
    public void Frame_ForAnotherMacAddress_IsIgnored()
    {
        _network.Inject("home", Mac(200), Echo(CnAddress, LmaHomeAddress));
        _network.On("home").Should().BeEmpty();
    }

    private void ExpectProblem(byte code, uint pointer) =>
        _network
            .Icmp<ParameterProblem>("home")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<ParameterProblem>(p => p.Code == code && p.Pointer == pointer);

    private void Ask(params RoleAction[] actions)
    {
        _role.Ask(actions);
        _router.HandleTimeout(_network.Now);
    }
}
