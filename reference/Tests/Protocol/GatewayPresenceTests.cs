using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.13 and 6.9.1.4: a mobile node that falls silent on a link that stays up.</summary>
public class GatewayPresenceTests
{
    private static readonly IPAddress _mobileNode = Mac1.LinkLocalAddress();
    private static readonly TimeSpan _half = Settings.RequestedLifetime / 2;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    private readonly GatewayFixture _gateway = new() { AnswersProbes = false };

    [Fact]
    public void MobileNode_IsAskedBeforeTheExtension_AndAnAnswerBringsIt()
    {
        _gateway.Register();

        _gateway.Advance(_half - _tick).Should().BeEmpty();
        var asked = _gateway.Advance(_tick);

        asked.Messages<BindingUpdate>().Should().BeEmpty();
        var probe = asked.Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendIcmp>().Which;
        (probe.Source, probe.Destination, probe.Link).Should().Be((LinkLocal, _mobileNode, Link1));
        RoleActions.ParseIcmp(probe.Message).Should().BeOfType<NeighborSolicitation>().Which.Target.Should().Be(_mobileNode);
        Hear().Only<BindingUpdate>().Lifetime.Should().Be(Settings.RequestedLifetime);
        _gateway.Advance(_second).Probes().Should().BeEmpty();
    }

    [Fact]
    public void MobileNode_ThatWasHeardRecently_IsNotAsked()
    {
        _gateway.Register();
        _gateway.Advance(_half - (3 * _second) + _tick);
        Hear();

        var due = _gateway.Advance((3 * _second) - _tick);

        due.Probes().Should().BeEmpty();
        due.Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void MobileNode_ThatWasHeardTooLongAgo_IsAsked()
    {
        _gateway.Register();
        _gateway.Advance(_half - (3 * _second));
        Hear();

        _gateway.Advance(3 * _second).Probes().Should().ContainSingle();
    }

    [Fact]
    public void SilentMobileNode_IsAskedThreeTimes_AndDeRegistered()
    {
        _gateway.Register();
        _gateway.Advance(_half).Probes().Should().ContainSingle();
        _gateway.Advance(_second - _tick).Probes().Should().BeEmpty();
        _gateway.Advance(_tick).Probes().Should().ContainSingle();
        _gateway.Advance(_second).Probes().Should().ContainSingle();

        _gateway.Advance(_second - _tick).Should().BeEmpty();
        var ended = _gateway.Advance(_tick);

        ended.Probes().Should().BeEmpty();
        ended.Only<BindingUpdate>().Lifetime.Should().Be(TimeSpan.Zero);
        var torn = _gateway.Answer();
        var last = torn.Advertisements().Should().ContainSingle().Which;
        last.RouterLifetimeSeconds.Should().Be(0);
        last.Options.OfType<PrefixInformationOption>()
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<PrefixInformationOption>(option => option.Prefix == Prefix && option.ValidLifetimeSeconds == 0);
        torn.Should().Contain(new RoleAction.RemoveAddress(Link1, LinkLocal));
        _gateway.Solicit().Messages<BindingUpdate>().Should().ContainSingle("it is a new attachment");
    }

    [Fact]
    public void AnswerToALaterProbe_BringsTheExtension_AndTheNextRoundHasAllProbes()
    {
        _gateway.Register();
        _gateway.Advance(_half + _second).Probes().Should().HaveCount(2);
        Hear().Messages<BindingUpdate>().Should().ContainSingle();
        _gateway.Answer();

        _gateway.Advance(_half + (2 * _second)).Probes().Should().HaveCount(3);
    }

    [Fact]
    public void ShortLifetime_LeavesTimeForTheDeRegistration()
    {
        var gateway = new GatewayFixture(Settings with { RequestedLifetime = TimeSpan.FromSeconds(4) }) { AnswersProbes = false };
        gateway.Register();

        var probed = gateway.Advance(TimeSpan.FromSeconds(3.5));

        probed.Probes().Should().HaveCount(3);
        probed.Only<BindingUpdate>().Lifetime.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void MobileNode_OfWhichNoAddressIsKnown_IsThereWhileTheLinkIsUp()
    {
        _gateway.Handle(new RoleInput.LinkUp(Bound));
        _gateway.Answer();

        _gateway.Advance(_half).Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendSignal>();
    }

    [Fact]
    public void LinkDown_NeedsNoLastAdvertisement_AndAnotherMobileNodeGetsNone()
    {
        _gateway.Register();
        _gateway.Handle(new RoleInput.LinkDown(Link1)).Messages<BindingUpdate>().Should().ContainSingle();
        _gateway.Handle(new RoleInput.LinkUp(Link1));
        _gateway.Answer().Advertisements().Should().BeEmpty("the mobile node has gone although the link is up again");

        _gateway.Register(Link2);
        _gateway.Solicit(Link2, Mac2).Advertisements().Should().BeEmpty();
    }

    private IReadOnlyList<RoleAction> Hear() =>
        _gateway.FromMobileNode(
            Link1,
            Mac1,
            _mobileNode,
            LinkLocal,
            new NeighborAdvertisement(_mobileNode, Router: false, Solicited: true, Override: false, NdOptionList.Empty)
        );
}
