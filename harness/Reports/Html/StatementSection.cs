using System.Globalization;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>Writes the statement matrix: an overview of every section, then every statement with the scenarios that test it.</summary>
internal static class StatementSection
{
    /// <summary>More scenarios than this that kept a statement are folded.</summary>
    private const int FoldedFrom = 6;

    private static readonly StatementState[] _bar =
    [
        StatementState.Failed,
        StatementState.Inconclusive,
        StatementState.NotReached,
        StatementState.Passed,
        StatementState.NotRun,
        StatementState.Pending,
    ];

    /// <param name="directory">The run's directory, where pages of specifications may stand.</param>
    public static void Write(Markup html, Run run, IReadOnlyList<StatementOutcome> outcomes, string directory)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        html.AddLiteral(
            """
            <section id="statements">
            <h2>Statements of the specifications</h2>
            <p>A statement passes if every scenario that tests it and ran found it kept. It fails if any scenario found it violated.
            <em>Not reached</em>: the scenario ended before the statement was judged. <em>Pending</em>: no scenario tests the statement yet.
            <em>Pointer</em>: other statements cover it; beside it stands the worst state among them. Open a section for its statements.</p>
            """
        );

        var known = SourceSection.SectionsOf(outcomes);

        // Editions are ordered by the number of tested statements, not alphabetically.
        foreach (
            var edition in outcomes
                .GroupBy(outcome => outcome.Id.Edition)
                .OrderByDescending(edition => edition.Count(outcome => outcome.Results.Count > 0))
        )
        {
            html.Add(
                $"""<h3 id="{edition.Key.Name}">{edition.Key.Document} """
                    + $"""<span class="path">{edition.Key.Title}; {edition.Key.Name} here</span></h3>"""
                    + $"""<p class="note">{Counts([.. edition])}</p>"""
            );
            var page = SpecificationPage.FileNameOf(edition.Key);
            var text = File.Exists(Path.Combine(directory, page)) ? page : null;
            if (text is not null)
            {
                html.Add($"""<p class="note"><a href="{text}">Your copy of the text, with these statements in the margin</a></p>""");
            }

            html.AddLiteral("""<div class="matrix">""");
            foreach (var section in edition.GroupBy(outcome => outcome.Id.Section))
            {
                Section(html, run, section.Key, [.. section], text, known);
            }

            html.AddLiteral("</div>");
        }

        html.AddLiteral("</section>");
    }

    private static void Section(
        Markup html,
        Run run,
        string section,
        IReadOnlyList<StatementOutcome> outcomes,
        string? text,
        IReadOnlySet<(Edition, string)> known
    )
    {
        // Only sections with failures are open; the others show as one line of the overview.
        var open = outcomes.Any(outcome => outcome.State == StatementState.Failed) ? " open" : string.Empty;
        var anchor = section.Length == 0 ? string.Empty : $" id=\"{SourceSection.AnchorOf(outcomes[0].Id.Edition, section)}\"";
        html.AddTag($"<details{anchor}{open}>");
        html.Add($"""<summary><span class="section">{(section.Length == 0 ? "bullets" : section)}</span>""");
        html.AddLiteral("""<span class="bar" aria-hidden="true">""");
        foreach (var state in _bar)
        {
            var count = outcomes.Count(outcome => outcome.State == state);
            if (count > 0)
            {
                html.Add($"""<i class="{Fragments.Tone(state)}" style="flex-grow:{count}"></i>""");
            }
        }

        html.Add($"""</span><span class="counts">{Counts(outcomes)}</span></summary>""");
        if (section.Length > 0 && outcomes[0].Id.Edition.AddressOf(section) is { } address)
        {
            html.Add($"""<p class="note"><a href="{address.AbsoluteUri}" rel="noreferrer">The text of Section {section}</a></p>""");
        }

        html.AddLiteral(
            """
            <div class="wide"><table>
            <thead><tr><th>Statement</th><th>State</th><th>Level</th><th>For</th><th>Requirement</th><th>Scenarios</th></tr></thead>
            <tbody>
            """
        );
        foreach (var outcome in outcomes)
        {
            Row(html, run, outcome, text, known);
        }

        html.AddLiteral("</tbody></table></div>\n</details>");
    }

    private static void Row(Markup html, Run run, StatementOutcome outcome, string? text, IReadOnlySet<(Edition, string)> known)
    {
        var statement = outcome.Statement;
        html.Add(
            $"""
            <tr id="{Fragments.AnchorOf(outcome.Id)}">
            <td class="id">{outcome.Id.Value}
            """
        );
        if (text is not null)
        {
            html.Add($""" <a class="note" href="{text}#{outcome.Id.Value}" title="{outcome.Id.Value} in your copy of the text">text</a>""");
        }

        html.Add(
            $"""
            </td>
            <td><span class="pill {Fragments.Tone(outcome.Covering ?? outcome.State)}">{Fragments.StateOf(outcome)}</span></td>
            <td class="level">{statement?.Level.Word}</td>
            <td>{string.Join(", ", statement?.Roles ?? [])}</td>
            <td>{statement?.Paraphrase ?? "not in the register"}
            """
        );
        if (statement?.Disposal is Disposal.Pointer { CoveredBy: var covering })
        {
            html.AddLiteral("""<span class="note">covered by""");
            foreach (var id in covering)
            {
                html.Add($""" <a href="#{Fragments.AnchorOf(id)}">{id.Value}</a>""");
            }

            html.AddLiteral("</span>");
        }
        else if (statement?.Disposal is { } disposal and not Disposal.Pending)
        {
            html.Add($"""<span class="note">{disposal.ToString()}</span>""");
        }

        SourceSection.WriteRelated(html, outcome, known);
        html.AddLiteral("</td>\n<td>");
        // What was kept stands behind the rest, and is folded where it is much.
        var shown = outcome.Shown.ToLookup(shown => shown.State == StatementState.Passed);
        Scenarios(html, run, shown[false]);
        var isFolded = shown[true].Count() > FoldedFrom;
        if (isFolded)
        {
            html.Add($"<details><summary>{shown[true].Count()} kept it</summary>");
        }

        Scenarios(html, run, shown[true]);
        if (isFolded)
        {
            html.AddLiteral("</details>");
        }

        var passing = outcome
            .Violations.Where(violation => !violation.IsPurpose)
            .Select(violation => violation.Scenario)
            .Distinct()
            .ToList();
        if (passing.Count > 0)
        {
            html.AddLiteral("""<span class="note">violated incidentally in """);
            Fragments.Links(html, passing);
            html.AddLiteral("</span>");
        }

        html.AddLiteral("</td></tr>");
    }

    private static void Scenarios(Markup html, Run run, IEnumerable<Showing> showings)
    {
        foreach (var shown in showings)
        {
            var name = run.NameOf(shown.Scenario.Key);
            html.Add(
                $"""<a class="scenario {Fragments.Tone(shown.State)}" href="#{name}" title="{shown.Scenario.Title}">"""
                    + $"""{name}</a> <span class="verdict">{shown.Words}</span><br>"""
            );
        }
    }

    private static string Counts(IReadOnlyList<StatementOutcome> outcomes)
    {
        var counts = outcomes
            .GroupBy(outcome => outcome.State)
            .OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {ReportText.Of(group.Key)}"));
        return $"{RunSummary.Plural(outcomes.Count, "statement")}: {string.Join(", ", counts)}";
    }
}
