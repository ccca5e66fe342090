using System.Globalization;
using Conformance.Reports;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>Shows the progress of a run: a progress bar on a terminal, one line per scenario in a log.</summary>
internal static class RunProgress
{
    /// <param name="run">Executes the run; calls its argument for each result, from any thread.</param>
    public static IReadOnlyList<ScenarioResult> Follow(
        Terminal terminal,
        IReadOnlyList<PlannedScenario> planned,
        Func<Action<ScenarioResult>, IReadOnlyList<ScenarioResult>> run
    )
    {
        var selected = planned
            .Where(scenario => scenario.Selection == Selection.Selected)
            .ToDictionary(scenario => scenario.Id, scenario => scenario.Title, StringComparer.Ordinal);
        return terminal.IsLive ? WithBar(terminal, selected.Count, run) : WithLines(terminal, selected, run);
    }

    private static IReadOnlyList<ScenarioResult> WithBar(
        Terminal terminal,
        int total,
        Func<Action<ScenarioResult>, IReadOnlyList<ScenarioResult>> run
    ) =>
        terminal
            .Console.Progress()
            .Columns(
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ElapsedTimeColumn()
            )
            .Start(context =>
            {
                var counts = new int[Enum.GetValues<Verdict>().Length];
                var bar = context.AddTask($"of {total} scenarios", maxValue: total);
                var gate = new Lock();
                return run(result =>
                {
                    lock (gate)
                    {
                        counts[(int)result.Verdict]++;
                        bar.Increment(1);
                        var verdicts = Enum.GetValues<Verdict>()
                            .Where(verdict => counts[(int)verdict] > 0)
                            .Select(verdict => $"  [{VerdictStyle.ColorOf(verdict)}]{counts[(int)verdict]} {ReportText.Of(verdict)}[/]");
                        bar.Description = $"of {total} scenarios{string.Concat(verdicts)}";
                    }
                });
            });

    private static IReadOnlyList<ScenarioResult> WithLines(
        Terminal terminal,
        Dictionary<string, string> titles,
        Func<Action<ScenarioResult>, IReadOnlyList<ScenarioResult>> run
    )
    {
        var width = titles.Count.ToString(CultureInfo.InvariantCulture).Length;
        var longest = titles.Keys.Max(id => id.Length);
        var done = 0;
        var gate = new Lock();
        return run(result =>
        {
            lock (gate)
            {
                done++;
                terminal.Line(
                    $"{done.ToString(CultureInfo.InvariantCulture).PadLeft(width)}/{titles.Count}  "
                        + $"{ReportText.Of(result.Verdict).PadRight(12)}  {result.Scenario.PadRight(longest)}  {titles[result.Scenario]}"
                );
            }
        });
    }
}
