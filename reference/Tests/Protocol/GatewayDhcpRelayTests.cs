using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.Ipv4Gateway;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Section 3.4.2: the DHCP relay agent at the mobile access gateway.</summary>
public sealed class GatewayDhcpRelayTests
{
    private readonly Ipv4Gateway _mag = new();

    [Fact]
    public void Discover_BeforeTheRegistration_IsRelayedAfterIt()
    {
        _mag.Discover().Dhcp().Should().BeEmpty();

        var actions = _mag.Accept(actsAsServer: false);

        var (sent, _) = actions.OnlyDhcp(DhcpMessageType.Discover);
        actions
            .Should()
            .ContainInOrder(
                new RoleAction.AddRoute(new Route(IpPrefix.Of(DhcpServer), new RouteTarget.IntoTunnel(GatewayFixture.TunnelToAnchor))),
                sent
            );
    }

    [Fact]
    public void Registration_WithoutSupportMode_MakesARelayAgent()
    {
        _mag.Discover();

        var actions = _mag.Accept([
            new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.Success, 16, Home),
            new Ipv4DefaultRouterAddressOption(Router),
        ]);

        actions.OnlyDhcp(DhcpMessageType.Discover);
    }

    [Fact]
    public void Discover_IsRelayedWithTheAddressOfTheMobileNode()
    {
        _mag.Register(actsAsServer: false);

        var (sent, relayed) = _mag.Discover().OnlyDhcp(DhcpMessageType.Discover);

        sent.Path.Should().Be(new UdpPath(Router, UdpPort.DhcpServer, DhcpServer, UdpPort.DhcpServer));
        sent.Link.Should().BeNull();
        relayed.Hops.Should().Be(1);
        relayed.RelayAddress.Should().Be(Router);
        relayed
            .Options.First<DhcpRelayAgentInformationOption>()!
            .SubOptions.Should()
            .Equal(new CircuitIdSubOption(RelayedDhcpReply.CircuitOf(GatewayFixture.Link1)), RemoteIdSubOption.ForAddress(Home));
    }

    [Fact]
    public void Discover_IsRelayedFromAnAddressOfTheGatewayAlone_WithTheNetworkOfTheMobileNode_IfItHasOne()
    {
        var own = IPAddress.Parse("192.0.2.161");
        var mag = new Ipv4Gateway(change: ipv4 => ipv4 with { RelayAddress = own });
        var actions = mag.Register(actsAsServer: false);

        var (sent, relayed) = mag.Discover().OnlyDhcp(DhcpMessageType.Discover);

        sent.Path.Should().Be(new UdpPath(own, UdpPort.DhcpServer, DhcpServer, UdpPort.DhcpServer));
        relayed.RelayAddress.Should().Be(own);
        relayed
            .Options.First<DhcpRelayAgentInformationOption>()!
            .SubOptions.First<LinkSelectionSubOption>()!
            .Address.Should()
            .Be(HomeNetwork.Network);
        actions.OfType<RoleAction.AddRoute>().Should().NotContain(add => add.Route.To == IpPrefix.Of(DhcpServer));
    }

    [Fact]
    public void Override_NamesTheRelayAgent()
    {
        var mag = new Ipv4Gateway(change: ipv4 => ipv4 with { OverridesServerIdentifier = true });
        mag.Register(actsAsServer: false);

        mag.Discover()
            .OnlyDhcp(DhcpMessageType.Discover)
            .Message.Options.First<DhcpRelayAgentInformationOption>()!
            .SubOptions.First<ServerIdentifierOverrideSubOption>()!
            .Address.Should()
            .Be(Router);
    }

    [Fact]
    public void Offer_OfTheAssignedAddress_IsDeliveredWithoutAgentInformation()
    {
        _mag.Register(actsAsServer: false);
        var (_, relayed) = _mag.Discover().OnlyDhcp(DhcpMessageType.Discover);

        var (sent, offer) = _mag.FromServer(
                DhcpMessageType.Offer,
                message =>
                    message with
                    {
                        YourAddress = Home,
                        Options = new DhcpOptionList(message.Options.Append(relayed.Options.First<DhcpRelayAgentInformationOption>()!)),
                    }
            )
            .OnlyDhcp(DhcpMessageType.Offer);

        offer.Options.Has<DhcpRelayAgentInformationOption>().Should().BeFalse();
        sent.Link.Should().Be(GatewayFixture.Link1);
        sent.Path.Should().Be(new UdpPath(Router, UdpPort.DhcpServer, Home, UdpPort.DhcpClient));
        sent.LinkLayerDestination.Should().Be(GatewayFixture.Mac1);
    }

    [Fact]
    public void Offer_OfAnotherAddress_IsDroppedAndLogged()
    {
        _mag.Register(actsAsServer: false);

        var actions = _mag.FromServer(DhcpMessageType.Offer, message => message with { YourAddress = OtherHome });

        actions.Dhcp().Should().BeEmpty();
        actions.OfType<RoleAction.Log>().Should().Contain(log => log.Rule == "OtherAddress");
    }

    [Fact]
    public void Message_OfAnUnknownServer_IsDropped()
    {
        _mag.Register(actsAsServer: false);

        _mag.FromServer(DhcpMessageType.Offer, message => message with { YourAddress = Home }, source: OtherHome).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Renewal_ToTheServer_IsRelayed()
    {
        _mag.Register(actsAsServer: false);

        _mag.Renew(DhcpServer).OnlyDhcp(DhcpMessageType.Request).Action.Path.Destination.Should().Be(DhcpServer);
    }

    [Fact]
    public void Request_ForAnotherAddress_IsDropped()
    {
        _mag.Register(actsAsServer: false);

        var actions = _mag.Send(DhcpMessageType.Request, OtherHome, DhcpServer);

        actions.Dhcp().Should().BeEmpty();
        actions.OfType<RoleAction.Log>().Should().Contain(log => log.Rule == "OtherAddress");
    }

    [Fact]
    public void Message_WithTooManyHops_IsDropped()
    {
        _mag.Register(actsAsServer: false);

        _mag.Send(DhcpMessageType.Discover, edit: message => message with { Hops = 17 }).Dhcp().Should().BeEmpty();
        _mag.Send(DhcpMessageType.Discover, edit: message => message with { Hops = 16 }).Dhcp().Should().ContainSingle();
    }

    [Fact]
    public void Message_ThatFitsIntoNoDatagramWithWhatTheAgentAdds_IsDropped()
    {
        const int almostADatagram = 64_748;
        _mag.Register(actsAsServer: false);

        var actions = _mag.Send(
            DhcpMessageType.Discover,
            options: [new UnknownDhcpOption(224, new OctetString(new byte[almostADatagram]))]
        );

        actions.Dhcp().Should().BeEmpty();
        actions.OfType<RoleAction.Log>().Should().Contain(log => log.Rule == "DhcpTooLong");
    }

    [Fact]
    public void Release_IsRelayed_AndDeRegistersTheAddress()
    {
        _mag.Register(actsAsServer: false);
        _mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        var actions = _mag.Send(DhcpMessageType.Release, Home, DhcpServer);

        var (sent, _) = actions.OnlyDhcp(DhcpMessageType.Release);
        actions.Only<BindingUpdate>().LifetimeUnits.Should().Be(0);
        actions.Should().ContainInOrder(sent, new RoleAction.RemoveRoute(Upstream(Home)));
    }
}
