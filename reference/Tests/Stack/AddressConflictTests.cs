using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.Ipv4Example;

namespace Pmip.Reference.Tests.Stack;

/// <summary>RFC 5227: probes, announcements and conflicts of an address that a role asks for.</summary>
public sealed class AddressConflictTests
{
    private static readonly IPAddress _claimed = IPAddress.Parse("192.0.2.50");
    private static readonly MacAddress _otherMac = MacAddress.Parse("02:5e:ff:00:00:50");

    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly IpNode _node;

    public AddressConflictTests() => _node = _network.Add(HostA, _role);

    [Fact]
    public void Address_IsProbedThreeTimes_ThenAnnouncedTwice()
    {
        Claim();
        _network.RunSeconds(20);

        var seen = _network.On("left");
        seen.Select(s => s.Arp)
            .Should()
            .Equal([
                .. Enumerable.Repeat(ArpRequest(AMac, IPAddress.Any, _claimed), 3),
                .. Enumerable.Repeat(ArpRequest(AMac, _claimed, _claimed), 2),
            ]);
        seen.Should().OnlyContain(s => s.Frame.Destination == MacAddress.Broadcast);
        var at = seen.Select(s => s.At.TotalSeconds).ToList();
        at[0].Should().BeInRange(0, 1);
        (at[1] - at[0]).Should().BeInRange(1, 2);
        (at[2] - at[1]).Should().BeInRange(1, 2);
        (at[3] - at[2]).Should().Be(2);
        (at[4] - at[3]).Should().Be(2);
    }

    [Fact]
    public void Address_IsUsable_WithTheFirstAnnouncementAndNotEarlier()
    {
        Claim();
        while (_network.On("left").Count < 3)
        {
            _network.RunSeconds(0.1);
        }
        var lastProbe = _network.On("left")[2].At;

        _network.Run(lastProbe + TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1) - _network.Time);
        _node.Addresses(Left).Should().NotContain(_claimed);
        _network.Run(TimeSpan.FromTicks(1));
        _node.Addresses(Left).Should().Contain(_claimed);
    }

    [Fact]
    public void Address_WithoutATest_IsUsableAtOnce()
    {
        _role.Ask(new RoleAction.AddAddress(Left, _claimed, PerformDad: false));
        _node.HandleTimeout(_network.Now);

        _node.Addresses(Left).Should().Contain(_claimed);
        _network.RunSeconds(10);
        _network.On("left").Should().BeEmpty();
    }

    public static TheoryData<ArpPacket> Conflicts =>
        [
            ArpRequest(_otherMac, _claimed, A),
            ArpRequest(_otherMac, IPAddress.Any, _claimed),
            new ArpPacket(ArpOperation.Reply, _otherMac, _claimed, AMac, IPAddress.Any),
        ];

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void Conflict_BeforeTheAnnouncement_EndsTheClaim(ArpPacket other)
    {
        Claim();
        _network.RunSeconds(1);
        _network.Inject("left", MacAddress.Broadcast, other);
        _network.RunSeconds(20);

        _node.Addresses(Left).Should().NotContain(_claimed);
        _node.DuplicateAddresses(Left).Should().Equal(_claimed);
        _network.Arp("left").Should().NotContain(arp => arp.SenderAddress.Equals(_claimed));
    }

    [Fact]
    public void OwnProbe_ThatComesBack_IsNoConflict()
    {
        Claim();
        _network.RunSeconds(1);
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, IPAddress.Any, _claimed));
        _network.RunSeconds(20);
        _node.Addresses(Left).Should().Contain(_claimed);
    }

    [Theory]
    [InlineData(10.0, true)]
    [InlineData(9.9, false)]
    public void SecondConflict_WithinTenSeconds_CostsAHostTheAddress(double seconds, bool isKept)
    {
        var conflict = ArpRequest(_otherMac, A, A);

        _network.Inject("left", MacAddress.Broadcast, conflict);
        _node.Addresses(Left).Should().Contain(A);
        _network.Arp("left").Should().Equal(ArpRequest(AMac, A, A));

        _network.RunSeconds(seconds);
        _network.Inject("left", MacAddress.Broadcast, conflict);
        _network.Arp("left").Should().HaveCount(isKept ? 2 : 1);
        _node.Addresses(Left).Contains(A).Should().Be(isKept);
    }

    [Fact]
    public void SecondConflict_DoesNotCostARouterItsAddress_AndIsNotAnsweredAgain()
    {
        var router = _network.Add(Router);
        _network.Forget();

        _network.Inject("left", MacAddress.Broadcast, ArpRequest(_otherMac, RouterLeft, RouterLeft));
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(_otherMac, RouterLeft, RouterLeft));

        router.Addresses(Left).Should().Contain(RouterLeft);
        _network.Arp("left").Should().Equal(ArpRequest(LeftMac, RouterLeft, RouterLeft));
    }

    [Fact]
    public void TenConflicts_DelayTheNextProbeByAMinute()
    {
        for (byte number = 0; number < 10; number++)
        {
            var address = new IPAddress([192, 0, 2, (byte)(100 + number)]);
            Ask(new RoleAction.AddAddress(Left, address, PerformDad: true));
            _network.Inject("left", MacAddress.Broadcast, ArpRequest(_otherMac, address, address));
        }
        _network.Forget();

        Claim();
        _network.Run(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        _network.On("left").Should().BeEmpty();
        _network.Run(TimeSpan.FromTicks(1));
        _network.Arp("left").Should().ContainSingle();
    }

    [Fact]
    public void Address_UnderTestWhenTheLinkGoesDown_IsTestedAnewOnTheNext()
    {
        Claim();
        _network.RunSeconds(3);
        _network.Unplug(_node, Left);
        _network.RunSeconds(20);
        _node.Addresses(Left).Should().NotContain(_claimed);
        _network.Forget();

        _network.Plug(_node, Left, "left");
        _network.RunSeconds(20);

        _network.Arp("left").Should().HaveCount(5);
        _node.Addresses(Left).Should().Contain(_claimed);
    }

    [Fact]
    public void RemovedAddress_IsNotProbedAnyMore()
    {
        Claim();
        Ask(new RoleAction.RemoveAddress(Left, _claimed));
        _network.RunSeconds(20);
        _network.On("left").Should().BeEmpty();
        _node.Addresses(Left).Should().NotContain(_claimed);
    }

    private void Claim() => Ask(new RoleAction.AddAddress(Left, _claimed, PerformDad: true));

    private void Ask(RoleAction action)
    {
        _role.Ask(action);
        _node.HandleTimeout(_network.Now);
    }
}
