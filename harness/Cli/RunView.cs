using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>Writes the results at the end of a run. The failures come near the end, just before the conclusion.</summary>
internal sealed class RunView(Terminal terminal, Run run, StatementRegister register, string directory)
{
    /// <summary>The maximum number of scenarios that did not pass and are shown in full; the report contains all.</summary>
    private const int FailuresShown = 20;

    private readonly RunSummary _summary = new(run);

    /// <param name="shared">
    /// True if the scenarios shared one implementation: the run can be reproduced only as a whole, not scenario by scenario.
    /// </param>
    public void Write(bool shared)
    {
        terminal.Console.Write(VerdictTable.Of(run));
        WriteRemarks();
        WriteIncidental();
        WriteStaticFailures();
        WriteFailures();
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

    private void WriteIncidental()
    {
        var violated = run
            .Results.SelectMany(result =>
                result.Incidental.Where(finding => !finding.Ok).Select(finding => (Finding: finding, Result: result))
            )
            .GroupBy(violation => violation.Finding.Statement)
            .OrderBy(group => group.Key)
            .ToList();
        if (violated.Count == 0)
        {
            return;
        }

        terminal.Heading("Violations of statements that are not the purpose of the scenario (not part of the verdicts above):");
        foreach (var statement in violated)
        {
            var (finding, result) = statement.First();
            var known = register.Find(statement.Key);
            terminal.Line($"  {statement.Key}{(known is null ? "" : $" ({known.Level}): {known.Paraphrase}")}");
            terminal.Line($"      expected {finding.Expected}; {finding.Actual}");
            terminal.Line(
                $"      {RunSummary.Plural(statement.Select(violation => violation.Result.Key).Distinct().Count(), "scenario")}, "
                    + $"the first is {run.NameOf(result.Key)}{(finding.Packet is { } packet ? $", packet {packet}" : "")}"
            );
        }
    }

    private void WriteFailures()
    {
        var planned = run.Planned.ToDictionary(scenario => scenario.Key);

        // Sort failures after inconclusive scenarios and errors, nearest to the prompt, where the user looks first.
        var failures = run
            .Results.Where(result => result.Verdict != Verdict.Pass)
            .OrderBy(result => result.Verdict == Verdict.Fail)
            .ToList();
        foreach (var result in failures.Take(^FailuresShown..))
        {
            terminal.Console.Write(new Rule { Style = new Style(VerdictStyle.ColorOf(result.Verdict)) });
            terminal.Line(FailureText.Of(run, planned[result.Key], result, register).TrimEnd());
            if (result.Capture is { } capture)
            {
                terminal.Line($"Capture      {Path.Combine(directory, capture)}");
            }
        }

        if (failures.Count > FailuresShown)
        {
            terminal.Heading($"{failures.Count - FailuresShown} more scenarios that did not pass:");
            foreach (var verdict in failures.SkipLast(FailuresShown).GroupBy(result => result.Verdict))
            {
                terminal.Line($"  {ReportText.Of(verdict.Key)}: {string.Join(' ', verdict.Select(result => run.NameOf(result.Key)))}");
            }
        }
    }

    private void WriteConclusion(bool shared)
    {
        terminal.Console.Write(new Rule { Style = new Style(_summary.IsClean ? Color.Green : Color.Grey) });
        terminal.Line(_summary.Conclusion);
        if (_summary.Partial is { } partial)
        {
            terminal.Line(partial);
        }

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
