using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>From which moment a time in a scenario counts, and how late the next stimulus may be.</summary>
public sealed class TimePassingTests
{
    private static readonly DateTimeOffset _start = ScriptedBed.Start;
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    /// <summary>The stimulus leaves at 1 s, its answer comes at 1.5 s, and the step begins at 2 s. The margin is 2 ms.</summary>
    [Theory]
    [InlineData("5 s", 6500)]
    [InlineData("just over 5 s", 6502)]
    [InlineData("just under 5 s", 5998)]
    [InlineData("half 5 s", 4000)]
    [InlineData("400 ms", 2000)]
    [InlineData("INITIAL_BINDACK_TIMEOUT", 2500)]
    [InlineData("just under INITIAL_BINDACK_TIMEOUT", 2000)]
    public void TimeAfterAnAnswer_CountsFromTheAnswer_ButJustUnderALimitCountsFromTheStimulus(string duration, int expected)
    {
        var bed = new ScriptedBed();
        var session = Answered(bed);

        Pass(session, duration);

        (bed.Now - _start).TotalMilliseconds.Should().Be(expected);
    }

    [Fact]
    public void Time_WithoutAnAnswerToTheStimulus_CountsFromTheStimulus()
    {
        var bed = new ScriptedBed();
        var session = Answered(bed);
        session.LastStimulus = session.Tester.Send(Ports.Core, new byte[] { 2 });

        Pass(session, "5 s");

        (bed.Now - _start).TotalSeconds.Should().Be(7, "the stimulus left at 2 s, and the earlier answer does not belong to it");
    }

    [Fact]
    public void Time_AfterALinkWentDown_CountsFromThen()
    {
        var bed = new ScriptedBed();
        var session = Answered(bed);
        session.Tester.WaitUntil(_start + TimeSpan.FromSeconds(4));
        session.SetCarrier(Ports.Access(1), up: false);

        Pass(session, "5 s");

        (bed.Now - _start).TotalSeconds.Should().Be(9);
    }

    [Fact]
    public void Time_WithoutAStimulus_CountsFromNow()
    {
        var bed = new ScriptedBed();
        var session = Sessions.On(bed);
        session.Tester.WaitUntil(_start.AddSeconds(3));

        Pass(session, "just under 5 s");

        (bed.Now - _start).TotalMilliseconds.Should().Be(7998);
    }

    [Fact]
    public void Margin_IsTheToleranceOfTheBed_IfThatIsMore()
    {
        var bed = new ScriptedBed(Sessions.Facts(TimeSpan.FromMilliseconds(50)));

        Pass(Answered(bed), "just over 5 s");

        (bed.Now - _start).TotalMilliseconds.Should().Be(6550);
    }

    [Fact]
    public void StimulusAfterJustUnderALimit_MayBeHalfAMarginLate_AndNotATickMore()
    {
        StimulusLateBy(TimeSpan.FromMilliseconds(1)).Should().NotThrow();
        StimulusLateBy(TimeSpan.FromMilliseconds(1) + _tick).Should().Throw<TesterLateException>();

        static Action StimulusLateBy(TimeSpan late)
        {
            var bed = new ScriptedBed();
            var session = Answered(bed);
            Pass(session, "just under 5 s");
            bed.SendsAfter = late;
            return () => session.LastStimulus = session.Tester.Send(Ports.Core, new byte[] { 2 });
        }
    }

    [Theory]
    [InlineData("5 s")]
    [InlineData("just over 5 s")]
    public void StimulusAfterAnotherTime_MayLeaveAtAnyTime(string duration)
    {
        var bed = new ScriptedBed();
        var session = Answered(bed);
        Pass(session, "just under 1 s");
        Pass(session, duration);
        bed.SendsAfter = TimeSpan.FromSeconds(1);

        session.Invoking(sending => sending.LastStimulus = sending.Tester.Send(Ports.Core, new byte[] { 2 })).Should().NotThrow();
    }

    [Fact]
    public void FramesMeanwhile_AreThereAfterwards()
    {
        var session = Answered(new ScriptedBed().Deliver(_start.AddSeconds(4), Ports.Home, 9));

        Pass(session, "5 s");

        session.Tester.TryExpect(packet => packet, _start.AddSeconds(4), after: null, out var found).Should().BeTrue();
        found!.Frame.Port.Should().Be(Ports.Home);
    }

    [Theory]
    [InlineData("a while")]
    [InlineData("UNKNOWN_TIMEOUT")]
    public void TextThatIsNoDuration_IsAFaultOfTheScenario(string text) =>
        FluentActions
            .Invoking(() => Pass(Answered(new ScriptedBed()), text))
            .Should()
            .Throw<ScenarioFaultException>()
            .WithMessage($"*'{text}'*");

    private static void Pass(TestSession session, string duration) => new TimePassing(session).Pass(Durations.Read(duration, session));

    private static TestSession Answered(ScriptedBed bed)
    {
        bed.Deliver(_start.AddSeconds(1.5), Ports.Core, 1);
        var session = Sessions.On(bed);
        session.Tester.WaitUntil(_start.AddSeconds(1));
        session.LastStimulus = session.Tester.Send(Ports.Core, new byte[] { 1 });
        session.Tester.TryExpect(packet => packet, _start.AddSeconds(1.5), session.LastStimulus, out var answer);
        session.LastAnswer = answer!.Frame;
        session.Tester.WaitUntil(_start.AddSeconds(2));
        return session;
    }
}
