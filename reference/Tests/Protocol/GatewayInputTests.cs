using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>What a MAG does with inputs other than messages.</summary>
public class GatewayInputTests
{
    private static readonly MobileNodeIdentifierOption _mobileNode = MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example");

    private static readonly Timestamp _timestamp = new(0x0000_6700_0000_8000);

    private readonly GatewayFixture _gateway = new();

    [Theory]
    [InlineData(HandoffIndicator.AttachmentOverNewInterface)]
    [InlineData(HandoffIndicator.HandoffBetweenMobileAccessGateways)]
    public void Hint_OfTheAccessNetwork_IsTheHandoffIndicator_OfTheFirstRegistrationOnly(HandoffIndicator hint)
    {
        _gateway.Handle(new RoleInput.LinkUp(Link1) { Hint = hint });

        Indicator(_gateway.Solicit()).Should().Be(hint);
        _gateway.Answer();
        Indicator(_gateway.Advance(TimeSpan.FromSeconds(300))).Should().Be(HandoffIndicator.HandoffStateNotChanged);
        _gateway.Answer();
        Indicator(_gateway.Handle(new RoleInput.LinkDown(Link1))).Should().Be(HandoffIndicator.HandoffStateUnknown);
    }

    [Fact]
    public void Hint_EndsWithTheLink()
    {
        _gateway.Handle(new RoleInput.LinkUp(Link1) { Hint = HandoffIndicator.AttachmentOverNewInterface });
        _gateway.Handle(new RoleInput.LinkDown(Link1));

        Indicator(_gateway.Solicit(Link2)).Should().Be(HandoffIndicator.HandoffStateUnknown);
        _gateway.Handle(new RoleInput.LinkUp(Link1));
        Indicator(_gateway.Solicit(Link1, Mac2)).Should().Be(HandoffIndicator.HandoffStateUnknown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Timestamp_OfTheMobileNode_IsUsedOnlyIfTheVariableSaysSo(bool isInUse)
    {
        var gateway = new GatewayFixture(Settings with { MobileNodeGeneratedTimestampInUse = isInUse });

        var request = gateway.Handle(new RoleInput.LinkUp(Bound) { Timestamp = _timestamp }).Only<BindingUpdate>();

        (request.Options.First<TimestampOption>()!.Value == _timestamp).Should().Be(isInUse);
        gateway.Handle(new RoleInput.LinkUp(Link1));
        gateway.Solicit().Only<BindingUpdate>().Options.First<TimestampOption>()!.Value.Should().NotBe(_timestamp);
    }

    [Fact]
    public void Timestamp_OfTheMobileNode_IsThatOfTheFirstMessage_AndGrowsWithTheTimeSince()
    {
        var gateway = new GatewayFixture(Settings with { MobileNodeGeneratedTimestampInUse = true });
        var registration = gateway.Handle(new RoleInput.LinkUp(Bound) { Timestamp = _timestamp });
        var secondAttempt = gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        gateway.Answer();
        var extension = gateway.Advance(TimeSpan.FromSeconds(300));
        gateway.Answer();
        var deRegistration = gateway.Handle(new RoleInput.LinkDown(Bound));

        IReadOnlyList<RoleAction>[] messages = [registration, secondAttempt, extension, deRegistration];
        messages
            .Select(actions => actions.Only<BindingUpdate>().Options.First<TimestampOption>()!.Value.Value - _timestamp.Value)
            .Should()
            .Equal(0, 1, 300 << 16, (300 << 16) + 1);
    }

    [Fact]
    public void Timestamp_OfTheMobileNode_IsSentAgainLater()
    {
        var gateway = new GatewayFixture(Settings with { MobileNodeGeneratedTimestampInUse = true });
        gateway.Handle(new RoleInput.LinkUp(Bound) { Timestamp = _timestamp });

        var again = gateway.Advance(Settings.InitialBindackTimeout).Only<BindingUpdate>();

        var later = (ulong)(Settings.InitialBindackTimeout.TotalSeconds * 65536);
        again.Options.First<TimestampOption>()!.Value.Value.Should().Be(_timestamp.Value + later);
    }

    [Fact]
    public void EnableRegistration_RegistersARefusedMobileNodeThatIsAttached_AndNoOther()
    {
        _gateway.Solicit();
        _gateway.Answer(BindingStatus.PROXY_REG_NOT_ENABLED);

        Administer(new AdministrativeAction.EnableRegistration(MobileNodeIdentifierOption.ForNai("other@pmip.example"))).Should().BeEmpty();
        var registered = Administer(new AdministrativeAction.EnableRegistration(_mobileNode));

        registered.Only<BindingUpdate>().Options.First<MobileNodeIdentifierOption>().Should().Be(_mobileNode);
        Administer(new AdministrativeAction.EnableRegistration(_mobileNode)).Should().BeEmpty("it is enabled already");
    }

    [Fact]
    public void TerminateSessions_DeRegistersTheMobileNode_AndLeavesOthers()
    {
        _gateway.Register();
        _gateway.Register(Link2, Mac2, [OtherPrefix]);

        var ended = Administer(new AdministrativeAction.TerminateSessions(_mobileNode));

        var request = ended.Only<BindingUpdate>();
        (request.LifetimeUnits, request.Options.First<MobileNodeIdentifierOption>()).Should().Be((0, _mobileNode));
        _gateway
            .Advance(Settings.InitialBindackTimeout)
            .OfType<RoleAction.RemoveRoute>()
            .Select(removed => removed.Route)
            .Should()
            .BeEquivalentTo([Downstream(Prefix, Link1), Upstream(Prefix)]);
    }

    [Fact]
    public void Address_OfAnotherNode_IsLogged()
    {
        _gateway
            .Handle(new RoleInput.AddressTested(Link1, LinkLocal, IsUnique: false))
            .Should()
            .ContainSingle()
            .Which.Should()
            .BeOfType<RoleAction.Log>();
        _gateway.Handle(new RoleInput.AddressTested(Link1, LinkLocal, IsUnique: true)).Should().BeEmpty();
    }

    [Fact]
    public void PathMtu_OfTheTunnel_MakesTheAdvertisedMtuSmaller_AndNeverLarger()
    {
        _gateway.Register();

        Mtu(Report(Anchor, 1400)).Should().Be(1360);
        Report(Anchor, 1400).Should().BeEmpty("the path MTU has not changed");
        Report(Anchor, 1500).Should().BeEmpty();
        Report(IPAddress.Parse("2001:db8:100::9"), 1300).Should().BeEmpty("no tunnel ends there");
        Mtu(_gateway.Solicit()).Should().Be(1360);
        Mtu(Report(Anchor, 1000)).Should().Be(1280);
        Report(Anchor, 900).Should().BeEmpty("the MTU of the tunnel has not changed");
    }

    private static uint Mtu(IReadOnlyList<RoleAction> actions) =>
        actions.Advertisements().Should().ContainSingle().Subject.Options.First<MtuOption>()!.Mtu;

    private static HandoffIndicator Indicator(IReadOnlyList<RoleAction> actions) =>
        actions.Only<BindingUpdate>().Options.First<HandoffIndicatorOption>()!.Value;

    private IReadOnlyList<RoleAction> Report(IPAddress destination, uint mtu) =>
        _gateway.Handle(new RoleInput.PathMtuChanged(destination, mtu));

    private IReadOnlyList<RoleAction> Administer(AdministrativeAction action) => _gateway.Handle(new RoleInput.Administer(action));
}
