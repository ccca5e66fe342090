using System.Globalization;
using System.Reflection;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>
/// Writes a run as one self-contained HTML file without network access or scripts. The file begins with what was tested, the
/// results and how to handle failures, and ends with every packet.
/// </summary>
public static class HtmlReport
{
    public const string FileName = "report.html";

    /// <summary>Lists with more scenarios than this are folded.</summary>
    private const int FoldedFrom = 8;

    /// <param name="directory">The run's directory, which contains the captures that the results name.</param>
    public static string Create(Run run, StatementRegister register, string directory)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(register);
        var html = new Markup();
        var summary = new RunSummary(run);
        var outcomes = StatementOutcome.Of(run, register);
        html.Add(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{summary.Conclusion} – {run.Header.Implementation}</title>
            <style>
            """
        );
        html.AddLiteral(StyleSheet());
        html.AddLiteral("</style>\n</head>\n<body>");
        Head(html, run, summary);
        html.AddLiteral("<main>");
        Failures(html, run, register);
        Unsettled(html, run);
        InPassing(html, outcomes, register);
        StatementSection.Write(html, run, outcomes);
        ScenarioSection.Write(html, run, register, directory);
        Unselected(html, run);
        html.Add(
            $"</main>\n<footer>{run.Header.Product} {run.Header.Version}. "
                + $"This report is made from the journal and the captures beside it.</footer>\n</body>\n</html>"
        );
        return html.ToString();
    }

    private static void Head(Markup html, Run run, RunSummary summary)
    {
        var header = run.Header;
        var tone =
            summary.Count(Verdict.Fail) > 0 ? "fail"
            : summary.IsClean ? "pass"
            : "inconclusive";
        html.Add(
            $"""
            <header>
            <p class="kind">Proxy Mobile IPv6 conformance test report</p>
            <h1>{header.Implementation}</h1>
            <p class="conclusion {tone}">{summary.Conclusion}</p>
            """
        );
        if (summary.Partial is { } partial)
        {
            html.Add($"""<p class="banner" role="alert"><strong>Partial results.</strong> {partial}</p>""");
        }

        foreach (var failure in header.StaticFailures ?? [])
        {
            html.Add($"""<p class="banner"><strong>Static conformance failure.</strong> {failure}</p>""");
        }

        html.AddLiteral("""<div class="tiles">""");
        Tile(
            summary.Count(Verdict.Pass),
            "pass",
            "pass",
            "Every statement of the scenario's purpose was judged; no binding statement was violated."
        );
        Tile(
            summary.Count(Verdict.Fail),
            "fail",
            "fail",
            "A statement of the scenario's purpose was violated, or the implementation broke down."
        );
        Tile(summary.Count(Verdict.Inconclusive), "inconclusive", "inconclusive", "The purpose was not reached; no violation was found.");
        Tile(summary.Count(Verdict.Error), "error", "error", "The tester, the bed or the scenario is at fault.");
        Tile(summary.NotRun, "not run", "notrun", "Selected, but the run ended before them.");
        html.AddLiteral("""<span class="gap"></span>""");
        Tile(summary.Selected, "selected", "plain", "Scenarios chosen to run.");
        Tile(
            summary.Planned(Selection.NotApplicable),
            "not applicable",
            "plain",
            "The implementation does not claim the features they test."
        );
        Tile(summary.Planned(Selection.NotTested), "not tested", "plain", "This test bed cannot run them.");
        Tile(summary.Planned(Selection.Deselected), "deselected", "plain", "Excluded by the options of the run.");
        html.AddLiteral("</div>\n<dl class=\"facts\">");
        Fact("Test bed", header.Bed);
        Fact("Started", Time(header.Started));
        Fact("Ended", run.End is { } end ? Time(end.Ended) : "unknown: the run was cut off");
        Fact("Seed", header.Seed.ToString(CultureInfo.InvariantCulture));
        Fact("Recommendations", header.Strict ? "strict: a violated SHOULD is a failure" : "a violated SHOULD is only a remark");
        Fact("Options", header.Options.Length == 0 ? "none" : header.Options);
        Fact("Tester", $"{header.Product} {header.Version}");
        html.AddLiteral("</dl>");
        if (summary.Selected > 0)
        {
            html.AddLiteral("""<nav><a href="#statements">Statements</a> <a href="#scenarios">Scenarios</a></nav>""");
        }

        html.AddLiteral("</header>");

        void Tile(int count, string label, string tone, string explanation) =>
            html.Add($"""<span class="tile {(count == 0 ? "zero" : tone)}" title="{explanation}"><b>{count}</b> {label}</span>""");

        void Fact(string name, string value) => html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }

    private static void Failures(Markup html, Run run, StatementRegister register)
    {
        var failed = Of(run, Verdict.Fail).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        html.Add(
            $"""
            <section id="failures">
            <h2>{RunSummary.Plural(failed.Count, "failure")}</h2>
            <p>For each failure: compare the expected with the actual behaviour, open the capture at the packet given as evidence, correct
            the implementation, and repeat the scenario with the command shown. With the same seed, the tester makes the same choices.</p>
            """
        );
        foreach (var (scenario, result) in failed)
        {
            var name = run.NameOf(scenario.Key);
            html.Add(
                $"""
                <article class="card fail">
                <h3><a href="#{name}">{name}</a> {scenario.Title}</h3>
                """
            );
            foreach (var alike in FailureText.Violations(result))
            {
                Fragments.Violation(html, name, alike, register);
            }

            if (!result.Purpose.Any(finding => !finding.Ok))
            {
                html.Add(
                    $"""<dl class="finding"><dt>Clause</dt><dd>{ReportText.NoClause}</dd>"""
                        + $"""<dt>Actual</dt><dd class="actual">{result.Reason}</dd></dl>"""
                );
            }

            Fragments.Replay(html, run, scenario.Key, result.Capture);
            html.AddLiteral("</article>");
        }

        html.AddLiteral("</section>");
    }

    /// <summary>Writes the scenarios that do not judge the implementation, by reason: one cause often affects many scenarios.</summary>
    private static void Unsettled(Markup html, Run run)
    {
        Table(
            Verdict.Error,
            "error",
            "The tester, the bed or the scenario is at fault. These scenarios do not judge the implementation; please report them."
        );
        Table(
            Verdict.Inconclusive,
            "inconclusive scenario",
            "The scenario did not reach its purpose, most often because a precondition was not met. "
                + "Look at the failures first: one of them may be the cause."
        );

        void Table(Verdict verdict, string noun, string explanation)
        {
            var scenarios = Of(run, verdict).ToList();
            if (scenarios.Count == 0)
            {
                return;
            }

            html.Add($"<section>\n<h2>{RunSummary.Plural(scenarios.Count, noun)}</h2>\n<p>{explanation}</p>");
            html.AddLiteral("<div class=\"wide\"><table>\n<thead><tr><th>Why</th><th>Scenarios</th></tr></thead>\n<tbody>");
            foreach (var reason in scenarios.GroupBy(scenario => scenario.Result.Reason).OrderByDescending(group => group.Count()))
            {
                html.Add(
                    $"""<tr><td class="half">{reason.Key}</td><td><details{(reason.Count() > FoldedFrom ? string.Empty : " open")}>"""
                        + $"""<summary>{RunSummary.Plural(reason.Count(), "scenario")}</summary>"""
                );
                foreach (var (scenario, _) in reason)
                {
                    var name = run.NameOf(scenario.Key);
                    html.Add($"""<a class="id" href="#{name}">{name}</a> {scenario.Title}<br>""");
                }

                html.AddLiteral("</details></td></tr>");
            }

            html.AddLiteral("</tbody></table></div>\n</section>");
        }
    }

    /// <summary>Writes the violations that no verdict shows, because their scenario tests another purpose.</summary>
    private static void InPassing(Markup html, IEnumerable<StatementOutcome> outcomes, StatementRegister register)
    {
        var passing = outcomes
            .Select(outcome => (outcome.Id, Violations: outcome.Violations.Where(violation => !violation.IsPurpose).ToList()))
            .Where(outcome => outcome.Violations.Count > 0)
            .ToList();
        if (passing.Count == 0)
        {
            return;
        }

        html.Add(
            $"""
            <section>
            <h2>{RunSummary.Plural(passing.Count, "statement")} violated incidentally</h2>
            <p>Observed in scenarios with another purpose. Their verdicts do not show these violations.</p>
            """
        );
        foreach (var (id, violations) in passing)
        {
            html.AddLiteral("""<article class="card fail">""");
            Fragments.Violation(html, violations[0].Scenario, [violations[0].Finding], register);
            var others = violations.Select(violation => violation.Scenario).Distinct().Order(NaturalOrder.Instance).ToList();
            html.Add(
                $"""<p>The packet is from <a href="#{violations[0].Scenario}">{violations[0].Scenario}</a>. """
                    + $"""Observed in {RunSummary.Plural(others.Count, "scenario")}: """
            );
            Fragments.Links(html, others);
            html.AddLiteral("</p>\n</article>");
        }

        html.AddLiteral("</section>");
    }

    private static void Unselected(Markup html, Run run)
    {
        var groups = run
            .Planned.Where(scenario => scenario.Selection != Selection.Selected)
            .GroupBy(scenario => scenario.Selection)
            .OrderBy(group => group.Key)
            .ToList();
        if (groups.Count == 0)
        {
            return;
        }

        html.AddLiteral("<section id=\"unselected\">\n<h2>Scenarios that were not selected</h2>");
        foreach (var group in groups)
        {
            html.Add($"<details><summary>{group.Count()} {ReportText.Of(group.Key)}</summary>");
            html.AddLiteral("<div class=\"wide\"><table>\n<thead><tr><th>Scenario</th><th>Why not</th></tr></thead>\n<tbody>");
            foreach (var scenario in group)
            {
                var name = run.NameOf(scenario.Key);
                html.Add(
                    $"""<tr id="{name}"><td><span class="id">{name}</span> {scenario.Title}</td>""" + $"""<td>{scenario.Reason}</td></tr>"""
                );
            }

            html.AddLiteral("</tbody></table></div>\n</details>");
        }

        html.AddLiteral("</section>");
    }

    private static IEnumerable<(PlannedScenario Scenario, ScenarioResult Result)> Of(Run run, Verdict verdict) =>
        from scenario in run.Planned
        join result in run.Results on scenario.Key equals result.Key
        where result.Verdict == verdict
        select (scenario, result);

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string StyleSheet()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
