using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>What a mobile node receives, RFC 6275, Sections 6.4, 11.3.3, 11.5.5 and 11.7.2; RFC 5648, Section 5.6.3.</summary>
public sealed class MobileNodeReceptionTests
{
    private const int RoutingType = 2;
    private const int SegmentsLeft = 3;
    private const int ExtensionLength = 1;
    private static readonly IPAddress _neighbor = IPAddress.Parse("2001:db8:200::77");
    private static readonly MacAddress _neighborMac = ExampleNodes.Mac(0x77);
    private readonly MobileNodeNetwork _network = new();
    private readonly List<IpPacket> _applications = [];

    public MobileNodeReceptionTests() => _network.Node.Applications = _applications.Add;

    [Fact]
    public void TunnelledPacket_IsTaken_IfItComesFromTheHomeAgent()
    {
        _network.LeaveHome();

        _network.Receive(Link1, ThroughTunnel(CareOf1, Datagram()));
        _network.Receive(Link1, ExampleNodes.Wrap(Correspondent, CareOf1, Datagram()));

        _applications.Should().Equal(Datagram());
    }

    [Fact]
    public void TunnelledPacket_IsReported_OnceASecondOfEachSource()
    {
        _network.LeaveHome();
        var other = IPAddress.Parse("2001:db8:300::c2");

        _network.Receive(Link1, ThroughTunnel(CareOf1, Datagram()));
        _network.Receive(Link2, ThroughTunnel(CareOf2, Datagram()));
        _network.Receive(Link2, ThroughTunnel(CareOf2, Udp(other, HomeAddress, 1, 1)));
        Reported().Should().Equal(Report(Tunnel1, Correspondent), Report(Tunnel2, other));

        _network.Network.RunSeconds(1.1);
        _network.Receive(Link2, ThroughTunnel(CareOf2, Datagram()));
        Reported().Should().HaveCount(3).And.EndWith(Report(Tunnel2, Correspondent));

        static RoleInput.TunnelledPacket Report(Tunnel tunnel, IPAddress source) => new(tunnel, source, HomeAddress);
    }

    [Fact]
    public void SignalInATunnel_AndAPacketOfTheHomeAgent_AreNotReported()
    {
        _network.LeaveHome();
        var path = new Ipv6Signaling(Correspondent, HomeAddress);
        var signal = (Ipv6Packet)path.ToPacket(path.Complete(new HomeTest(1, 2, 3, [])));

        _network.Receive(Link1, ThroughTunnel(CareOf1, signal));
        _network.Receive(Link1, ThroughTunnel(CareOf1, Udp(AgentAddress, HomeAddress, 1, 1)));

        Reported().Should().BeEmpty();
        _network.Role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle().Which.Destination.Should().Be(HomeAddress);
    }

    [Fact]
    public void PacketWithARoutingHeaderToTheHomeAddress_IsTakenAsOneToIt()
    {
        _network.LeaveHome();

        _network.Receive(Link1, Routed(CareOf1, Datagram()));

        _applications.Should().Equal(Datagram());
        Reported().Should().BeEmpty();
    }

    [Fact]
    public void PacketWithARoutingHeaderToAnotherAddress_IsDroppedSilently()
    {
        _network.LeaveHome();

        _network.Receive(Link1, Routed(CareOf1, Udp(Correspondent, _neighbor, 9, 4000)));
        _network.Receive(Link1, Routed(CareOf1, Udp(Correspondent, CareOf2, 9, 4000)));

        _applications.Should().BeEmpty();
        _network.Sent.Should().BeEmpty();
    }

    [Theory]
    [InlineData(SegmentsLeft, 0)]
    [InlineData(SegmentsLeft, 2)]
    [InlineData(ExtensionLength, 4)]
    public void RoutingHeader_OfAnotherForm_IsDroppedSilently(int offset, byte value)
    {
        _network.LeaveHome();
        var routed = Routed(CareOf1, Datagram());
        byte[] octets = [.. routed.Payload.Span, .. new byte[16]];
        octets[offset] = value;

        _network.Receive(Link1, routed with { Payload = octets });

        _applications.Should().BeEmpty();
        _network.Sent.Should().BeEmpty();
    }

    [Fact]
    public void RoutingHeader_OfAnotherType_IsAnsweredAsUnknown()
    {
        _network.LeaveHome();
        var routed = Routed(CareOf1, Datagram());
        var octets = routed.Payload.ToArray();
        octets[RoutingType] = 0;

        _network.Receive(Link1, routed with { Payload = octets });

        _network.Network.Icmp<ParameterProblem>("link1").Should().ContainSingle();
    }

    [Fact]
    public void Signal_WithARoutingHeaderToAnotherAddress_IsDropped()
    {
        _network.LeaveHome();

        foreach (var home in new[] { HomeAddress, _neighbor })
        {
            var path = new Ipv6Signaling(AgentAddress, CareOf1) { RoutedTo = home };
            _network.Receive(Link1, (Ipv6Packet)path.ToPacket(path.Complete(new BindingRefreshRequest([]))));
        }

        _network
            .Role.Inputs.OfType<RoleInput.Signal>()
            .Should()
            .ContainSingle()
            .Which.Path.Should()
            .Be(new Ipv6Signaling(AgentAddress, CareOf1) { RoutedTo = HomeAddress });
    }

    [Fact]
    public void Icmp_WithARoutingHeader_IsReportedWithTheHomeAddress()
    {
        _network.LeaveHome();
        var message = new MobilePrefixAdvertisement(7, false, false, NdOptionList.Empty).ToBytes(AgentAddress, HomeAddress);

        _network.Receive(Link1, Routed(CareOf1, new Ipv6Packet(AgentAddress, HomeAddress, IpProtocol.Icmpv6, message)));

        var icmp = _network.Role.Inputs.OfType<RoleInput.Icmp>().Last();
        (icmp.Source, icmp.Destination, icmp.RoutedTo).Should().Be((AgentAddress, CareOf1, HomeAddress));
    }

    [Fact]
    public void ClosedPort_IsReportedFromTheHomeAddress_ByThePathOfThePacket()
    {
        _network.Node.Applications = null;
        _network.LeaveHome();

        _network.Receive(Link1, ThroughTunnel(CareOf1, Datagram()));

        var inner = Inside(_network.SentOn(Link1).Should().ContainSingle().Subject);
        (inner.Source, inner.Destination, inner.NextHeader).Should().Be((HomeAddress, Correspondent, IpProtocol.Icmpv6));
    }

    [Fact]
    public void HomeAddress_IsNotAnsweredFor_AndNotTaken_OnALinkThatDoesNotHaveIt()
    {
        _network.Attach(HomeLink, HomePrefix);

        Solicit(HomeAddress);
        _network.Receive(HomeLink, Datagram());

        _network.Network.Icmp<NeighborAdvertisement>("home").Should().BeEmpty();
        _applications.Should().BeEmpty();
    }

    [Fact]
    public void HomeAddress_AtHome_IsAnsweredFor_AndTaken()
    {
        _network.Attach(HomeLink, HomePrefix);
        _network.Ask(new RoleAction.AddAddress(HomeLink, HomeAddress, PerformDad: false));

        Solicit(HomeAddress);
        _network.Receive(HomeLink, Datagram());

        _network.Network.Icmp<NeighborAdvertisement>("home").Should().ContainSingle().Which.Target.Should().Be(HomeAddress);
        _applications.Should().Equal(Datagram());
    }

    [Fact]
    public void SilentAddress_IsUsed_ButNeitherAnsweredForNorDefended()
    {
        _network.Attach(HomeLink, HomePrefix);
        _network.Ask(new RoleAction.SilenceAddress(HomeLink, HomeAddress));

        Solicit(HomeAddress);
        Solicit(HomeAddress, isTest: true);
        _network.Receive(HomeLink, Datagram());

        _network.Network.Icmp<NeighborAdvertisement>("home").Should().BeEmpty();
        _applications.Should().Equal(Datagram());
        _network.Role.Inputs.OfType<RoleInput.AddressTested>().Should().NotContain(tested => tested.Address.Equals(HomeAddress));
    }

    /// <summary>RFC 5648, Section 5.6.4: to the link-layer address that the router has advertised.</summary>
    [Fact]
    public void PacketFromASilentAddress_GoesToTheRouter_AlsoToANeighbour_WithoutASolicitation()
    {
        _network.Attach(HomeLink, HomePrefix);
        _network.Ask(new RoleAction.SilenceAddress(HomeLink, HomeAddress));

        _network.Send(Udp(HomeAddress, _neighbor, 1, 1));
        _network.Send(Udp(HomeAddress, Correspondent, 1, 1));

        _network.Network.On("home").Should().HaveCount(2).And.OnlyContain(seen => seen.Frame.Destination == RouterMac);
    }

    [Fact]
    public void Silence_EndsWithTheAddress_OrWhenItIsAddedAgain()
    {
        _network.Attach(HomeLink, HomePrefix);
        _network.Ask(new RoleAction.SilenceAddress(HomeLink, HomeAddress), new RoleAction.RemoveAddress(HomeLink, HomeAddress));
        _network.Receive(HomeLink, Datagram());
        _applications.Should().BeEmpty();

        _network.Ask(
            new RoleAction.SilenceAddress(HomeLink, HomeAddress),
            new RoleAction.AddAddress(HomeLink, HomeAddress, PerformDad: false)
        );
        Solicit(HomeAddress);

        _network.Network.Icmp<NeighborAdvertisement>("home").Should().ContainSingle();
    }

    /// <summary>RFC 6275, Section 11.5.5: while the home agent defends the address, the mobile node asks nothing from it.</summary>
    [Fact]
    public void UpdateFromHome_IsSentToTheGivenLinkLayerAddress_WithoutASolicitation()
    {
        _network.Attach(HomeLink, HomePrefix);
        var path = new Ipv6Signaling(HomeAddress, AgentAddress);

        _network.Ask(
            new RoleAction.AddNeighbor(HomeLink, AgentAddress, RouterMac),
            new RoleAction.SendSignal(path, path.Complete(new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 0, []))) { Link = HomeLink }
        );

        var sent = _network.Network.On("home").Should().ContainSingle().Subject;
        (sent.Frame.Destination, sent.Packet.Source).Should().Be((RouterMac, HomeAddress));
    }

    [Fact]
    public void ErrorAboutAPacketWithTheOption_IsToAnApplicationOneAboutItsOwnPacket()
    {
        _network.LeaveHome();
        _network.Ask(new RoleAction.AddOptimizedPeer(Correspondent, HomeAddress, CareOf1));
        var packet = Udp(HomeAddress, Correspondent, 1, 1);
        _network.Send(packet);
        var quoted = new OctetString(_network.SentOn(Link1).Single().ToBytes());
        var router = IPAddress.Parse("2001:db8:101::ff");

        Receive(new PacketTooBig(1400, quoted));
        Receive(new DestinationUnreachable(0, quoted));

        var about = new OctetString(packet.ToBytes());
        _applications
            .Cast<Ipv6Packet>()
            .Select(given => (given.Destination, Icmpv6Message.TryParse(given.Payload.Span, out var message, out _) ? message : null))
            .Should()
            .Equal((HomeAddress, new PacketTooBig(1376, about)), (HomeAddress, new DestinationUnreachable(0, about)));
        foreach (var given in _applications.Cast<Ipv6Packet>())
        {
            Icmpv6Message.HasValidChecksum(given.Source, given.Destination, given.Payload.Span).Should().BeTrue();
        }

        void Receive(Icmpv6Message error) =>
            _network.Receive(Link1, new Ipv6Packet(router, CareOf1, IpProtocol.Icmpv6, error.ToBytes(router, CareOf1)));
    }

    private IEnumerable<RoleInput.TunnelledPacket> Reported() => _network.Role.Inputs.OfType<RoleInput.TunnelledPacket>();

    private void Solicit(IPAddress target, bool isTest = false)
    {
        var (source, group) = (isTest ? IPAddress.IPv6Any : _neighbor, Ipv6Multicast.SolicitedNode(target));
        NdOption[] options = isTest ? [] : [new SourceLinkLayerAddressOption(_neighborMac)];
        var message = new NeighborSolicitation(target, new NdOptionList(options)).ToBytes(source, group);
        _network.Network.Inject(
            "home",
            MacAddress.ForMulticast(group),
            new Ipv6Packet(source, group, IpProtocol.Icmpv6, message) { HopLimit = 255 }
        );
    }
}
