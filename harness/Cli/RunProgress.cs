using System.Globalization;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>Shows the progress of a run: a progress bar on a terminal, one line per scenario in a log.</summary>
internal static class RunProgress
{
    /// <param name="planned">The run before it has results.</param>
    /// <param name="beds">Where the run happens. A bar would overwrite what is said to a person who has to do something by hand.</param>
    /// <param name="run">Executes the run; calls its argument for each result, from any thread.</param>
    public static IReadOnlyList<ScenarioResult> Follow(
        Terminal terminal,
        Run planned,
        IBedProvider beds,
        Func<Action<ScenarioResult>, IReadOnlyList<ScenarioResult>> run
    )
    {
        var selected = planned
            .Planned.Where(scenario => scenario.Selection == Selection.Selected)
            .ToDictionary(scenario => scenario.Key, scenario => (Name: planned.NameOf(scenario.Key), scenario.Title));
        return terminal.IsLive && beds is not ExternalBeds { HasManualActions: true }
            ? WithBar(terminal, selected.Count, run)
            : WithLines(terminal, selected, run);
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
        Dictionary<ScenarioKey, (string Name, string Title)> selected,
        Func<Action<ScenarioResult>, IReadOnlyList<ScenarioResult>> run
    )
    {
        var width = selected.Count.ToString(CultureInfo.InvariantCulture).Length;
        var longest = selected.Values.Select(scenario => scenario.Name.Length).DefaultIfEmpty().Max();
        var done = 0;
        var gate = new Lock();
        return run(result =>
        {
            lock (gate)
            {
                done++;
                var (name, title) = selected[result.Key];
                terminal.Line(
                    $"{done.ToString(CultureInfo.InvariantCulture).PadLeft(width)}/{selected.Count}  "
                        + $"{ReportText.Of(result.Verdict).PadRight(12)}  {name.PadRight(longest)}  {title}"
                );
            }
        });
    }
}
