using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Address resolution and duplicate address detection.</summary>
public sealed class NeighborDiscoveryTests
{
    private static readonly IPAddress _absent = IPAddress.Parse("2001:db8:200::dead");
    private static readonly IPAddress _peer = IPAddress.Parse("2001:db8:200::99");
    private static readonly MacAddress _peerMac = Mac(99);
    private readonly VirtualNetwork _network = new();

    [Fact]
    public void Ping_ToUnknownNeighbor_IsResolvedWithOneSolicitationAndAnswered()
    {
        var cn = _network.Add(Cn);
        _network.Add(Lma, LmaRole());
        _network.Forget();

        cn.Ping(LmaHomeAddress, 7, 1, _network.Now);
        _network.Settle();

        _network.Icmp<NeighborSolicitation>("home").Should().ContainSingle().Which.Target.Should().Be(LmaHomeAddress);
        cn.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.Source.Should().Be(LmaHomeAddress);
        (reply.Identifier, reply.SequenceNumber).Should().Be((7, 1));
        cn.TryTakeEchoReply(out _).Should().BeFalse();
    }

    [Fact]
    public void Resolution_OfSilentNeighbor_AsksThreeTimesOneSecondApart()
    {
        var cn = _network.Add(Cn);

        cn.Ping(_absent, 1, 1, _network.Now);
        _network.RunSeconds(10);

        _network.On("home").Select(s => s.At.TotalSeconds).Should().Equal(0, 1, 2);
        _network.Icmp<NeighborSolicitation>("home").Should().OnlyContain(n => n.Target.Equals(_absent));
        cn.NextTimeout.Should().BeNull();
    }

    [Fact]
    public void Resolution_InVain_IsReportedToTheSourceAfterThreeSeconds()
    {
        _network.Add(Lma, LmaRole());
        _network.Add(Host("Sender", Core, Mac(9), IPAddress.Parse("2001:db8:100::9"), LmaAddress));
        _network.Inject("core", LmaCoreMac, Echo(IPAddress.Parse("2001:db8:100::9"), _absent));

        _network.Run(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        _network.Icmp<DestinationUnreachable>("core").Should().BeEmpty();
        _network.Run(TimeSpan.FromTicks(1));

        _network.Icmp<DestinationUnreachable>("core").Should().ContainSingle().Which.Code.Should().Be(3);
    }

    [Theory]
    [InlineData(1023, 0)]
    [InlineData(1024, 1)]
    public void Neighbors_AreBounded_AndTheOldestIsForgotten(int others, int solicitations)
    {
        var cn = _network.Add(Cn);
        _network.Add(Lma, LmaRole());
        cn.Ping(LmaHomeAddress, 7, 1, _network.Now);
        _network.Settle();
        PingAbsent(cn, others);
        _network.Forget();

        cn.Ping(LmaHomeAddress, 7, 2, _network.Now);
        _network.Settle();

        _network.Icmp<NeighborSolicitation>("home").Should().HaveCount(solicitations);
        _network.Icmp<EchoRequest>("home").Should().ContainSingle().Which.SequenceNumber.Should().Be(2);
    }

    [Fact]
    public void Neighbor_ForgottenWhileItIsResolved_IsNotAskedForAgain()
    {
        var cn = _network.Add(Cn);

        PingAbsent(cn, 1025);
        _network.RunSeconds(10);

        var asked = _network.Icmp<NeighborSolicitation>("home").GroupBy(one => one.Target).ToDictionary(one => one.Key, one => one.Count());
        asked[AbsentNeighbor(0)].Should().Be(1);
        asked.Where(one => !one.Key.Equals(AbsentNeighbor(0))).Should().HaveCount(1024).And.OnlyContain(one => one.Value == 3);
        cn.NextTimeout.Should().BeNull();
    }

    [Fact]
    public void PacketsForOneNeighbor_WhileItIsResolved_WaitInOrder()
    {
        var cn = _network.Add(Cn);
        for (ushort i = 1; i <= 3; i++)
        {
            cn.Ping(_peer, 1, i, _network.Now);
        }

        _network.Inject("home", CnMac, Advertisement(solicited: true));

        _network.Icmp<NeighborSolicitation>("home").Should().ContainSingle();
        _network.Icmp<EchoRequest>("home").Select(e => e.SequenceNumber).Should().Equal(1, 2, 3);
        _network.On("home")[^1].Frame.Destination.Should().Be(_peerMac);
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 99)]
    public void Advertisement_ForKnownNeighbor_ChangesItOnlyWithOverride(bool isOverride, byte expectedMac)
    {
        var cn = _network.Add(Cn);
        cn.Ping(_peer, 1, 1, _network.Now);
        _network.Inject("home", CnMac, Advertisement(solicited: true));

        _network.Inject("home", CnMac, Advertisement(solicited: false, isOverride, Mac(100)));
        cn.Ping(_peer, 1, 2, _network.Now);
        _network.Settle();

        _network.On("home")[^1].Frame.Destination.Should().Be(Mac(expectedMac));
    }

    [Fact]
    public void Solicitation_ForOwnAddress_IsAnsweredToItsSender()
    {
        _network.Add(Cn);

        Solicit(_peer, CnAddress, new SourceLinkLayerAddressOption(_peerMac));

        var answer = _network.On("home").Should().ContainSingle().Subject;
        answer.Frame.Destination.Should().Be(_peerMac);
        answer.Packet.HopLimit.Should().Be(255);
        answer
            .Icmp.Should()
            .Be(
                new NeighborAdvertisement(
                    CnAddress,
                    Router: false,
                    Solicited: true,
                    Override: true,
                    new NdOptionList(new TargetLinkLayerAddressOption(CnMac))
                )
            );
    }

    [Fact]
    public void Solicitation_FromUnspecifiedForOwnAddress_IsAnsweredToAllNodes()
    {
        _network.Add(Lma, LmaRole());

        _network.Inject("home", LmaHomeMac, UniquenessTest(LmaHomeAddress));

        var answer = _network.On("home").Should().ContainSingle().Subject;
        answer.Packet.Destination.Should().Be(Ipv6Multicast.AllNodes);
        answer
            .Icmp.Should()
            .BeOfType<NeighborAdvertisement>()
            .Which.Should()
            .Match<NeighborAdvertisement>(a => a.Router && !a.Solicited && a.Override);
    }

    [Fact]
    public void Solicitation_WithHopLimit254_IsIgnored()
    {
        _network.Add(Cn);
        var solicitation = new NeighborSolicitation(CnAddress, new NdOptionList(new SourceLinkLayerAddressOption(_peerMac)));

        _network.Inject("home", CnMac, Discovery(_peer, CnAddress, solicitation) with { HopLimit = 254 });

        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void Solicitation_ForAnotherNodesAddress_IsIgnored()
    {
        _network.Add(Cn);
        Solicit(_peer, _absent, new SourceLinkLayerAddressOption(_peerMac));
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void AddedAddress_WithDad_IsUsableAfterOneSecondAndNotATickEarlier()
    {
        var role = new ScriptedRole();
        var lma = _network.Add(Lma, role);
        Ask(lma, role, new RoleAction.AddAddress(Home, _peer, PerformDad: true));

        _network.Icmp<NeighborSolicitation>("home").Should().ContainSingle().Which.Target.Should().Be(_peer);
        _network.On("home")[0].Packet.Source.Should().Be(IPAddress.IPv6Any);
        _network.Run(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        lma.Addresses(Home).Should().NotContain(_peer);
        _network.Run(TimeSpan.FromTicks(1));
        lma.Addresses(Home).Should().Contain(_peer);
    }

    [Fact]
    public void AddedAddress_WithoutDad_IsUsableAtOnceInSilence()
    {
        var role = new ScriptedRole();
        var lma = _network.Add(Lma, role);

        Ask(lma, role, new RoleAction.AddAddress(Home, _peer, PerformDad: false));

        lma.Addresses(Home).Should().Contain(_peer);
        _network.On("home").Should().BeEmpty();
    }

    [Fact]
    public void TentativeAddress_ThatAnotherNodeHas_BecomesDuplicate()
    {
        var role = new ScriptedRole();
        _network.Add(Host("Owner", Home, _peerMac, _peer, LmaHomeAddress));
        var lma = _network.Add(Lma, role);

        Ask(lma, role, new RoleAction.AddAddress(Home, _peer, PerformDad: true));
        _network.RunSeconds(5);

        lma.Addresses(Home).Should().NotContain(_peer);
        lma.DuplicateAddresses(Home).Should().Equal(_peer);
    }

    [Fact]
    public void TentativeAddress_ThatAnotherNodeTestsToo_BecomesDuplicate()
    {
        var role = new ScriptedRole();
        var lma = _network.Add(Lma, role);
        Ask(lma, role, new RoleAction.AddAddress(Home, _peer, PerformDad: true));

        _network.Inject("home", MacAddress.ForMulticast(Ipv6Multicast.SolicitedNode(_peer)), UniquenessTest(_peer));

        lma.DuplicateAddresses(Home).Should().Equal(_peer);
    }

    [Fact]
    public void Solicitation_ForTentativeAddress_IsNotAnswered()
    {
        var role = new ScriptedRole();
        var lma = _network.Add(Lma, role);
        Ask(lma, role, new RoleAction.AddAddress(Home, _peer, PerformDad: true));
        _network.Forget();

        Solicit(CnAddress, _peer, new SourceLinkLayerAddressOption(CnMac));
        _network.RunSeconds(1);

        _network.On("home").Should().BeEmpty();
        lma.Addresses(Home).Should().Contain(_peer);
    }

    [Fact]
    public void RemovedAddress_WhileTentative_IsNeverAssigned()
    {
        var role = new ScriptedRole();
        var lma = _network.Add(Lma, role);
        Ask(lma, role, new RoleAction.AddAddress(Home, _peer, PerformDad: true), new RoleAction.RemoveAddress(Home, _peer));

        _network.RunSeconds(5);

        lma.Addresses(Home).Should().NotContain(_peer);
        lma.NextTimeout.Should().BeNull();
    }

    private void Ask(IpNode node, ScriptedRole role, params RoleAction[] actions)
    {
        role.Ask(actions);
        node.HandleTimeout(_network.Now);
        _network.Settle();
    }

    private void Solicit(IPAddress source, IPAddress target, params NdOption[] options)
    {
        var group = Ipv6Multicast.SolicitedNode(target);
        var solicitation = new NeighborSolicitation(target, new NdOptionList(options));
        _network.Inject("home", MacAddress.ForMulticast(group), Discovery(source, group, solicitation));
    }

    private static Ipv6Packet UniquenessTest(IPAddress target)
    {
        var group = Ipv6Multicast.SolicitedNode(target);
        return Discovery(IPAddress.IPv6Any, group, new NeighborSolicitation(target, NdOptionList.Empty));
    }

    private static Ipv6Packet Advertisement(bool solicited, bool isOverride = true, MacAddress? mac = null) =>
        Discovery(
            _peer,
            CnAddress,
            new NeighborAdvertisement(
                _peer,
                Router: false,
                solicited,
                isOverride,
                new NdOptionList(new TargetLinkLayerAddressOption(mac ?? _peerMac))
            )
        );

    private static Ipv6Packet Discovery(IPAddress source, IPAddress destination, Icmpv6Message message) =>
        new(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = 255 };

    private static IPAddress AbsentNeighbor(int number) => IPAddress.Parse($"2001:db8:200::1:{number:x}");

    private void PingAbsent(IpNode node, int count)
    {
        for (var number = 0; number < count; number++)
        {
            node.Ping(AbsentNeighbor(number), 1, 1, _network.Now);
        }
        _network.Settle();
    }
}
