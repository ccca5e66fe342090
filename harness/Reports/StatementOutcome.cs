using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>The state of one statement after a run, worst first.</summary>
public enum StatementState
{
    /// <summary>A scenario found the statement violated, as its purpose or incidentally.</summary>
    Failed,

    /// <summary>A scenario that tests the statement could not reach its purpose, or the tester was at fault.</summary>
    Inconclusive,

    /// <summary>A scenario that tests the statement ended for another reason before judging it.</summary>
    NotReached,

    /// <summary>Every scenario that tests the statement and ran found it kept.</summary>
    Passed,

    /// <summary>No scenario that tests the statement ran.</summary>
    NotRun,

    /// <summary>No scenario tests the statement yet.</summary>
    Pending,

    /// <summary>Other statements cover this one.</summary>
    Pointer,

    NotTestable,
}

/// <summary>A violated finding and the name of the scenario that made it.</summary>
public sealed record Violation(string Scenario, Finding Finding, bool IsPurpose);

/// <summary>What a scenario showed of one statement that it tests. Its verdict may have been decided by another statement.</summary>
/// <param name="Verdict">The verdict of the scenario; null if it did not run.</param>
/// <param name="State">The state of the statement after this scenario.</param>
public sealed record Showing(PlannedScenario Scenario, Verdict? Verdict, StatementState State)
{
    /// <summary>What the scenario found of the statement; then its verdict, if that says something else.</summary>
    public string Words =>
        (State, Verdict) switch
        {
            (StatementState.Passed, Testing.Verdicts.Verdict.Pass) or (StatementState.Failed, Testing.Verdicts.Verdict.Fail) or (_, null) =>
                Found,
            var (_, verdict) => $"{Found}; scenario: {ReportText.Of(verdict.Value)}",
        };

    /// <summary>What the scenario found of the statement alone.</summary>
    public string Found =>
        State switch
        {
            StatementState.Passed => "kept",
            StatementState.Failed => "violated",
            StatementState.Inconclusive => "not judged",
            _ => ReportText.Of(State),
        };
}

/// <summary>The outcome of a run for one statement.</summary>
/// <param name="Statement">The row in the register; null if the register does not contain the statement.</param>
/// <param name="Scenarios">The planned scenarios that test it, by id.</param>
/// <param name="Results">The results of those that ran.</param>
/// <param name="Violations">The violated findings about the statement, from all scenarios.</param>
public sealed record StatementOutcome(
    StatementId Id,
    Statement? Statement,
    StatementState State,
    IReadOnlyList<PlannedScenario> Scenarios,
    IReadOnlyList<ScenarioResult> Results,
    IReadOnlyList<Violation> Violations
)
{
    /// <summary>The worst state of the statements that cover this one; null if there are none.</summary>
    public StatementState? Covering { get; init; }

    /// <summary>The number of scenarios for each verdict: <c>2 pass, 1 fail</c>; empty if none ran.</summary>
    public string Verdicts =>
        string.Join(
            ", ",
            Results
                .GroupBy(result => result.Verdict)
                .OrderBy(group => group.Key)
                .Select(group => $"{group.Count()} {ReportText.Of(group.Key)}")
        );

    /// <summary>What each of its scenarios showed of this statement, in the order of <see cref="Scenarios"/>.</summary>
    public IReadOnlyList<Showing> Shown
    {
        get
        {
            var results = Results.DistinctBy(result => result.Key).ToDictionary(result => result.Key);
            return
            [
                .. Scenarios.Select(scenario =>
                    results.GetValueOrDefault(scenario.Key) is { } result
                        ? new Showing(scenario, result.Verdict, IsViolatedIn(result) ? StatementState.Failed : StateAfter(result, Id))
                        : new Showing(scenario, null, StatementState.NotRun)
                ),
            ];
        }
    }

    /// <summary>An outcome for every statement that the register, a planned scenario or a finding names, ordered by id.</summary>
    public static IReadOnlyList<StatementOutcome> Of(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(register);
        var results = run.Results.ToLookup(result => result.Key);
        var scenarios = run
            .Planned.SelectMany(scenario => scenario.Statements.Distinct(), (scenario, id) => (scenario, id))
            .ToLookup(pair => pair.id, pair => pair.scenario);
        var violations = run
            .Results.OrderBy(result => result.Scenario, NaturalOrder.Instance)
            .SelectMany(result => ViolationsOf(result, run.NameOf(result.Key)))
            .ToLookup(violation => violation.Finding.Statement);
        var outcomes = register
            .Statements.Select(statement => statement.Id)
            .Concat(scenarios.Select(group => group.Key))
            .Concat(violations.Select(group => group.Key))
            .Distinct()
            .Order()
            .Select(id =>
                Of(
                    id,
                    register.Find(id),
                    [.. scenarios[id]],
                    [.. scenarios[id].SelectMany(scenario => results[scenario.Key])],
                    [.. violations[id]]
                )
            )
            .ToList();
        var known = outcomes.ToDictionary(outcome => outcome.Id);
        return [.. outcomes.Select(outcome => outcome with { Covering = CoveringOf(outcome, known) })];
    }

    /// <summary>Statements that cover others may be covered by others again; the audit finds circles, which end here.</summary>
    private static StatementState? CoveringOf(StatementOutcome outcome, Dictionary<StatementId, StatementOutcome> known)
    {
        var (seen, open) = (new HashSet<StatementId> { outcome.Id }, new Stack<StatementOutcome>([outcome]));
        StatementState? worst = null;
        while (open.TryPop(out var covered))
        {
            foreach (var id in covered.Statement?.Disposal is Disposal.Pointer { CoveredBy: var ids } ? ids : [])
            {
                if (seen.Add(id) && known.TryGetValue(id, out var covering))
                {
                    worst = worst < covering.State || covering.State == StatementState.Pointer ? worst : covering.State;
                    open.Push(covering);
                }
            }
        }

        return worst;
    }

    private static StatementOutcome Of(
        StatementId id,
        Statement? statement,
        IReadOnlyList<PlannedScenario> scenarios,
        IReadOnlyList<ScenarioResult> results,
        IReadOnlyList<Violation> violations
    )
    {
        var state =
            violations.Count > 0 ? StatementState.Failed
            : results.Count > 0 ? results.Min(result => StateAfter(result, id))
            : scenarios.Count > 0 ? StatementState.NotRun
            : statement?.Disposal switch
            {
                Disposal.Pointer => StatementState.Pointer,
                Disposal.NotTestable => StatementState.NotTestable,
                Disposal.Pending => StatementState.Pending,
                // Its scenarios are of an edition or a role that the run does not have.
                _ => StatementState.NotRun,
            };
        return new StatementOutcome(id, statement, state, scenarios, results, violations);
    }

    private bool IsViolatedIn(ScenarioResult result) =>
        result.Purpose.Concat(result.Incidental).Any(finding => finding.Statement == Id && !finding.Ok);

    /// <summary>The state after one scenario that tests the statement and found no violation of it.</summary>
    private static StatementState StateAfter(ScenarioResult result, StatementId id) =>
        result.Purpose.Any(finding => finding.Statement == id) && !result.NotReached.Contains(id) ? StatementState.Passed
        : result.Verdict is Verdict.Inconclusive or Verdict.Error ? StatementState.Inconclusive
        : StatementState.NotReached;

    private static IEnumerable<Violation> ViolationsOf(ScenarioResult result, string name) =>
        result
            .Purpose.Where(finding => !finding.Ok)
            .Select(finding => new Violation(name, finding, IsPurpose: true))
            .Concat(result.Incidental.Where(finding => !finding.Ok).Select(finding => new Violation(name, finding, IsPurpose: false)));
}
