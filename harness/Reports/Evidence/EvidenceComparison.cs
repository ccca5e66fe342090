using Conformance.Testing.Bed;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Evidence;

/// <summary>
/// Compares the evidence and the findings of two runs, A and B, exactly.
/// <list type="bullet">
/// <item>Compared: which scenarios ran, or why they did not; verdicts; the order of the findings, and of every finding its statement,
/// whether it holds, its packet and its octet; statements not reached; octets, times, ports, directions and order of the packets; all
/// other input that the tester got from its bed: the events of the trace, and the facts of the bed.</item>
/// <item>Not compared: texts, titles, reasons, remarks, the wording of findings, paths, line numbers, the time and the version of
/// the run, earlier attempts, and anything derived from these.</item>
/// </list>
/// </summary>
public static class EvidenceComparison
{
    public static EvidenceReport Between(RunEvidence a, RunEvidence b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (first, second) = (ByKey(a), ByKey(b));
        var both = first.Values.Where(one => one.Result is not null && second.GetValueOrDefault(one.Key)?.Result is not null).ToList();
        var differing =
            from key in first.Keys.Union(second.Keys).OrderBy(key => key.Scenario, StringComparer.Ordinal).ThenBy(key => key.Edition.Name)
            let one = first.GetValueOrDefault(key)
            let other = second.GetValueOrDefault(key)
            let differences = Between(one, other)
            where differences.Count > 0
            select new ScenarioDifference((one is null ? b : a).Run.NameOf(key), one?.Title ?? other?.Title ?? string.Empty, differences);
        return new EvidenceReport(
            both.Count,
            both.Sum(scenario => scenario.Trace?.Frames.Count ?? 0),
            both.Sum(scenario => scenario.Trace?.Events.Count ?? 0),
            both.Sum(scenario => scenario.Result!.Purpose.Count + scenario.Result.Incidental.Count),
            both.Count(scenario => scenario.Trace is null && second[scenario.Key].Trace is null),
            [.. differing]
        );
    }

    private static Dictionary<ScenarioKey, ScenarioEvidence> ByKey(RunEvidence evidence)
    {
        var planned = evidence.Run.Planned.ToDictionary(scenario => scenario.Key);
        var results = evidence.Run.Results.ToDictionary(result => result.Key);
        return planned
            .Keys.Union(results.Keys)
            .ToDictionary(
                key => key,
                key => new ScenarioEvidence(
                    key,
                    planned.GetValueOrDefault(key),
                    results.GetValueOrDefault(key),
                    evidence.Traces.GetValueOrDefault(key)
                )
            );
    }

    private static IReadOnlyList<EvidenceDifference> Between(ScenarioEvidence? a, ScenarioEvidence? b) =>
        a?.Result is { } one && b?.Result is { } other
            ? [.. Verdicts(a, b), .. Findings(one, other), .. Traces(a.Trace, b.Trace)]
            : [.. Verdicts(a, b)];

    /// <summary>For a scenario without a result, compares why it has none instead of the verdict.</summary>
    private static IEnumerable<EvidenceDifference> Verdicts(ScenarioEvidence? a, ScenarioEvidence? b)
    {
        if (Outcome(a) != Outcome(b))
        {
            var (inA, inB) = Excerpt.Of(WithReason(a), WithReason(b));
            yield return new EvidenceDifference("verdict", string.Empty, inA, inB, string.Empty);
        }

        static string WithReason(ScenarioEvidence? scenario) =>
            scenario?.Reason is { } reason ? $"{Outcome(scenario)}: {reason}" : Outcome(scenario);
    }

    private static string Outcome(ScenarioEvidence? scenario) =>
        scenario switch
        {
            { Result: { } result } => ReportText.Of(result.Verdict),
            { Planned: { Selection: Selection.Selected } } => "selected, no result",
            { Planned: { } planned } => ReportText.Of(planned.Selection),
            _ => "not in this run",
        };

    private static IEnumerable<EvidenceDifference> Findings(ScenarioResult a, ScenarioResult b) =>
        [
            .. Stretch.Differences("findings of the purpose", "finding", a.Purpose, b.Purpose, Same, Of),
            .. Stretch.Differences("incidental findings", "finding", a.Incidental, b.Incidental, Same, Of),
            .. Stretch.Differences(
                "statements not reached",
                "statement",
                a.NotReached,
                b.NotReached,
                (one, other) => one == other,
                statement => statement.Value
            ),
        ];

    private static bool Same(Finding a, Finding b) => (a.Statement, a.Ok, a.Packet, a.Octet) == (b.Statement, b.Ok, b.Packet, b.Octet);

    private static string Of(Finding finding)
    {
        var where = finding switch
        {
            { Packet: { } packet, Octet: { } octet } => $"packet {packet}, octet {octet}",
            { Packet: { } packet } => $"packet {packet}, no octet",
            { Octet: { } octet } => $"no packet, octet {octet}",
            _ => "no packet",
        };
        return $"{finding.Statement} {(finding.Ok ? "holds" : "violated")}, {where}";
    }

    private static IEnumerable<EvidenceDifference> Traces(Trace? a, Trace? b) =>
        (a, b) switch
        {
            ({ } one, { } other) => TraceComparison.Between(one, other),
            (null, null) => [],
            _ => [new EvidenceDifference("capture", string.Empty, Kept(a), Kept(b), string.Empty)],
        };

    private static string Kept(Trace? trace) =>
        trace is null ? "none" : $"{RunSummary.Plural(trace.Frames.Count, "packet")}, {RunSummary.Plural(trace.Events.Count, "event")}";

    /// <summary>The data of one scenario in one run.</summary>
    private sealed record ScenarioEvidence(ScenarioKey Key, PlannedScenario? Planned, ScenarioResult? Result, Trace? Trace)
    {
        public string? Title => Planned?.Title;

        public string? Reason => Result?.Reason ?? Planned?.Reason;
    }
}
