using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class RunSummaryTests
{
    [Fact]
    public void RunWithFailure_ConcludesTheFailure_AndCountsScenariosWithoutJudgement() =>
        Conclusion(Runs.Complete()).Should().Be("1 failure among 3 selected, 1 passed; 1 inconclusive, 1 statement violated incidentally.");

    [Fact]
    public void RunInWhichAllPassed_ConcludesNoFailures_NotConformance()
    {
        var run = Runs.Complete() with { Planned = [Runs.Planned()[0]], Results = [Runs.Pass()] };

        Conclusion(run).Should().Be("No failures among 1 selected.");
        new RunSummary(run).Partial.Should().BeNull();
    }

    [Fact]
    public void ViolationInPassing_IsReported_ThoughEveryVerdictIsPass()
    {
        var run = Runs.Complete() with
        {
            Planned = [Runs.Planned()[0]],
            Results = [Runs.Pass() with { Incidental = Runs.Fail().Incidental }],
        };

        Conclusion(run).Should().Be("No failures among 1 selected, 1 passed; 1 statement violated incidentally.");
        new RunSummary(run).IsClean.Should().BeFalse();
    }

    [Fact]
    public void RecommendationNotFollowed_IsReported_ThoughItFailsNoScenario()
    {
        var run = Runs.Complete() with { Planned = [Runs.Planned()[0]], Results = [Runs.Pass() with { Purpose = Runs.Fail().Purpose }] };

        Conclusion(run).Should().Be("No failures among 1 selected, 1 passed; 1 recommendation not followed.");
        new RunSummary(run).IsClean.Should().BeFalse();
    }

    [Fact]
    public void RunAgainstSilentDevice_SaysThatNothingPassed() =>
        Conclusion(Runs.Complete() with { Planned = [Runs.Planned()[2]], Results = [Runs.Undecided()] })
            .Should()
            .Be("No failures among 1 selected, 0 passed; 1 inconclusive.");

    [Fact]
    public void RunOfNothing_SaysNothing() =>
        Conclusion(Runs.Complete() with { Planned = [Runs.Planned()[3]], Results = [] })
            .Should()
            .Be("Incomplete: no scenario was selected: this run says nothing about the implementation.");

    [Fact]
    public void RunWithoutEnd_IsPartial_AndCountsWhatDidNotRun()
    {
        var summary = new RunSummary(Runs.Complete() with { Results = [Runs.Pass()], End = null });

        summary.Conclusion.Should().Be("Incomplete: No failures among 3 selected, 1 passed; 2 not run.");
        summary.IsIncomplete.Should().BeTrue();
        summary.Partial.Should().StartWith("Incomplete: the run was cut off: 1 of 3 selected scenarios have a result.");
    }

    [Fact]
    public void RunEndedEarly_IsPartial_WithItsReason() =>
        new RunSummary(Runs.Complete() with { End = new RunEnd(Runs.Header.Started, Complete: false, "budget of 60 s used up") })
            .Partial.Should()
            .Be("Incomplete: the run was ended early: budget of 60 s used up. 3 of 3 selected scenarios have a result.");

    private static string Conclusion(Run run) => new RunSummary(run).Conclusion;
}
