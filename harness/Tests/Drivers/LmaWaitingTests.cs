using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>
/// Phrases about a request with unknown handoff state, which an LMA keeps waiting for a de-registration. It is the second request of each
/// scenario.
/// </summary>
public sealed class LmaWaitingTests
{
    private const string Waiting = """
        Given MN1 is registered at MAG1
        And MAG2 registers MN1 with Handoff Indicator = 4

        """;

    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan _margin = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longWait = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _shortWait = TimeSpan.FromMilliseconds(1500);

    [Fact]
    public void AnswerAtOnce_ComesWithinTheTimeForAnAnswer_NotOneTickLater()
    {
        AtOnce(_longWait, _answerWithin + _margin).Verdict.Should().Be(Verdict.Pass);

        var late = AtOnce(_longWait, _answerWithin + _margin + _tick);
        late.Verdict.Should().Be(Verdict.Fail);
        late.Purpose[^1].Actual.Should().Be("it came 2.002 s after that event");
    }

    /// <summary>The LMA may have answered upon the de-registration, or not: nothing is said for or against it.</summary>
    [Fact]
    public void AnswerAtOnce_ThatTheEndOfAShortWaitMayHaveCaused_IsInconclusive()
    {
        var result = AtOnce(_shortWait, _shortWait + _tick);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("MaxDelayBeforeNewBCEAssign is so short");
    }

    /// <summary>What has no wait has no end of it that could have caused the answer.</summary>
    [Fact]
    public void AnswerAtOnce_OfAnLmaThatDoesNotWait_CountsFromTheRequest()
    {
        const string Steps =
            "Given MN1 is registered at MAG1\nWhen MAG2 registers MN1 with Handoff Indicator = 4\n"
            + "Then the LMA accepts the registration by MAG2 at once";

        Run(_shortWait, _answerWithin + _margin, Steps, claims: []).Verdict.Should().Be(Verdict.Pass);
        Run(_shortWait, _answerWithin + _margin + _tick, Steps, claims: [])
            .Purpose[^1]
            .Actual.Should()
            .Be("it came 2.002 s after that event");
    }

    [Theory]
    [InlineData(6000)]
    [InlineData(1500)]
    public void AnswerAtOnce_BeforeTheEventItWaitsFor_IsAViolation(int wait)
    {
        var result = Run(
            TimeSpan.FromMilliseconds(wait),
            _tick,
            Waiting + "And 1 s passes\nWhen MAG1 de-registers MN1\nThen the LMA accepts the registration by MAG2 at once"
        );

        result.Verdict.Should().Be(Verdict.Fail);
        result.Purpose[^1].Actual.Should().Be("it came before that event");
    }

    [Fact]
    public void WaitToTheEnd_LastsUntilJustUnderIt()
    {
        const string Steps =
            Waiting + "When 1 s passes\nThen the LMA keeps the registration by MAG2 waiting for MaxDelayBeforeNewBCEAssign";

        Run(_longWait, _longWait - _margin + _tick, Steps).Verdict.Should().Be(Verdict.Pass);
        var early = Run(_longWait, _longWait - _margin, Steps);
        early.Verdict.Should().Be(Verdict.Fail);
        early.Purpose.Single().Actual.Should().Be("status 0 ACCEPTED, 5.998 s after the request");
    }

    /// <summary>The step looks back only, and not beyond the end of the wait.</summary>
    [Theory]
    [InlineData(1, 999, Verdict.Fail)]
    [InlineData(1, 1001, Verdict.Pass)]
    [InlineData(7, 5998, Verdict.Fail)]
    [InlineData(7, 5999, Verdict.Pass)]
    public void Wait_IsJudgedUpToNow(int seconds, int answeredAfter, Verdict verdict) =>
        Run(
            _longWait,
            TimeSpan.FromMilliseconds(answeredAfter),
            Waiting + $"When {seconds} s passes\nThen the LMA keeps the registration by MAG2 waiting"
        )
            .Verdict.Should()
            .Be(verdict);

    /// <summary>The time of the answer counts from the request, with which the de-registration leaves.</summary>
    private static ScenarioResult AtOnce(TimeSpan wait, TimeSpan after) =>
        Run(wait, after, Waiting + "When MAG1 de-registers MN1\nThen the LMA accepts the registration by MAG2 at once");

    private static ScenarioResult Run(TimeSpan wait, TimeSpan after, string steps) =>
        Run(wait, after, steps, claims: "waits-for-deregistration");

    private static ScenarioResult Run(TimeSpan wait, TimeSpan after, string steps, params string[] claims)
    {
        var facts = Sessions.Facts(claims: claims);
        var timers = new Dictionary<string, TimeSpan>(facts.Ixit.Timers) { ["MaxDelayBeforeNewBCEAssign"] = wait };
        var lma = new ScriptedLma(new ScriptedBed(facts with { Ixit = facts.Ixit with { Timers = timers } }));
        lma.Status = (number, _) =>
        {
            lma.AnswersAfter = number == 2 ? after : _tick;
            return BindingStatus.ACCEPTED;
        };
        return PhraseRuns.Run(lma.Bed, "status,timing", steps).Result;
    }
}
