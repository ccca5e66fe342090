using System.Globalization;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>Where a copy of a specification has a statement.</summary>
/// <param name="Line">The line of the copy, from 1.</param>
/// <param name="Differs">True if the sentence there is not the one that the register was made from.</param>
public sealed record StatementPlace(StatementId Id, int Line, bool Differs);

/// <summary>
/// Writes the user's own copy of a specification with the results of a run beside it: a mark in the margin for each statement, with the
/// scenarios that test it. The page stands beside the report, to which its marks lead, and needs no network.
/// </summary>
public static class SpecificationPage
{
    private const string Prefix = "specification-";
    private const string Suffix = ".html";

    /// <summary>Matches the pages of all editions, in the directory of a run.</summary>
    public const string FileNames = $"{Prefix}*{Suffix}";

    /// <summary>The file of the page of an edition.</summary>
    public static string FileNameOf(Edition edition)
    {
        ArgumentNullException.ThrowIfNull(edition);
        return $"{Prefix}{edition.Name}{Suffix}";
    }

    /// <param name="text">The copy of the specification.</param>
    /// <param name="places">At most one for each statement of the edition.</param>
    public static string Create(Run run, StatementRegister register, Edition edition, string text, IEnumerable<StatementPlace> places)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(text);
        var outcomes = StatementOutcome.Of(run, register).Where(outcome => outcome.Id.Edition == edition).ToList();
        var known = places.ToDictionary(place => place.Id);
        var html = new Markup();
        var script = Resources.Read("specification.js");
        PageHead.Write(html, $"{edition.Document} – {run.Header.Implementation}", script, "report.css", "specification.css");
        Head(html, run, edition, outcomes, known);
        html.AddLiteral("<main>");
        Text(html, run, Lines(text), [.. outcomes.Where(outcome => known.ContainsKey(outcome.Id))], known);
        html.AddTag("</main>\n<script>");
        html.AddTag(script);
        html.AddLiteral("</script>\n</body>\n</html>");
        return html.ToString();
    }

    private static void Head(
        Markup html,
        Run run,
        Edition edition,
        IReadOnlyList<StatementOutcome> outcomes,
        Dictionary<StatementId, StatementPlace> places
    )
    {
        html.Add(
            $"""
            <header>
            <p class="kind"><a href="{HtmlReport.FileName}">Report of {run.Header.Implementation}</a></p>
            <h1>{edition.Document} <span class="path">{edition.Title}</span></h1>
            <p>Your copy of the text, with a mark for each statement at the line of its keyword. A mark shows what the run found of the
            statement; open it for the requirement and its scenarios.</p>
            <div class="tiles">
            """
        );
        foreach (var state in outcomes.GroupBy(outcome => outcome.State).OrderBy(state => state.Key))
        {
            html.Add($"""<span class="tile {Fragments.Tone(state.Key)}"><b>{state.Count()}</b> {ReportText.Of(state.Key)}</span>""");
        }

        html.AddLiteral("</div>");
        Listed("Failed", outcomes.Where(outcome => outcome.State == StatementState.Failed && places.ContainsKey(outcome.Id)));
        Listed(
            "Worded otherwise than in the text that the register was made from",
            outcomes.Where(outcome => places.GetValueOrDefault(outcome.Id) is { Differs: true })
        );
        Listed("Not found in this copy", outcomes.Where(outcome => !places.ContainsKey(outcome.Id)));
        html.AddLiteral("</header>");

        void Listed(string title, IEnumerable<StatementOutcome> listed)
        {
            var first = true;
            foreach (var outcome in listed)
            {
                html.AddTag(first ? "<p class=\"listed\">" : " ");
                html.Add($"""{(first ? $"{title}:" : string.Empty)} <a href="{TargetOf(outcome.Id)}">{outcome.Id.Value}</a>""");
                first = false;
            }

            html.AddTag(first ? string.Empty : "</p>\n");
        }

        string TargetOf(StatementId id) => places.ContainsKey(id) ? $"#{id}" : $"{HtmlReport.FileName}#{Fragments.AnchorOf(id)}";
    }

    /// <summary>Writes the text in stretches, each from a line with marks to the next one.</summary>
    private static void Text(
        Markup html,
        Run run,
        string[] lines,
        IReadOnlyList<StatementOutcome> outcomes,
        Dictionary<StatementId, StatementPlace> places
    )
    {
        var marks = outcomes.GroupBy(outcome => Math.Clamp(places[outcome.Id].Line, 1, lines.Length)).ToDictionary(group => group.Key);
        int[] starts = [.. marks.Keys.Append(1).Distinct().Order()];
        foreach (var (start, end) in starts.Zip([.. starts.Skip(1), lines.Length + 1]))
        {
            html.AddLiteral("<div class=\"stretch\"><div class=\"margin\">");
            var here = marks.GetValueOrDefault(start)?.ToList() ?? [];
            here.ForEach(outcome => Mark(html, run, outcome, places[outcome.Id]));

            // The line break after the start of a pre element belongs to the element, not to its text.
            html.AddTag("</div><pre>\n");
            var rest = lines[start..(end - 1)];
            if (here.Count == 0)
            {
                html.AddText(string.Join('\n', [lines[start - 1], .. rest]));
            }
            else
            {
                html.AddTag($"<mark id=\"L{start.ToString(CultureInfo.InvariantCulture)}\" class=\"{Fragments.Tone(WorstOf(here))}\">");
                html.AddText(lines[start - 1]);
                html.AddTag("</mark>");
                html.AddText(string.Concat(rest.Select(line => $"\n{line}")));
            }

            html.AddLiteral("</pre></div>");
        }
    }

    private static void Mark(Markup html, Run run, StatementOutcome outcome, StatementPlace place)
    {
        var statement = outcome.Statement;
        html.Add(
            $"""
            <details class="mark" id="{outcome.Id.Value}"><summary><span class="pill {Fragments.Tone(outcome.Covering ?? outcome.State)}">{(
                Fragments.StateOf(outcome)
            )}</span> <span class="id">{ShortOf(outcome.Id)}</span> <span class="level">{statement?.Level.Word}</span>
            <span class="note">{(
                outcome.Scenarios.Count == 0 ? string.Empty : RunSummary.Plural(outcome.Scenarios.Count, "scenario")
            )}</span>
            </summary>
            <p><a class="id" href="{HtmlReport.FileName}#{Fragments.AnchorOf(outcome.Id)}">{outcome.Id.Value}</a>
            {string.Join(", ", statement?.Roles ?? [])}: {statement?.Paraphrase}</p>
            """
        );
        if (place.Differs)
        {
            html.AddLiteral(
                """<p class="note">Your copy words this sentence otherwise than the text that the register was made from.</p>"""
            );
        }

        if (statement?.Disposal is { } disposal)
        {
            html.Add($"""<p class="note">{disposal.ToString()}</p>""");
        }

        foreach (var shown in outcome.Shown)
        {
            var name = run.NameOf(shown.Scenario.Key);
            html.Add(
                $"""<a class="scenario {Fragments.Tone(shown.State)}" href="{HtmlReport.FileName}#{name}" title="{shown.Scenario.Title}">"""
                    + $"""{name}</a> <span class="verdict">{shown.Words}</span><br>"""
            );
        }

        html.AddLiteral("</details>");
    }

    /// <summary>An id without its edition and section, which the page shows anyway: <c>k13</c>.</summary>
    private static string ShortOf(StatementId id) => id.Value[(id.Value.LastIndexOf('-') + 1)..];

    private static StatementState WorstOf(IEnumerable<StatementOutcome> outcomes) =>
        outcomes.Min(outcome => outcome.Covering ?? outcome.State);

    /// <summary>Lines are counted as the register counts them; a form feed, which ends a page, is no line break.</summary>
    private static string[] Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Replace("\f", string.Empty, StringComparison.Ordinal)
            .TrimEnd('\n')
            .Split('\n');
}
