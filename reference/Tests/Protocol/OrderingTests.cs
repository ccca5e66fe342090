using FluentAssertions;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Section 5.5, and RFC 6275, Section 9.5.1.</summary>
public class OrderingTests
{
    private static readonly TimeSpan _window = Settings.TimestampValidityWindow;

    private readonly AnchorFixture _anchor = new();

    [Fact]
    public void SequenceNumber_OfARequestThatWaited_DoesNotLowerTheLastAcceptedOne()
    {
        var first = Valid with { HasTimestamp = false };
        var waiting = first with
        {
            Source = Mag2,
            SequenceNumber = 5,
            Handoff = HandoffIndicator.HandoffStateUnknown,
            LinkLayerIdentifier = OtherInterface,
        };
        _anchor.Register(first);
        _anchor.Send(waiting).WithoutLog().Should().BeEmpty();
        _anchor.Send(first with { SequenceNumber = 6, LifetimeUnits = 0 }).Messages<BindingAcknowledgement>().Should().HaveCount(2);

        var answer = _anchor.Ask(waiting with { SequenceNumber = 6 });

        (answer.Status, answer.SequenceNumber).Should().Be((BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, (ushort)6));
    }

    [Fact]
    public void Timestamp_OnTheEdgeOfTheWindow_IsValid_AndOneUnitBeyondIsNot()
    {
        // 250 ms is a whole number of units of 2^-16 s, and the test's clock is at a whole unit.
        var edge = TimeSpan.FromMilliseconds(250);
        var settings = Settings with { TimestampValidityWindow = edge };

        Answer(settings, -edge).Status.Should().Be(BindingStatus.ACCEPTED);
        Answer(settings, edge).Status.Should().Be(BindingStatus.ACCEPTED);
        Answer(settings, -edge - TimeSpan.FromTicks(1)).Status.Should().Be(BindingStatus.TIMESTAMP_MISMATCH);
        Answer(settings, edge + TimeSpan.FromMicroseconds(16)).Status.Should().Be(BindingStatus.TIMESTAMP_MISMATCH);

        static BindingAcknowledgement Answer(LocalMobilityAnchorSettings settings, TimeSpan offset)
        {
            var anchor = new AnchorFixture(settings);
            return anchor
                .Role.Signal(Mag1, Anchor, (Valid with { TimestampOffset = offset }).ToMessage(anchor.Role.TrueTime))
                .Only<BindingAcknowledgement>();
        }
    }

    [Fact]
    public void Timestamp_OutsideTheWindow_IsAnsweredWithTheAnchorsTime()
    {
        _anchor.Role.ClockOffset = _window * 2;

        var answer = _anchor.Ask(Valid);

        answer.Status.Should().Be(BindingStatus.TIMESTAMP_MISMATCH);
        answer.Options.First<TimestampOption>()!.Value.Should().Be(Timestamp.FromUtc(_anchor.Role.Now.Utc));
    }

    [Fact]
    public void Timestamp_LowerThanTheLastAccepted_Is157WithTheAnchorsTime()
    {
        _anchor.Register(Valid);

        var answer = _anchor.Ask(Valid with { TimestampOffset = TimeSpan.FromMilliseconds(-50) });

        answer.Status.Should().Be(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        answer.Options.First<TimestampOption>()!.Value.Should().Be(Timestamp.FromUtc(_anchor.Role.Now.Utc));
    }

    [Fact]
    public void Timestamp_LowerAndOutsideTheWindow_Is157()
    {
        _anchor.Register(Valid);

        _anchor.Ask(Valid with { TimestampOffset = -_window * 2 }).Status.Should().Be(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
    }

    [Fact]
    public void Timestamp_EqualToTheLastAccepted_Is156()
    {
        _anchor.Register(Valid);

        _anchor.Ask(Valid with { TimestampOffset = TimeSpan.FromMilliseconds(-1) }).Status.Should().Be(BindingStatus.TIMESTAMP_MISMATCH);
    }

    [Fact]
    public void Timestamps_OfGatewayWithSlowClock_AreComparedWithEachOther()
    {
        var slow = Valid with { TimestampOffset = TimeSpan.FromMilliseconds(-200) };
        _anchor.Register(slow);

        _anchor.Register(slow).Should().ContainSingle("the second is 1 ms younger than the first");
    }

    [Fact]
    public void Timestamp_InAnotherSessionOfTheMobileNode_CountsAsWell()
    {
        _anchor.Register(Valid);
        var other = Valid with { LinkLayerIdentifier = OtherInterface };

        _anchor
            .Ask(other with { TimestampOffset = TimeSpan.FromMilliseconds(-50) })
            .Status.Should()
            .Be(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        _anchor
            .Ask(other with { Nai = "mn2@dynamic.pmip.example", TimestampOffset = TimeSpan.FromMilliseconds(-50) })
            .Status.Should()
            .Be(BindingStatus.ACCEPTED);
    }

    [Fact]
    public void Timestamp_OfMobileNode_IsNotComparedWithTheClock_ButIsStillOrdered()
    {
        var anchor = new AnchorFixture(Settings with { MobileNodeGeneratedTimestampInUse = true });
        var old = Valid with { TimestampOffset = TimeSpan.FromDays(-365) };

        anchor.Register(old);
        anchor
            .Ask(old with { TimestampOffset = TimeSpan.FromDays(-366) })
            .Status.Should()
            .Be(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
    }

    [Fact]
    public void SequenceNumber_WithTimestamp_IsIgnoredAndEchoed()
    {
        _anchor.Register(Valid with { SequenceNumber = 100 });

        var answer = _anchor.Ask(Valid with { SequenceNumber = 5 });

        (answer.Status, answer.SequenceNumber).Should().Be((BindingStatus.ACCEPTED, (ushort)5));
    }

    [Theory]
    [InlineData(15, 16, true)]
    [InlineData(15, 15, false)]
    [InlineData(15, 0, false)]
    [InlineData(15, 32782, true)]
    [InlineData(15, 32783, false)]
    [InlineData(65535, 0, true)]
    public void SequenceNumber_WithoutTimestamp_IsComparedModulo65536(int first, int second, bool isAccepted)
    {
        var update = Valid with { HasTimestamp = false };
        _anchor.Register(update with { SequenceNumber = (ushort)first });

        var answer = _anchor.Ask(update with { SequenceNumber = (ushort)second });

        answer.Status.Should().Be(isAccepted ? BindingStatus.ACCEPTED : BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        answer.SequenceNumber.Should().Be((ushort)(isAccepted ? second : first), "a rejection names the last accepted number");
        answer.Options.Has<TimestampOption>().Should().BeFalse();
    }

    [Fact]
    public void SequenceNumber_OfAnotherSession_DoesNotCount()
    {
        var update = Valid with { HasTimestamp = false };
        _anchor.Register(update with { SequenceNumber = 100 });

        _anchor.Register(update with { SequenceNumber = 5, LinkLayerIdentifier = OtherInterface }).Should().ContainSingle();
    }
}
