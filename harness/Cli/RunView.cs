using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>
/// Writes the results at the end of a run, by root cause. What is violated comes near the end, just before the conclusion, except for
/// faults of every message, which come first.
/// </summary>
internal sealed class RunView(Terminal terminal, Run run, StatementRegister register, string directory)
{
    /// <summary>The maximum number of root causes of a kind that are shown in full; the report contains all.</summary>
    private const int CausesShown = 20;

    /// <summary>The maximum number of scenarios that are named behind a cause.</summary>
    private const int NamesShown = 6;

    private readonly RunSummary _summary = new(run);

    /// <param name="shared">
    /// True if the scenarios shared one implementation: the run can be reproduced only as a whole, not scenario by scenario.
    /// </param>
    public void Write(bool shared)
    {
        if (_summary.Partial is { } partial)
        {
            terminal.Line(partial);
        }

        terminal.Console.Write(VerdictTable.Of(run));
        WriteRemarks();
        WriteStaticFailures();
        WriteCauses(
            CauseKind.EveryMessage,
            "Faults of nearly every message they concern, each a failure of the device whatever the scenarios test"
        );
        WriteUnsettled();
        WriteCauses(CauseKind.Recommendation, "Recommendations that are not followed");
        WriteCauses(CauseKind.Binding, "Requirements that are violated, by root cause");
        WriteConclusion(shared);
    }

    private void WriteStaticFailures()
    {
        if (run.Header.StaticFailures is not { Count: > 0 } failures)
        {
            return;
        }

        terminal.Heading("Static conformance failures (mandatory items that the ICS does not claim):");
        foreach (var failure in failures)
        {
            terminal.Line($"  {failure}");
        }
    }

    private void WriteRemarks()
    {
        var remarks = run.Results.Where(result => result.Remarks.Count > 0).ToList();
        if (remarks.Count > 0)
        {
            terminal.Line(
                $"{RunSummary.Plural(remarks.Sum(result => result.Remarks.Count), "remark")} "
                    + $"in {RunSummary.Plural(remarks.Count, "scenario")}, see the report."
            );
        }

        if (run.Results.Count(result => result.LateAttempts.Count > 0) is > 0 and var again)
        {
            terminal.Line(
                $"{RunSummary.Plural(again, "scenario")} started again because the tester acted too late (its machine was busy), "
                    + "see the report."
            );
        }
    }

    /// <summary>What a scenario did not judge, and failures without a violated statement, by reason: one cause often stops many.</summary>
    private void WriteUnsettled()
    {
        var reasons = run
            .Results.Where(result => result.IsUnsettled)
            .GroupBy(result => (result.Verdict, result.Reason))
            .OrderByDescending(reason => reason.Key.Verdict)
            .ThenByDescending(reason => reason.Count())
            .ToList();
        if (reasons.Count == 0)
        {
            return;
        }

        terminal.Heading("Scenarios that did not pass, without a violated statement of their purpose, by reason:");
        foreach (var reason in reasons)
        {
            terminal.Line();
            terminal.Field(ReportText.Of(reason.Key.Verdict), reason.Key.Reason);
            terminal.Field("Scenarios", Names(reason.Select(result => result.Key)));
            terminal.Line(Labelled("Replay", ReportText.Replay(run, reason.First().Key)));
        }
    }

    private void WriteCauses(CauseKind kind, string heading)
    {
        var causes = RootCause.Of(run, register).Where(cause => cause.Kind == kind).ToList();
        if (causes.Count == 0)
        {
            return;
        }

        terminal.Heading($"{heading}: {causes.Count}");
        foreach (var cause in causes.Take(CausesShown))
        {
            Write(cause);
        }

        if (causes.Count > CausesShown)
        {
            terminal.Heading($"{causes.Count - CausesShown} more, see the report:");
            foreach (var cause in causes.Skip(CausesShown))
            {
                terminal.Line($"  {string.Join(", ", cause.Statements)}: {run.NameOf(cause.First)}");
            }
        }
    }

    private void Write(RootCause cause)
    {
        terminal.Console.Write(new Rule { Style = new Style(cause.Kind == CauseKind.Recommendation ? Color.Yellow : Color.Red) });
        foreach (var statement in cause.Statements)
        {
            terminal.Field("Clause", FailureText.Clause(statement, register));
        }

        terminal.Field("Expected", cause.Finding.Expected);
        terminal.Field("Actual", cause.Actual);
        terminal.Field("First in", $"{run.NameOf(cause.First)} {TitleOf(cause.First)}");
        terminal.Line(
            Labelled("Evidence", FailureText.Evidence(cause.Finding, cause.Capture is { } file ? Path.Combine(directory, file) : null))
        );
        terminal.Field("Behind it", cause.Behind + (cause.Scenarios.Count > 1 ? $": {Names(cause.Scenarios.Skip(1))}" : string.Empty));
        terminal.Line(Labelled("Replay", ReportText.Replay(run, cause.First)));
    }

    /// <summary>Paths and commands are not wrapped, so that they can be copied.</summary>
    private static string Labelled(string label, string text) => $"{label.PadRight(Terminal.LabelWidth)} {text}";

    private string Names(IEnumerable<ScenarioKey> scenarios)
    {
        var names = scenarios.Select(run.NameOf).ToList();
        return string.Join(' ', names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
    }

    private string? TitleOf(ScenarioKey key) => run.Planned.FirstOrDefault(scenario => scenario.Key == key)?.Title;

    private static bool IsViolated(Finding finding) => !finding.Ok;

    private void WriteConclusion(bool shared)
    {
        terminal.Console.Write(new Rule { Style = new Style(_summary.IsClean ? Color.Green : Color.Grey) });
        terminal.Line(_summary.Conclusion);
        terminal.Line();
        terminal.Line($"Report       {Path.Combine(directory, HtmlReport.FileName)}");
        terminal.Line($"All files    {directory}");
        if (shared)
        {
            terminal.Line(
                $"Repeat       {Terminal.Product} run {run.Header.Options}  "
                    + "(scenarios shared one implementation: a scenario that is run alone may have a different result)"
            );
        }
    }
}
