using Conformance.Reports.Certification;
using Conformance.Reports.Html;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Matrix;

/// <summary>
/// Writes a grid as one self-contained HTML file without network access: the runs, what each shows by role and level, and every statement.
/// Its script selects among the statements, and keeps the choice in the address.
/// </summary>
public static class GridPage
{
    public const string FileName = "matrix.html";

    /// <summary>The words by which the script finds rows.</summary>
    private const string Disputed = "differences";

    private const string Violated = "violated";

    public static string Create(Grid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var html = new Markup();
        var script = Resources.Read("matrix.js");
        PageHead.Write(
            html,
            $"Conformance of {RunSummary.Plural(grid.Columns.Count, "run")}, by statement",
            script,
            "report.css",
            "matrix.css"
        );
        html.Add(
            $"""
            <header>
            <p class="kind">Proxy Mobile IPv6 conformance test report</p>
            <h1>{RunSummary.Plural(grid.Columns.Count, "run")}, statement by statement</h1>
            """
        );
        Runs(html, grid);
        html.AddLiteral("</header>\n<main>");
        Classes(html, grid);
        Tallies(html, grid);
        Statements(html, grid);
        html.Add($"</main>\n<footer>{Terminal.Product}. This page is made from the journals of the runs.</footer>");
        html.AddTag("<script>");
        html.AddTag(script);
        html.AddLiteral("</script>\n</body>\n</html>");
        return html.ToString();
    }

    private static void Runs(Markup html, Grid grid)
    {
        if (grid.Columns.Select(column => column.Run.Header.Suite?.Hash).Distinct().Skip(1).Any())
        {
            html.AddLiteral(
                """
                <p class="banner" role="alert"><strong>The runs were made with different suites.</strong> A statement may differ because
                its scenarios do.</p>
                """
            );
        }

        html.AddLiteral("<div class=\"runs\">");
        foreach (var column in grid.Columns)
        {
            var (header, summary) = (column.Run.Header, new RunSummary(column.Run));
            var device = new[] { header.Device?.Model, header.Device?.Serial, header.Device?.Firmware }.OfType<string>();
            var tone =
                summary.IsIncomplete ? "error"
                : summary.Count(Verdict.Fail) > 0 ? "fail"
                : summary.IsClean ? "pass"
                : "inconclusive";
            html.Add(
                $"""
                <div class="run {tone}"><h2><span class="label">{column.Label}</span> {header.Implementation}</h2>
                <p>{string.Join(", ", device.Append($"{header.Bed} bed").Append(Paper.Time(header.Started)))}</p>
                <p>{summary.Conclusion}</p>
                """
            );
            if (column.ReportAddress is { } address)
            {
                html.Add($"""<p><a href="{address}">Report</a></p>""");
            }

            html.Add($"""<p class="path">{column.Directory}</p></div>""");
        }

        html.AddLiteral("</div>");
    }

    private static void Classes(Markup html, Grid grid)
    {
        if (grid.Classes.Count == 0)
        {
            return;
        }

        html.AddLiteral(
            """
            <section id="classes">
            <h2>Classes of conformance</h2>
            <p>What the certifications conclude: how many scenarios passed of those that apply. A run that is no certification has no
            conclusion.</p>
            <div class="wide"><table class="grid">
            """
        );
        HeadRow(html, grid, "Class");
        foreach (var known in grid.Classes)
        {
            html.Add($"""<tr><th scope="row">{known.Title} <span class="level">{known.Role} {known.Edition.Name}</span></th>""");
            foreach (var cell in known.Cells)
            {
                var tone = cell?.Status switch
                {
                    ClassStatus.Conformant => "pass",
                    ClassStatus.NotConformant => "fail",
                    _ => "notrun",
                };
                html.Add($"""<td><span class="pill {tone}">{TextOf(cell)}</span></td>""");
            }

            html.AddLiteral("</tr>");
        }

        html.AddLiteral("</tbody></table></div>\n</section>");
    }

    private static string TextOf(ClassConclusion? known) =>
        known is null ? "no conclusion"
        : known.Applicable == 0 ? CertificationText.Of(known.Status)
        : $"{CertificationText.Of(known.Status)}, {known.Pass} of {known.Applicable}";

    private static void Tallies(Markup html, Grid grid)
    {
        if (grid.Tallies.Count == 0)
        {
            return;
        }

        html.AddLiteral(
            """
            <section id="roles">
            <h2>Roles and levels</h2>
            <p>The statements that bind each role, by level: how many every run found kept, violated, or could not judge.</p>
            <div class="wide"><table class="grid">
            """
        );
        HeadRow(html, grid, "Role and level");
        foreach (var tally in grid.Tallies)
        {
            html.Add(
                $"""<tr><th scope="row"><a href="#?{tally.Role}&{FilterForm.Word(tally.Level)}">{tally.Role} {tally.Level}</a></th>"""
            );
            foreach (var counts in tally.Counts)
            {
                html.AddTag("<td>");
                foreach (var (state, count) in counts.OrderBy(count => count.Key))
                {
                    html.Add($"""<span class="pill {Fragments.Tone(state)}">{count} {ReportText.Of(state)}</span> """);
                }

                html.AddLiteral("</td>");
            }

            html.AddLiteral("</tr>");
        }

        html.AddLiteral("</tbody></table></div>\n</section>");
    }

    private static void Statements(Markup html, Grid grid)
    {
        html.Add(
            $"""
            <section id="statements">
            <h2>Statements</h2>
            <p>A statement passes in a run if every scenario that tests it and ran found it kept. It fails if any scenario found it
            violated. A state leads to the report of its run. No run tested {RunSummary.Plural(
                grid.Untested,
                "further statement"
            )} of the registers.</p>
            """
        );
        Filter(html, grid);
        foreach (var edition in grid.Rows.GroupBy(row => row.Id.Edition))
        {
            html.Add(
                $"""
                <div class="edition"><h3 id="{edition.Key.Name}">{edition.Key.Document} <span class="path">{edition.Key.Title}</span></h3>
                <div class="wide"><table class="grid">
                """
            );
            HeadRow(html, grid, "Statement");
            foreach (var row in edition)
            {
                Row(html, grid, row);
            }

            html.AddLiteral("</tbody></table></div></div>");
        }

        html.AddLiteral("</section>");
    }

    private static void Filter(Markup html, Grid grid)
    {
        html.AddLiteral("""<form id="filter" hidden role="search" aria-label="Select statements">""");
        Choice("Show", [Disputed, Violated]);
        Choice("Role", grid.Tallies.Select(tally => tally.Role).Distinct());
        Choice("Level", grid.Tallies.Select(tally => tally.Level).Distinct());
        Choice("Edition", grid.Rows.Select(row => row.Id.Edition.Name).Distinct());
        html.AddLiteral("""<label>Text <input type="search" name="q" autocomplete="off"></label> <output></output></form>""");

        void Choice(string name, IEnumerable<string> values)
        {
            html.Add($"""<label>{name} <select><option value="">all</option>""");
            foreach (var value in values)
            {
                html.Add($"""<option value="{FilterForm.Word(value)}">{value}</option>""");
            }

            html.AddLiteral("</select></label>");
        }
    }

    private static void HeadRow(Markup html, Grid grid, string first)
    {
        html.Add($"""<thead><tr><th scope="col">{first}</th>""");
        foreach (var column in grid.Columns)
        {
            html.Add($"""<th scope="col" title="{column.Run.Header.Implementation}">{column.Label}</th>""");
        }

        html.AddLiteral("</tr></thead>\n<tbody>");
    }

    private static void Row(Markup html, Grid grid, GridRow row)
    {
        html.Add(
            $"""
            <tr id="{Fragments.AnchorOf(row.Id)}" data-words="{WordsOf(row)}"><th scope="row"><span class="id">{row.Id.Value}</span>
            <span class="level">{row.Statement?.Level.Word} {string.Join(", ", row.Statement?.Roles ?? [])}</span>
            <span class="paraphrase">{row.Statement?.Paraphrase ?? "not in the register"}</span>
            """
        );
        foreach (var (column, cell) in grid.Columns.Zip(row.Cells))
        {
            if (cell.Violation is { } violation)
            {
                html.Add(
                    $"""
                    <span class="note"><b>{column.Label}</b> {violation.Scenario}: expected {violation.Finding.Expected};
                    <span class="actual">{violation.Finding.Actual}</span></span>
                    """
                );
            }
        }

        html.AddLiteral("</th>");
        foreach (var (column, cell) in grid.Columns.Zip(row.Cells))
        {
            var (tone, state) = (Fragments.Tone(cell.State), ReportText.Of(cell.State));
            if (column.ReportAddress is { } address)
            {
                html.Add($"""<td><a class="pill {tone}" href="{address}#{Fragments.AnchorOf(row.Id)}">{state}</a></td>""");
            }
            else
            {
                html.Add($"""<td><span class="pill {tone}">{state}</span></td>""");
            }
        }

        html.AddLiteral("</tr>");
    }

    private static string WordsOf(GridRow row) =>
        string.Join(
            ' ',
            (row.Statement?.Roles ?? [])
                .Select(role => role.ToString())
                .Append(FilterForm.Word(row.Statement?.Level.Word ?? string.Empty))
                .Append(row.Id.Edition.Name)
                .Append(row.IsDisputed ? Disputed : string.Empty)
                .Append(row.Cells.Any(cell => cell.State == StatementState.Failed) ? Violated : string.Empty)
                .Where(word => word.Length > 0)
        );
}
