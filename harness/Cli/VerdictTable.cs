using Conformance.Reports;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Conformance.Cli;

/// <summary>
/// The verdicts by role and section: one row per feature, and per edition if a scenario of it runs in several. Each reason for which a
/// scenario did not run has a column if it applies to at
/// least one scenario.
/// </summary>
internal sealed class VerdictTable
{
    private readonly List<Column> _columns;
    private readonly Dictionary<ScenarioKey, Verdict> _verdicts;

    private VerdictTable(Run run)
    {
        _verdicts = run.Results.ToDictionary(result => result.Key, result => result.Verdict);
        _columns =
        [
            .. Enum.GetValues<Verdict>()
                .Select(verdict => new Column(
                    ReportText.Of(verdict),
                    VerdictStyle.ColorOf(verdict),
                    scenario => _verdicts.TryGetValue(scenario.Key, out var given) && given == verdict
                )),
            .. new Column[]
            {
                new("not applicable", null, scenario => scenario.Selection == Selection.NotApplicable),
                new("not tested", null, scenario => scenario.Selection == Selection.NotTested),
                new("not run", null, scenario => scenario.Selection == Selection.Selected && !_verdicts.ContainsKey(scenario.Key)),
            }.Where(column => run.Planned.Any(column.Counts)),
        ];
    }

    public static Table Of(Run run)
    {
        var verdicts = new VerdictTable(run);
        var table = Terminal.Table(["Role", "Section", .. verdicts._columns.Select(column => "#" + column.Title)]);
        var planned = run.Planned.Where(scenario => scenario.Selection != Selection.Deselected).ToList();
        foreach (
            var feature in planned
                .GroupBy(scenario =>
                    (
                        scenario.Role,
                        scenario.Path,
                        scenario.Feature,
                        Edition: run.IsInSeveralEditions(scenario.Key) ? scenario.Edition : null
                    )
                )
                .OrderBy(feature => feature.Key.Path, NaturalOrder.Instance)
        )
        {
            table.AddRow([
                new Text(feature.Key.Role),
                new Text(SectionOf(feature.Key.Path, feature.Key.Feature) + (feature.Key.Edition is { } edition ? $" ({edition})" : "")),
                .. verdicts.Counts(feature),
            ]);
        }

        table.AddEmptyRow();
        table.AddRow([new Text("all", new Style(decoration: Decoration.Bold)), Text.Empty, .. verdicts.Counts(planned)]);
        return table;
    }

    private IEnumerable<IRenderable> Counts(IEnumerable<PlannedScenario> scenarios) =>
        _columns.Select(column => Terminal.Count(scenarios.Count(column.Counts), column.Color));

    /// <summary>
    /// The section, which follows the edition in the name of the file, and the name of the feature without the text in parentheses.
    /// </summary>
    private static string SectionOf(string path, string feature)
    {
        var file = Path.GetFileName(path);
        var edition = Edition.All.FirstOrDefault(edition => file.StartsWith($"{edition}-", StringComparison.Ordinal));
        var section = edition is null ? null : file[(edition.Name.Length + 1)..].Split('-')[0];
        var name = feature.Split(" (")[0];
        return section is [>= '0' and <= '9', ..] ? $"{section} {name}" : name;
    }

    private sealed record Column(string Title, Color? Color, Func<PlannedScenario, bool> Counts);
}
