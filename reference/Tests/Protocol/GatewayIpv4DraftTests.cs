using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Dhcp;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.Ipv4Gateway;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>What draft-ietf-netlmm-pmip6-ipv4-support-04 and -02 decide otherwise than RFC 5844.</summary>
public sealed class GatewayIpv4DraftTests
{
    private static readonly IPAddress _own = IPAddress.Parse("192.0.2.161");
    private static readonly IPAddress _previous = IPAddress.Parse("192.0.2.162");
    private static readonly DhcpKey _key = new(7, new SecretBytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]));

    [Fact]
    public void Draft04_AsksWithOneOptionForEachAddress()
    {
        var mag = Draft04(Dual with { Ipv4HomeAddresses = [new Ipv4HomeAddress(Home, 16), new Ipv4HomeAddress(OtherHome, 16)] });

        mag.Gateway.Solicit()
            .Only<BindingUpdate>()
            .Options.All<Ipv4HomeAddressOption>()
            .Should()
            .Equal(new Ipv4HomeAddressOption(Home, 16, false), new Ipv4HomeAddressOption(OtherHome, 16, false));
    }

    [Fact]
    public void Draft04_UsesTheAddressesThatAreNotRefused()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();

        var routes = mag.Accept([
                Acknowledged(Home),
                Acknowledged(OtherHome, Ipv4AddressAcknowledgementStatus.AdministrativelyProhibited),
                new Ipv4DefaultRouterAddressOption(Router),
            ])
            .OfType<RoleAction.AddRoute>()
            .Select(added => added.Route)
            .ToList();

        routes.Should().Contain(Upstream(Home));
        routes.Should().NotContain(Upstream(OtherHome));
    }

    [Fact]
    public void Draft04_ExtendsAllAddresses()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();
        mag.Accept([Acknowledged(Home), Acknowledged(OtherHome), new Ipv4DefaultRouterAddressOption(Router)]);

        mag.Gateway.Advance(TimeSpan.FromSeconds(300.5))
            .Messages<BindingUpdate>()[0]
            .Options.All<Ipv4HomeAddressOption>()
            .Select(option => option.HomeAddress)
            .Should()
            .Equal(Home, OtherHome);
    }

    [Fact]
    public void Draft04_ExtendsMoreAddressesThanAMessageHasRoomFor_BySomeOfThem()
    {
        const int mostInAMessage = 254;
        var mag = Draft04();
        mag.Gateway.Solicit();
        var addresses = Enumerable.Range(1, mostInAMessage).Select(last => Acknowledged(new IPAddress([198, 18, 1, (byte)last])));
        mag.Gateway.Answer(edit: answer => answer with { Options = new(addresses) });

        var extension = mag.Gateway.Advance(TimeSpan.FromSeconds(300.5)).Messages<BindingUpdate>()[0];

        extension.Options.All<Ipv4HomeAddressOption>().Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Draft04_RefusesAnAddressThatIsLost_Unasked()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();
        mag.Accept(Granted);
        mag.Select();
        mag.Gateway.Advance(TimeSpan.FromSeconds(300.5));

        var (sent, _) = mag.Reject(BindingStatus.INSUFFICIENT_RESOURCES).OnlyDhcp(DhcpMessageType.Nak);

        sent.Path.Destination.Should().Be(IPAddress.Broadcast);
    }

    [Fact]
    public void Draft04_TearsDownTheLinkOfABindingThatIsLost()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();
        mag.Accept(Granted);
        mag.Gateway.Advance(TimeSpan.FromSeconds(300.5));

        ShouldBeTornDown(mag.Reject(BindingStatus.INSUFFICIENT_RESOURCES));
    }

    [Fact]
    public void Draft04_TearsDownTheLink_IfADiscoverHasLedToARejection()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();
        mag.Accept([]);
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        mag.Discover();

        ShouldBeTornDown(mag.Reject(BindingStatus.INSUFFICIENT_RESOURCES));
    }

    [Fact]
    public void Draft04_DeRegisters_IfADiscoverHasLedToNoAddress()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();
        mag.Accept([]);
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        mag.Discover();

        mag.Accept([]).Only<BindingUpdate>().LifetimeUnits.Should().Be(0);

        ShouldBeTornDown(mag.Reject(BindingStatus.ACCEPTED));
    }

    [Fact]
    public void Draft04_DoesNotRefuseAnAddressOfAMobileNodeThatLeaves()
    {
        var mag = Draft04();
        mag.Gateway.Solicit();
        mag.Accept(Granted);

        mag.Gateway.Handle(new RoleInput.LinkDown(GatewayFixture.Link1));
        mag.Gateway.Advance(TimeSpan.FromSeconds(1)).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Draft04_ForcesTheRenewalOfALeaseOfAnotherGateway()
    {
        var mag = Draft04(change: ipv4 => ipv4 with { DhcpAddress = _own, ForceRenewKey = _key });
        mag.Gateway.Solicit();
        mag.Accept(Granted);

        var (sent, forced) = mag.Renew(_previous).OnlyDhcp(DhcpMessageType.ForceRenew);

        sent.Path.Should().Be(new UdpPath(_own, UdpPort.DhcpServer, Home, UdpPort.DhcpClient));
        forced.Options.First<DhcpServerIdentifierOption>()!.Address.Should().Be(_own);
        _key.HasAuthenticated(forced).Should().BeTrue();
        _key.HasAuthenticated(forced with { YourAddress = Home }).Should().BeFalse();
    }

    [Fact]
    public void Draft04_LeavesARenewalOfAnotherGatewayAlone_WithoutAKey()
    {
        var mag = Draft04(change: ipv4 => ipv4 with { DhcpAddress = _own });
        mag.Gateway.Solicit();
        mag.Accept(Granted);

        mag.Renew(_previous).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Draft02_ServesFromItsOwnAddress_WithARouterOfItsChoice()
    {
        var mag = Draft02(change: ipv4 => ipv4 with { DhcpAddress = _own, FixedDHCPServerId = Router });
        mag.Gateway.Solicit();
        mag.Accept([Acknowledged(Home)]);

        var (_, offer) = mag.Discover().OnlyDhcp(DhcpMessageType.Offer);

        offer.Options.First<DhcpServerIdentifierOption>()!.Address.Should().Be(_own);
        offer.Options.First<DhcpRouterOption>()!.Addresses.Should().Equal(Router);
    }

    [Fact]
    public void Draft02_TakesAnAcceptanceWithNeitherOptionForNoAnswer()
    {
        var mag = Draft02(Ipv4Only);
        mag.Discover();

        mag.Accept([]).Messages<BindingUpdate>().Should().BeEmpty();
        mag.Gateway.Advance(TimeSpan.FromSeconds(1)).Messages<BindingUpdate>().Should().ContainSingle("it is repeated");
    }

    [Fact]
    public void Draft02_RegistersAtEachRenewal()
    {
        var mag = Draft02(change: ipv4 => ipv4 with { DhcpAddress = _own });
        mag.Gateway.Solicit();
        mag.Accept([Acknowledged(Home)]);
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        var actions = mag.Renew(_own);

        actions.OnlyDhcp(DhcpMessageType.Ack);
        actions.Only<BindingUpdate>().Options.First<Ipv4HomeAddressOption>()!.HomeAddress.Should().Be(Home);
    }

    [Fact]
    public void Draft02_RelaysBeforeTheRegistration_AndHoldsTheConfirmation()
    {
        var mag = Draft02(Ipv4Only, ipv4 => ipv4 with { DhcpAddress = _own, ActsAsDhcpServer = false });
        var first = mag.Discover();
        first.Messages<BindingUpdate>().Should().BeEmpty();
        first.OnlyDhcp(DhcpMessageType.Discover).Message.RelayAddress.Should().Be(_own);
        mag.FromServer(DhcpMessageType.Offer, message => message with { YourAddress = Home }).OnlyDhcp(DhcpMessageType.Offer);
        mag.Select(server: DhcpServer).OnlyDhcp(DhcpMessageType.Request);

        var actions = mag.FromServer(DhcpMessageType.Ack, Confirmed);

        actions.Dhcp().Should().BeEmpty("the confirmation waits");
        actions.Only<BindingUpdate>().Options.All<Ipv4HomeAddressOption>().Should().Equal(new Ipv4HomeAddressOption(Home, 16, false));
        mag.Accept([Acknowledged(Home)]).OnlyDhcp(DhcpMessageType.Ack).Message.YourAddress.Should().Be(Home);
    }

    [Fact]
    public void Draft02_DoesNotDeliverTheConfirmation_IfTheRegistrationIsRefused()
    {
        var mag = Draft02(Ipv4Only, ipv4 => ipv4 with { DhcpAddress = _own, ActsAsDhcpServer = false });
        mag.Discover();
        mag.FromServer(DhcpMessageType.Ack, Confirmed);

        mag.Reject(BindingStatus.INSUFFICIENT_RESOURCES).Dhcp().Should().BeEmpty();
    }

    [Fact]
    public void Draft02_RegistersTheConfirmedAddressOfAMobileNodeOfBothVersions()
    {
        var mag = Draft02(change: ipv4 => ipv4 with { DhcpAddress = _own, ActsAsDhcpServer = false });
        mag.Gateway.Solicit().Only<BindingUpdate>().Options.Has<Ipv4HomeAddressOption>().Should().BeFalse();
        mag.Accept([]);
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        mag.Discover().OnlyDhcp(DhcpMessageType.Discover);

        var update = mag.FromServer(DhcpMessageType.Ack, Confirmed).Only<BindingUpdate>();

        update.Options.Has<HomeNetworkPrefixOption>().Should().BeTrue();
        update.Options.All<Ipv4HomeAddressOption>().Should().Equal(new Ipv4HomeAddressOption(Home, 16, false));
    }

    private static DhcpMessage Confirmed(DhcpMessage message) =>
        message with
        {
            YourAddress = Home,
            Options = new DhcpOptionList(message.Options.Append(new DhcpSubnetMaskOption(16))),
        };

    private static Ipv4Gateway Draft04(MobileNodeProfile? profile = null, Func<Ipv4GatewaySettings, Ipv4GatewaySettings>? change = null) =>
        new(profile, ipv4 => (change?.Invoke(ipv4) ?? ipv4) with { Edition = Ipv4Edition.Draft04 });

    private static Ipv4Gateway Draft02(MobileNodeProfile? profile = null, Func<Ipv4GatewaySettings, Ipv4GatewaySettings>? change = null) =>
        new(profile, ipv4 => (change?.Invoke(ipv4) ?? ipv4) with { Edition = Ipv4Edition.Draft02 });

    private static IReadOnlyList<MobilityOption> Granted => [Acknowledged(Home), new Ipv4DefaultRouterAddressOption(Router)];

    private static Ipv4AddressAcknowledgementOption Acknowledged(
        IPAddress address,
        Ipv4AddressAcknowledgementStatus status = Ipv4AddressAcknowledgementStatus.Success
    ) => new(status, 16, address);

    private static void ShouldBeTornDown(IEnumerable<RoleAction> actions)
    {
        var last = actions.Advertisements().Should().ContainSingle().Which;
        last.RouterLifetimeSeconds.Should().Be(0);
        var prefix = last.Options.OfType<PrefixInformationOption>().Should().ContainSingle().Which;
        prefix.Prefix.Should().Be(GatewayFixture.Prefix);
        prefix.ValidLifetimeSeconds.Should().Be(0);
    }
}
