using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 4, 6.12, 9.1 and 9.3: an LMA whose configuration changes while it runs.</summary>
public class AnchorManagementTests
{
    private static readonly TestUpdate _deRegistration = Valid with { LifetimeUnits = 0, Handoff = HandoffIndicator.HandoffStateUnknown };

    private readonly AnchorFixture _anchor = new();

    [Fact]
    public void MinDelayBeforeBCEDelete_IsInForceAtOnce_AndSaved()
    {
        var prefix = _anchor.Register(Valid).Single();

        Set("MinDelayBeforeBCEDelete", "3000").WithoutLog().Should().Equal(new RoleAction.SaveVariable("MinDelayBeforeBCEDelete", "3000"));
        _anchor.Ask(_deRegistration).Status.Should().Be(BindingStatus.ACCEPTED);

        _anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(3)).Should().BeEmpty();
        _anchor.Role.Tick().Should().Contain(new RoleAction.RemoveRoute(BlackholeTo(prefix)));
    }

    [Theory]
    [InlineData("MaxDelayBeforeNewBCEAssign", "20")]
    [InlineData("TimestampValidityWindow", "0")]
    [InlineData("MobileNodeGeneratedTimestampInUse", "1")]
    [InlineData("TimestampBasedApproachInUse", "0")]
    public void Variables_CanBeSet(string name, string value) => Set(name, value).WithoutLog().Should().ContainSingle();

    [Theory]
    [InlineData("MinDelayBeforeBCEDelete", "-1")]
    [InlineData("MinDelayBeforeBCEDelete", "1 s")]
    [InlineData("TimestampBasedApproachInUse", "2")]
    [InlineData("EnableMAGLocalRouting", "1")]
    [InlineData("PrefixPool", "2001:db8::/32")]
    [InlineData("AuthorizedMobileAccessGateways", "192.0.2.1")]
    public void Values_ThatAVariableCannotHave_AreLogged_AndNotSaved(string name, string value) =>
        Set(name, value).Should().ContainSingle().Which.Should().BeOfType<RoleAction.Log>();

    [Fact]
    public void FixedDHCPServerId_CanBeSet_WhereIpv4IsSupported()
    {
        const string name = nameof(Ipv4AnchorSettings.FixedDHCPServerId);
        var ipv4 = new AnchorFixture(Ipv4Anchor.Settings);

        Set(ipv4, name, "198.18.0.67").Should().Equal(new RoleAction.SaveVariable(name, "198.18.0.67"));
        Set(ipv4, name, "0.0.0.0").Should().Equal(new RoleAction.SaveVariable(name, "0.0.0.0"));
        Set(ipv4, name, "2001:db8::67").Should().BeEmpty();
        Set(_anchor, name, "198.18.0.67").Should().BeEmpty();

        static IReadOnlyList<RoleAction> Set(AnchorFixture anchor, string name, string value) =>
            anchor.Role.Handle(new RoleInput.Administer(new AdministrativeAction.SetVariable(name, value))).WithoutLog();
    }

    [Fact]
    public void MobileNodeGeneratedTimestampInUse_IsRefusedWithoutTimestamps()
    {
        Set("TimestampBasedApproachInUse", "0");

        Set("MobileNodeGeneratedTimestampInUse", "1").WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void WithoutTimestampBasedApproach_TheSequenceNumberOrders_AndNoTimestampIsReturned()
    {
        Set("TimestampBasedApproachInUse", "0");
        _anchor.Register(Valid with { SequenceNumber = 100 });

        var answer = _anchor.Ask(Valid with { SequenceNumber = 99 });

        answer.Status.Should().Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        answer.Options.First<TimestampOption>().Should().BeNull();
    }

    [Fact]
    public void SavedVariables_AreInForceAfterTheStart_AndDamagedOnesAreNot()
    {
        var role = new LocalMobilityAnchor(Settings, new Random(1));
        var saved = new Dictionary<string, string>
        {
            ["TimestampValidityWindow"] = "7",
            ["MinDelayBeforeBCEDelete"] = "soon",
            ["AuthorizedMobileAccessGateways"] = $"{Mag3}",
        };

        role.Handle(new RoleInput.Started { Saved = saved }, new RoleDriver(role).Now);

        role.Settings.Should()
            .BeEquivalentTo(
                Settings with
                {
                    TimestampValidityWindow = TimeSpan.FromMilliseconds(7),
                    AuthorizedMobileAccessGateways = [Mag3],
                }
            );
    }

    /// <summary>One of the two variables can be set only if the other one is.</summary>
    [Fact]
    public void SavedVariables_AreInForce_InWhicheverOrderTheyWereSaved()
    {
        var role = new LocalMobilityAnchor(Settings with { TimestampBasedApproachInUse = false }, new Random(1));
        var saved = new Dictionary<string, string> { ["MobileNodeGeneratedTimestampInUse"] = "1", ["TimestampBasedApproachInUse"] = "1" };

        role.Handle(new RoleInput.Started { Saved = saved }, new RoleDriver(role).Now);

        (role.Settings.TimestampBasedApproachInUse, role.Settings.MobileNodeGeneratedTimestampInUse).Should().Be((true, true));
    }

    [Fact]
    public void Authorize_AndDeauthorize_ChangeWhomTheLmaServes_AndAreSaved()
    {
        var ofMag3 = Valid with { Source = Mag3 };
        _anchor.Ask(ofMag3).Status.Should().Be(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);

        Administer(new AdministrativeAction.Authorize(Mag3))
            .Should()
            .Equal(new RoleAction.SaveVariable("AuthorizedMobileAccessGateways", $"{Mag1} {Mag2} {Mag3}"));
        _anchor.Register(ofMag3);
        Administer(new AdministrativeAction.Deauthorize(Mag1))
            .Should()
            .Equal(new RoleAction.SaveVariable("AuthorizedMobileAccessGateways", $"{Mag2} {Mag3}"));

        _anchor.Ask(Valid).Status.Should().Be(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
    }

    [Fact]
    public void WithdrawPrefix_TakesItFromItsSession_WhichKeepsTheOthers()
    {
        var mobileNode = Valid with { Nai = "mn2@two-prefix.pmip.example" };
        var prefixes = _anchor.Register(mobileNode);

        Withdraw(prefixes[0]).WithoutLog().Should().Equal(new RoleAction.RemoveRoute(RouteTo(prefixes[0], Mag1)));

        var refresh = mobileNode with { Handoff = HandoffIndicator.HandoffStateNotChanged, Prefixes = [prefixes[1]] };
        _anchor.Register(refresh).Should().Equal(prefixes[1]);
    }

    [Fact]
    public void WithdrawPrefix_OfADeRegisteredSession_EndsItsDelay_AndALastPrefixTheSession()
    {
        var prefix = _anchor.Register(Valid).Single();
        _anchor.Ask(_deRegistration);

        Withdraw(prefix).WithoutLog().Should().Equal(new RoleAction.RemoveRoute(BlackholeTo(prefix)));

        _anchor.Role.NextTimeout.Should().BeNull();
    }

    [Fact]
    public void WithdrawnPrefix_IsNotAssignedAgain()
    {
        var anchor = new AnchorFixture(Settings with { PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/64") });
        var prefix = anchor.Register(Valid).Single();

        anchor.Role.Handle(new RoleInput.Administer(new AdministrativeAction.WithdrawPrefix(prefix)));

        anchor.Ask(Valid).Status.Should().Be(BindingStatus.INSUFFICIENT_RESOURCES);
        anchor.Ask(Valid with { Prefixes = [prefix] }).Status.Should().Be(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
    }

    [Fact]
    public void Routes_AreAnnouncedWithTheSession_AndWithdrawnAtItsEnd_IfTheSettingSaysSo()
    {
        var anchor = new AnchorFixture(Settings with { AnnounceRoutes = true });
        var registered = anchor.Send(Valid);
        var prefix = PrefixesIn(registered.Only<BindingAcknowledgement>()).Single();
        registered.Should().Contain(new RoleAction.AnnounceRoute(prefix));

        anchor.Send(_deRegistration).Should().NotContain(action => action is RoleAction.WithdrawRoute);
        anchor.Role.Advance(Settings.MinDelayBeforeBCEDelete).Should().Contain(new RoleAction.WithdrawRoute(prefix));

        var other = anchor.Register(Valid with { Nai = "mn2@two-prefix.pmip.example" });
        anchor
            .Role.Handle(new RoleInput.Administer(new AdministrativeAction.WithdrawPrefix(other[0])))
            .OfType<RoleAction.WithdrawRoute>()
            .Should()
            .Equal(new RoleAction.WithdrawRoute(other[0]));
        _anchor.Send(Valid).Should().NotContain(action => action is RoleAction.AnnounceRoute);
    }

    private IReadOnlyList<RoleAction> Set(string name, string value) => Administer(new AdministrativeAction.SetVariable(name, value));

    private IReadOnlyList<RoleAction> Withdraw(Ipv6Prefix prefix) => Administer(new AdministrativeAction.WithdrawPrefix(prefix));

    private IReadOnlyList<RoleAction> Administer(AdministrativeAction action) => _anchor.Role.Handle(new RoleInput.Administer(action));
}
