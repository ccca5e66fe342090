using System.Globalization;
using Conformance.Reports.Ladder;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Html;

/// <summary>HTML fragments that the report uses in several places.</summary>
internal static class Fragments
{
    /// <summary>Writes a violation: clause, expected, actual, evidence, in this order.</summary>
    /// <param name="alike">Findings that differ only in their clause; at least one.</param>
    /// <param name="sent">The message of the tester before the evidence; null if there is none.</param>
    public static void Violation(Markup html, string scenario, IReadOnlyList<Finding> alike, StatementRegister register, SentBefore? sent)
    {
        html.AddLiteral("""<dl class="finding">""");
        foreach (var id in alike.Select(finding => finding.Statement))
        {
            var statement = register.Find(id);
            html.Add(
                $"""<dt>Clause</dt><dd><a href="#{AnchorOf(id)}">{id.Value}</a> """
                    + $"""<span class="level">{statement?.Level.Word}</span> {statement?.Paraphrase}</dd>"""
            );
        }

        var finding = alike[0];
        html.Add(
            $"""
            <dt>Expected</dt><dd>{finding.Expected}</dd>
            """
        );
        if (sent is not null)
        {
            html.Add($"""<dt>Sent</dt><dd>{sent.Text} <a href="#{scenario}-p{sent.Number}">packet {sent.Number}</a></dd>""");
        }

        html.Add(
            $"""
            <dt>Actual</dt><dd class="actual">{finding.Actual}</dd>
            <dt>Evidence</dt><dd>
            """
        );
        Evidence(html, scenario, finding);
        html.AddLiteral("</dd>\n</dl>");
    }

    public static void Evidence(Markup html, string scenario, Finding finding)
    {
        if (finding.Packet is not { } packet)
        {
            html.AddLiteral("no packet: nothing was sent");
            return;
        }

        var octet = finding.Octet is { } offset ? string.Create(CultureInfo.InvariantCulture, $", octet {offset}") : string.Empty;
        html.Add($"""<a href="#{scenario}-p{packet}" title="octets count from the Ethernet header">packet {packet}{octet}</a>""");
    }

    public static void Replay(Markup html, Run run, ScenarioKey scenario, string? capture)
    {
        html.Add($"""<p class="replay"><code>{ReportText.Replay(run, scenario)}</code>""");
        if (capture is not null)
        {
            html.Add($"""<a href="{capture}">{capture}</a>""");
        }

        html.AddLiteral("</p>");
    }

    /// <summary>A range of packets: <c>3–6</c>; empty if there is none.</summary>
    public static string Range(int? first, int? last) =>
        (first, last) switch
        {
            (null, _) or (_, null) => string.Empty,
            var (from, to) when from == to => string.Create(CultureInfo.InvariantCulture, $"{from}"),
            var (from, to) => string.Create(CultureInfo.InvariantCulture, $"{from}–{to}"),
        };

    public static void Links(Markup html, IEnumerable<string> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            html.Add($"""<a href="#{scenario}">{scenario}</a> """);
        }
    }

    /// <summary>The state of a statement; for a pointer also the worst of the statements that cover it.</summary>
    public static string StateOf(StatementOutcome outcome) =>
        outcome.Covering is { } covering ? $"{ReportText.Of(outcome.State)}: {ReportText.Of(covering)}" : ReportText.Of(outcome.State);

    public static string AnchorOf(StatementId id) => $"s-{id}";

    /// <summary>The CSS class that colours a state. The report always shows the state as a word too.</summary>
    public static string Tone(StatementState state) =>
        state switch
        {
            StatementState.Failed => "fail",
            StatementState.Passed => "pass",
            StatementState.Inconclusive => "inconclusive",
            StatementState.NotReached => "notreached",
            StatementState.NotRun => "notrun",
            _ => "pending",
        };

    public static string Tone(Verdict? verdict) => verdict is { } given ? ReportText.Of(given) : "notrun";
}
