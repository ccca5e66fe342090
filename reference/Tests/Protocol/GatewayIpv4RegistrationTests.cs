using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.Ipv4Gateway;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5844, Section 3.2: IPv4 home addresses at the mobile access gateway.</summary>
public sealed class GatewayIpv4RegistrationTests
{
    [Fact]
    public void Request_OfDualNode_AsksForPrefixesAndAnAddress()
    {
        var mag = new Ipv4Gateway();

        var update = mag.Gateway.Solicit().Only<BindingUpdate>();

        update.Options.All<HomeNetworkPrefixOption>().Should().Equal(new HomeNetworkPrefixOption(Ipv6Prefix.AllZero));
        update.Options.All<Ipv4HomeAddressRequestOption>().Should().Equal(new Ipv4HomeAddressRequestOption(IPAddress.Any, 0));
    }

    [Fact]
    public void Request_OfIpv4OnlyNode_HasNoPrefix()
    {
        var update = new Ipv4Gateway(Ipv4Only).Discover().Only<BindingUpdate>();

        update.Options.Has<HomeNetworkPrefixOption>().Should().BeFalse();
        update.Options.Has<Ipv4HomeAddressRequestOption>().Should().BeTrue();
    }

    [Fact]
    public void Request_OfIpv6OnlyNode_HasNoAddress() =>
        new Ipv4Gateway(Ipv6Only).Gateway.Solicit().Only<BindingUpdate>().Options.Has<Ipv4HomeAddressRequestOption>().Should().BeFalse();

    [Fact]
    public void Request_AsksForTheAddressOfTheProfile()
    {
        var mag = new Ipv4Gateway(Dual with { Ipv4HomeAddresses = [new Ipv4HomeAddress(OtherHome, 16)] });

        mag.Gateway.Solicit()
            .Only<BindingUpdate>()
            .Options.All<Ipv4HomeAddressRequestOption>()
            .Should()
            .Equal(new Ipv4HomeAddressRequestOption(OtherHome, 16));
    }

    [Fact]
    public void Acceptance_SetsUpRoutesRouterAndProxy()
    {
        var actions = new Ipv4Gateway().Register().WithoutLog();

        actions.OfType<RoleAction.AddRoute>().Select(added => added.Route).Should().Contain([Downstream(Home), Upstream(Home)]);
        actions.Should().Contain(new RoleAction.AddAddress(GatewayFixture.Link1, Router, PerformDad: false));
        actions.Should().Contain(new RoleAction.AddProxyNeighbor(GatewayFixture.Link1, HomeNetwork));
        actions.Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void Acceptance_WithTheUnspecifiedRouter_SetsUpNoRouter()
    {
        var mag = new Ipv4Gateway();
        mag.Gateway.Solicit();

        var actions = mag.Accept(Assigned(Home, router: IPAddress.Any));

        actions.OfType<RoleAction.AddRoute>().Select(added => added.Route).Should().Contain(Upstream(Home));
        actions.Should().NotContain(new RoleAction.AddAddress(GatewayFixture.Link1, IPAddress.Any, PerformDad: false));
    }

    [Fact]
    public void Acceptance_OfIpv4OnlyNode_IgnoresPrefixesAndAdvertisesNothing()
    {
        var mag = new Ipv4Gateway(Ipv4Only);
        mag.Discover();

        var actions = mag.Accept([.. Assigned(Home), new HomeNetworkPrefixOption(GatewayFixture.Prefix)]);

        actions.Advertisements().Should().BeEmpty();
        actions.OfType<RoleAction.AddRoute>().Select(added => added.Route).Should().BeEquivalentTo([Downstream(Home), Upstream(Home)]);
        mag.Gateway.Solicit().Advertisements().Should().BeEmpty();
    }

    [Theory]
    [InlineData(Ipv4HomeAddressReplyStatus.ReasonUnspecified)]
    [InlineData((Ipv4HomeAddressReplyStatus)200)]
    public void Acceptance_WithRefusedAddress_GivesIpv6Alone(Ipv4HomeAddressReplyStatus status)
    {
        var mag = new Ipv4Gateway();
        mag.Gateway.Solicit();

        var actions = mag.Accept([new Ipv4HomeAddressReplyOption(status, 16, Home), new Ipv4DefaultRouterAddressOption(Router)]);

        actions.OfType<RoleAction.AddRoute>().Should().OnlyContain(added => !added.Route.To.IsIpv4);
        actions.OfType<RoleAction.AddAddress>().Should().NotContain(added => added.Address.Equals(Router));
        actions.Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void Acceptance_WithUnknownStatusBelow128_IsOne()
    {
        var mag = new Ipv4Gateway();
        mag.Gateway.Solicit();

        mag.Accept([new Ipv4HomeAddressReplyOption((Ipv4HomeAddressReplyStatus)127, 16, Home)])
            .OfType<RoleAction.AddRoute>()
            .Select(added => added.Route)
            .Should()
            .Contain(Upstream(Home));
    }

    [Fact]
    public void Rejection_Of170_LeadsToARegistrationWithoutIpv4_UntilAnAdministratorActs()
    {
        var mag = new Ipv4Gateway();
        mag.Gateway.Solicit();

        var second = mag.Reject(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE).Only<BindingUpdate>();
        second.Options.Has<Ipv4HomeAddressRequestOption>().Should().BeFalse();
        second.Options.Has<HomeNetworkPrefixOption>().Should().BeTrue();

        mag.Accept([]);
        mag.Discover().Messages<BindingUpdate>().Should().BeEmpty();

        mag.Gateway.Handle(new RoleInput.Administer(new AdministrativeAction.EnableRegistration(_node)));
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));
        mag.Discover().Only<BindingUpdate>().Options.Has<Ipv4HomeAddressRequestOption>().Should().BeTrue();
    }

    [Fact]
    public void Rejection_Of170_OfIpv4OnlyNode_EndsIt()
    {
        var mag = new Ipv4Gateway(Ipv4Only);
        mag.Discover();

        mag.Reject(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE).Messages<BindingUpdate>().Should().BeEmpty();
        mag.Gateway.Advance(TimeSpan.FromSeconds(64)).Messages<BindingUpdate>().Should().BeEmpty();
        mag.Discover().Messages<BindingUpdate>().Should().BeEmpty();
    }

    [Fact]
    public void Rejection_Of171_LeadsToARequestForAnyAddress()
    {
        var mag = new Ipv4Gateway(Dual with { Ipv4HomeAddresses = [new Ipv4HomeAddress(OtherHome, 16)] });
        mag.Gateway.Solicit();

        mag.Reject(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS)
            .Only<BindingUpdate>()
            .Options.First<Ipv4HomeAddressRequestOption>()
            .Should()
            .Be(new Ipv4HomeAddressRequestOption(IPAddress.Any, 0));
    }

    [Fact]
    public void Rejection_Of172_LeadsToARegistrationWithoutPrefixes()
    {
        var mag = new Ipv4Gateway();
        mag.Gateway.Solicit();

        var second = mag.Reject(BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE).Only<BindingUpdate>();

        second.Options.Has<Ipv4HomeAddressRequestOption>().Should().BeTrue();
        second.Options.Has<HomeNetworkPrefixOption>().Should().BeFalse();
        mag.Accept().OfType<RoleAction.AddRoute>().Select(added => added.Route).Should().BeEquivalentTo([Downstream(Home), Upstream(Home)]);
    }

    [Fact]
    public void Extension_HasTheAssignedAddressAndPrefix()
    {
        var mag = new Ipv4Gateway();
        mag.Register();

        var update = mag.Gateway.Advance(TimeSpan.FromSeconds(301)).Messages<BindingUpdate>()[0];

        update.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.HandoffStateNotChanged);
        update.Options.All<Ipv4HomeAddressRequestOption>().Should().Equal(new Ipv4HomeAddressRequestOption(Home, 16));
        update.Options.All<HomeNetworkPrefixOption>().Should().Equal(new HomeNetworkPrefixOption(GatewayFixture.Prefix));
    }

    [Fact]
    public void Extension_WithoutReply_EndsIpv4AndKeepsIpv6()
    {
        var mag = new Ipv4Gateway();
        mag.Register();
        mag.Gateway.Advance(TimeSpan.FromSeconds(300.5));

        var actions = mag.Accept([]);

        actions
            .OfType<RoleAction.RemoveRoute>()
            .Select(removed => removed.Route)
            .Should()
            .BeEquivalentTo([Downstream(Home), Upstream(Home)]);
        actions.Should().Contain(new RoleAction.RemoveAddress(GatewayFixture.Link1, Router));
        actions.Should().Contain(new RoleAction.RemoveProxyNeighbor(GatewayFixture.Link1, HomeNetwork));
    }

    [Fact]
    public void DeRegistration_HasTheAssignedAddress()
    {
        var mag = new Ipv4Gateway();
        mag.Register();

        var update = mag.Gateway.Handle(new RoleInput.LinkDown(GatewayFixture.Link1)).Only<BindingUpdate>();
        update.LifetimeUnits.Should().Be(0);
        update.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.HandoffStateUnknown);
        update.Options.All<Ipv4HomeAddressRequestOption>().Should().Equal(new Ipv4HomeAddressRequestOption(Home, 16));
        update.Options.Has<HomeNetworkPrefixOption>().Should().BeTrue();

        mag.Gateway.Advance(TimeSpan.FromSeconds(1))
            .OfType<RoleAction.RemoveRoute>()
            .Select(removed => removed.Route)
            .Should()
            .Contain([Downstream(Home), Upstream(Home)]);
    }

    [Fact]
    public void LateRequest_FollowsADiscover()
    {
        var mag = new Ipv4Gateway(change: ipv4 => ipv4 with { WaitsForDhcp = true });
        mag.Gateway.Solicit().Only<BindingUpdate>().Options.Has<Ipv4HomeAddressRequestOption>().Should().BeFalse();
        mag.Accept([]);
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        var update = mag.Discover().Only<BindingUpdate>();

        update.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.HandoffStateNotChanged);
        update.Options.All<HomeNetworkPrefixOption>().Should().Equal(new HomeNetworkPrefixOption(GatewayFixture.Prefix));
        update.Options.All<Ipv4HomeAddressRequestOption>().Should().Equal(new Ipv4HomeAddressRequestOption(IPAddress.Any, 0));
        mag.Accept().OnlyDhcp(DhcpMessageType.Offer);
    }

    [Fact]
    public void LateRequest_FollowsARequestOfTheClient_OnceThePrefixesAreRegistered()
    {
        var mag = new Ipv4Gateway(change: ipv4 => ipv4 with { WaitsForDhcp = true });
        mag.Renew().Dhcp().Should().BeEmpty("the LMA was not asked for the address yet");
        mag.Accept([]);
        mag.Gateway.Advance(TimeSpan.FromSeconds(2));

        mag.Renew().Only<BindingUpdate>().Options.Has<Ipv4HomeAddressRequestOption>().Should().BeTrue();
        mag.Accept().OnlyDhcp(DhcpMessageType.Ack);
    }

    [Fact]
    public void LocalRouting_IsBetweenTheHomeAddressesOfThisGateway()
    {
        var mag = new Ipv4Gateway(settings: all => all with { EnableMAGLocalRouting = true });
        mag.Register();
        mag.Gateway.Solicit(GatewayFixture.Link2, GatewayFixture.Mac2);

        var routes = mag.Accept(Assigned(OtherHome)).OfType<RoleAction.AddRoute>().Select(added => added.Route).ToList();

        routes
            .Should()
            .Contain(
                new Route(IpPrefix.Of(Home), new RouteTarget.OnLink(GatewayFixture.Link1)) { From = IpPrefix.Of(OtherHome) },
                "packets of the second node are routed"
            );
        routes
            .Should()
            .Contain(new Route(IpPrefix.Of(OtherHome), new RouteTarget.OnLink(GatewayFixture.Link2)) { From = IpPrefix.Of(Home) });
    }

    private static readonly MobileNodeIdentifierOption _node = MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example");
}
