using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.12, 9.2 and 9.3: a MAG whose configuration changes while it runs.</summary>
public class GatewayManagementTests
{
    private const string FixedAddress = "FixedMAGLinkLocalAddressOnAllAccessLinks";
    private const string FixedLinkLayerAddress = "FixedMAGLinkLayerAddressOnAllAccessLinks";

    private readonly GatewayFixture _gateway = new();

    [Fact]
    public void EnableMAGLocalRouting_AddsAndRemovesTheRoutesBetweenMobileNodes()
    {
        _gateway.Register();
        _gateway.Register(Link2, Mac2, [OtherPrefix]);
        Route[] between = [new(OtherPrefix, ToLink(Link2)) { From = Prefix }, new(Prefix, ToLink(Link1)) { From = OtherPrefix }];

        var actions = Set("EnableMAGLocalRouting", "1");

        actions.Should().HaveCount(3).And.Contain(new RoleAction.SaveVariable("EnableMAGLocalRouting", "1"));
        actions.OfType<RoleAction.AddRoute>().Select(added => added.Route).Should().BeEquivalentTo(between);

        Set("EnableMAGLocalRouting", "0")
            .OfType<RoleAction.RemoveRoute>()
            .Select(removed => removed.Route)
            .Should()
            .BeEquivalentTo(between);

        static RouteTarget.OnLink ToLink(LinkId link) => new(link);
    }

    [Fact]
    public void FixedAddress_IsConfiguredOnEveryAccessLink_AndAdvertisedAtOnce()
    {
        var address = IPAddress.Parse("fe80::5213");
        _gateway.Register();

        var actions = Set(FixedAddress, $"{address}");

        actions
            .OfType<RoleAction.AddAddress>()
            .Should()
            .BeEquivalentTo(Settings.AccessLinks.Select(link => new RoleAction.AddAddress(link.Link, address, PerformDad: false)));
        actions.OfType<RoleAction.SendIcmp>().Should().ContainSingle().Which.Source.Should().Be(address);
        _gateway.Solicit(Link2, Mac2).Only<BindingUpdate>().Options.First<LinkLocalAddressOption>().Should().BeNull();
    }

    [Fact]
    public void FixedAddress_ThatIsNotFixedAnyMore_StaysForTheMobileNodesThatKnowIt()
    {
        var address = IPAddress.Parse("fe80::5213");
        _gateway.Register();
        Set(FixedAddress, $"{address}");

        Set(FixedAddress, "::")
            .OfType<RoleAction.RemoveAddress>()
            .Should()
            .BeEquivalentTo([new RoleAction.RemoveAddress(Link2, address), new RoleAction.RemoveAddress(Bound, address)]);

        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Answer().Should().Contain(new RoleAction.RemoveAddress(Link1, address));
    }

    [Fact]
    public void FixedLinkLayerAddress_IsSetOnEveryAccessLink_AndAdvertisedAtOnce()
    {
        var address = MacAddress.Parse("00:00:5e:00:52:14");
        _gateway.Register();

        var actions = Set(FixedLinkLayerAddress, $"{address}");

        actions.OfType<RoleAction.SetLinkLayerAddress>().Should().Equal(OnEveryLink(address));
        actions.Advertisements().Should().ContainSingle().Which.Options.First<SourceLinkLayerAddressOption>()!.Address.Should().Be(address);
        Set(FixedLinkLayerAddress, $"{default(MacAddress)}")
            .OfType<RoleAction.SetLinkLayerAddress>()
            .Should()
            .Equal(OnEveryLink(GatewayMac));
    }

    [Fact]
    public void FixedLinkLayerAddress_ThatWasSaved_IsSetAtTheStart()
    {
        var address = MacAddress.Parse("00:00:5e:00:52:14");
        var saved = new Dictionary<string, string> { [FixedLinkLayerAddress] = $"{address}" };

        var actions = _gateway.Handle(new RoleInput.Started { Saved = saved });

        actions.OfType<RoleAction.SetLinkLayerAddress>().Should().Equal(OnEveryLink(address));
    }

    [Theory]
    [InlineData(FixedLinkLayerAddress, "ff:ff:ff:ff:ff:ff")]
    [InlineData(FixedLinkLayerAddress, "5213")]
    [InlineData("EnableMAGLocalRouting", "yes")]
    [InlineData(FixedAddress, "2001:db8::1")]
    [InlineData(FixedAddress, "nowhere")]
    [InlineData("MinDelayBeforeBCEDelete", "1")]
    public void Values_ThatAVariableCannotHave_AreLogged_AndNotSaved(string name, string value) =>
        Set(name, value).Should().ContainSingle().Which.Should().BeOfType<RoleAction.Log>();

    [Fact]
    public void TimestampBasedApproachInUse_IsInForceWithTheNextMessage()
    {
        Set("TimestampBasedApproachInUse", "0");

        _gateway.Solicit().Only<BindingUpdate>().Options.First<TimestampOption>().Should().BeNull();
    }

    [Fact]
    public void SavedVariables_AreInForceAfterTheStart()
    {
        var role = new MobileAccessGateway(Settings, new Random(1));
        var driver = new RoleDriver(role);

        var actions = driver.Handle(
            new RoleInput.Started
            {
                Saved = new Dictionary<string, string> { [FixedAddress] = "fe80::1", ["EnableMAGLocalRouting"] = "2" },
            }
        );

        actions.Should().HaveCount(3).And.AllBeOfType<RoleAction.AddAddress>();
        role.Settings.EnableMAGLocalRouting.Should().BeFalse();
    }

    [Fact]
    public void SavedVariables_AreInForce_InWhicheverOrderTheyWereSaved()
    {
        var role = new MobileAccessGateway(Settings with { MobileNodeGeneratedTimestampInUse = true }, new Random(1));
        var saved = new Dictionary<string, string> { ["TimestampBasedApproachInUse"] = "0", ["MobileNodeGeneratedTimestampInUse"] = "0" };

        new RoleDriver(role).Handle(new RoleInput.Started { Saved = saved });

        (role.Settings.TimestampBasedApproachInUse, role.Settings.MobileNodeGeneratedTimestampInUse).Should().Be((false, false));
    }

    [Fact]
    public void WithdrawnPrefix_IsAdvertisedWithLifetimeZero_AndNotForwarded_AndTheOtherStays()
    {
        _gateway.Register(prefixes: [Prefix, OtherPrefix]);

        var actions = Withdraw(Prefix);

        actions
            .Advertisements()
            .Should()
            .ContainSingle()
            .Which.Options.All<PrefixInformationOption>()
            .Select(information => (information.Prefix, information.ValidLifetimeSeconds > 0, information.PreferredLifetimeSeconds > 0))
            .Should()
            .Equal((OtherPrefix, true, true), (Prefix, false, false));
        actions
            .OfType<RoleAction.RemoveRoute>()
            .Select(removed => removed.Route)
            .Should()
            .BeEquivalentTo([Downstream(Prefix, Link1), Upstream(Prefix)]);
        var extension = _gateway.Advance(TimeSpan.FromSeconds(300)).Only<BindingUpdate>();
        extension.Options.All<HomeNetworkPrefixOption>().Should().Equal(new HomeNetworkPrefixOption(OtherPrefix));
    }

    [Fact]
    public void WithdrawnPrefix_WhileAnExtensionIsPending_IsNotInItsRepetitions()
    {
        _gateway.Register(prefixes: [Prefix, OtherPrefix]);
        _gateway.Advance(TimeSpan.FromSeconds(300));
        Withdraw(Prefix);

        var repeated = _gateway.Advance(Settings.InitialBindackTimeout).Only<BindingUpdate>();

        repeated.Options.All<HomeNetworkPrefixOption>().Should().Equal(new HomeNetworkPrefixOption(OtherPrefix));
    }

    [Fact]
    public void LastPrefix_ThatIsWithdrawn_EndsTheServiceOfThisMobileNodeAlone()
    {
        _gateway.Register();
        _gateway.Register(Link2, Mac2, [OtherPrefix]);

        var actions = Withdraw(Prefix);

        actions.Advertisements().Should().ContainSingle();
        actions.OfType<RoleAction.RemoveTunnel>().Should().BeEmpty();
        _gateway.Solicit().Should().BeEmpty();
        _gateway.Solicit(Link2, Mac2).Advertisements().Should().ContainSingle();
    }

    private static IEnumerable<RoleAction.SetLinkLayerAddress> OnEveryLink(MacAddress address) =>
        Settings.AccessLinks.Select(link => new RoleAction.SetLinkLayerAddress(link.Link, address));

    private IReadOnlyList<RoleAction> Set(string name, string value) => Administer(new AdministrativeAction.SetVariable(name, value));

    private IReadOnlyList<RoleAction> Withdraw(Ipv6Prefix prefix) => Administer(new AdministrativeAction.WithdrawPrefix(prefix));

    private IReadOnlyList<RoleAction> Administer(AdministrativeAction action) => _gateway.Handle(new RoleInput.Administer(action));
}
