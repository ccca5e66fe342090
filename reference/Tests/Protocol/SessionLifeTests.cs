using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 5.3.3 to 5.3.5, and the waits of Section 5.4.1: the life cycle of a session.</summary>
public class SessionLifeTests
{
    private static readonly TestUpdate _deRegistration = Valid with { LifetimeUnits = 0, Handoff = HandoffIndicator.HandoffStateUnknown };
    private static readonly TestUpdate _unknownHandoff = Valid with
    {
        Source = Mag2,
        Handoff = HandoffIndicator.HandoffStateUnknown,
        LinkLayerIdentifier = OtherInterface,
    };

    private readonly AnchorFixture _anchor = new();

    [Fact]
    public void TerminateSessions_EndsTheSessionsOfTheMobileNode_AndLeavesOthers()
    {
        var prefix = _anchor.Register(Valid).Single();
        var other = Valid with { Nai = "mn2@dynamic.pmip.example" };
        var kept = _anchor.Register(other).Single();

        var actions = _anchor.Role.Handle(
            new RoleInput.Administer(new AdministrativeAction.TerminateSessions(MobileNodeIdentifierOption.ForNai(Valid.Nai!)))
        );

        actions.WithoutLog().Should().Equal(new RoleAction.RemoveRoute(RouteTo(prefix, Mag1)));
        _anchor.Register(other with { Handoff = HandoffIndicator.HandoffStateNotChanged, Prefixes = [kept] }).Should().Equal(kept);
    }

    [Fact]
    public void Snapshot_ShowsTheSessions_AndStaysAsItIs()
    {
        var role = new LocalMobilityAnchor(Settings, new Random(1));
        var driver = new RoleDriver(role);
        driver.Signal(Mag1, Anchor, Valid.ToMessage(driver.TrueTime));

        var snapshot = role.Snapshot();
        driver.Advance(TimeSpan.FromHours(1));

        snapshot.Bindings.Should().ContainSingle().Which.Binding.ProxyCareOfAddress.Should().Be(Mag1);
        role.Snapshot().Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Lifetime_GrantedAndNotExtended_EndsTheSessionAtItsEnd()
    {
        var prefix = _anchor.Register(Valid)[0];

        _anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(600)).Should().BeEmpty();
        _anchor.Role.Tick().Should().Equal(new RoleAction.RemoveRoute(RouteTo(prefix, Mag1)), new RoleAction.RemoveTunnel(TunnelTo(Mag1)));
        _anchor.Register(Valid).Should().NotEqual([prefix]);
    }

    [Fact]
    public void Extension_StartsTheLifetimeAgain_AndTouchesNoRoute()
    {
        var prefix = _anchor.Register(Valid)[0];
        _anchor.Role.Advance(TimeSpan.FromSeconds(500));

        var actions = _anchor.Send(Valid with { Prefixes = [prefix], Handoff = HandoffIndicator.HandoffStateNotChanged });

        actions.Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendSignal>();
        _anchor.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(600)).Should().BeEmpty();
        _anchor.Role.Tick().Should().HaveCount(2);
    }

    [Fact]
    public void Handoff_MovesRoutesAndTunnelToTheNewGateway()
    {
        var prefix = _anchor.Register(Valid)[0];

        var actions = _anchor.Send(Valid with { Source = Mag2 });

        actions
            .SkipLast(1)
            .Should()
            .Equal(
                new RoleAction.RemoveRoute(RouteTo(prefix, Mag1)),
                new RoleAction.RemoveTunnel(TunnelTo(Mag1)),
                new RoleAction.AddTunnel(TunnelTo(Mag2)),
                new RoleAction.AddRoute(RouteTo(prefix, Mag2))
            );
        PrefixesIn(actions.Only<BindingAcknowledgement>()).Should().Equal(prefix);
    }

    [Fact]
    public void Tunnel_SharedByTwoSessions_OutlivesTheFirst()
    {
        _anchor.Register(Valid);
        _anchor.Send(Valid with { Nai = "mn2@dynamic.pmip.example" }).OfType<RoleAction.AddTunnel>().Should().BeEmpty();

        _anchor.Send(Valid with { Source = Mag2 }).OfType<RoleAction.RemoveTunnel>().Should().BeEmpty();
        _anchor
            .Send(Valid with { Source = Mag2, Nai = "mn2@dynamic.pmip.example" })
            .OfType<RoleAction.RemoveTunnel>()
            .Should()
            .ContainSingle();
    }

    [Fact]
    public void DeRegistration_IsAcceptedAtOnce_AndDropsTheDataUntilTheSessionIsDeleted()
    {
        var prefix = _anchor.Register(Valid)[0];

        var actions = _anchor.Send(_deRegistration with { Prefixes = [prefix] });

        actions
            .SkipLast(1)
            .Should()
            .Equal(
                new RoleAction.RemoveRoute(RouteTo(prefix, Mag1)),
                new RoleAction.AddRoute(BlackholeTo(prefix)),
                new RoleAction.RemoveTunnel(TunnelTo(Mag1))
            );
        var answer = actions.Only<BindingAcknowledgement>();
        (answer.Status, answer.LifetimeUnits).Should().Be((BindingStatus.ACCEPTED, (ushort)0));
        PrefixesIn(answer).Should().Equal(prefix);

        _anchor.Role.AdvanceToJustBefore(Settings.MinDelayBeforeBCEDelete).Should().BeEmpty();
        _anchor.Role.Tick().Should().Equal(new RoleAction.RemoveRoute(BlackholeTo(prefix)));
        _anchor.Send(_deRegistration with { Prefixes = [prefix] }).WithoutLog().Should().BeEmpty("there is no session any more");
    }

    [Fact]
    public void DeRegistration_Repeated_IsAcceptedAgain_AndDoesNotProlongTheWait()
    {
        var prefix = _anchor.Register(Valid)[0];
        _anchor.Ask(_deRegistration);
        _anchor.Role.Advance(TimeSpan.FromSeconds(6));

        _anchor.Send(_deRegistration).Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendSignal>();

        _anchor.Role.Advance(TimeSpan.FromSeconds(4)).Should().Equal(new RoleAction.RemoveRoute(BlackholeTo(prefix)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Registration_DuringTheWait_TakesTheSessionUpAgain(bool sameGateway)
    {
        var prefix = _anchor.Register(Valid)[0];
        _anchor.Ask(_deRegistration);
        _anchor.Role.Advance(TimeSpan.FromSeconds(9));
        var gateway = sameGateway ? Mag1 : Mag2;

        var actions = _anchor.Send(Valid with { Source = gateway, Handoff = HandoffIndicator.HandoffStateUnknown });

        actions
            .SkipLast(1)
            .Should()
            .Equal(
                new RoleAction.RemoveRoute(BlackholeTo(prefix)),
                new RoleAction.AddTunnel(TunnelTo(gateway)),
                new RoleAction.AddRoute(RouteTo(prefix, gateway))
            );
        _anchor.Role.Advance(TimeSpan.FromSeconds(60)).Should().BeEmpty("the deletion was cancelled");
    }

    [Fact]
    public void DeRegistration_FromTheGatewayBefore_IsIgnored()
    {
        var prefixes = _anchor.Register(Valid);
        _anchor.Register(Valid with { Source = Mag2 });

        _anchor.Send(_deRegistration with { Prefixes = prefixes }).WithoutLog().Should().BeEmpty();
        _anchor.Role.Advance(TimeSpan.FromSeconds(60)).Should().BeEmpty();
    }

    [Fact]
    public void UnknownHandoff_WithoutDeRegistration_GetsANewSessionAtTheEndOfTheWait()
    {
        var prefixes = _anchor.Register(Valid);

        _anchor.Send(_unknownHandoff).WithoutLog().Should().BeEmpty();
        _anchor.Role.AdvanceToJustBefore(Settings.MaxDelayBeforeNewBCEAssign).Should().BeEmpty();
        var answer = _anchor.Role.Tick().Only<BindingAcknowledgement>();

        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        PrefixesIn(answer).Should().NotEqual(prefixes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UnknownHandoff_WithDeRegistrationDuringTheWait_GetsTheSession(bool namesInterface)
    {
        var registration = namesInterface ? Valid : Valid with { LinkLayerIdentifier = null };
        var handoff = namesInterface ? _unknownHandoff : _unknownHandoff with { LinkLayerIdentifier = null };
        var prefixes = _anchor.Register(registration);
        _anchor.Send(handoff);
        _anchor.Role.Advance(TimeSpan.FromSeconds(1));

        var answers = _anchor.Send(registration with { LifetimeUnits = 0, Prefixes = prefixes }).OfType<RoleAction.SendSignal>().ToList();

        answers.Select(answer => answer.Path.Destination).Should().Equal(Mag1, Mag2);
        PrefixesIn(answers.Messages<BindingAcknowledgement>()[1]).Should().Equal(prefixes);
        _anchor.Role.Advance(TimeSpan.FromSeconds(60)).Should().BeEmpty("the wait and the deletion were cancelled");
    }

    [Fact]
    public void UnknownHandoff_RepeatedDuringTheWait_HasOneOutcome_ForTheLastRequest()
    {
        _anchor.Register(Valid);
        _anchor.Send(_unknownHandoff with { SequenceNumber = 1 });
        _anchor.Role.Advance(TimeSpan.FromSeconds(1));
        _anchor.Send(_unknownHandoff with { SequenceNumber = 2 });

        _anchor.Role.AdvanceToJustBefore(TimeSpan.FromMilliseconds(499)).Should().BeEmpty("the first request has waited 1501 ms less 2 ms");
        _anchor.Role.Tick().Only<BindingAcknowledgement>().SequenceNumber.Should().Be(2);
        _anchor.Role.Advance(TimeSpan.FromSeconds(60)).Should().BeEmpty();
    }

    [Fact]
    public void UnknownHandoff_WhereWaitingIsSwitchedOff_GetsANewSessionAtOnce()
    {
        var anchor = new AnchorFixture(Settings with { WaitForDeregistrationOnUnknownHandoff = false });
        var prefixes = anchor.Register(Valid);

        anchor.Register(_unknownHandoff).Should().NotEqual(prefixes);
    }

    [Fact]
    public void UnknownHandoff_OfDeRegisteredSession_DoesNotWait()
    {
        var prefixes = _anchor.Register(Valid);
        _anchor.Ask(_deRegistration);

        _anchor.Register(_unknownHandoff).Should().Equal(prefixes);
    }

    [Fact]
    public void HandleTimeout_EarlyOrLate_IsHarmless()
    {
        var prefix = _anchor.Register(Valid)[0];

        _anchor.Role.NextTimeout.Should().Be(_anchor.Role.Now.Monotonic + TimeSpan.FromSeconds(600));
        _anchor.Role.Advance(TimeSpan.FromSeconds(1)).Should().BeEmpty();
        _anchor.Role.Advance(TimeSpan.FromDays(1)).Should().HaveCount(2);
        _anchor.Role.NextTimeout.Should().BeNull();
        _anchor.Register(Valid).Should().NotEqual([prefix]);
    }
}
