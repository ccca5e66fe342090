using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>The inputs that a node reports to its role, and the actions that it executes.</summary>
public sealed class RoleHostTests
{
    private static readonly IPAddress _homeAddress = IPAddress.Parse("2001:db8:8000::5");
    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly IpNode _node;

    public RoleHostTests() => _node = _network.Add(Lma, _role);

    [Fact]
    public void Start_IsTheFirstInput()
    {
        _role.Inputs.Should().ContainSingle().Which.Should().BeOfType<RoleInput.Started>().Which.Saved.Should().BeEmpty();
        _node.Invoking(n => n.Start(_network.Now)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void MobilityHeader_WithGoodChecksum_IsHandedToTheRole()
    {
        var packet = Signal(MagAddress, LmaAddress);
        _network.Inject("core", LmaCoreMac, packet);

        var signal = TakeSignal();
        (signal.Source, signal.Destination, signal.Link).Should().Be((MagAddress, LmaAddress, Core));
        signal.MobilityHeader.ToArray().Should().Equal(packet.Payload.ToArray());
        signal.Packet.ToArray().Should().Equal(packet.ToBytes());
        signal.Path.Should().Be(new Ipv6Signaling(MagAddress, LmaAddress));
        (signal.HasValidChecksum, signal.Protection).Should().Be((true, null));
    }

    [Fact]
    public void MobilityHeader_WithBadChecksum_IsHandedOverWithThatFact()
    {
        var packet = Signal(MagAddress, LmaAddress);
        var bytes = packet.Payload.ToArray();
        bytes[4] ^= 1;
        _network.Inject("core", LmaCoreMac, packet with { Payload = bytes });

        TakeSignal().HasValidChecksum.Should().BeFalse();
        _network.On("core").Should().BeEmpty();
    }

    [Fact]
    public void MobilityHeader_WithHomeAddressOption_IsHandedOverWithThatFact()
    {
        byte[] options = [IpProtocol.MobilityHeader, 2, 1, 2, 0, 0, 201, 16, .. _homeAddress.GetAddressBytes()];
        byte[] payload = [.. options, .. Signal(_homeAddress, LmaAddress).Payload.Span];
        _network.Inject("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.DestinationOptions, payload));

        var signal = TakeSignal();
        signal.Path.Should().Be(new Ipv6Signaling(MagAddress, LmaAddress) { HomeAddress = _homeAddress });
        signal.HasValidChecksum.Should().BeTrue();
    }

    [Fact]
    public void MobilityHeader_WithType2RoutingHeader_IsHandedOverWithThatFact()
    {
        byte[] routing = [IpProtocol.MobilityHeader, 2, 2, 1, 0, 0, 0, 0, .. _homeAddress.GetAddressBytes()];
        byte[] payload = [.. routing, .. Signal(MagAddress, _homeAddress).Payload.Span];
        _network.Inject("core", LmaCoreMac, new Ipv6Packet(MagAddress, LmaAddress, IpProtocol.Routing, payload));

        var signal = TakeSignal();
        signal.Path.Should().Be(new Ipv6Signaling(MagAddress, LmaAddress) { RoutedTo = _homeAddress });
        signal.HasValidChecksum.Should().BeTrue();
    }

    [Fact]
    public void MobilityHeader_AtNodeWithoutRole_IsReportedAsUnknown()
    {
        _network.Add(Cn);
        _network.Inject("home", CnMac, Signal(LmaHomeAddress, CnAddress));

        _network
            .Icmp<ParameterProblem>("home")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<ParameterProblem>(p => p.Code == 1 && p.Pointer == 6);
    }

    [Fact]
    public void MobilityHeader_ForAnotherNode_IsForwarded()
    {
        _network.Add(Cn);
        _network.Inject("core", LmaCoreMac, Signal(MagAddress, CnAddress));

        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
        _network.On("home").Should().ContainSingle(s => s.Packet.NextHeader == IpProtocol.MobilityHeader);
    }

    [Fact]
    public void RouterSolicitation_IsHandedToTheRole_AndNotAnsweredByTheStack()
    {
        _network.Add(Roamer with { Interfaces = [Roamer.Interfaces[0] with { Link = Home }] });

        _network.Icmp<RouterAdvertisement>("home").Should().BeEmpty();
        var inputs = _role.Inputs.OfType<RoleInput.Icmp>().ToList();
        inputs.Should().OnlyContain(i => i.Link == Home && i.LinkLayerSource == MnMac && i.Source.Equals(IPAddress.IPv6Any));
        inputs.Select(i => i.Message.Span[0]).Should().BeEquivalentTo([Icmpv6Type.NeighborSolicitation, Icmpv6Type.RouterSolicitation]);
    }

    [Fact]
    public void RouterSolicitation_FromAnAddress_MakesItsSenderKnown()
    {
        var source = MnMac.LinkLocalAddress();
        var solicitation = new RouterSolicitation(new NdOptionList(new SourceLinkLayerAddressOption(MnMac)));
        _network.Inject("home", LmaHomeMac, OnLink(source, Ipv6Multicast.AllRouters, solicitation));

        var answer = new RouterAdvertisement(64, false, false, 1800, 0, 0, NdOptionList.Empty);
        Ask(new RoleAction.SendIcmp(MagLinkLocal, source, Home, answer.ToBytes(MagLinkLocal, source)));

        var sent = _network.On("home").Should().ContainSingle().Subject;
        (sent.Frame.Destination, sent.Packet.HopLimit, sent.Packet.Source).Should().Be((MnMac, 255, MagLinkLocal));
    }

    [Fact]
    public void Icmp_WithBadChecksum_IsNotHandedOver()
    {
        var packet = OnLink(IPAddress.IPv6Any, Ipv6Multicast.AllRouters, new RouterSolicitation(NdOptionList.Empty));
        var bytes = packet.Payload.ToArray();
        bytes[2] ^= 1;
        _network.Inject("home", LmaHomeMac, packet with { Payload = bytes });
        _role.Inputs.OfType<RoleInput.Icmp>().Should().BeEmpty();
    }

    [Fact]
    public void Links_GoingUpAndDown_AreReportedToTheRole()
    {
        _network.Unplug(_node, Home);
        _network.Plug(_node, Home, "home");
        _role.Inputs.Skip(1).Should().Equal(new RoleInput.LinkDown(Home), new RoleInput.LinkUp(Home));
    }

    [Fact]
    public void LinkThatIsDown_TakesNoFrames()
    {
        _node.LinkDown(Core, _network.Now);
        _network.Inject("core", LmaCoreMac, Signal(MagAddress, LmaAddress));
        _role.Inputs.OfType<RoleInput.Signal>().Should().BeEmpty();
    }

    [Fact]
    public void SendSignal_IsResolvedAndSent()
    {
        _network.Add(Mag, new ScriptedRole());
        var signal = Signal(LmaAddress, MagAddress).Payload;
        Ask(new RoleAction.SendSignal(new Ipv6Signaling(LmaAddress, MagAddress), signal));

        var sent = _network.On("core").Should().ContainSingle(s => s.Packet.NextHeader == IpProtocol.MobilityHeader).Subject;
        (sent.Packet.Source, sent.Packet.Destination, sent.Packet.HopLimit).Should().Be((LmaAddress, MagAddress, 64));
        sent.Packet.Payload.ToArray().Should().Equal(signal.ToArray());
    }

    [Fact]
    public void SendSignal_ToItself_ComesBackToTheRole()
    {
        Ask(new RoleAction.SendSignal(new Ipv6Signaling(LmaAddress, LmaAddress), Signal(LmaAddress, LmaAddress).Payload));
        TakeSignal().Source.Should().Be(LmaAddress);
    }

    [Fact]
    public void SendIcmp_WithoutLink_IsRouted()
    {
        var problem = new ParameterProblem(0, 0, default);
        Ask(new RoleAction.SendIcmp(LmaHomeAddress, CnAddress, null, problem.ToBytes(LmaHomeAddress, CnAddress)));
        _network.Add(Cn);
        _network.RunSeconds(1);
        _network.On("home").Should().ContainSingle(s => s.Icmp is ParameterProblem).Which.Packet.HopLimit.Should().Be(64);
    }

    [Fact]
    public void Logs_OfTheRoleAndOfSilentDrops_AreHandedOut()
    {
        var logs = new List<RoleAction.Log>();
        _node.Logged = logs.Add;
        Ask(new RoleAction.Log("Rule", "text"));
        _network.Inject("core", LmaCoreMac, Wrap(MagAddress, LmaAddress, Echo(MnAddress, CnAddress)));
        logs.Select(l => l.Rule).Should().Equal("Rule", "TunnelUnknown");
    }

    [Fact]
    public void NextTimeout_IsTheEarlierOfStackAndRole()
    {
        _node.NextTimeout.Should().BeNull();
        Ask(new RoleAction.AddAddress(Home, _homeAddress, PerformDad: true));
        _node.NextTimeout.Should().Be(_network.Now.Monotonic + TimeSpan.FromSeconds(1));
        _role.NextTimeout = _network.Now.Monotonic + TimeSpan.FromMilliseconds(500);
        _node.NextTimeout.Should().Be(_role.NextTimeout);

        _network.RunSeconds(2);

        _role.Timeouts.Should().Equal(new Instant(TimeSpan.FromMilliseconds(500).Ticks));
        _node.Addresses(Home).Should().Contain(_homeAddress);
    }

    [Fact]
    public void Route_OverUnknownLink_IsRefused() =>
        _node
            .Invoking(_ => Ask(new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.OnLink(new LinkId("nowhere"))))))
            .Should()
            .Throw<ArgumentException>();

    [Fact]
    public void EveryAction_IsCarriedOut()
    {
        var failed = new List<RoleAction.Log>();
        _node.Logged = failed.Add;

        Ask(Vocabulary.Actions(Core, LmaAddress, MagAddress));

        failed.Select(log => log.Rule).Should().Equal("Rule");
    }

    private void Ask(params RoleAction[] actions)
    {
        _role.Ask(actions);
        _node.HandleTimeout(_network.Now);
        _network.Settle();
    }

    private RoleInput.Signal TakeSignal() => _role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle().Subject;

    private static Ipv6Packet Signal(IPAddress source, IPAddress destination) =>
        new(
            source,
            destination,
            IpProtocol.MobilityHeader,
            new UnknownMobilityMessage(200, new OctetString(new byte[10])).ToBytes(source, destination)
        );

    private static Ipv6Packet OnLink(IPAddress source, IPAddress destination, Icmpv6Message message) =>
        new(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = 255 };
}
