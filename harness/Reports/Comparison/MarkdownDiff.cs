using System.Globalization;
using System.Text;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Reports.Comparison;

/// <summary>Writes the comparison of two runs by statement as Markdown, for a pull request.</summary>
public static class MarkdownDiff
{
    /// <summary>GitHub refuses a comment of more than 65,536 characters, in which a note that it was cut must have room.</summary>
    private const int LongestText = 65_000;

    /// <summary>So many statements of a group are shown, and so many scenarios of a statement.</summary>
    private const int StatementsShown = 40;

    private const int ScenariosShown = 8;

    /// <summary>The characters that Markdown or HTML would read as markup, or a forge as the beginning of a reference.</summary>
    private const string Marks = "\\`*_{}[]<>#|~@!&";

    /// <summary>
    /// A word joiner, which is not seen. Some forges look for references (@somebody, #12) and addresses after they have read the entities,
    /// so that a reference must be broken, too.
    /// </summary>
    private const string Break = "&#8288;";

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

        return Cut(text.ToString());
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
        $"{Escaped(scenario.Name)} {Escaped(scenario.Title)} "
        + $"({DiffText.VerdictOf(scenario.Before)} → {DiffText.VerdictOf(scenario.After)})";

    private static string Reason(ScenarioDifference scenario) => scenario.After is { } after ? $": {Escaped(after.Reason)}" : string.Empty;

    private static string Plural(int count) => RunSummary.Plural(count, "scenario");

    private static void More(StringBuilder text, string indent, int count, string noun)
    {
        if (count > 0)
        {
            Line(text, $"{indent}- and {RunSummary.Plural(count, noun)} more");
        }
    }

    /// <summary>A text that is too long ends after a whole line.</summary>
    private static string Cut(string text) =>
        text.Length <= LongestText
            ? text
            : text[..(text.LastIndexOf('\n', LongestText) + 1)]
                + "\n*The comparison is too long to be shown here: `diff --format json` has it whole.*\n";

    private static string Escaped(string text)
    {
        var printable = PrintableText.Of(text);
        var escaped = new StringBuilder(printable.Length);
        for (var at = 0; at < printable.Length; at++)
        {
            var mark = printable[at];
            var isReference = BeginsReference(printable, at);
            if (isReference || Marks.Contains(mark, StringComparison.Ordinal))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)mark};").Append(isReference ? Break : string.Empty);
            }
            else
            {
                escaped.Append(mark);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Whether a forge could take the character for the mark of a reference or of an address.</summary>
    private static bool BeginsReference(string text, int at) =>
        text[at] switch
        {
            '@' or '#' or '!' or '~' or '&' or '$' or '%' => at + 1 < text.Length
                && (char.IsLetterOrDigit(text[at + 1]) || text[at + 1] == '"'),
            ':' => text.AsSpan(at).StartsWith("://", StringComparison.Ordinal),
            '.' => text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
