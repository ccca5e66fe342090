using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.Ipv4Example;

namespace Pmip.Reference.Tests.Stack;

/// <summary>A router that answers for neighbours elsewhere, by ARP and by Neighbor Discovery.</summary>
public sealed class ProxyNeighborTests
{
    private static readonly IPAddress _away = IPAddress.Parse("192.0.2.99");
    private static readonly IPAddress _awayV6 = IPAddress.Parse("2001:db8:1::99");
    private static readonly IPAddress _asker = IPAddress.Parse("2001:db8:1::a");
    private static readonly IPAddress _askerLinkLocal = AMac.LinkLocalAddress();

    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly IpNode _router;

    public ProxyNeighborTests()
    {
        _router = _network.Add(Router, _role);
        _router.AddProxyNeighbor(Left, IpPrefix.Parse("192.0.2.96/28"));
        _router.AddProxyNeighbor(Left, IpPrefix.Of(_awayV6));
        Ask(new RoleAction.AddRoute(new Route(IpPrefix.Of(_away), new RouteTarget.OnLink(Right))));
        Ask(new RoleAction.AddRoute(new Route(IpPrefix.Of(_awayV6), new RouteTarget.OnLink(Right))));
    }

    [Fact]
    public void ArpRequest_ForANeighborElsewhere_IsAnswered()
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, A, _away));
        _network.Arp("left").Should().Equal(new ArpPacket(ArpOperation.Reply, LeftMac, _away, AMac, A));
    }

    [Theory]
    [InlineData("192.0.2.95")]
    [InlineData("192.0.2.112")]
    public void ArpRequest_OutsideThePrefix_IsNotAnswered(string target)
    {
        Ask(new RoleAction.AddRoute(new Route(IpPrefix.Of(IPAddress.Parse(target)), new RouteTarget.OnLink(Right))));
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, A, IPAddress.Parse(target)));
        _network.Arp("left").Should().BeEmpty();
    }

    [Fact]
    public void ArpRequest_OnAnotherLink_IsNotAnswered()
    {
        _network.Inject("right", MacAddress.Broadcast, ArpRequest(BMac, B, _away));
        _network.Arp("right").Should().BeEmpty();
    }

    [Fact]
    public void ArpProbe_ForANeighborElsewhere_IsAnswered()
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, IPAddress.Any, _away));
        _network.Arp("left").Should().ContainSingle();
    }

    [Fact]
    public void ArpProbe_ForAnAddressThatIsOnTheLink_IsNotAnswered()
    {
        Ask(new RoleAction.AddRoute(new Route(IpPrefix.Of(_away), new RouteTarget.OnLink(Left))));
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, IPAddress.Any, _away));
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, A, _away));
        _network.Arp("left").Should().BeEmpty();
    }

    [Fact]
    public void ArpAnnouncement_IsNotAnswered()
    {
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, _away, _away));
        _network.Arp("left").Should().BeEmpty();
    }

    [Fact]
    public void ProxiedNeighbor_ThatIsRemoved_IsNotAnsweredForAnyMore()
    {
        _router.RemoveProxyNeighbor(Left, IpPrefix.Parse("192.0.2.96/28"));
        _router.RemoveProxyNeighbor(Left, IpPrefix.Of(_awayV6));
        _network.Inject("left", MacAddress.Broadcast, ArpRequest(AMac, A, _away));
        Solicit(_awayV6);
        _network.On("left").Should().BeEmpty();
    }

    [Fact]
    public void Packet_ForANeighborElsewhere_GoesThere()
    {
        _network.Inject("left", LeftMac, Echo(A, _away));
        _network.Arp("right").Single().TargetAddress.Should().Be(_away);
    }

    [Fact]
    public void Solicitation_ForANeighborElsewhere_IsAnsweredWithoutOverride()
    {
        Solicit(_awayV6);

        var answer = _network.On("left").Should().ContainSingle().Subject;
        (answer.Packet.Source, answer.Packet.Destination, answer.Frame.Destination)
            .Should()
            .Be((LeftMac.LinkLocalAddress(), _askerLinkLocal, AMac));
        answer
            .Icmp.Should()
            .Be(
                new NeighborAdvertisement(
                    _awayV6,
                    Router: false,
                    Solicited: true,
                    Override: false,
                    new NdOptionList(new TargetLinkLayerAddressOption(LeftMac))
                )
            );
    }

    [Fact]
    public void UniquenessTest_OfANeighborElsewhere_IsAnsweredToAll()
    {
        _network.Inject(
            "left",
            MacAddress.ForMulticast(Ipv6Multicast.SolicitedNode(_awayV6)),
            Solicitation(IPAddress.IPv6Any, _awayV6, withOption: false)
        );

        var answer = _network.On("left").Should().ContainSingle().Subject;
        answer.Packet.Destination.Should().Be(Ipv6Multicast.AllNodes);
        answer
            .Icmp.Should()
            .BeOfType<NeighborAdvertisement>()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Target = _awayV6,
                    Solicited = false,
                    Override = false,
                }
            );
    }

    [Fact]
    public void Solicitation_ForANodeThatIsOnTheLink_IsNotAnswered()
    {
        Ask(new RoleAction.AddRoute(new Route(IpPrefix.Of(_awayV6), new RouteTarget.OnLink(Left))));
        Solicit(_awayV6);
        _network.On("left").Should().BeEmpty();
    }

    [Fact]
    public void Solicitation_ForAnotherNode_IsNotAnswered()
    {
        Solicit(_asker);
        _network.On("left").Should().BeEmpty();
    }

    [Fact]
    public void UnknownLink_Throws()
    {
        _router.Invoking(node => node.AddProxyNeighbor(new LinkId("nowhere"), IpPrefix.AllIpv4)).Should().Throw<ArgumentException>();
        _router.Invoking(node => node.RemoveProxyNeighbor(new LinkId("nowhere"), IpPrefix.AllIpv4)).Should().Throw<ArgumentException>();
    }

    private static Ipv6Packet Solicitation(IPAddress source, IPAddress target, bool withOption)
    {
        var options = withOption ? new NdOptionList(new SourceLinkLayerAddressOption(AMac)) : NdOptionList.Empty;
        var group = Ipv6Multicast.SolicitedNode(target);
        return new Ipv6Packet(source, group, IpProtocol.Icmpv6, new NeighborSolicitation(target, options).ToBytes(source, group))
        {
            HopLimit = 255,
        };
    }

    private void Solicit(IPAddress target) =>
        _network.Inject(
            "left",
            MacAddress.ForMulticast(Ipv6Multicast.SolicitedNode(target)),
            Solicitation(_askerLinkLocal, target, withOption: true)
        );

    private void Ask(RoleAction action)
    {
        _role.Ask(action);
        _router.HandleTimeout(_network.Now);
    }
}
