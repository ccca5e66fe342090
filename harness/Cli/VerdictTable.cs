using Conformance.Testing.Verdicts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Conformance.Cli;

/// <summary>Verdicts by role and clause: a row for every feature.</summary>
internal static class VerdictTable
{
    public static Table Of(Run run)
    {
        var results = run.Results.ToDictionary(result => result.Scenario, StringComparer.Ordinal);
        var table = Terminal.Table(["Role", "Section", .. Enum.GetValues<Verdict>().Select(verdict => "#" + Words.Of(verdict)), "#not appl.", "#not tested", "#not run"]);
        var planned = run.Planned.Where(scenario => scenario.Selection != Selection.Deselected).ToList();
        foreach (var feature in planned.GroupBy(scenario => (scenario.Role, scenario.Path, scenario.Feature)))
        {
            table.AddRow([new Text(feature.Key.Role), new Text(SectionOf(feature.Key.Path, feature.Key.Feature)), .. Counts([.. feature], results)]);
        }

        var total = new Style(decoration: Decoration.Bold);
        table.AddEmptyRow();
        table.AddRow([new Text("all", total), Text.Empty, .. Counts(planned, results)]);
        return table;
    }

    private static IEnumerable<IRenderable> Counts(IReadOnlyList<PlannedScenario> scenarios, Dictionary<string, ScenarioResult> results)
    {
        var verdicts = scenarios.Select(scenario => results.GetValueOrDefault(scenario.Id)?.Verdict).ToList();
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            yield return Terminal.Count(verdicts.Count(given => given == verdict), Words.ColorOf(verdict));
        }

        yield return Terminal.Count(scenarios.Count(scenario => scenario.Selection == Selection.NotApplicable));
        yield return Terminal.Count(scenarios.Count(scenario => scenario.Selection == Selection.NotTested));
        yield return Terminal.Count(scenarios.Count(scenario => scenario.Selection == Selection.Selected && !results.ContainsKey(scenario.Id)));
    }

    /// <summary>The number that the file's name begins with, and the feature's name without what stands in brackets.</summary>
    private static string SectionOf(string path, string feature)
    {
        var number = Path.GetFileName(path).Split('-')[0];
        var name = feature.Split(" (")[0];
        return char.IsAsciiDigit(number[0]) ? $"{number} {name}" : name;
    }
}
