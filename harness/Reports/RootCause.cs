using Conformance.Testing.Checks;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>The weight of a root cause; the order of the values is that of the reports.</summary>
public enum CauseKind
{
    /// <summary>A binding requirement on messages that almost no message meets: a failure of the device, whatever scenarios test.</summary>
    EveryMessage,

    /// <summary>A binding requirement; in a strict run, a recommendation too.</summary>
    Binding,

    Recommendation,
}

/// <summary>
/// One fault of the implementation: an observed value that violates one or several statements, with all scenarios that show it, as
/// their purpose or in passing.
/// </summary>
/// <param name="Finding">The finding of the first scenario.</param>
/// <param name="Statements">The statements that the same observation violates; at least one.</param>
/// <param name="Scenarios">The scenarios that show the fault, in the order of the plan; at least one.</param>
/// <param name="Capture">The capture of the first of them; null if none was written.</param>
/// <param name="Failures">Those of them whose purpose it violates, so that they failed.</param>
/// <param name="OtherValues">How many other observed values violate a requirement on every message.</param>
public sealed record RootCause(
    CauseKind Kind,
    Finding Finding,
    IReadOnlyList<StatementId> Statements,
    IReadOnlyList<ScenarioKey> Scenarios,
    string? Capture,
    IReadOnlyList<ScenarioKey> Failures,
    int OtherValues
)
{
    /// <summary>A fault is one of every message from this many scenarios on, and if this part of those that judged it show it.</summary>
    private const int EveryMessageFrom = 3;

    private const double EveryMessageShare = 0.9;

    private static readonly HashSet<StatementId> _ofMessages =
    [
        .. CheckList.Sets.SelectMany(set => set.Checks).SelectMany(check => check.Statements),
    ];

    public ScenarioKey First => Scenarios[0];

    /// <summary>The observed value, with the number of others if there are any.</summary>
    public string Actual => OtherValues == 0 ? Finding.Actual : $"{Finding.Actual} (and {RunSummary.Plural(OtherValues, "other value")})";

    /// <summary>What else shows the fault than the first scenario: <c>31 other scenarios; it failed 28 of all 32</c>.</summary>
    public string Behind =>
        Scenarios.Count == 1
            ? "no other scenario"
            : $"{RunSummary.Plural(Scenarios.Count - 1, "other scenario")}; it failed {Failures.Count} of all {Scenarios.Count}";

    /// <summary>The root causes of a run: those of every message first, then by weight and by the number of scenarios.</summary>
    public static IReadOnlyList<RootCause> Of(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(register);
        var order = run.Planned.Select((scenario, index) => (scenario.Key, index)).ToDictionary();
        var results = run.Results.OrderBy(result => order.GetValueOrDefault(result.Key, int.MaxValue)).ToList();
        var ofEveryMessage = OfEveryMessage(results);
        return
        [
            .. results
                .SelectMany(result => ViolationsOf(result).Select(finding => (Result: result, Finding: finding)))
                .GroupBy(shown =>
                    (shown.Finding.Statement, ofEveryMessage.Contains(shown.Finding.Statement) ? string.Empty : shown.Finding.Actual)
                )
                .Select(shown =>
                    Of(
                        [.. shown],
                        IsBinding(run, register, shown.Key.Statement) switch
                        {
                            false => CauseKind.Recommendation,
                            true when ofEveryMessage.Contains(shown.Key.Statement) => CauseKind.EveryMessage,
                            true => CauseKind.Binding,
                        }
                    )
                )
                // One observation may violate several statements; they are one fault.
                .GroupBy(cause =>
                    (
                        cause.Kind,
                        cause.Finding.Expected,
                        cause.Finding.Actual,
                        cause.Finding.Packet,
                        cause.Finding.Octet,
                        Scenarios: string.Join(' ', cause.Scenarios)
                    )
                )
                .Select(alike => alike.First() with { Statements = [.. alike.SelectMany(cause => cause.Statements).Order()] })
                .OrderBy(cause => cause.Kind)
                .ThenByDescending(cause => cause.Scenarios.Count)
                .ThenBy(cause => cause.Statements[0]),
        ];
    }

    /// <summary>
    /// True if the violation of a statement is a failure: unless it is a recommendation and the run is not strict. A statement that no
    /// register has counts as binding.
    /// </summary>
    public static bool IsBinding(Run run, StatementRegister register, StatementId statement)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(register);
        return run.Header.Strict || register.Find(statement) is not { Level.Strength: not RequirementStrength.Binding };
    }

    private static RootCause Of(IReadOnlyList<(ScenarioResult Result, Finding Finding)> shown, CauseKind kind) =>
        new(
            kind,
            shown[0].Finding,
            [shown[0].Finding.Statement],
            [.. shown.Select(one => one.Result.Key).Distinct()],
            shown[0].Result.Capture,
            [
                .. shown
                    .Where(one => one.Result.Verdict == Verdict.Fail && one.Result.Purpose.Contains(one.Finding))
                    .Select(one => one.Result.Key)
                    .Distinct(),
            ],
            shown.Select(one => one.Finding.Actual).Distinct().Count() - 1
        );

    private static IEnumerable<Finding> ViolationsOf(ScenarioResult result) =>
        result.Purpose.Concat(result.Incidental).Where(finding => !finding.Ok);

    private static HashSet<StatementId> OfEveryMessage(IEnumerable<ScenarioResult> results) =>
        [
            .. results
                .SelectMany(result => result.Purpose.Concat(result.Incidental).GroupBy(finding => finding.Statement))
                .Where(judged => _ofMessages.Contains(judged.Key))
                .GroupBy(judged => judged.Key, judged => judged.All(finding => !finding.Ok))
                .Where(scenarios =>
                    scenarios.Count(violated => violated) is >= EveryMessageFrom and var bad && bad >= EveryMessageShare * scenarios.Count()
                )
                .Select(scenarios => scenarios.Key),
        ];
}
