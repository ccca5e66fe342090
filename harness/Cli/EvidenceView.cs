using System.Globalization;
using Conformance.Reports;
using Conformance.Reports.Evidence;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>
/// Writes the differences in the evidence of two runs: every scenario with its first differences, then the number of each kind.
/// </summary>
internal sealed class EvidenceView(Terminal terminal)
{
    public void Write((string Directory, Run Run) a, (string Directory, Run Run) b, EvidenceReport report)
    {
        Write("A", a.Directory, a.Run);
        Write("B", b.Directory, b.Run);
        foreach (var scenario in report.Differing)
        {
            Write(scenario);
        }

        terminal.Line();
        if (report.Differing.Count > 0)
        {
            WriteKinds(report);
            terminal.Line();
        }

        terminal.Line(
            $"{RunSummary.Plural(report.Scenarios, "scenario")} compared: {RunSummary.Plural(report.Packets, "packet")}, "
                + $"{RunSummary.Plural(report.Events, "event")}, {RunSummary.Plural(report.Findings, "finding")}."
        );
        if (report.WithoutTrace > 0)
        {
            terminal.Line(
                $"{RunSummary.Plural(report.WithoutTrace, "scenario")} without a capture: only verdict and findings were compared."
            );
        }

        terminal.Line(
            report.Differing.Count == 0 ? "No difference." : $"{RunSummary.Plural(report.Differing.Count, "scenario")} with differences."
        );
    }

    private void Write(string letter, string directory, Run run)
    {
        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{letter}  {directory}: {run.Header.Bed} ({run.Header.Implementation}), seed {run.Header.Seed}"
            )
        );
        if (new RunSummary(run).Partial is { } partial)
        {
            terminal.Line($"   {partial}");
        }
    }

    private void Write(ScenarioDifference scenario)
    {
        terminal.Heading($"{scenario.Scenario}  {scenario.Title}");
        foreach (var difference in scenario.Differences)
        {
            var where = difference.Where.Length > 0 ? $": {difference.Where}" : string.Empty;
            var extent = difference.Extent.Length > 0 ? $" ({difference.Extent})" : string.Empty;
            terminal.Line($"  {difference.What}{where}{extent}");
            terminal.Line($"    A  {difference.InA}");
            terminal.Line($"    B  {difference.InB}");
        }
    }

    private void WriteKinds(EvidenceReport report)
    {
        var kinds = report
            .Differing.SelectMany(scenario => scenario.Differences)
            .CountBy(difference => difference.What)
            .OrderByDescending(kind => kind.Value)
            .ThenBy(kind => kind.Key, StringComparer.Ordinal);
        foreach (var (what, scenarios) in kinds)
        {
            terminal.Line($"{what.PadRight(24)} {RunSummary.Plural(scenarios, "scenario")}");
        }
    }
}
