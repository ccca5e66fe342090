using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.Ipv4Gateway;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Section 3.4.1: the DHCP server at the mobile access gateway.</summary>
public sealed class GatewayDhcpServerTests
{
    private readonly Ipv4Gateway _mag = new();

    [Fact]
    public void Discover_BeforeTheRegistration_IsAnsweredAfterIt()
    {
        _mag.Discover().Dhcp().Should().BeEmpty();

        var actions = _mag.Accept();

        var (sent, offer) = actions.OnlyDhcp(DhcpMessageType.Offer);
        offer.YourAddress.Should().Be(Home);
        sent.Path.Should().Be(new UdpPath(Router, UdpPort.DhcpServer, Home, UdpPort.DhcpClient));
        sent.Link.Should().Be(GatewayFixture.Link1);
        sent.LinkLayerDestination.Should().Be(GatewayFixture.Mac1);
        actions.Should().ContainInOrder(new RoleAction.AddRoute(Upstream(Home)), sent);
    }

    [Fact]
    public void Offer_HasTheParametersOfTheRegistration()
    {
        _mag.Register();

        var (_, offer) = _mag.Discover().OnlyDhcp(DhcpMessageType.Offer);

        offer
            .Options.Should()
            .Equal(
                new DhcpMessageTypeOption(DhcpMessageType.Offer),
                new DhcpServerIdentifierOption(Router),
                new DhcpLeaseTimeOption(3600),
                new DhcpSubnetMaskOption(16),
                new DhcpRouterOption(Router),
                new DhcpInterfaceMtuOption(1460)
            );
        offer.ServerAddress.Should().Be(Router, "it is the next server");
    }

    [Fact]
    public void Mtu_FollowsThePath()
    {
        _mag.Register();
        _mag.Gateway.Handle(new RoleInput.PathMtuChanged(GatewayFixture.Anchor, 1400));

        _mag.Discover().OnlyDhcp(DhcpMessageType.Offer).Message.Options.First<DhcpInterfaceMtuOption>()!.Mtu.Should().Be(1360);
    }

    [Fact]
    public void Offer_IsBroadcast_IfTheClientAsksForIt()
    {
        _mag.Register();

        var (sent, _) = _mag.Send(DhcpMessageType.Discover, edit: message => message with { Broadcast = true })
            .OnlyDhcp(DhcpMessageType.Offer);

        sent.Path.Destination.Should().Be(IPAddress.Broadcast);
        sent.LinkLayerDestination.Should().BeNull();
    }

    [Fact]
    public void Request_ForTheOffer_IsAcknowledged()
    {
        _mag.Register();

        var (_, acknowledgement) = _mag.Select().OnlyDhcp(DhcpMessageType.Ack);

        acknowledgement.YourAddress.Should().Be(Home);
        acknowledgement.Options.First<DhcpLeaseTimeOption>()!.Seconds.Should().Be(3600);
        acknowledgement.Options.First<DhcpInterfaceMtuOption>()!.Mtu.Should().Be(1460);
    }

    [Fact]
    public void Request_ForAnotherAddress_IsRefused()
    {
        _mag.Register();

        var (sent, refusal) = _mag.Select(OtherHome).OnlyDhcp(DhcpMessageType.Nak);

        refusal.YourAddress.Should().Be(IPAddress.Any);
        refusal.Options.Should().Equal(new DhcpMessageTypeOption(DhcpMessageType.Nak), new DhcpServerIdentifierOption(Router));
        sent.Path.Destination.Should().Be(IPAddress.Broadcast);
    }

    [Fact]
    public void Request_ForAnotherServer_IsNotAnswered()
    {
        _mag.Register();

        _mag.Select(server: DhcpServer).Dhcp().Should().BeEmpty();
        _mag.Renew(DhcpServer).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Renewal_IsAcknowledged_AtTheAddressOfTheClient()
    {
        _mag.Register();

        var (sent, acknowledgement) = _mag.Renew().OnlyDhcp(DhcpMessageType.Ack);

        sent.Path.Destination.Should().Be(Home);
        acknowledgement.ClientAddress.Should().Be(Home);
    }

    [Fact]
    public void Renewal_AfterAHandOff_WaitsForTheRegistration()
    {
        _mag.Renew().Dhcp().Should().BeEmpty();

        _mag.Accept().OnlyDhcp(DhcpMessageType.Ack).Message.YourAddress.Should().Be(Home);
    }

    [Fact]
    public void Renewal_AfterAHandOff_IsRefused_IfTheAddressIsAnother()
    {
        _mag.Renew();

        _mag.Accept(Assigned(OtherHome)).OnlyDhcp(DhcpMessageType.Nak);
    }

    [Fact]
    public void Renewal_AfterAHandOff_IsRefused_IfTheRegistrationFails()
    {
        _mag.Renew();

        var (sent, _) = _mag.Reject(BindingStatus.INSUFFICIENT_RESOURCES).OnlyDhcp(DhcpMessageType.Nak);

        sent.Path.Source.Should().Be(Router);
    }

    [Fact]
    public void Discover_IsNotAnswered_IfTheRegistrationFails()
    {
        _mag.Discover();

        _mag.Reject(BindingStatus.INSUFFICIENT_RESOURCES).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Reboot_IsAcknowledged()
    {
        _mag.Reboot().Dhcp().Should().BeEmpty();
        _mag.Accept().OnlyDhcp(DhcpMessageType.Ack);
        _mag.Reboot(OtherHome).OnlyDhcp(DhcpMessageType.Nak);
    }

    [Fact]
    public void Inform_GetsParametersWithoutALease()
    {
        _mag.Register();

        var (_, acknowledgement) = _mag.Send(DhcpMessageType.Inform, Home).OnlyDhcp(DhcpMessageType.Ack);

        acknowledgement.YourAddress.Should().Be(IPAddress.Any);
        acknowledgement.Options.Has<DhcpLeaseTimeOption>().Should().BeFalse();
        acknowledgement.Options.Has<DhcpRouterOption>().Should().BeTrue();
    }

    [Fact]
    public void Decline_IsLogged_AndNotAnswered()
    {
        _mag.Register();

        var actions = _mag.Send(
            DhcpMessageType.Decline,
            options: [new DhcpRequestedAddressOption(Home), new DhcpServerIdentifierOption(Router)]
        );

        actions.Dhcp().Should().BeEmpty();
        actions.OfType<RoleAction.Log>().Should().Contain(log => log.Rule == "AddressDeclined");
    }

    [Fact]
    public void Release_DeRegistersTheAddressAlone()
    {
        _mag.Register();
        _mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        var actions = _mag.Send(DhcpMessageType.Release, Home, Router);

        var update = actions.Only<BindingUpdate>();
        update.LifetimeUnits.Should().Be(0);
        update.Options.Has<HomeNetworkPrefixOption>().Should().BeFalse();
        update.Options.All<Ipv4HomeAddressRequestOption>().Should().Equal(new Ipv4HomeAddressRequestOption(Home, 16));
        actions
            .OfType<RoleAction.RemoveRoute>()
            .Select(removed => removed.Route)
            .Should()
            .BeEquivalentTo([Downstream(Home), Upstream(Home)]);

        _mag.Accept([]).OfType<RoleAction.RemoveRoute>().Should().BeEmpty();
        var next = _mag.Gateway.Advance(TimeSpan.FromSeconds(320)).Messages<BindingUpdate>()[0];
        next.Options.Has<Ipv4HomeAddressRequestOption>().Should().BeFalse();
        next.Options.Has<HomeNetworkPrefixOption>().Should().BeTrue();
    }

    [Fact]
    public void Release_ThatIsNotAnswered_DoesNotEndTheSession()
    {
        _mag.Register();
        _mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        _mag.Send(DhcpMessageType.Release, Home, Router);

        var updates = _mag.Gateway.Advance(TimeSpan.FromSeconds(310)).Messages<BindingUpdate>();

        updates[0].LifetimeUnits.Should().Be(0, "the release is repeated");
        updates[^1].LifetimeUnits.Should().NotBe(0, "the session is extended");
        updates[^1].Options.Has<Ipv4HomeAddressRequestOption>().Should().BeFalse();
    }

    [Fact]
    public void Release_OfIpv4OnlyNode_EndsTheSession_AndADiscoverBeginsAnother()
    {
        var mag = new Ipv4Gateway(Ipv4Only);
        mag.Discover();
        mag.Accept();
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        mag.Send(DhcpMessageType.Release, Home, Router).Only<BindingUpdate>().LifetimeUnits.Should().Be(0);
        mag.Accept([]).Should().Contain(new RoleAction.RemoveAddress(GatewayFixture.Link1, Router));

        mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        mag.Discover().Only<BindingUpdate>().LifetimeUnits.Should().NotBe(0);
    }

    [Fact]
    public void Discover_AfterARelease_AsksForAnAddressAgain()
    {
        _mag.Register();
        _mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        _mag.Send(DhcpMessageType.Release, Home, Router);
        _mag.Accept([]);
        _mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        _mag.Discover()
            .Only<BindingUpdate>()
            .Options.First<Ipv4HomeAddressRequestOption>()
            .Should()
            .Be(new Ipv4HomeAddressRequestOption(IPAddress.Any, 0));
    }

    [Fact]
    public void FixedServerIdentifier_IsUsedInPlaceOfTheRouter()
    {
        var fixedIdentifier = IPAddress.Parse("198.18.0.67");
        var mag = new Ipv4Gateway(change: ipv4 => ipv4 with { FixedDHCPServerId = fixedIdentifier });
        mag.Register().Should().Contain(new RoleAction.AddAddress(GatewayFixture.Link1, fixedIdentifier, PerformDad: false));

        var (sent, offer) = mag.Discover().OnlyDhcp(DhcpMessageType.Offer);

        sent.Path.Source.Should().Be(fixedIdentifier);
        offer.Options.First<DhcpServerIdentifierOption>()!.Address.Should().Be(fixedIdentifier);
        offer.Options.First<DhcpRouterOption>()!.Addresses.Should().Equal(Router);
    }

    [Fact]
    public void FixedServerIdentifier_CanBeSetByManagement()
    {
        var set = IPAddress.Parse("198.18.0.67");
        _mag.Register();

        var actions = _mag.Gateway.Handle(
            new RoleInput.Administer(new AdministrativeAction.SetVariable(nameof(Ipv4GatewaySettings.FixedDHCPServerId), $"{set}"))
        );

        actions.Should().Contain(new RoleAction.AddAddress(GatewayFixture.Link1, set, PerformDad: false));
        _mag.Discover().OnlyDhcp(DhcpMessageType.Offer).Action.Path.Source.Should().Be(set);
    }

    [Fact]
    public void Message_OfIpv6OnlyNode_IsIgnored()
    {
        var mag = new Ipv4Gateway(Ipv6Only);
        mag.Gateway.Solicit();
        mag.Accept([]);

        var actions = mag.Discover();

        actions.Dhcp().Should().BeEmpty();
        actions.Messages<BindingUpdate>().Should().BeEmpty();
        mag.Reboot().Should().BeEmpty();
    }

    [Fact]
    public void Message_ThroughAnotherRelayAgent_IsIgnored()
    {
        _mag.Register();

        _mag.Send(DhcpMessageType.Discover, edit: message => message with { RelayAddress = OtherHome }).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void MalformedMessage_IsIgnored()
    {
        var path = new UdpPath(IPAddress.Any, UdpPort.DhcpClient, IPAddress.Broadcast, UdpPort.DhcpServer);

        _mag.Gateway.Handle(new RoleInput.Udp(path, GatewayFixture.Link1, GatewayFixture.Mac1, new byte[20]))
            .WithoutLog()
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void Start_OpensThePortAndInterceptsIt_WithIpv4Alone()
    {
        _mag.Gateway.StartActions.Should().Contain(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages));
        _mag.Gateway.StartActions.OfType<RoleAction.InterceptUdp>().Should().HaveCount(3);
        new GatewayFixture().StartActions.WithoutLog().Should().BeEmpty();
    }
}
