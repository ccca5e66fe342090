using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;
using static Pmip.Reference.Tests.Stack.HomeAgentNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>What a home agent does on the home link for mobile nodes elsewhere: RFC 6275, Sections 10.3.1, 10.4.1 and 10.4.2.</summary>
public sealed class InterceptionTests
{
    private static readonly IPAddress _allNodes = Ipv6Multicast.AllNodes;
    private static readonly IPAddress _asker = CnMac.LinkLocalAddress();
    private static readonly IPAddress _host = IPAddress.Parse("2001:db8:200::c2");
    private static readonly NdOptionList _own = new(new TargetLinkLayerAddressOption(HomeMac));

    private readonly HomeAgentNetwork _network = new();

    public static TheoryData<string> Addresses => [HomeAddress.ToString(), LinkLocal.ToString()];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void NewNeighbor_IsAnnounced_ThenAnsweredFor_AndDefended(string address)
    {
        var target = IPAddress.Parse(address);
        _network.Bind(Tunnel1);
        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(target)) { Announces = true });

        var announced = _network.Network.On("home").Should().ContainSingle().Subject;
        (announced.Packet.Source, announced.Packet.Destination).Should().Be((HomeMac.LinkLocalAddress(), _allNodes));
        announced.Packet.HopLimit.Should().Be(255);
        announced.Frame.Destination.Should().Be(MacAddress.ForMulticast(_allNodes));
        announced.Icmp.Should().Be(new NeighborAdvertisement(target, Router: false, Solicited: false, Override: true, _own));

        var answer = new NeighborAdvertisement(target, Router: false, Solicited: true, Override: false, _own);
        Solicit(target, _asker).Should().Equal((_asker, answer));
        Solicit(target, _asker, isUnicast: true).Should().Equal((_asker, answer));
        Solicit(target, IPAddress.IPv6Any).Should().Equal((_allNodes, answer with { Solicited = false }));
    }

    [Fact]
    public void Neighbors_AreAnnouncedAgain_WhenTheLinkComesUp()
    {
        _network.Ask(
            new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)) { Announces = true },
            new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(LinkLocal)) { Announces = true },
            new RoleAction.RemoveProxyNeighbor(Home, IpPrefix.Of(LinkLocal))
        );
        _network.Network.Unplug(_network.Node, Home);
        _network.Network.Forget();

        _network.Network.Plug(_network.Node, Home, "home");

        _network.Network.Icmp<NeighborAdvertisement>("home").Should().ContainSingle().Which.Target.Should().Be(HomeAddress);
    }

    [Fact]
    public void Neighbor_WithoutAnnouncement_IsNotAnnounced()
    {
        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)));

        _network.Network.On("home").Should().BeEmpty();
    }

    /// <summary>RFC 3963, Section 6.2.</summary>
    [Fact]
    public void MobileRouter_IsARouter()
    {
        _network.Bind(Tunnel1);
        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)) { Announces = true, AreRouters = true });

        _network.Network.Icmp<NeighborAdvertisement>("home").Should().ContainSingle().Which.Router.Should().BeTrue();
        Solicit(HomeAddress, _asker).Should().ContainSingle().Which.Message.Router.Should().BeTrue();
    }

    [Fact]
    public void Neighbor_ThatIsRemoved_IsNotAnsweredForAnyMore()
    {
        _network.Bind(Tunnel1);
        _network.Ask(
            new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)) { AreRouters = true },
            new RoleAction.RemoveProxyNeighbor(Home, IpPrefix.Of(HomeAddress))
        );
        Solicit(HomeAddress, _asker).Should().BeEmpty();
        Solicit(HomeAddress, IPAddress.IPv6Any).Should().BeEmpty();

        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)));
        Solicit(HomeAddress, _asker).Should().ContainSingle().Which.Message.Router.Should().BeFalse();
    }

    /// <summary>A hub returns to a node what it sends.</summary>
    [Fact]
    public void OwnQuestion_IsNotAnswered()
    {
        _network.Bind(Tunnel1);
        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)));

        Solicit(HomeAddress, IPAddress.IPv6Any, from: HomeMac).Should().BeEmpty();
    }

    [Fact]
    public void InterceptedPacket_GoesThroughTheTunnel()
    {
        _network.Bind(Tunnel1);
        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(HomeAddress)));

        _network.Network.Inject("home", HomeMac, Datagram(_host, HomeAddress, 1, 2));

        _network.Network.Tunnelled("core").Should().ContainSingle().Which.Destination.Should().Be(CareOf1);
    }

    [Fact]
    public void PacketToTheLinkLocalAddress_IsAnsweredAsUnreachable()
    {
        _network.Bind(Tunnel1);
        _network.Ask(new RoleAction.AddProxyNeighbor(Home, IpPrefix.Of(LinkLocal)), new RoleAction.AddNeighbor(Home, _asker, CnMac));

        _network.Network.Inject("home", HomeMac, Datagram(_asker, LinkLocal, 1, 2));

        _network.Network.Tunnelled("core").Should().BeEmpty();
        _network
            .Network.Icmp<DestinationUnreachable>("home")
            .Should()
            .ContainSingle()
            .Which.Code.Should()
            .Be(DestinationUnreachable.AddressUnreachable);
    }

    [Fact]
    public void Test_OfAnAddressThatNobodyHas_EndsAfterASecond()
    {
        _network.Ask(new RoleAction.TestAddress(Home, HomeAddress));

        var asked = _network.Network.On("home").Should().ContainSingle().Subject;
        (asked.Packet.Source, asked.Packet.Destination).Should().Be((IPAddress.IPv6Any, Ipv6Multicast.SolicitedNode(HomeAddress)));
        asked.Icmp.Should().Be(new NeighborSolicitation(HomeAddress, NdOptionList.Empty));
        _network.Network.RunSeconds(0.999);
        Tested.Should().BeEmpty();
        _network.Network.RunSeconds(0.001);
        Tested.Should().Equal(new RoleInput.AddressTested(Home, HomeAddress, IsUnique: true));
        _network.Node.Addresses(Home).Should().NotContain(HomeAddress);
    }

    [Fact]
    public void Test_OfAnAddressThatAnotherNodeHas_Fails()
    {
        _network.Network.Add(Host("other", Home, CnMac, HomeAddress, Own));

        _network.Ask(new RoleAction.TestAddress(Home, HomeAddress));
        _network.Network.RunSeconds(2);

        Tested.Should().Equal(new RoleInput.AddressTested(Home, HomeAddress, IsUnique: false));
    }

    [Fact]
    public void Test_OfAnAddressThatAnotherNodeTests_Fails()
    {
        _network.Ask(new RoleAction.TestAddress(Home, HomeAddress));

        Solicit(HomeAddress, IPAddress.IPv6Any);
        _network.Network.RunSeconds(2);

        Tested.Should().Equal(new RoleInput.AddressTested(Home, HomeAddress, IsUnique: false));
    }

    [Fact]
    public void Test_HeardFromAHub_Succeeds()
    {
        _network.Ask(new RoleAction.TestAddress(Home, HomeAddress));

        Solicit(HomeAddress, IPAddress.IPv6Any, from: HomeMac);
        _network.Network.RunSeconds(2);

        Tested.Should().Equal(new RoleInput.AddressTested(Home, HomeAddress, IsUnique: true));
    }

    [Fact]
    public void Test_OfAnOwnAddress_Fails()
    {
        _network.Ask(new RoleAction.TestAddress(Home, Own));

        Tested.Should().Equal(new RoleInput.AddressTested(Home, Own, IsUnique: false));
        _network.Node.Addresses(Home).Should().Contain(Own);
    }

    [Fact]
    public void Test_WithoutCarrier_StartsWithTheNextOne()
    {
        _network.Network.Unplug(_network.Node, Home);
        _network.Ask(new RoleAction.TestAddress(Home, HomeAddress));
        _network.Network.RunSeconds(5);
        Tested.Should().BeEmpty();

        _network.Network.Plug(_network.Node, Home, "home");
        _network.Network.RunSeconds(0.5);
        _network.Network.Unplug(_network.Node, Home);
        _network.Network.RunSeconds(5);
        Tested.Should().BeEmpty();

        _network.Network.Plug(_network.Node, Home, "home");
        _network.Network.RunSeconds(1);
        Tested.Should().Equal(new RoleInput.AddressTested(Home, HomeAddress, IsUnique: true));
    }

    [Fact]
    public void GivenNeighbor_NeedsNoQuestion_AndIsNotChangedByAdvertisements()
    {
        var question = new NeighborSolicitation(Own, new NdOptionList(new SourceLinkLayerAddressOption(MnMac)));
        _network.Network.Inject("home", HomeMac, OnLink(HomeAddress, Own, question));
        var advertisement = new NeighborAdvertisement(
            HomeAddress,
            false,
            false,
            true,
            new NdOptionList(new TargetLinkLayerAddressOption(MnMac))
        );
        _network.Network.Inject("home", HomeMac, OnLink(HomeAddress, Own, advertisement));

        Send();
        SentTo.Should().Be(Mac(0x33));

        _network.Ask(new RoleAction.AddNeighbor(Home, HomeAddress, Mac(0x34)));
        Send();
        SentTo.Should().Be(Mac(0x34));

        _network.Ask(new RoleAction.RemoveNeighbor(Home, HomeAddress));
        Send();
        SentTo.Should().Be(MnMac, "it is the one that the neighbour has told");
    }

    [Fact]
    public void GivenNeighbor_GetsThePacketsThatWaitForItsAddress()
    {
        _network.Ask(new RoleAction.RemoveNeighbor(Home, HomeAddress));
        Send();
        _network.Network.Icmp<NeighborSolicitation>("home").Should().ContainSingle();
        _network.Network.Forget();

        _network.Ask(new RoleAction.AddNeighbor(Home, HomeAddress, Mac(0x35)));

        SentTo.Should().Be(Mac(0x35));
        _network.Network.RunSeconds(5);
        _network.Network.Icmp<NeighborSolicitation>("home").Should().BeEmpty();
    }

    /// <summary>RFC 6275, Section 10.3.2: the answer to a mobile node that has come home, while its packets still go elsewhere.</summary>
    [Fact]
    public void Signal_OnALink_GoesToTheNeighbor_WhateverTheRoutesSay()
    {
        _network.Bind(Tunnel1);
        var path = new Ipv6Signaling(Own, HomeAddress);
        var message = path.Complete(new UnknownMobilityMessage(200, new OctetString(new byte[10])));

        _network.Ask(new RoleAction.SendSignal(path, message) { Link = Home });
        SentTo.Should().Be(Mac(0x33));

        _network.Ask(new RoleAction.SendSignal(path, message));
        _network.Network.Tunnelled("core").Should().ContainSingle();
    }

    private IEnumerable<RoleInput.AddressTested> Tested => _network.Role.Inputs.OfType<RoleInput.AddressTested>();

    private MacAddress SentTo => _network.Network.On("home").Should().ContainSingle().Subject.Frame.Destination;

    private void Send()
    {
        _network.Network.Forget();
        _network.Node.Send(Datagram(Own, HomeAddress, 1, 2), _network.Network.Now);
        _network.Network.Settle();
    }

    private List<(IPAddress To, NeighborAdvertisement Message)> Solicit(
        IPAddress target,
        IPAddress source,
        bool isUnicast = false,
        MacAddress? from = null
    )
    {
        var destination = isUnicast ? target : Ipv6Multicast.SolicitedNode(target);
        NdOption[] options = source.Equals(IPAddress.IPv6Any) ? [] : [new SourceLinkLayerAddressOption(CnMac)];
        var packet = OnLink(source, destination, new NeighborSolicitation(target, new NdOptionList(options)));
        var frame = new EthernetFrame(
            isUnicast ? HomeMac : MacAddress.ForMulticast(destination),
            from ?? CnMac,
            EthernetFrame.Ipv6EtherType,
            packet.ToBytes()
        );
        _network.Network.Forget();
        _network.Network.Inject("home", frame.ToBytes());
        return
        [
            .. _network
                .Network.On("home")
                .Where(seen => seen.Icmp is NeighborAdvertisement)
                .Select(seen => (seen.Packet.Destination, (NeighborAdvertisement)seen.Icmp!)),
        ];
    }

    private static Ipv6Packet OnLink(IPAddress source, IPAddress destination, Icmpv6Message message) =>
        new(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = 255 };
}
