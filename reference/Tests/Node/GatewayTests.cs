using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Node.Packets;

namespace Pmip.Reference.Tests.Node;

public sealed class GatewayTests
{
    private static readonly IPAddress _anchor = IPAddress.Parse(NodeBench.Anchor),
        _gateway = IPAddress.Parse(NodeBench.Gateway),
        _correspondent = IPAddress.Parse(NodeBench.Correspondent),
        _linkLocal = IPAddress.Parse("fe80::5213");

    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    private static readonly IPAddress _mobileNode = IPAddress.Parse("2001:db8:8000:1::5");

    /// <summary>RFC 4862, Section 5.4.2, and RFC 4861, Section 10: DupAddrDetectTransmits times RETRANS_TIMER.</summary>
    private static readonly TimeSpan _duplicateAddressDetection = TimeSpan.FromSeconds(1);

    [Fact]
    public void Solicitation_RightAfterTheLinkCameUp_IsARegistrationAndThenAnAdvertisement()
    {
        using var network = NodeBench.ForGateway().Started();
        var link = network.Link("link1");

        var update = Attach(network, link);
        update
            .Options.First<MobileNodeIdentifierOption>()!
            .Nai.Should()
            .Be($"{Convert.ToHexStringLower(link.Address.ToArray())}@pmip.example");
        Accept(network, update, _linkLocal);

        var (from, hopLimit, advertisement) = Advertisement(network, link);
        (from, hopLimit).Should().Be((_linkLocal, (byte)255));
        advertisement.Options.First<PrefixInformationOption>()!.Prefix.Should().Be(_prefix);
        advertisement.Options.First<SourceLinkLayerAddressOption>()!.Address.Should().Be(NodeBench.GatewayOnAccessLinks);
    }

    [Fact]
    public void NeighborSolicitation_OfDuplicateAddressDetection_IsARegistration()
    {
        using var network = NodeBench.ForGateway().Started();
        var link = network.Link("link1");
        var tested = link.Address.LinkLocalAddress();

        link.Plug();
        link.WaitUntilRunning();
        link.Send(IPAddress.IPv6Any, Ipv6Multicast.SolicitedNode(tested), new NeighborSolicitation(tested, NdOptionList.Empty));

        network.Next(network.Core, Mobility<BindingUpdate>).IsProxy.Should().BeTrue();
    }

    [Fact]
    public void Solicitation_FromBeyondTheLink_IsIgnored()
    {
        using var network = NodeBench.ForGateway().Started();
        var (first, second) = (network.Link("link1"), network.Link("link2"));

        first.Plug();
        first.WaitUntilRunning();
        first.Send(first.Address.LinkLocalAddress(), Ipv6Multicast.AllRouters, new RouterSolicitation(NdOptionList.Empty), hopLimit: 254);

        var update = Attach(network, second);
        update.Options.First<MobileNodeLinkLayerIdentifierOption>()!.Identifier.ToArray().Should().Equal(second.Address.ToArray());
    }

    [Fact]
    public void Advertisement_FromAnAddressThatIsTested_WaitsForTheEndOfTheTest()
    {
        using var network = NodeBench.ForGateway().Started();
        var link = network.Link("link1");

        Accept(network, Attach(network, link), linkLocalAddress: null);

        // The node chooses its own address: duplicate address detection comes first, then messages from that address.
        var tested = network.Next(
            link,
            packet => packet.Source.Equals(IPAddress.IPv6Any) ? Icmp<NeighborSolicitation>(packet)?.Target : null
        );
        Advertisement(network, link, _duplicateAddressDetection).From.Should().Be(tested);
    }

    [Theory]
    [InlineData("auto", 63)]
    [InlineData("seg6", 62)]
    public void Packets_AreForwardedIntoTheTunnelAndOutOfIt(string dataPath, byte hopLimitOutOfIt)
    {
        using var network = NodeBench.ForGateway(configuration => configuration with { DataPath = dataPath }).Started();
        var link = network.Link("link1");
        link.Own(_mobileNode.ToString());
        Serve(network, link);

        link.Send(Datagram(_mobileNode, _correspondent, 101));
        var inward = network.Next(network.Core, IsInTunnel(NodeBench.Gateway, NodeBench.Anchor, 101));
        (inward.Source, inward.Destination, inward.HopLimit).Should().Be((_mobileNode, _correspondent, (byte)63));

        network.Core.Send(InTunnel(_anchor, _gateway, Datagram(_correspondent, _mobileNode, 102)));
        var outward = network.Next(link, IsDatagram(102));
        (outward.Source, outward.Destination, outward.HopLimit).Should().Be((_correspondent, _mobileNode, hopLimitOutOfIt));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("seg6")]
    public void Packets_OfAForeignSourceOrFromAForeignTunnel_AreDropped(string dataPath)
    {
        using var network = NodeBench.ForGateway(configuration => configuration with { DataPath = dataPath }).Started();
        var (link, other) = (network.Link("link1"), network.Link("link2"));
        link.Own(_mobileNode.ToString());
        Serve(network, link);
        other.Plug();
        other.WaitUntilRunning();

        link.Send(Datagram(IPAddress.Parse("2001:db8:dead::1"), _correspondent, 201));
        other.Send(Datagram(_mobileNode, _correspondent, 202));
        link.Send(Datagram(_mobileNode, _correspondent, 203));
        Ipv6Packet? AnyTunnelled(Ipv6Packet packet) => packet.NextHeader == IpProtocol.Ipv6 ? packet : null;
        IsInTunnel(NodeBench.Gateway, NodeBench.Anchor, 203)(network.Next(network.Core, AnyTunnelled)).Should().NotBeNull();

        network.Core.Send(InTunnel(IPAddress.Parse("2001:db8:100::a9"), _gateway, Datagram(_correspondent, _mobileNode, 204)));
        network.Core.Send(InTunnel(_anchor, _gateway, Datagram(_correspondent, _anchor, 205)));
        network.Core.Send(InTunnel(_anchor, _gateway, Datagram(_correspondent, _mobileNode, 206)));
        Ipv6Packet? AnyDatagram(Ipv6Packet packet) => IsDatagram(204)(packet) ?? IsDatagram(205)(packet) ?? IsDatagram(206)(packet);
        IsDatagram(206)(network.Next(link, AnyDatagram)).Should().NotBeNull();
        network
            .Core.Inbox.Should()
            .NotContain(packet => IsDatagram(205)(packet) != null, "packets from the tunnel are forwarded only to an access link");
    }

    [Fact]
    public void LinkDown_IsADeRegistration_AndNothingIsLeftOfTheAttachment()
    {
        using var network = NodeBench.ForGateway().Started();
        var link = network.Link("link1");
        Serve(network, link);

        link.Unplug();
        var update = network.Next(network.Core, Mobility<BindingUpdate>);
        update.LifetimeUnits.Should().Be(0);
        Accept(network, update, _linkLocal);

        var again = Attach(network, link);
        again.LifetimeUnits.Should().BePositive();
    }

    /// <summary>Connects a mobile node, which sends a Router Solicitation immediately.</summary>
    private static BindingUpdate Attach(NodeBench network, TestLink link)
    {
        link.Plug();
        link.WaitUntilRunning();
        link.Send(
            link.Address.LinkLocalAddress(),
            Ipv6Multicast.AllRouters,
            new RouterSolicitation(new NdOptionList(new SourceLinkLayerAddressOption(link.Address)))
        );
        return network.Next(network.Core, Mobility<BindingUpdate>);
    }

    /// <summary>Answers like an LMA: echoes the options of the request and adds the LMA's choices.</summary>
    private static void Accept(NodeBench network, BindingUpdate update, IPAddress? linkLocalAddress)
    {
        var options = update.Options.Select(option =>
            option switch
            {
                HomeNetworkPrefixOption => new HomeNetworkPrefixOption(_prefix),
                LinkLocalAddressOption => linkLocalAddress is null ? null : new LinkLocalAddressOption(linkLocalAddress),
                _ => option,
            }
        );
        network.Core.Send(
            _anchor,
            _gateway,
            new BindingAcknowledgement(
                BindingStatus.ACCEPTED,
                BindingAcknowledgementFlags.ProxyRegistration,
                update.SequenceNumber,
                update.LifetimeUnits,
                new MobilityOptionList(options.OfType<MobilityOption>())
            )
        );
    }

    private static void Serve(NodeBench network, TestLink link)
    {
        Accept(network, Attach(network, link), _linkLocal);
        Advertisement(network, link);
    }

    private static (IPAddress From, byte HopLimit, RouterAdvertisement Message) Advertisement(
        NodeBench network,
        TestLink link,
        TimeSpan within = default
    )
    {
        var packet = network.Next(link, candidate => Icmp<RouterAdvertisement>(candidate) is null ? null : candidate, within);
        return (packet.Source, packet.HopLimit, Icmp<RouterAdvertisement>(packet)!);
    }
}
