using Conformance.Reports.Ladder;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>Every selected scenario with its steps, findings and packets.</summary>
internal static class ScenarioSection
{
    public static void Write(Markup html, Run run, StatementRegister register, string directory)
    {
        var selected = run.Planned.Where(scenario => scenario.Selection == Selection.Selected).ToList();
        if (selected.Count == 0)
        {
            return;
        }

        var results = run.Results.GroupBy(result => result.Scenario).ToDictionary(group => group.Key, group => group.Last());
        html.AddLiteral(
            """
            <section id="scenarios">
            <h2>Scenarios</h2>
            <p>Open a scenario for its steps, findings and messages. Times are the bed's, in seconds from the start of the scenario. In a ladder, the frames of
            the capture are arrows from who put them on a link to who took them off it, under the step they belong to. A thick arrow is a tunnel, a bar at
            its end means all on the link. ✓ and ✗ stand where a finding points at the packet. An arrow leads to the packet's fields.</p>
            """
        );
        foreach (var feature in selected.GroupBy(scenario => (scenario.Feature, scenario.Path)))
        {
            html.Add($"""<h3>{feature.Key.Feature} <span class="path">{feature.Key.Path}</span></h3>""");
            foreach (var scenario in feature)
            {
                Scenario(html, run.Header, scenario, results.GetValueOrDefault(scenario.Id), register, directory);
            }
        }

        html.AddLiteral("</section>");
    }

    private static void Scenario(
        Markup html,
        RunHeader header,
        PlannedScenario scenario,
        ScenarioResult? result,
        StatementRegister register,
        string directory
    )
    {
        var verdict = result is null ? ReportText.Of(StatementState.NotRun) : ReportText.Of(result.Verdict);

        // A link to a packet must find it: not every browser opens what is closed around the target.
        html.Add(
            $"""
            <details class="scenario" id="{scenario.Id}"{(result is null or { Verdict: Verdict.Pass } ? string.Empty : " open")}>
            <summary><span class="pill {Fragments.Tone(
                result?.Verdict
            )}">{verdict}</span> <span class="id">{scenario.Id}</span> {scenario.Title}</summary>
            <div class="body">
            """
        );
        if (result is not null)
        {
            html.Add($"""<p class="reason">{result.Reason}</p>""");
        }

        Purpose(html, scenario, result, register);
        if (result is not null)
        {
            Steps(html, scenario, result);
            Remarks(html, "Remarks", result.Remarks);
            Remarks(html, "Attempts before this one, which count for nothing", result.LateAttempts);
            LadderSection.Write(html, scenario, result, directory);
        }

        html.Add(
            $"""<p class="path">{scenario.Path}:{scenario.Line}, {scenario.Level} for {scenario.Role}, configuration {scenario.Configuration}</p>"""
        );
        Fragments.Replay(html, header, scenario.Id, result?.Capture);
        html.AddLiteral("</div>\n</details>");
    }

    /// <summary>The statements of the purpose with what was found about each, then what was found in passing.</summary>
    private static void Purpose(Markup html, PlannedScenario scenario, ScenarioResult? result, StatementRegister register)
    {
        html.AddLiteral(
            """
            <h4>Statements</h4>
            <div class="wide"><table>
            <thead><tr><th>Statement</th><th></th><th>Expected</th><th>Actual</th><th>Evidence</th></tr></thead>
            <tbody>
            """
        );
        var purpose = result?.Purpose ?? [];
        foreach (var id in scenario.Statements.Union(purpose.Select(finding => finding.Statement)))
        {
            // A statement is judged on every message it applies to: each violation is shown, of the others one.
            var findings = purpose.Where(finding => finding.Statement == id).ToList();
            var violated = findings.Where(finding => !finding.Ok).ToList();
            var isOpen = violated.Count == 0 && (findings.Count == 0 || result!.NotReached.Contains(id));
            foreach (var finding in violated.Count > 0 || isOpen ? violated : findings.Take(1))
            {
                Judged(finding, passing: false, findings.Count);
            }

            if (isOpen)
            {
                html.AddLiteral("<tr><td>");
                Statement(id);
                var state = result is null ? StatementState.NotRun : StatementState.NotReached;
                html.Add(
                    $"""</td><td class="narrow"><span class="pill {Fragments.Tone(state)}">{ReportText.Of(state)}</span></td><td colspan="3"></td></tr>"""
                );
            }
        }

        foreach (var finding in result?.Incidental.Where(finding => !finding.Ok) ?? [])
        {
            Judged(finding, passing: true, 1);
        }

        html.AddLiteral("</tbody></table></div>");
        if (result?.Incidental.Count(finding => finding.Ok) is { } kept and > 0)
        {
            html.Add($"""<p class="note">Checked in passing and kept: {RunSummary.Plural(kept, "finding")} about other statements.</p>""");
        }

        void Judged(Finding finding, bool passing, int times)
        {
            html.AddLiteral("<tr><td>");
            Statement(finding.Statement);
            if (passing)
            {
                html.AddLiteral("""<span class="note">seen in passing; not the purpose of this scenario</span>""");
            }

            html.Add(
                $"""</td><td class="narrow"><span class="pill {(finding.Ok ? "pass" : "fail")}">{(finding.Ok ? "kept" : "violated")}</span></td><td>{finding.Expected}</td><td>{finding.Actual}"""
            );
            if (finding.Ok && times > 1)
            {
                html.Add($"""<span class="note">and {times - 1} more times</span>""");
            }

            html.AddLiteral("</td><td>");
            Fragments.Evidence(html, scenario.Id, finding);
            html.AddLiteral("</td></tr>");
        }

        void Statement(StatementId id) =>
            html.Add(
                $"""<a class="id" href="#{Fragments.Lma(id)}">{id.Value}</a> <span class="paraphrase">{register.Find(id)?.Paraphrase}</span>"""
            );
    }

    private static void Steps(Markup html, PlannedScenario scenario, ScenarioResult result)
    {
        if (result.Steps.Count == 0)
        {
            return;
        }

        html.AddLiteral(
            """
            <h4>Steps</h4>
            <div class="wide"><table>
            <thead><tr><th>At</th><th></th><th>Step</th><th>Packets</th></tr></thead>
            <tbody>
            """
        );
        foreach (var step in result.Steps)
        {
            html.Add(
                $"""
                <tr><td class="number">{step.At.TotalSeconds:0.000}</td>
                <td class="narrow"><span class="pill {(
                    step.Outcome switch
                    {
                        StepOutcome.Passed => "pass",
                        StepOutcome.Failed => "fail",
                        _ => "notrun",
                    }
                )}">{ReportText.Of(step.Outcome)}</span></td>
                <td><b>{step.Keyword.Trim()}</b> {step.Text}
                """
            );
            if (step.Table.Count > 0)
            {
                html.Add($"<pre>{string.Join('\n', step.Table)}</pre>");
            }

            if (step.Message is not null)
            {
                html.Add($"""<pre class="actual">{step.Message}</pre>""");
            }

            html.AddLiteral("</td><td class=\"number\">");
            if (step.FirstPacket is { } first)
            {
                html.Add($"""<a href="#{scenario.Id}-p{first}">{Fragments.Range(first, step.LastPacket)}</a>""");
            }

            html.AddLiteral("</td></tr>");
        }

        html.AddLiteral("</tbody></table></div>");
    }

    private static void Remarks(Markup html, string title, IReadOnlyList<string> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        html.Add($"<h4>{title}</h4>\n<ul>");
        foreach (var remark in remarks)
        {
            html.Add($"<li>{remark}</li>");
        }

        html.AddLiteral("</ul>");
    }
}
