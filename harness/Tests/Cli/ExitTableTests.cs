using Conformance.Harness.Tests.Reports;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class ExitTableTests
{
    private const string Id = "rfc5213-5.3.6-k4";

    [Fact]
    public void Readme_HasTheTable()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var shown = readme
            .Split('\n')
            .SkipWhile(line => line != "| command | 0 | 1 | 2 |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim().Replace("`", "", StringComparison.Ordinal)));

        shown
            .Select(cells => string.Join('|', cells))
            .Should()
            .Equal(ExitTable.Rows.Select(row => string.Join('|', row.Command, row.Zero, row.One, row.Two)));
    }

    [Fact]
    public void Help_ShowsTheTable_AndEachCommandItsOwnRow()
    {
        string Words(params string[] args) =>
            string.Join(' ', Shell.Run(args).Output.Split((char[])[], StringSplitOptions.RemoveEmptyEntries));

        var help = Words("--help");
        foreach (var row in ExitTable.Rows)
        {
            help.Should().Contain($"{row.Command} ").And.Contain($"2 {row.Two}");
        }

        foreach (var command in new[] { "run", "rejudge", "report", "diff", "audit" })
        {
            Words(command, "--help").Should().Contain(ExitTable.Of(command));
        }
    }

    /// <param name="level">The level of a statement that is violated, but in a scenario with another purpose.</param>
    [Theory]
    [InlineData("MUST", 1, 0, 1)]
    [InlineData("MUST NOT", 1, 0, 1)]
    [InlineData("declarative", 1, 0, 1)]
    [InlineData("SHOULD", 0, 0, 1)]
    [InlineData("MAY", 0, 0, 1)]
    public void AStatementViolatedIncidentally_DecidesByItsLevel(string level, int exit, int purposeOnly, int strict)
    {
        var register = Registers.Of(Registers.Row(Id, level: level));
        var run = Passed(Runs.Pass() with { Incidental = [Violated(Id)] });

        ExitRule.Of(run, register).Should().Be(exit);
        ExitRule.Of(run with { Header = run.Header with { PurposeOnly = true } }, register).Should().Be(purposeOnly);
        ExitRule.Of(run with { Header = run.Header with { Strict = true } }, register).Should().Be(strict);
    }

    [Fact]
    public void ARecommendationThatIsThePurpose_AndIsNotFollowed_IsNoObjection() =>
        ExitRule
            .Of(Passed(Runs.Pass() with { Purpose = [Violated(Id)] }), Registers.Of(Registers.Row(Id, level: "SHOULD")))
            .Should()
            .Be(ExitCode.Success);

    [Theory]
    [InlineData(Verdict.Fail)]
    [InlineData(Verdict.Inconclusive)]
    public void AScenarioThatDidNotPass_Is1(Verdict verdict) =>
        ExitRule.Of(Passed(Runs.Pass() with { Verdict = verdict }), Runs.Register()).Should().Be(ExitCode.Failure);

    [Fact]
    public void ARunThatWasCut_OrTestedNothing_Is2_AndSaysSoFirst()
    {
        var cut = Passed(Runs.Pass() with { Incidental = [Violated(Id)] }) with { End = null };
        var errors = Passed(Runs.Pass() with { Verdict = Verdict.Error });

        foreach (var run in new[] { cut, errors })
        {
            ExitRule.Of(run, Runs.Register()).Should().Be(ExitCode.CannotRun);
            new RunSummary(run).Conclusion.Should().StartWith("Incomplete: ");
            new RunSummary(run).Partial.Should().StartWith("Incomplete: ");
        }
    }

    private static Run Passed(ScenarioResult result) => Runs.Complete() with { Planned = [Runs.Planned()[0]], Results = [result] };

    private static Finding Violated(string id) => new(new StatementId(id), Ok: false, "the MN-Id of the PBU", "no MN-Id", 2, null);
}
