using System.Globalization;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>
/// Writes a run as one self-contained HTML file without network access. The file begins with what was tested, the results and how to
/// handle failures, and ends with every packet. Its script opens scenarios, which are packed, and selects among them.
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
        var causes = RootCause.Of(run, register);
        var script = Resources.Read("report.js");
        PageHead.Write(html, $"{summary.Conclusion} – {run.Header.Implementation}", script, "report.css");
        Head(html, run, summary);
        html.AddLiteral("<main>");
        CauseSection.WriteOfEveryMessage(html, run, causes, register, directory);
        CauseSection.WriteViolated(html, run, causes, register, directory);
        Unsettled(html, run);
        CauseSection.WriteRecommendations(html, run, causes, register, directory);
        RoleSection.Write(html, run);
        StatementSection.Write(html, run, outcomes, directory);
        SourceSection.Write(html, outcomes);
        ScenarioSection.Write(html, run, register, directory);
        Unselected(html, run);
        html.Add(
            $"</main>\n<footer>{run.Header.Product} {run.Header.Version}. "
                + $"This report is made from the journal and the captures beside it.</footer>"
        );
        html.AddTag("<script>");
        html.AddTag(script);
        html.AddLiteral("</script>\n</body>\n</html>");
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
            <p class="kind">Conformance test report</p>
            <h1>{header.Implementation}</h1>
            <p class="conclusion {tone}">{summary.Conclusion}</p>
            """
        );
        if (summary.Partial is { } partial)
        {
            html.Add($"""<p class="banner" role="alert"><strong>{partial}</strong></p>""");
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
        if (header.Device is { } device)
        {
            Fact("Device", string.Join(", ", Given(("model", device.Model), ("serial", device.Serial), ("firmware", device.Firmware))));
            Fact("Tested by", string.Join(", ", Given(("operator", device.Operator), ("lab", device.Lab))));
        }

        Fact("Test bed", header.Bed);
        Fact("Started", Time(header.Started));
        Fact("Ended", run.End is { } end ? Time(end.Ended) : "unknown: the run was cut off");
        Fact("Seed", header.Seed.ToString(CultureInfo.InvariantCulture));
        Fact("Recommendations", header.Strict ? "strict: a violated SHOULD is a failure" : "a violated SHOULD is only a remark");
        Fact("Options", header.Options.Length == 0 ? "none" : header.Options);
        Fact("Tester", $"{header.Product} {header.Version}");
        if (header is { Host: { } host, Suite: { } suite })
        {
            Fact("Suite", suite.ToString());
            Fact("Host", Of(host));
            Fact("Time", header.TimeSource ?? "unknown");
        }

        if (header.Shard is { } share)
        {
            Fact("Shard", share);
        }

        foreach (var shard in header.Shards ?? [])
        {
            var until = shard.Ended is { } ended ? $"to {Time(ended)}" : "cut off";
            Fact($"Shard {shard.Shard}", $"{(shard.Host is { } machine ? $"{Of(machine)}, " : "")}{Time(shard.Started)} {until}");
        }

        if (run.End?.DeviceClock is { } clock)
        {
            Fact(
                "Clock of the device",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{clock.Offset.TotalMilliseconds:+0;-0;0} ms, within {clock.Uncertainty.TotalMilliseconds:0.#} ms"
                )
            );
        }

        html.AddLiteral("</dl>");
        if (summary.Selected > 0)
        {
            html.AddLiteral(
                """<nav><a href="#statements">Statements</a> <a href="#sources">Sources</a> <a href="#scenarios">Scenarios</a></nav>"""
            );
        }

        html.AddLiteral("</header>");

        void Tile(int count, string label, string tone, string explanation) =>
            html.Add($"""<span class="tile {(count == 0 ? "zero" : tone)}" title="{explanation}"><b>{count}</b> {label}</span>""");

        void Fact(string name, string value) => html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }

    /// <summary>Writes the scenarios that do not judge the implementation, by reason: one cause often affects many scenarios.</summary>
    private static void Unsettled(Markup html, Run run)
    {
        Table(Verdict.Fail, "breakdown", $"Clause: {ReportText.NoClause}.");
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
            var scenarios = Of(run, verdict).Where(scenario => scenario.Result.IsUnsettled).ToList();
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

    private static IEnumerable<string> Given(params IEnumerable<(string Name, string? Value)> parts) =>
        parts.Where(part => part.Value is not null).Select(part => $"{part.Name} {part.Value}").DefaultIfEmpty("not given");

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

    private static string Of(TesterHost host) => $"{host.Name}, {host.Kernel}, {host.Runtime}";

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
