using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>What a run tells at its end; the failures stand last, where they are seen.</summary>
internal sealed class RunView(Terminal terminal, Run run, StatementRegister register, string directory)
{
    /// <summary>More than a page or two of failures is read in the report.</summary>
    private const int FailuresShown = 20;

    private readonly RunSummary _summary = new(run);

    /// <param name="shared">The scenarios ran on one implementation: only the whole run repeats what happened.</param>
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

        terminal.Heading("Static conformance failures: mandatory, and not claimed in the ICS:");
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
                $"{RunSummary.Plural(remarks.Sum(result => result.Remarks.Count), "remark")} in {RunSummary.Plural(remarks.Count, "scenario")}, see the report."
            );
        }

        if (run.Results.Count(result => result.LateAttempts.Count > 0) is > 0 and var again)
        {
            terminal.Line(
                $"{RunSummary.Plural(again, "scenario")} begun again, for the tester was late: this machine was busy, see the report."
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

        terminal.Heading("Statements found violated in passing; no verdict above counts them:");
        foreach (var statement in violated)
        {
            var (finding, result) = statement.First();
            var known = register.Find(statement.Key);
            terminal.Line($"  {statement.Key}{(known is null ? "" : $" ({known.Level}): {known.Paraphrase}")}");
            terminal.Line($"      expected {finding.Expected}; {finding.Actual}");
            terminal.Line(
                $"      {RunSummary.Plural(statement.Select(violation => violation.Result.Scenario).Distinct().Count(), "scenario")}, the first is {result.Scenario}{(finding.Packet is { } packet ? $", packet {packet}" : "")}"
            );
        }
    }

    private void WriteFailures()
    {
        var planned = run.Planned.ToDictionary(scenario => scenario.Id, StringComparer.Ordinal);

        // Failures are what one looks for first, so they come last.
        var failures = run
            .Results.Where(result => result.Verdict != Verdict.Pass)
            .OrderBy(result => result.Verdict == Verdict.Fail)
            .ToList();
        foreach (var result in failures.Take(^FailuresShown..))
        {
            terminal.Console.Write(new Rule { Style = new Style(VerdictStyle.ColorOf(result.Verdict)) });
            terminal.Line(FailureText.Of(run.Header, planned[result.Scenario], result, register).TrimEnd());
            if (result.Capture is { } capture)
            {
                terminal.Line($"Capture      {Path.Combine(directory, capture)}");
            }
        }

        if (failures.Count > FailuresShown)
        {
            terminal.Heading($"{failures.Count - FailuresShown} more that did not pass:");
            foreach (var verdict in failures.SkipLast(FailuresShown).GroupBy(result => result.Verdict))
            {
                terminal.Line($"  {VerdictStyle.Of(verdict.Key)}: {string.Join(' ', verdict.Select(result => result.Scenario))}");
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
                $"Repeat       {Terminal.Product} run {run.Header.Options}  (one implementation was shared: a scenario alone may go another way)"
            );
        }
    }
}
