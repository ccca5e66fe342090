using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Comparison;

/// <summary>What one scenario showed of one statement.</summary>
public enum Judgement
{
    /// <summary>The scenario has no result.</summary>
    NoResult,

    /// <summary>The scenario ended before it judged the statement, or does not judge it.</summary>
    NotJudged,

    Held,
    Violated,
}

/// <summary>How a statement changed from one run to another, worst first.</summary>
public enum StatementChange
{
    NewlyViolated,

    /// <summary>Violated in both runs, but not in the same scenarios; or no longer judged, or judged for the first time.</summary>
    JudgedDifferently,

    NoLongerViolated,
}

/// <summary>A scenario of both runs whose verdict, or whose violated statements, differ.</summary>
/// <param name="Before">Null if the scenario has no result in the first run.</param>
/// <param name="After">Null if it has none in the second.</param>
public sealed record ScenarioDifference(ScenarioKey Key, string Name, string Title, ScenarioResult? Before, ScenarioResult? After)
{
    public static Judgement Of(ScenarioResult? result, StatementId id) =>
        result is null ? Judgement.NoResult
        : result.Purpose.Concat(result.Incidental).Where(finding => finding.Statement == id).ToList() is not { Count: > 0 } findings
            ? Judgement.NotJudged
        : findings.TrueForAll(finding => finding.Ok) ? Judgement.Held
        : Judgement.Violated;

    /// <summary>The statements that both results judge differently.</summary>
    public IEnumerable<StatementId> Statements =>
        Findings(Before)
            .Concat(Findings(After))
            .Select(finding => finding.Statement)
            .Distinct()
            .Where(id => Of(Before, id) != Of(After, id));

    private static IEnumerable<Finding> Findings(ScenarioResult? result) => [.. result?.Purpose ?? [], .. result?.Incidental ?? []];
}

/// <summary>A statement with the scenarios that judge it differently.</summary>
/// <param name="Statement">The row in the register; null if the register does not contain the statement.</param>
public sealed record StatementDifference(
    StatementId Id,
    Statement? Statement,
    StatementChange Change,
    IReadOnlyList<ScenarioDifference> Scenarios
);

/// <summary>Two runs, scenario by scenario, and grouped by statement.</summary>
/// <param name="Common">The scenarios that both runs selected.</param>
/// <param name="Differing">Those of them whose verdicts or violated statements differ.</param>
/// <param name="Statements">The statements that differing scenarios judge differently, the newly violated ones first.</param>
/// <param name="Others">The differing scenarios that judge every statement alike.</param>
public sealed record RunDiff(
    Run Before,
    Run After,
    IReadOnlyList<ScenarioKey> Common,
    IReadOnlyList<ScenarioDifference> Differing,
    IReadOnlyList<StatementDifference> Statements,
    IReadOnlyList<ScenarioDifference> Others
)
{
    public static RunDiff Between(Run before, Run after, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(register);
        var common = Selected(before)
            .Intersect(Selected(after))
            .OrderBy(key => key.Scenario, StringComparer.Ordinal)
            .ThenBy(key => key.Edition.Name, StringComparer.Ordinal)
            .ToList();
        var titles = before.Planned.ToDictionary(scenario => scenario.Key, scenario => scenario.Title);
        var (first, second) = (ByKey(before), ByKey(after));
        var differing = common
            .Select(key => new ScenarioDifference(
                key,
                before.NameOf(key),
                titles[key],
                first.GetValueOrDefault(key),
                second.GetValueOrDefault(key)
            ))
            .Where(scenario => IsDifferent(scenario.Before, scenario.After))
            .ToList();
        var violated = (Before: Violated(common, first), After: Violated(common, second));
        var statements = differing
            .SelectMany(scenario => scenario.Statements, (scenario, id) => (id, scenario))
            .GroupBy(pair => pair.id, pair => pair.scenario)
            .Select(group => new StatementDifference(
                group.Key,
                register.Find(group.Key),
                (violated.Before.Contains(group.Key), violated.After.Contains(group.Key)) switch
                {
                    (false, true) => StatementChange.NewlyViolated,
                    (true, false) => StatementChange.NoLongerViolated,
                    _ => StatementChange.JudgedDifferently,
                },
                [.. group]
            ))
            .OrderBy(statement => statement.Change)
            .ThenBy(statement => statement.Id)
            .ToList();
        return new RunDiff(before, after, common, differing, statements, [.. differing.Where(scenario => !scenario.Statements.Any())]);
    }

    /// <summary>How many scenarios a run selected that the other did not.</summary>
    public static int OnlyIn(Run run, Run other) => Selected(run).Except(Selected(other)).Count();

    /// <summary>The statements that a result found violated.</summary>
    public static HashSet<StatementId> Violated(ScenarioResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Purpose.Concat(result.Incidental).Where(finding => !finding.Ok).Select(finding => finding.Statement)];
    }

    private static HashSet<StatementId> Violated(IEnumerable<ScenarioKey> common, Dictionary<ScenarioKey, ScenarioResult> results) =>
        [.. common.Select(key => results.GetValueOrDefault(key)).OfType<ScenarioResult>().SelectMany(Violated)];

    /// <summary>Two runs without a result for a scenario do not show that it is the same.</summary>
    private static bool IsDifferent(ScenarioResult? before, ScenarioResult? after) =>
        before is null || after is null || before.Verdict != after.Verdict || !Violated(before).SetEquals(Violated(after));

    private static IEnumerable<ScenarioKey> Selected(Run run) =>
        run.Planned.Where(scenario => scenario.Selection == Selection.Selected).Select(scenario => scenario.Key);

    private static Dictionary<ScenarioKey, ScenarioResult> ByKey(Run run) => run.Results.ToDictionary(result => result.Key);
}
