using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Engine;

/// <summary>How the steps of a scenario run and end, which packets are theirs, and what the engine leaves on the bed.</summary>
public sealed class ScenarioEngineTests
{
    private static readonly DateTimeOffset _start = ScriptedBed.Start;

    [Fact]
    public void Steps_ThatPass_HaveTheirPacketsAndTimes()
    {
        var bed = new ScriptedBed().Deliver(_start.AddSeconds(0.5), Testing.Peers.Ports.Core, 7);

        var result = DeedRuns.Run("Given it rests; When it waits; When it sends; When it sends; Then it rests", bed).Result;

        result.Steps.Select(step => step.Outcome).Should().OnlyContain(outcome => outcome == StepOutcome.Passed).And.HaveCount(5);
        result.Steps.Select(step => (step.FirstPacket, step.LastPacket)).Should().Equal((null, null), (1, 1), (2, 2), (3, 3), (null, null));
        result.Steps.Select(step => step.At.TotalSeconds).Should().Equal(0, 0, 1, 1, 1);
        result.Packets.Should().Be(4, "the clean-up sends another one, which belongs to no step");
        result.ProtocolTime.Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Step_WithSeveralPackets_HasTheFirstAndTheLast()
    {
        var bed = new ScriptedBed();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            bed.Deliver(_start.AddSeconds(0.5), Testing.Peers.Ports.Core, 7);
        }

        var step = DeedRuns.Run("When it sends; When it waits", bed).Result.Steps[1];

        (step.FirstPacket, step.LastPacket).Should().Be((2, 4));
    }

    [Fact]
    public void Step_IsReportedAsWritten()
    {
        var table = new StepTable([
            ["Status", "0"],
            ["Lifetime", "4 s"],
        ]);
        var scenario = DeedRuns.Scenario(new Step(StepKeyword.When, "And", "it carries:", 42, table));

        var step = DeedRuns.Run(scenario, new ScriptedBed()).Result.Steps.Single();

        (step.Keyword, step.Text, step.Line).Should().Be(("And", "it carries:", 42));
        step.Table.Should().Equal("Status | 0", "Lifetime | 4 s");
    }

    [Theory]
    [InlineData("stumbles", "expected a time; no time")]
    [InlineData("breaks", "expected status 0; status 129")]
    [InlineData("confuses", "no such option")]
    [InlineData("loses", "link1 is down")]
    [InlineData("dawdles", "the tester is late")]
    [InlineData("differs", "packet 1 differs")]
    [InlineData("bursts", "InvalidOperationException: a bug*")]
    [InlineData("collapses", "nobody is served")]
    public void Step_ThatDoesNotPass_SkipsTheOthers_ButNotTheCleanUp(string deed, string message)
    {
        var bed = new ScriptedBed();

        var result = DeedRuns.Run($"When it sends; When it {deed}; Then it sends; Then it sends", bed).Result;

        result
            .Steps.Select(step => step.Outcome)
            .Should()
            .Equal(StepOutcome.Passed, StepOutcome.Failed, StepOutcome.Skipped, StepOutcome.Skipped);
        result.Steps[1].Message.Should().Match(message);
        result.Steps.Where((_, index) => index != 1).Should().OnlyContain(step => step.Message == null);
        (result.Steps[2].FirstPacket, result.Steps[2].LastPacket).Should().Be((null, null));
        bed.Sent.Select(sent => sent.Octets[0]).Should().Equal(1, Deeds.CleanUp);
    }

    [Fact]
    public void Step_WithAPhraseThatDoesNotExist_IsAnError()
    {
        var result = DeedRuns.Run("When somebody sings; Then it rests").Result;

        (result.Verdict, result.Reason).Should().Be((Verdict.Error, "No phrase fits 'somebody sings'."));
        result.Steps.Select(step => step.Outcome).Should().Equal(StepOutcome.Failed, StepOutcome.Skipped);
    }

    [Fact]
    public void Scenario_ThatFailsBeforeItsFirstStep_IsInconclusive_AndRunsNone()
    {
        var scenario = DeedRuns.Scenario(
            $"TC-LMA-{Deeds.DeadFromTheBeginning}-BI-01",
            [Deeds.Must],
            [.. DeedRuns.Parse("When it sends; When it holds")]
        );

        var result = DeedRuns.Run(scenario, new ScriptedBed()).Result;

        (result.Verdict, result.Reason).Should().Be((Verdict.Inconclusive, "the preamble failed: dead from the beginning"));
        result.Steps.Should().OnlyContain(step => step.Outcome == StepOutcome.Skipped).And.HaveCount(2);
        result.NotReached.Select(id => id.Value).Should().Equal(Deeds.Must);
    }

    [Fact]
    public void Bed_ThatIsLostWhileTheTesterWaits_IsAnError()
    {
        var bed = new ScriptedBed { OnSend = (_, _, _) => throw new BedLostException("core is down") };

        var result = DeedRuns.Run("When it sends", bed).Result;

        (result.Verdict, result.Reason).Should().Be((Verdict.Error, "core is down"));
    }

    [Theory]
    [InlineData("When it dawdles", true)]
    [InlineData("Given at the end it dawdles; When it holds", true)]
    [InlineData("Given at the end it dawdles; When it dawdles", true)]
    [InlineData("When it violates; When it dawdles", false)]
    [InlineData("Given at the end it dawdles; When it confuses", false)]
    [InlineData("Given at the end it collapses; When it dawdles", false)]
    [InlineData("Given at the end it differs; When it confuses", false)]
    [InlineData("When it confuses", false)]
    [InlineData("When it holds; When it follows", false)]
    public void Run_IsLate_IfNothingButTheTesterIsAtFault(string steps, bool late) => DeedRuns.Run(steps).IsLate.Should().Be(late);

    [Theory]
    [InlineData("Given at the end it dies; When it holds", "it has died")]
    [InlineData("Given at the end it forgets; When it holds", null)]
    [InlineData("Given at the end it collapses; When it holds", null)]
    [InlineData("When it violates", null)]
    public void Bed_IsToldOfADeath_AndOfNothingElse(string steps, string? reason)
    {
        var bed = new ScriptedBed();

        DeedRuns.Run(steps, bed);

        bed.Replaced.Should().Be(reason);
    }

    [Fact]
    public void Trace_TellsWhereEachStepAndTheCleanUpBegin()
    {
        var trace = DeedRuns.Run("When it sends; When it sends; Then it rests").Trace;

        trace.Scenario.Should().Be("TC-LMA-REG-BV-01");
        trace
            .Events.OfType<TraceEvent.Step>()
            .Should()
            .Equal(new TraceEvent.Step(0, 1), new TraceEvent.Step(1, 2), new TraceEvent.Step(2, 3), new TraceEvent.Step(2, 4));
    }

    [Theory]
    [InlineData("", 0, 0, 13)]
    [InlineData("", 60, 90, 60)]
    [InlineData("When it confuses", 60, 90, 90)]
    [InlineData("When it confuses", 60, 5, 13)]
    public void Identity_IsReturned_UsableWhenItsStateMustBeGone(string steps, int leftover, int asked, int usableAfter)
    {
        var bed = new ScriptedBed();
        bed.Identities.Enqueue((7, _start));

        DeedRuns.Run($"Given MN1 is used, with a session of {leftover} s that may be one of {asked} s; {steps}", bed);

        // Without a session, MinDelayBeforeBCEDelete of 10 s and the guard of 3 s remain.
        bed.Returned.Should().Equal((7, _start.AddSeconds(usableAfter)));
    }

    /// <summary>The state of a mobile node is gone with the last session of its interfaces.</summary>
    [Fact]
    public void Identity_OfSeveralInterfaces_IsReturnedOnce()
    {
        var bed = new ScriptedBed(Sessions.Facts() with { Ixit = Sessions.Ixit() with { Domain = ReferenceDomains.Lma } });
        bed.Identities.Enqueue((7, _start));

        DeedRuns.Run("Given MN1 and MN2 are interfaces, with sessions of 60 s and 90 s", bed);

        bed.Returned.Should().Equal((7, _start.AddSeconds(90)));
    }

    [Fact]
    public void Identity_InQuarantine_IsAwaited_AndAPoolWithoutOneIsAFault()
    {
        const string Steps = "Given MN1 is used, with a session of 0 s that may be one of 0 s";
        var waiting = new ScriptedBed();
        waiting.Identities.Enqueue((7, _start.AddSeconds(30)));

        DeedRuns.Run(Steps, waiting).Result.ProtocolTime.Should().Be(TimeSpan.FromSeconds(30));
        DeedRuns.Run(Steps).Result.Reason.Should().StartWith("The bed has no identity left for MN1");
    }

    [Fact]
    public void Statement_ThatIsNotInTheRegister_IsRefused_WithThePlaceOfItsTag()
    {
        var scenario = DeedRuns.Scenario("TC-LMA-REG-BV-01", ["rfc5213-9.9-k9"]);

        FluentActions
            .Invoking(() => DeedRuns.Run(scenario, new ScriptedBed()))
            .Should()
            .Throw<InvalidOperationException>()
            .WithMessage("a.feature:3: rfc5213-9.9-k9 is not in the register.");
    }

    [Fact]
    public void Comments_AreOnThePacketsThatDecided()
    {
        var run = DeedRuns.Run(
            "When it holds; When it sends; When it holds; When it violates; When it errs; When it sends; When it neglects"
        );

        run.Comments.Keys.Should().BeEquivalentTo([1, 2]);
        run.Comments[1]
            .Should()
            .Be(
                "rfc5213-5.3.1-k1 VIOLATED (purpose): expected status 0; status 128\n"
                    + "rfc5213-5.3.1-k3 VIOLATED (incidental): expected a length of 2; a length of 3 (octet 5)"
            );
        run.Comments[2].Should().Be("rfc5213-5.3.1-k2 VIOLATED (purpose): expected in order; out of order");
    }

    [Fact]
    public void Comment_OnAStatementThatHolds_IsThereForThePurposeOnly() =>
        DeedRuns.Run("When it sends; When it holds").Comments[1].Should().Be("rfc5213-5.3.1-k1 holds (purpose)");

    [Fact]
    public void Result_TellsScenarioAndSeed()
    {
        var result = DeedRuns.Run("When it rests", new ScriptedBed(Sessions.Facts() with { Seed = 4711 })).Result;

        (result.Scenario, result.Seed).Should().Be(("TC-LMA-REG-BV-01", 4711));
    }
}
