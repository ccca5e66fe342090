using System.Text.Json;
using Conformance.Harness.Tests.Reports;
using Conformance.Reports;
using Conformance.Reports.Comparison;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class StatementDiffTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    private string Again => _suite.Out + "-again";

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void TwoRunsThatAreAlike_SaySo()
    {
        _suite.Run();
        Shell.Run("run", "--features", _suite.Features, "--out", Again);

        var markdown = Diff("markdown");

        markdown.ExitCode.Should().Be(ExitCode.Success, markdown.Error);
        markdown
            .Output.Should()
            .StartWith("## Conformance: no difference\n\n0 scenarios of 5 in both runs differ.\n")
            .And.NotContain("###")
            .And.MatchRegex(@"\n\| fail \| 1 \| 1 \|\n");
        Json(Diff("json")).GetProperty("statements").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void AStatementThatIsNewlyViolated_ComesFirst_WithItsScenarioAndWhatWasSeen()
    {
        Violate();

        var outcome = Diff("markdown");

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome
            .Output.Should()
            .StartWith("## Conformance: 1 statement newly violated, 1 no longer\n\n2 scenarios of 5 in both runs differ.\n")
            .And.ContainAll(
                "### Newly violated: 1\n",
                "- **rfc5213-5.3.1-k13** (MUST): A PBU without HI is answered with status 161.\n",
                $"  - held → violated in {SmallSuite.Passing} A registration without a Handoff Indicator is rejected (pass → fail); "
                    + "expected ",
                "### No longer violated: 1\n",
                "- **rfc5213-5.3.1-k12** (MUST)",
                $"  - violated → held in {SmallSuite.Failing} "
            )
            .And.MatchRegex("(?s)Newly violated.*No longer violated");
    }

    [Fact]
    public void TheSame_AsJson()
    {
        Violate();

        var json = Json(Diff("json"));

        json.GetProperty("differing").GetInt32().Should().Be(2);
        json.GetProperty("before").GetProperty("verdicts").GetProperty("fail").GetInt32().Should().Be(1);
        var statement = json.GetProperty("statements")[0];
        statement.GetProperty("statement").GetString().Should().Be("rfc5213-5.3.1-k13");
        statement.GetProperty("change").GetString().Should().Be("newly violated");
        var scenario = statement.GetProperty("scenarios")[0];
        scenario.GetProperty("scenario").GetString().Should().Be(SmallSuite.Passing);
        scenario.GetProperty("before").GetProperty("judgement").GetString().Should().Be("held");
        scenario.GetProperty("after").GetProperty("judgement").GetString().Should().Be("violated");
        scenario.GetProperty("after").GetProperty("verdict").GetString().Should().Be("fail");
    }

    [Fact]
    public void TextOfTheDevice_CannotWriteMarkdown()
    {
        var before = Runs.Complete() with { Results = [Runs.Pass()] };
        var failed = Runs.Pass() with
        {
            Verdict = Verdict.Fail,
            Purpose = [new Finding(new StatementId("rfc5213-5.3.1-k1"), false, "a PBA", "<b>@all</b>\n# [x](http://y) `|`", 2, 60)],
        };

        var markdown = MarkdownDiff.Create(RunDiff.Between(before, before with { Results = [failed] }, Runs.Register()));

        markdown.Should().NotContain("<b>").And.NotContain("@all").And.NotContain("\n# ").And.NotContain("[x]");
    }

    [Theory]
    [InlineData("https://evil.example/x", "https:")]
    [InlineData("see www.evil.example", "www.")]
    [InlineData("mn@evil.example", "@e", "&#64;e")]
    [InlineData("fixes #12, group/project#12 and !34", "#1", "&#35;1", "!3", "&#33;3")]
    [InlineData("hi @octocat", "@o", "&#64;o")]
    public void TextOfTheDevice_LinksToNothing_AndCallsNobody(string actual, params string[] absent)
    {
        var before = Runs.Complete() with { Results = [Runs.Pass()] };
        var failed = Runs.Pass() with
        {
            Verdict = Verdict.Fail,
            Purpose = [new Finding(new StatementId("rfc5213-5.3.1-k1"), false, "a PBA", actual, 2, 60)],
        };

        var markdown = MarkdownDiff.Create(RunDiff.Between(before, before with { Results = [failed] }, Runs.Register()));

        markdown.Should().NotContainAny(absent);
    }

    [Fact]
    public void AScenarioWithANameOfMarkup_CannotWriteMarkdown()
    {
        const string name = "<img src=//evil.example>";
        Run Named(ScenarioResult result) =>
            Runs.Complete() with
            {
                Planned = [.. Runs.Planned().Take(1).Select(planned => planned with { Id = name })],
                Results = [result with { Scenario = name }],
            };

        var failed = Runs.Pass() with { Verdict = Verdict.Fail, Reason = "the device stopped" };
        var markdown = MarkdownDiff.Create(RunDiff.Between(Named(Runs.Pass()), Named(failed), Runs.Register()));

        markdown.Should().Contain("img src").And.NotContain("<img");
    }

    [Fact]
    public void AComparisonThatIsTooLongForAComment_IsCut_AndSaysSo()
    {
        var planned = Enumerable.Range(10, 80).Select(number => Runs.Planned()[0] with { Id = $"TC-LMA-REG-BV-{number}" }).ToList();
        Run Of(Verdict verdict) =>
            Runs.Complete() with
            {
                Planned = planned,
                Results =
                [
                    .. planned.Select(one => Runs.Pass() with { Scenario = one.Id, Verdict = verdict, Reason = new string('x', 4000) }),
                ],
            };

        var markdown = MarkdownDiff.Create(RunDiff.Between(Of(Verdict.Pass), Of(Verdict.Fail), Runs.Register()));

        markdown.Length.Should().BeLessThan(65_536);
        markdown.Should().EndWith("--format json` has it whole.*\n");
    }

    [Fact]
    public void AnotherVerdict_WhereEveryStatementIsJudgedAlike_IsListedApart()
    {
        var before = Runs.Complete() with { Results = [Runs.Pass()] };
        var broken = Runs.Pass() with { Verdict = Verdict.Fail, Reason = "the device stopped" };

        var diff = RunDiff.Between(before, before with { Results = [broken] }, Runs.Register());

        diff.Statements.Should().BeEmpty();
        diff.Others.Where(scenario => scenario.After is not null).Should().ContainSingle();
        MarkdownDiff
            .Create(diff)
            .Should()
            .Contain("where every statement is judged alike")
            .And.Contain("(pass → fail): the device stopped");
    }

    [Fact]
    public void AnUnknownFormat_IsRefused()
    {
        _suite.Run();
        Shell.Run("run", "--features", _suite.Features, "--out", Again);

        Diff("xml").Error.Should().Contain("--format takes text, markdown or json, not xml.");
        Shell
            .Run("diff", _suite.Out, Again, "--evidence", "--format", "json")
            .Error.Should()
            .Contain("--format has no effect with --evidence");
    }

    /// <summary>Two runs; in the second, the passing scenario fails and the failing one passes.</summary>
    private void Violate()
    {
        _suite.Run();
        Shell.Run("run", "--features", _suite.Features, "--out", Again);
        var run = RunJournal.Read(Again);
        using var journal = new RunJournal(Again);
        journal.Begin(run.Header, run.Planned);
        foreach (var result in run.Results)
        {
            journal.Add(
                result.Scenario switch
                {
                    SmallSuite.Passing => Turned(result, Verdict.Fail, ok: false),
                    SmallSuite.Failing => Turned(result, Verdict.Pass, ok: true),
                    _ => result,
                }
            );
        }

        journal.End(run.End!);
    }

    private static ScenarioResult Turned(ScenarioResult result, Verdict verdict, bool ok) =>
        result with
        {
            Verdict = verdict,
            Purpose = [.. result.Purpose.Select(finding => finding with { Ok = ok })],
        };

    private Outcome Diff(string format) => Shell.Run("diff", _suite.Out, Again, "--format", format, "--features", _suite.Features);

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;
}
