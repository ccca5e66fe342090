using Conformance.Reports.Ladder;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>Writes every selected scenario with its steps, findings and packets.</summary>
internal static class ScenarioSection
{
    /// <summary>A control character that no text of the report contains.</summary>
    private const string NamePlace = "\u0001";

    public static void Write(Markup html, Run run, StatementRegister register, string directory)
    {
        var selected = run.Planned.Where(scenario => scenario.Selection == Selection.Selected).ToList();
        if (selected.Count == 0)
        {
            return;
        }

        var results = run.Results.GroupBy(result => result.Key).ToDictionary(group => group.Key, group => group.Last());
        var parcels = PackedTexts.Pack([
            .. selected
                .AsParallel()
                .AsOrdered()
                .Select(scenario => Body(run, scenario, results.GetValueOrDefault(scenario.Key), register, directory)),
        ]);
        var places = selected.Index().ToDictionary(pair => pair.Item.Key, pair => pair.Index);
        html.AddLiteral(
            """
            <section id="scenarios">
            <h2>Scenarios</h2>
            <p>Open a scenario for its steps, findings and messages. Times are measured by the test bed, in seconds from the start of the
            scenario. In a ladder, each arrow is a captured frame, from the node that sent it on the link to the node that received it,
            below the step that it belongs to. A thick arrow is a tunnelled packet. A bar at the end of an arrow means all nodes on
            the link. ✓ and ✗ mark packets that a finding refers to. An arrow is a link to the fields of the packet.</p>
            <noscript><p class="banner">Without scripts, this page shows the results, but no steps and no packets.</p></noscript>
            """
        );
        FilterForm.Write(html, selected, results);
        foreach (var feature in selected.GroupBy(scenario => (scenario.Feature, scenario.Path)))
        {
            html.Add($"""<div class="feature"><h3>{feature.Key.Feature} <span class="path">{feature.Key.Path}</span></h3>""");
            foreach (var scenario in feature)
            {
                var result = results.GetValueOrDefault(scenario.Key);
                var verdict = result is null ? ReportText.Of(StatementState.NotRun) : ReportText.Of(result.Verdict);
                var name = run.NameOf(scenario.Key);
                var (parcel, inParcel) = Math.DivRem(places[scenario.Key], PackedTexts.InParcel);
                var words = FilterForm.WordsOf(scenario, result);
                var open = result is null or { Verdict: Verdict.Pass } ? string.Empty : " open";
                html.Add(
                    $"""
                    <details class="scenario" id="{name}" data-at="{parcel}.{inParcel}" data-words="{words}"{open}>
                    <summary><span class="pill {Fragments.Tone(
                        result?.Verdict
                    )}">{verdict}</span> <span class="id">{name}</span> {scenario.Title}</summary>
                    <div class="body"></div>
                    </details>
                    """
                );
            }

            html.AddLiteral("</div>");
        }

        foreach (var (number, parcel) in parcels.Index())
        {
            html.Add($"""<script type="text/plain" id="parcel-{number}">{parcel}</script>""");
        }

        html.AddLiteral("</section>");
    }

    /// <summary>
    /// What an open scenario shows, with <see cref="NamePlace"/> for its name, which is in the identifiers of every packet.
    /// </summary>
    private static string Body(Run run, PlannedScenario scenario, ScenarioResult? result, StatementRegister register, string directory)
    {
        var html = new Markup();
        var name = run.NameOf(scenario.Key);
        if (result is not null)
        {
            html.Add($"""<p class="reason">{result.Reason}</p>""");
            Attempts(html, [.. run.AttemptsAt(scenario.Key)]);
        }

        Purpose(html, name, scenario, result, register);
        if (result is not null)
        {
            Steps(html, name, result);
            Remarks(html, "Remarks", result.Remarks);
            Remarks(html, "Earlier attempts, which are not evaluated", result.LateAttempts);
            LadderSection.Write(html, name, scenario, result, directory);
        }

        html.Add(
            $"""<p class="path">{scenario.Path}:{scenario.Line}, {scenario.Level?.Word} for {scenario.Role}, """
                + $"""configuration {scenario.Configuration}</p>"""
        );
        Fragments.Replay(html, run, scenario.Key, result?.Capture);
        return html.ToString().Replace(name, NamePlace, StringComparison.Ordinal);
    }

    /// <summary>Writes what each attempt at a repeated scenario found. What follows them is that of the first attempt.</summary>
    private static void Attempts(Markup html, IReadOnlyList<ScenarioResult> attempts)
    {
        if (attempts.Count == 0)
        {
            return;
        }

        html.AddLiteral(
            """
            <h4>Attempts</h4>
            <div class="wide"><table>
            <thead><tr><th>Attempt</th><th>Verdict</th><th>Why</th><th>Violated</th><th>Capture</th></tr></thead>
            <tbody>
            """
        );
        foreach (var (number, attempt) in attempts.Index())
        {
            html.Add(
                $"""
                <tr><td class="number">{number + 1}</td>
                <td class="narrow"><span class="pill {Fragments.Tone(attempt.Verdict)}">{ReportText.Of(attempt.Verdict)}</span></td>
                <td>{attempt.Reason}</td><td>
                """
            );
            foreach (var id in attempt.Purpose.Where(finding => !finding.Ok).Select(finding => finding.Statement).Distinct())
            {
                html.Add($"""<a class="id" href="#{Fragments.AnchorOf(id)}">{id.Value}</a> """);
            }

            html.AddLiteral("</td><td>");
            if (attempt.Capture is { } capture)
            {
                html.Add($"""<a href="{capture}">{capture}</a>""");
            }

            html.AddLiteral("</td></tr>");
        }

        html.AddLiteral("</tbody></table></div>");
        html.AddLiteral("""<p class="note">Statements, steps and messages below are those of the first attempt.</p>""");
    }

    /// <summary>Writes the statements of the purpose with their findings, then the incidental findings.</summary>
    private static void Purpose(Markup html, string name, PlannedScenario scenario, ScenarioResult? result, StatementRegister register)
    {
        html.AddLiteral(
            """
            <h4>Statements</h4>
            <div class="wide"><table>
            <thead><tr><th>Statement</th><th>Finding</th><th>Expected</th><th>Actual</th><th>Evidence</th></tr></thead>
            <tbody>
            """
        );
        var purpose = result?.Purpose ?? [];
        foreach (var id in scenario.Statements.Union(purpose.Select(finding => finding.Statement)))
        {
            // A statement is judged on every message that it applies to. Show every violation, or one finding if there is no violation.
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
                    $"""</td><td class="narrow"><span class="pill {Fragments.Tone(state)}">"""
                        + $"""{ReportText.Of(state)}</span></td><td colspan="3"></td></tr>"""
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
            html.Add($"""<p class="note">Other statements, checked incidentally and kept: {RunSummary.Plural(kept, "finding")}.</p>""");
        }

        void Judged(Finding finding, bool passing, int times)
        {
            html.AddLiteral("<tr><td>");
            Statement(finding.Statement);
            if (passing)
            {
                html.AddLiteral("""<span class="note">incidental: not the purpose of this scenario</span>""");
            }

            html.Add(
                $"""</td><td class="narrow"><span class="pill {(finding.Ok ? "pass" : "fail")}">{(finding.Ok ? "kept" : "violated")}"""
                    + $"""</span></td><td>{finding.Expected}</td><td>{finding.Actual}"""
            );
            if (finding.Ok && times > 1)
            {
                html.Add($"""<span class="note">and {times - 1} more times</span>""");
            }

            html.AddLiteral("</td><td>");
            Fragments.Evidence(html, name, finding);
            html.AddLiteral("</td></tr>");
        }

        void Statement(StatementId id) =>
            html.Add(
                $"""<a class="id" href="#{Fragments.AnchorOf(id)}">{id.Value}</a> """
                    + $"""<span class="paraphrase">{register.Find(id)?.Paraphrase}</span>"""
            );
    }

    private static void Steps(Markup html, string name, ScenarioResult result)
    {
        if (result.Steps.Count == 0)
        {
            return;
        }

        html.AddLiteral(
            """
            <h4>Steps</h4>
            <div class="wide"><table>
            <thead><tr><th>At</th><th>Outcome</th><th>Step</th><th>Packets</th></tr></thead>
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
                html.Add($"""<a href="#{name}-p{first}">{Fragments.Range(first, step.LastPacket)}</a>""");
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
