using System.Globalization;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>
/// The form that selects among the scenarios. Each scenario names its values as words; the script of the report shows those that have
/// every chosen word, and keeps the choice in the address of the page.
/// </summary>
internal static class FilterForm
{
    public static void Write(
        Markup html,
        IReadOnlyList<PlannedScenario> scenarios,
        IReadOnlyDictionary<ScenarioKey, ScenarioResult> results
    )
    {
        html.AddLiteral("""<form id="filter" hidden role="search" aria-label="Select scenarios">""");
        Choice("Verdict", scenarios.Select(scenario => VerdictOf(results.GetValueOrDefault(scenario.Key))));
        Choice("Role", scenarios.Select(scenario => scenario.Role));
        Choice("Level", scenarios.Select(LevelOf));
        Choice("Edition", scenarios.Select(scenario => scenario.Edition.Name));
        Choice("Section", scenarios.SelectMany(SectionsOf));
        html.AddLiteral("""<label>Text <input type="search" name="q" autocomplete="off"></label> <output></output></form>""");

        void Choice(string name, IEnumerable<string> values)
        {
            html.Add($"""<label>{name} <select><option value="">all</option>""");
            foreach (var value in values.Where(value => value.Length > 0).Distinct().Order(SectionOrder.Instance))
            {
                html.Add($"<option>{value}</option>");
            }

            html.AddLiteral("</select></label>");
        }
    }

    /// <summary>The words of a scenario, separated by spaces.</summary>
    public static string WordsOf(PlannedScenario scenario, ScenarioResult? result) =>
        string.Join(
            ' ',
            new[] { VerdictOf(result), scenario.Role, LevelOf(scenario), scenario.Edition.Name }
                .Concat(SectionsOf(scenario).Distinct())
                .Where(word => word.Length > 0)
        );

    private static string VerdictOf(ScenarioResult? result) =>
        Word(result is null ? ReportText.Of(StatementState.NotRun) : ReportText.Of(result.Verdict));

    private static string LevelOf(PlannedScenario scenario) => Word(scenario.Level?.Word ?? string.Empty);

    private static IEnumerable<string> SectionsOf(PlannedScenario scenario) =>
        scenario.Statements.Where(id => id.Section.Length > 0).Select(id => $"{id.Edition.Name}-{id.Section}");

    /// <summary>A word for a text: that with hyphens for its spaces.</summary>
    public static string Word(string text) => text.Replace(' ', '-');

    /// <summary>Orders numbers in texts by their value: 5.10 comes after 5.9.</summary>
    private sealed class SectionOrder : IComparer<string>
    {
        public static SectionOrder Instance { get; } = new();

        public int Compare(string? x, string? y) => string.Compare(x, y, CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);
    }
}
