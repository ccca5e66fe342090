using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class StatementOutcomeTests
{
    [Fact]
    public void Outcomes_OfRun_CoverEveryStatementOfRegister_InOrder() =>
        StatementOutcome
            .Of(Runs.Complete(), Runs.Register())
            .Select(outcome => $"{outcome.Id} {outcome.State}")
            .Should()
            .Equal(
                "rfc5213-5.3.1-k1 Passed",
                "rfc5213-5.3.1-k12 Pending",
                "rfc5213-5.3.1-k13 Failed",
                "rfc5213-5.3.4-k2 Inconclusive",
                "rfc5213-5.3.4-k3 NotTestable",
                "rfc5213-5.3.6-k4 Failed",
                "rfc5844-3.1-k1 NotRun"
            );

    [Fact]
    public void ViolationInPassing_FailsItsOwnStatement_AndSaysSo() =>
        Outcome(Runs.Complete(), "rfc5213-5.3.6-k4").Violations.Should().ContainSingle().Which.IsPurpose.Should().BeFalse();

    [Fact]
    public void StatementBehindFailure_IsNotReached()
    {
        var id = new StatementId("rfc5213-5.3.4-k2");
        var planned = Runs.Scenario(Runs.Failing, "Two statements", "MUST", Selection.Selected, null, "rfc5213-5.3.1-k13", id.Value);
        var run = Runs.Complete() with { Planned = [planned], Results = [Runs.Fail() with { NotReached = [id] }] };

        Outcome(run, id.Value).State.Should().Be(StatementState.NotReached);
    }

    [Fact]
    public void StatementKeptByOneScenario_AndNotJudgedByAnother_HasNotPassed()
    {
        var other = Runs.Scenario("TC-LMA-REG-BV-02", "Another", "MUST", Selection.Selected, null, "rfc5213-5.3.1-k1");
        var undecided = Runs.Undecided() with { Scenario = other.Id, NotReached = other.Statements };
        var run = Runs.Complete() with { Planned = [.. Runs.Planned(), other], Results = [Runs.Pass(), undecided] };

        var outcome = Outcome(run, "rfc5213-5.3.1-k1");

        outcome.State.Should().Be(StatementState.Inconclusive);
        outcome.Verdicts.Should().Be("1 pass, 1 inconclusive");
    }

    /// <summary>A device of another role or edition has no scenario of the statement among those that are planned for it.</summary>
    [Theory]
    [InlineData("", StatementState.NotRun)]
    [InlineData("pending", StatementState.Pending)]
    public void StatementWithoutScenarioInTheRun_IsPendingOnlyIfTheRegisterSaysSo(string disposal, StatementState expected)
    {
        var register = Registers.Of(Registers.Row("rfc5213-5.3.6-k5", disposal: disposal));

        var outcomes = StatementOutcome.Of(Runs.Complete(), register);

        outcomes.Single(outcome => outcome.Id.Value == "rfc5213-5.3.6-k5").State.Should().Be(expected);
    }

    [Fact]
    public void StatementThatNoRegisterContains_HasAnOutcomeWithoutRow() =>
        StatementOutcome
            .Of(Runs.Complete(), StatementRegister.Empty)
            .Should()
            .HaveCount(5)
            .And.OnlyContain(outcome => outcome.Statement == null);

    /// <summary>The worst state counts, also through a statement that is itself covered by another.</summary>
    [Theory]
    [InlineData("rfc5213-5.3.1-k1", StatementState.Passed)]
    [InlineData("rfc5213-5.3.1-k1 rfc5213-5.3.1-k13", StatementState.Failed)]
    [InlineData("rfc5213-5.3.1-k1 rfc5213-5.3.6-k5", StatementState.Inconclusive)]
    public void StatementThatOthersCover_HasTheirWorstState(string coveredBy, StatementState expected)
    {
        var register = Registers.Of(
            Registers.Row("rfc5213-5.3.1-k1"),
            Registers.Row("rfc5213-5.3.1-k13"),
            Registers.Row("rfc5213-5.3.4-k2"),
            Registers.Row("rfc5213-5.3.6-k5", disposal: "pointer: covered by rfc5213-5.3.4-k2 rfc5213-5.3.6-k6"),
            Registers.Row("rfc5213-5.3.6-k6", disposal: $"pointer: covered by {coveredBy}")
        );

        var outcomes = StatementOutcome.Of(Runs.Complete(), register);

        var covered = outcomes.Single(outcome => outcome.Id.Value == "rfc5213-5.3.6-k6");
        (covered.State, covered.Covering).Should().Be((StatementState.Pointer, expected));
        outcomes.Single(outcome => outcome.Id.Value == "rfc5213-5.3.1-k1").Covering.Should().BeNull();
    }

    private static StatementOutcome Outcome(Run run, string id) =>
        StatementOutcome.Of(run, Runs.Register()).Single(outcome => outcome.Id.Value == id);
}
