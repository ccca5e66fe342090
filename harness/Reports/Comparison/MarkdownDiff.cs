using System.Globalization;
using System.Text;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Reports.Comparison;

/// <summary>Writes the comparison of two runs by statement as Markdown, for a pull request.</summary>
public static class MarkdownDiff
{
    /// <summary>Forges refuse a long comment: so many statements of a group are shown, and so many scenarios of a statement.</summary>
    private const int StatementsShown = 40;

    private const int ScenariosShown = 8;

    /// <summary>The characters that Markdown or HTML would read as markup; @ would call somebody.</summary>
    private const string Marks = "\\`*_{}[]<>#|~@!&";

    public static string Create(RunDiff diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        var text = new StringBuilder();
        Head(text, diff);
        foreach (var group in diff.Statements.GroupBy(statement => statement.Change))
        {
            var heading = DiffText.Of(group.Key);
            Line(text, $"### {char.ToUpperInvariant(heading[0])}{heading[1..]}: {group.Count()}\n");
            foreach (var statement in group.Take(StatementsShown))
            {
                Statement(text, statement);
            }

            More(text, string.Empty, group.Count() - StatementsShown, "statement");
            text.Append('\n');
        }

        if (diff.Others.Count > 0)
        {
            Line(text, $"### Scenarios with another verdict, where every statement is judged alike: {diff.Others.Count}\n");
            foreach (var scenario in diff.Others.Take(StatementsShown))
            {
                Line(text, $"- {Of(scenario)}{Reason(scenario)}");
            }

            More(text, string.Empty, diff.Others.Count - StatementsShown, "scenario");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Head(StringBuilder text, RunDiff diff)
    {
        var (before, after) = (new RunSummary(diff.Before), new RunSummary(diff.After));
        var violated = diff.Statements.Count(one => one.Change == StatementChange.NewlyViolated);
        var conclusion =
            diff.Differing.Count == 0
                ? "no difference"
                : $"{RunSummary.Plural(violated, "statement")} newly violated, "
                    + $"{diff.Statements.Count(one => one.Change == StatementChange.NoLongerViolated)} no longer";
        Line(text, $"## Conformance: {conclusion}\n");
        Line(
            text,
            $"{Plural(diff.Differing.Count)} of {diff.Common.Count} in both runs {(diff.Differing.Count == 1 ? "differs" : "differ")}.\n"
        );
        Line(text, "| | before | after |\n|---|---|---|");
        Line(text, $"| implementation | {Escaped(DiffText.NameOf(diff.Before))} | {Escaped(DiffText.NameOf(diff.After))} |");
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            Line(text, $"| {ReportText.Of(verdict)} | {before.Count(verdict)} | {after.Count(verdict)} |");
        }

        Line(text, $"| only in this run | {RunDiff.OnlyIn(diff.Before, diff.After)} | {RunDiff.OnlyIn(diff.After, diff.Before)} |\n");
        foreach (var partial in new[] { before.Partial, after.Partial }.OfType<string>().Distinct())
        {
            Line(text, $"**{Escaped(partial)}**\n");
        }
    }

    private static void Statement(StringBuilder text, StatementDifference statement)
    {
        var row = statement.Statement;
        Line(text, $"- **{Escaped(statement.Id.Value)}**{(row is null ? "" : $" ({row.Level.Word}): {Escaped(row.Paraphrase)}")}");
        foreach (var scenario in statement.Scenarios.Take(ScenariosShown))
        {
            var (before, after) = (
                ScenarioDifference.Of(scenario.Before, statement.Id),
                ScenarioDifference.Of(scenario.After, statement.Id)
            );
            var actual = scenario
                .After?.Purpose.Concat(scenario.After.Incidental)
                .FirstOrDefault(finding => !finding.Ok && finding.Statement == statement.Id);
            Line(
                text,
                $"  - {DiffText.Of(before)} → {DiffText.Of(after)} in {Of(scenario)}"
                    + (actual is null ? "" : $"; expected {Escaped(actual.Expected)}; {Escaped(actual.Actual)}")
            );
        }

        More(text, "  ", statement.Scenarios.Count - ScenariosShown, "scenario");
    }

    private static string Of(ScenarioDifference scenario) =>
        $"{scenario.Name} {Escaped(scenario.Title)} ({DiffText.VerdictOf(scenario.Before)} → {DiffText.VerdictOf(scenario.After)})";

    private static string Reason(ScenarioDifference scenario) => scenario.After is { } after ? $": {Escaped(after.Reason)}" : string.Empty;

    private static string Plural(int count) => RunSummary.Plural(count, "scenario");

    private static void More(StringBuilder text, string indent, int count, string noun)
    {
        if (count > 0)
        {
            Line(text, $"{indent}- and {RunSummary.Plural(count, noun)} more");
        }
    }

    private static string Escaped(string text) =>
        string.Concat(
            PrintableText
                .Of(text)
                .Select(mark =>
                    Marks.Contains(mark, StringComparison.Ordinal)
                        ? string.Create(CultureInfo.InvariantCulture, $"&#{(int)mark};")
                        : $"{mark}"
                )
        );

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
