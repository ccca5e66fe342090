using System.Globalization;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Certification;

/// <summary>
/// The test reports of ISO/IEC 9646-5: the system conformance test report (SCTR), a summary by protocol, and the protocol conformance test
/// report (PCTR), with a line for each test case of each protocol. A protocol is an edition here.
/// </summary>
public static class TestReports
{
    public const string SystemFileName = "sctr.html";

    public const string ProtocolFileName = "pctr.html";

    /// <summary>Writes the SCTR.</summary>
    public static string OfSystem(Run run, Conclusions conclusions)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(conclusions);
        var html = Begin(run, "System conformance test report");
        html.Add($"<h2>Summary</h2>\n<p><b>{CertificationText.Of(conclusions)}</b></p>");
        html.AddLiteral(
            """
            <div class="wide"><table>
            <thead><tr><th>Protocol</th><th>Static conformance</th><th class="n">selected</th><th class="n">pass</th><th class="n">fail</th>
            <th class="n">inconclusive</th><th class="n">error</th></tr></thead>
            <tbody>
            """
        );
        var isStatic = conclusions.StaticFailures.Count == 0 ? "no mandatory capability is missing" : "see below";
        foreach (var protocol in Protocols(run))
        {
            var results = run.Results.Where(result => result.Edition == protocol.Key).ToList();
            html.Add(
                $"""
                <tr><td><a href="{ProtocolFileName}#{protocol.Key.Name}">{protocol.Key.Document}</a></td><td>{isStatic}</td>
                <td class="n">{protocol.Count(scenario => scenario.Selection == Selection.Selected)}</td>
                """
            );
            foreach (var verdict in Enum.GetValues<Verdict>())
            {
                html.Add($"""<td class="n">{results.Count(result => result.Verdict == verdict)}</td>""");
            }

            html.AddLiteral("</tr>");
        }

        html.AddLiteral("</tbody></table></div>");
        foreach (var failure in conclusions.StaticFailures)
        {
            html.Add($"""<p class="bad">{failure}</p>""");
        }

        html.AddLiteral("</main>");
        return Paper.End(html);
    }

    /// <summary>Writes the PCTR.</summary>
    public static string OfProtocols(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var html = Begin(run, "Protocol conformance test report");
        var results = run.Results.ToDictionary(result => result.Key);
        var attempts = run.Attempts.CountBy(attempt => attempt.Key).ToDictionary();
        foreach (var protocol in Protocols(run))
        {
            html.Add($"""<h2 id="{protocol.Key.Name}">{protocol.Key.Document}: {protocol.Key.Title}</h2>""");
            html.AddLiteral(
                """
                <div class="wide"><table class="fixed cases">
                <thead><tr><th>Test case</th><th>Selected</th><th class="n">Attempts</th><th>Verdict</th><th>Observations</th></tr></thead>
                <tbody>
                """
            );
            foreach (var scenario in protocol)
            {
                var result = results.GetValueOrDefault(scenario.Key);
                var count = result is null ? 0 : attempts.GetValueOrDefault(scenario.Key, 1);
                html.Add(
                    $"""
                    <tr><td><a href="{HtmlReport.FileName}#{run.NameOf(scenario.Key)}"><code>{scenario.Id}</code></a> {scenario.Title}</td>
                    <td>{ReportText.Of(scenario.Selection)}</td><td class="n">{count.ToString(CultureInfo.InvariantCulture)}</td>
                    <td>{(result is null ? "none" : ReportText.Of(result.Verdict))}
                    """
                );
                if (result?.Capture is { } capture)
                {
                    html.Add($"""<a href="{capture}">capture</a>""");
                }

                html.Add($"</td><td>{(result is null ? scenario.Reason : Observations(result))}</td></tr>");
            }

            html.AddLiteral("</tbody></table></div>");
        }

        html.AddLiteral("</main>");
        return Paper.End(html);
    }

    private static IEnumerable<IGrouping<Edition, PlannedScenario>> Protocols(Run run) =>
        run.Planned.Where(scenario => scenario.Selection != Selection.Deselected).GroupBy(scenario => scenario.Edition);

    private static string Observations(ScenarioResult result) =>
        string.Join(' ', result.Verdict == Verdict.Pass ? result.Remarks : result.Remarks.Prepend(result.Reason));

    private static Markup Begin(Run run, string title)
    {
        var html = new Markup();
        Paper.Begin(html, $"{title}, {run.Header.Implementation}");
        html.AddLiteral("<main>");
        html.Add($"""<p class="kind">ISO/IEC 9646-5</p><h1>{title}</h1>""");
        html.AddLiteral("<h2>Identification</h2>\n<dl>");
        Paper.Fact(html, "Implementation", run.Header.Implementation);
        Paper.Fact(html, "Model", run.Header.Device?.Model);
        Paper.Fact(html, "Serial number", run.Header.Device?.Serial);
        Paper.Fact(html, "Firmware", run.Header.Device?.Firmware);
        Paper.Fact(html, "Laboratory", run.Header.Device?.Lab);
        Paper.Fact(html, "Tested by", run.Header.Device?.Operator);
        Paper.Fact(html, "Period", $"{Paper.Time(run.Header.Started)} to {(run.End is { } end ? Paper.Time(end.Ended) : "unknown")}");
        Paper.Fact(html, "Test suite", $"{run.Header.Product} {run.Header.Version}; {run.Header.Suite}");
        Paper.Fact(html, "Method", $"{run.Header.Bed} bed; time: {run.Header.TimeSource}");
        Paper.Fact(html, "Conformance log", $"{RunJournal.FileName} and captures/ of the same bundle");
        html.AddLiteral("</dl>");
        return html;
    }
}
