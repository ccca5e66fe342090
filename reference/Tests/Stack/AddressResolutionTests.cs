using System.Net;
using FluentAssertions;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.Ipv4Example;

namespace Pmip.Reference.Tests.Stack;

/// <summary>ARP between a host and a router.</summary>
public sealed class AddressResolutionTests
{
    private static readonly IPAddress _peer = IPAddress.Parse("192.0.2.77");
    private static readonly MacAddress _peerMac = MacAddress.Parse("02:5e:ff:00:00:77");

    private readonly VirtualNetwork _network = new();
    private readonly IpNode _a;

    public AddressResolutionTests()
    {
        _a = _network.Add(HostA);
        _network.Add(Router);
    }

    [Fact]
    public void Neighbor_IsAskedForOnce_AndBothLearn()
    {
        Ping(RouterLeft);
        Ping(RouterLeft);

        _network
            .Arp("left")
            .Should()
            .Equal(ArpRequest(AMac, A, RouterLeft), new ArpPacket(ArpOperation.Reply, LeftMac, RouterLeft, AMac, A));
        _network.On("left").Select(s => s.Frame.Destination).Should().Equal([MacAddress.Broadcast, AMac, LeftMac, AMac, LeftMac, AMac]);
        _network.Icmpv4<Icmpv4EchoReply>("left").Should().HaveCount(2);
    }

    [Fact]
    public void Host_BeyondTheRouter_IsNotAskedFor()
    {
        Ping(B);
        _network.Arp("left").Select(arp => arp.TargetAddress).Should().OnlyContain(target => target.Equals(RouterLeft) || target.Equals(A));
    }

    [Fact]
    public void Request_WithoutAnAnswer_IsRepeatedThreeTimesInAll()
    {
        Ping(_peer);
        _network.RunSeconds(10);

        _network
            .On("left")
            .Select(s => (s.At.TotalSeconds, s.Arp))
            .Should()
            .Equal(Enumerable.Range(0, 3).Select(at => ((double)at, (ArpPacket?)ArpRequest(AMac, A, _peer))));
    }

    [Fact]
    public void Packets_ThatWait_GoInOrderWhenTheAnswerComes()
    {
        for (ushort number = 1; number <= 3; number++)
        {
            _a.Ping(_peer, 1, number, _network.Now);
        }
        _network.Settle();
        _network.Ip("left").Should().BeEmpty();

        _network.Inject("left", AMac, new ArpPacket(ArpOperation.Reply, _peerMac, _peer, AMac, A));

        _network.Icmpv4<Icmpv4EchoRequest>("left").Select(echo => echo.SequenceNumber).Should().Equal([1, 2, 3]);
        _network.On("left").Where(s => s.Ip is not null).Should().OnlyContain(s => s.Frame.Destination == _peerMac);
    }

    [Fact]
    public void NextHop_ThatDoesNotAnswer_IsReportedToTheSource()
    {
        _network.Inject("left", LeftMac, Echo(A, B));
        _network.RunSeconds(2.9);
        _network.Icmpv4<Icmpv4DestinationUnreachable>("left").Should().BeEmpty();

        _network.RunSeconds(0.1);
        var error = _network.Icmpv4<Icmpv4DestinationUnreachable>("left").Should().ContainSingle().Subject;
        error.Code.Should().Be(Icmpv4DestinationUnreachable.HostUnreachable);
    }

    [Fact]
    public void Reply_ThatWasNotAskedFor_IsNotLearned()
    {
        _network.Inject("left", AMac, new ArpPacket(ArpOperation.Reply, _peerMac, _peer, _peerMac, _peer));
        Ping(_peer);
        _network.Icmpv4<Icmpv4EchoRequest>("left").Should().BeEmpty();
    }

    [Fact]
    public void KnownNeighbor_ThatAnnouncesAnotherAddress_IsUpdated()
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(VirtualNetwork.Tester, _peer, A));
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(_peerMac, _peer, _peer));

        Ping(_peer);

        _network.On("left").First(s => s.Icmpv4 is Icmpv4EchoRequest).Frame.Destination.Should().Be(_peerMac);
    }

    [Fact]
    public void Request_ForThisNode_IsAnsweredAndItsSenderLearned()
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(_peerMac, _peer, A));

        _network.Arp("left").Should().Equal(new ArpPacket(ArpOperation.Reply, AMac, A, _peerMac, _peer));
        Ping(_peer);
        _network.Icmpv4<Icmpv4EchoRequest>("left").Should().ContainSingle();
    }

    [Fact]
    public void Probe_ForThisNode_IsAnsweredButNothingIsLearned()
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(_peerMac, IPAddress.Any, A));
        _network.Arp("left").Should().Equal(new ArpPacket(ArpOperation.Reply, AMac, A, _peerMac, IPAddress.Any));
    }

    [Theory]
    [InlineData("192.0.2.88")]
    [InlineData("198.51.100.1")]
    public void Request_ForAnAddressThatIsNotOnTheLink_IsNotAnswered(string target)
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(_peerMac, _peer, IPAddress.Parse(target)));
        _network.On("left").Should().BeEmpty();
    }

    [Fact]
    public void MalformedPackets_ArePassedOver()
    {
        var good = ArpRequest(_peerMac, _peer, A).ToBytes();
        for (var length = 0; length < good.Length; length++)
        {
            Inject(good[..length]);
        }
        Inject(ArpRequest(MacAddress.Broadcast, _peer, A).ToBytes());
        _network.On("left").Should().BeEmpty();

        void Inject(byte[] arp) => _network.Inject("left", new EthernetFrame(AMac, _peerMac, ArpPacket.EtherType, arp).ToBytes());
    }

    [Fact]
    public void Neighbors_AreForgotten_WhenTheLinkGoesDown()
    {
        Ping(RouterLeft);
        _network.Unplug(_a, Left);
        _network.Plug(_a, Left, "left");
        _network.Forget();

        Ping(RouterLeft);

        _network.Arp("left").Should().HaveCount(2);
    }

    private void Ping(IPAddress destination)
    {
        _a.Ping(destination, 1, 1, _network.Now);
        _network.Settle();
    }
}
