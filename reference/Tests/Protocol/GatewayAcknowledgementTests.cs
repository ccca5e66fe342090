using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Section 6.9.1.2: the processing of Proxy Binding Acknowledgements.</summary>
public class GatewayAcknowledgementTests
{
    private readonly GatewayFixture _gateway = new();

    public static TheoryData<byte> Rejections => [128, 129, 130, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 200];

    public static TheoryData<MobilityOption> WrongEchoes =>
        [
            MobileNodeIdentifierOption.ForNai("other@dynamic.pmip.example"),
            new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
            new AccessTechnologyTypeOption(AccessTechnologyType.Ieee80211),
            new MobileNodeLinkLayerIdentifierOption(new OctetString(Mac2.ToArray())),
        ];

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Rejection_DeniesTheService(byte status)
    {
        _gateway.Solicit();

        var actions = _gateway.Answer((BindingStatus)status);

        actions.Advertisements().Should().BeEmpty();
        actions.OfType<RoleAction.AddRoute>().Should().BeEmpty();
        _gateway.Solicit().Advertisements().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Rejection_OfAnExtension_EndsTheService(byte status)
    {
        _gateway.Register();
        _gateway.Advance(TimeSpan.FromSeconds(300));

        var actions = _gateway.Answer((BindingStatus)status);

        actions.OfType<RoleAction.RemoveRoute>().Should().HaveCount(2);
        actions.OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
        _gateway.Solicit().Advertisements().Should().BeEmpty();
    }

    [Theory]
    [InlineData(BindingStatus.REASON_UNSPECIFIED)]
    [InlineData(BindingStatus.INSUFFICIENT_RESOURCES)]
    [InlineData(BindingStatus.PROXY_REG_NOT_ENABLED)]
    [InlineData(BindingStatus.TIMESTAMP_MISMATCH)]
    [InlineData(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX)]
    public void Rejection_IsNotFollowedByANewRequest(BindingStatus status)
    {
        _gateway.Solicit();
        _gateway.Answer(status);

        _gateway.Solicit().Should().BeEmpty();
        _gateway.Advance(TimeSpan.FromMinutes(5)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(BindingStatus.PROXY_REG_NOT_ENABLED, false)]
    [InlineData(BindingStatus.TIMESTAMP_MISMATCH, true)]
    public void NextAttachment_AfterRejection_IsANewRequest_UnlessTheServiceIsNotEnabled(BindingStatus status, bool isRegistered)
    {
        _gateway.Solicit();
        _gateway.Answer(status);
        _gateway.Handle(new RoleInput.LinkDown(Link1)).WithoutLog().Should().BeEmpty();
        _gateway.Handle(new RoleInput.LinkUp(Link1));

        _gateway.Solicit().Messages<BindingUpdate>().Should().HaveCount(isRegistered ? 1 : 0);
    }

    [Fact]
    public void TimestampLower_IsAnsweredAtOnceWithALaterOne_AndTheSecondTimeAfterTheTimeout()
    {
        var first = _gateway.Solicit().Only<BindingUpdate>();

        var second = _gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).Only<BindingUpdate>();

        TimestampIn(second).Should().BeGreaterThan(TimestampIn(first));
        _gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).WithoutLog().Should().BeEmpty();
        _gateway.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(1)).Should().BeEmpty();
        TimestampIn(_gateway.Advance(TimeSpan.FromTicks(1)).Only<BindingUpdate>()).Should().BeGreaterThan(TimestampIn(second));
        _gateway.Answer().Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void TimestampMismatch_DoesNotMoveTheGatewaysClock()
    {
        _gateway.Solicit();
        _gateway.Answer(
            BindingStatus.TIMESTAMP_MISMATCH,
            answer =>
                answer with
                {
                    Options = new MobilityOptionList(
                        answer.Options.Where(option => option is not TimestampOption).Append(new TimestampOption(new Timestamp(1)))
                    ),
                }
        );
        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Handle(new RoleInput.LinkUp(Link1));

        var time = TimestampIn(_gateway.Solicit().Only<BindingUpdate>());

        (time.Value - Timestamp.FromUtc(_gateway.Role.TrueTime).Value).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void RequestedPrefix_NotAuthorized_IsNotAskedForAgain_ButAnyOtherIs()
    {
        var profile = new MobileNodeProfile { IdentifierPattern = "*@dynamic.pmip.example", HomeNetworkPrefixes = [Prefix] };
        var gateway = new GatewayFixture(Settings with { Profiles = [profile] });
        gateway.Solicit().Only<BindingUpdate>().Options.First<HomeNetworkPrefixOption>()!.Prefix.Should().Be(Prefix);

        var again = gateway.Answer(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX).Only<BindingUpdate>();

        again.Options.First<HomeNetworkPrefixOption>()!.Prefix.IsAllZero.Should().BeTrue();
        gateway.Answer(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX).WithoutLog().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(WrongEchoes))]
    public void WrongEcho_IsIgnored_AndTheRequestNotRepeated(MobilityOption wrong)
    {
        _gateway.Solicit();

        _gateway
            .Answer(edit: answer =>
                answer with
                {
                    Options = new MobilityOptionList(answer.Options.Select(option => option.GetType() == wrong.GetType() ? wrong : option)),
                }
            )
            .WithoutLog()
            .Should()
            .BeEmpty();

        _gateway.Advance(TimeSpan.FromMinutes(5)).Should().BeEmpty();
        _gateway.Answer().Advertisements().Should().ContainSingle("the correct answer is still accepted");
    }

    [Fact]
    public void AnswerThatMatchesNothing_IsIgnored_AndTheRequestRepeated()
    {
        _gateway.Solicit();

        _gateway
            .Answer(edit: answer => answer with { SequenceNumber = (ushort)(answer.SequenceNumber + 7) })
            .WithoutLog()
            .Should()
            .BeEmpty();
        _gateway.Answer(edit: answer => answer with { Flags = 0 }).WithoutLog().Should().BeEmpty();
        _gateway.Answer(source: IPAddress.Parse("2001:db8:100::77")).WithoutLog().Should().BeEmpty();
        _gateway.Advance(TimeSpan.FromSeconds(1)).Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void AnswerToAnEarlierTransmission_IsAnAnswer_AndASecondOneIsNot()
    {
        var first = _gateway.Solicit().Only<BindingUpdate>();
        _gateway.Advance(TimeSpan.FromSeconds(1));

        _gateway.Answer(edit: answer => answer with { SequenceNumber = first.SequenceNumber }).Advertisements().Should().ContainSingle();
        _gateway.Answer().WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void Answer_WithUnknownOptionsInAnotherOrder_IsAccepted()
    {
        _gateway.Solicit();

        _gateway
            .Answer(edit: answer =>
                answer with
                {
                    Options = new MobilityOptionList(answer.Options.Reverse().Prepend(new UnknownOption(200, new OctetString([1])))),
                }
            )
            .Advertisements()
            .Should()
            .ContainSingle();
    }

    [Fact]
    public void Acceptance_WithoutAPrefix_DeniesTheService()
    {
        _gateway.Solicit();

        _gateway.Answer(prefixes: [Ipv6Prefix.AllZero]).WithoutLog().Should().BeEmpty();
        _gateway.Solicit().Should().BeEmpty();
    }

    [Fact]
    public void LinkLocalAddress_ThatTheMobileNodeUses_IsReplacedByAnotherAndUploaded()
    {
        _gateway.FromMobileNode(Link1, Mac1, LinkLocal, Ipv6Multicast.AllRouters, new RouterSolicitation(NdOptionList.Empty));

        var actions = _gateway.Answer();

        var configured = actions.OfType<RoleAction.AddAddress>().Should().ContainSingle().Subject;
        configured.Address.Should().NotBe(LinkLocal);
        configured.PerformDad.Should().BeTrue();
        var upload = actions.Only<BindingUpdate>();
        upload.Options.First<LinkLocalAddressOption>()!.Address.Should().Be(configured.Address);
        upload.Options.First<HandoffIndicatorOption>()!.Value.Should().Be(HandoffIndicator.HandoffStateNotChanged);
        _gateway.Answer().Should().BeEmpty("the address is not known to be unique");
    }

    [Fact]
    public void SequenceNumbers_WithoutTimestamps_AreCountedPerMobileNode_AndGoOnFromTheAnchorsNumber()
    {
        var gateway = new GatewayFixture(Settings with { TimestampBasedApproachInUse = false });
        var first = gateway.Solicit().Only<BindingUpdate>();
        first.Options.Has<TimestampOption>().Should().BeFalse();

        var again = gateway
            .Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, answer => answer with { SequenceNumber = 4711 })
            .Only<BindingUpdate>();

        again.SequenceNumber.Should().Be(4712);
        gateway.Answer().Advertisements().Should().ContainSingle();
        gateway.Solicit(Link2, Mac2).Only<BindingUpdate>().SequenceNumber.Should().Be(first.SequenceNumber);
        gateway.Answer(prefixes: [OtherPrefix]).Advertisements().Should().ContainSingle();
    }

    [Theory]
    [InlineData(4711, 4712)]
    [InlineData(65_000, 3)]
    public void SequenceNumbers_WithTimestamps_GoOnFromTheAnchorsNumber_IfThatIsGreater(int last, int next)
    {
        _gateway.Register();
        _gateway.Solicit(Link2, Mac2);

        var again = _gateway
            .Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, answer => answer with { SequenceNumber = (ushort)last })
            .Only<BindingUpdate>();

        again.SequenceNumber.Should().Be((ushort)next);
        again.Options.Has<TimestampOption>().Should().BeTrue();
    }

    [Fact]
    public void RejectionOfADeRegistration_EndsTheAttachmentAfterTheTimeout()
    {
        _gateway.Register();
        _gateway.Handle(new RoleInput.LinkDown(Link1));

        _gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).Should().BeEmpty();
        _gateway.Advance(Settings.InitialBindackTimeout).OfType<RoleAction.RemoveTunnel>().Should().ContainSingle();
    }

    [Fact]
    public void WrongEcho_OfAnExtension_StopsAllRequests_UntilTheMobileNodeAttachesAgain()
    {
        _gateway.Register();
        _gateway.Advance(TimeSpan.FromSeconds(300)).Messages<BindingUpdate>().Should().ContainSingle();
        _gateway.Answer(edit: answer =>
            answer with
            {
                Options = new MobilityOptionList(
                    answer.Options.Select(option =>
                        option is HandoffIndicatorOption ? new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface) : option
                    )
                ),
            }
        );

        var actions = _gateway.Advance(TimeSpan.FromMinutes(30));

        actions.OfType<RoleAction.SendSignal>().Should().BeEmpty();
        actions.OfType<RoleAction.RemoveTunnel>().Should().ContainSingle("the granted lifetime is over");
        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Handle(new RoleInput.LinkUp(Link1));
        _gateway.Solicit().Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void DeRegistration_RejectedAsNotEnabled_StopsAllRequestsForThisMobileNode()
    {
        _gateway.Register();
        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Answer(BindingStatus.PROXY_REG_NOT_ENABLED);
        _gateway.Advance(Settings.InitialBindackTimeout);
        _gateway.Handle(new RoleInput.LinkUp(Link1));

        _gateway.Solicit().Messages<BindingUpdate>().Should().BeEmpty();
    }

    [Fact]
    public void Timestamps_OfMessagesOfOneInstant_AreInTheirOrder()
    {
        var registration = _gateway
            .FromMobileNode(Link1, Mac1, LinkLocal, Ipv6Multicast.AllRouters, new RouterSolicitation(NdOptionList.Empty))
            .Only<BindingUpdate>();
        var upload = _gateway.Answer().Only<BindingUpdate>();
        var deRegistration = _gateway.Handle(new RoleInput.LinkDown(Link1)).Only<BindingUpdate>();

        TimestampIn(upload).Should().BeGreaterThan(TimestampIn(registration));
        TimestampIn(deRegistration).Should().BeGreaterThan(TimestampIn(upload));
    }

    [Fact]
    public void Timestamp_AfterTheClockHasBeenSetBack_IsTheNewTimeOfDay()
    {
        _gateway.Register();
        _gateway.Role.ClockOffset = TimeSpan.FromMinutes(-1);

        TimestampIn(_gateway.Handle(new RoleInput.LinkDown(Link1)).Only<BindingUpdate>())
            .Should()
            .Be(Timestamp.FromUtc(_gateway.Role.Now.Utc));
    }

    [Fact]
    public void AnswerToAnOldTransmission_IsIgnored()
    {
        var first = _gateway.Solicit().Only<BindingUpdate>();
        _gateway.Advance(TimeSpan.FromHours(1));

        _gateway.Answer(edit: answer => answer with { SequenceNumber = first.SequenceNumber }).WithoutLog().Should().BeEmpty();
        _gateway.Answer().Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void SecondRejection_WhereNothingIsRetransmitted_SetsNoTimer()
    {
        var rules = MobileAccessGatewayRules.Default;
        var gateway = new GatewayFixture(rules: rules with { Retransmission = rules.Retransmission.Without("InitialTimeout") });
        gateway.Solicit();
        gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).Messages<BindingUpdate>().Should().ContainSingle();

        gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).WithoutLog().Should().BeEmpty();

        gateway.Role.NextTimeout.Should().BeNull();
    }

    private static Timestamp TimestampIn(BindingUpdate request) => request.Options.First<TimestampOption>()!.Value;
}
