using System.Text.Json;
using System.Xml.Linq;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.Reports.Formats;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

/// <summary>Whoever has to mend a device sees what each attempt at a repeated scenario found.</summary>
public sealed class AttemptsTests
{
    private static readonly ScenarioResult[] _attempts =
    [
        Runs.Fail(),
        Runs.Fail() with
        {
            Capture = $"captures/attempt-2/{Runs.Failing}.pcapng",
            Reason = "another statement was violated",
            Purpose = [Runs.Fail().Purpose[0] with { Statement = new StatementId("rfc5213-5.3.6-k4") }],
        },
        Runs.Fail() with
        {
            Capture = $"captures/attempt-3/{Runs.Failing}.pcapng",
            Verdict = Verdict.Pass,
            Reason = "every statement was kept",
            Purpose = [Runs.Fail().Purpose[0] with { Ok = true }],
        },
    ];

    private static readonly Run _run = Runs.Complete() with
    {
        Results = [Runs.Pass(), Repetition.Conclude(_attempts), Runs.Undecided()],
        Attempts = _attempts,
    };

    [Fact]
    public void Report_ShowsEveryAttempt_WithItsStatementAndCapture()
    {
        var html = UnpackedReport.Of(HtmlReport.Create(_run, Runs.Register(), "nowhere"));

        var attempts = html[html.IndexOf("<h4>Attempts</h4>", StringComparison.Ordinal)..];
        attempts[..attempts.IndexOf("</table>", StringComparison.Ordinal)]
            .Should()
            .ContainAll(
                "rfc5213-5.3.1-k13</a>",
                "another statement was violated",
                "rfc5213-5.3.6-k4</a>",
                $"""<a href="captures/attempt-2/{Runs.Failing}.pcapng">""",
                """<span class="pill pass">pass</span>""",
                $"""<a href="captures/attempt-3/{Runs.Failing}.pcapng">"""
            );
        html.Split("<h4>Attempts</h4>").Should().HaveCount(2, "no other scenario was repeated");
    }

    [Fact]
    public void Junit_SaysWhatEveryAttemptFound()
    {
        var error = XDocument
            .Parse(JunitReport.Create(_run, Runs.Register()))
            .Descendants("error")
            .First(known => known.Parent!.Attribute("name")!.Value.StartsWith(Runs.Failing, StringComparison.Ordinal));

        error
            .Value.Should()
            .Contain($"Attempt 1    fail: rfc5213-5.3.1-k13 was violated, captures/{Runs.Failing}.pcapng")
            .And.Contain($"Attempt 2    fail: another statement was violated (rfc5213-5.3.6-k4), captures/attempt-2/{Runs.Failing}.pcapng")
            .And.Contain($"Attempt 3    pass, captures/attempt-3/{Runs.Failing}.pcapng");
    }

    /// <summary>For Cucumber the last attempt counts: its verdict is that of the scenario, not its own.</summary>
    [Fact]
    public void Cucumber_RunsEveryAttempt_AndTheLastHasTheVerdictOfTheScenario()
    {
        var messages = CucumberMessages
            .Create(_run, Runs.Register())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToList();

        var started = Of("testCaseStarted").Where(known => Text(known, "testCaseId").StartsWith(Runs.Failing, StringComparison.Ordinal));
        started.Select(known => known.GetProperty("attempt").GetInt32()).Should().Equal(0, 1, 2);
        var ids = started.Select(known => Text(known, "id")).ToList();
        ids.Should().OnlyHaveUniqueItems();
        Of("testCaseFinished")
            .Where(known => ids.Contains(Text(known, "testCaseStartedId")))
            .Select(known => known.GetProperty("willBeRetried").GetBoolean())
            .Should()
            .Equal(true, true, false);
        Of("testStepFinished")
            .Where(known => ids.Contains(Text(known, "testCaseStartedId")))
            .Where(known => Text(known, "testStepId").EndsWith("-verdict", StringComparison.Ordinal))
            .Select(known => Text(known.GetProperty("testStepResult"), "status"))
            .Should()
            .Equal("FAILED", "FAILED", "PENDING");

        IEnumerable<JsonElement> Of(string kind) =>
            messages.Where(message => message.TryGetProperty(kind, out _)).Select(message => message.GetProperty(kind));

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }
}
