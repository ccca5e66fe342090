using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>The counts of a run, and a one-sentence conclusion.</summary>
public sealed record RunSummary
{
    /// <summary>What a run says first that was cut short or tested nothing.</summary>
    private const string Incomplete = "Incomplete: ";

    private readonly Run _run;

    public RunSummary(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        var ended = run.Results.Select(result => result.Key).ToHashSet();
        Selected = Planned(Selection.Selected);
        NotRun = run.Planned.Count(scenario => scenario.Selection == Selection.Selected && !ended.Contains(scenario.Key));
        StatementsNotFollowed =
        [
            .. run
                .Results.Where(result => result.Verdict == Verdict.Pass)
                .SelectMany(result => result.Purpose)
                .Where(finding => !finding.Ok)
                .Select(finding => finding.Statement)
                .Distinct()
                .Order(),
        ];
        ViolatedInPassing = run
            .Results.SelectMany(result => result.Incidental)
            .Where(finding => !finding.Ok)
            .Select(finding => finding.Statement)
            .Distinct()
            .Count();
    }

    /// <summary>How many scenarios were selected, whether or not they ran.</summary>
    public int Selected { get; }

    /// <summary>How many selected scenarios have no result, because the run ended before them.</summary>
    public int NotRun { get; }

    /// <summary>The recommendations that were the purpose of a scenario and were not followed, without failing the scenario.</summary>
    public IReadOnlyList<StatementId> StatementsNotFollowed { get; }

    /// <summary>How many recommendations were the purpose of a scenario and were not followed.</summary>
    public int NotFollowed => StatementsNotFollowed.Count;

    /// <summary>How many statements scenarios with another purpose found violated. No verdict shows these violations.</summary>
    public int ViolatedInPassing { get; }

    /// <summary>True if the run is a share of a run, and no scenario is in it.</summary>
    public bool IsEmptyShare => _run.Header.Shard is not null && Selected == 0;

    /// <summary>True if scenarios should have run, and none gave a verdict about the implementation.</summary>
    public bool TestedNothing => !IsEmptyShare && _run.Results.All(result => result.Verdict == Verdict.Error);

    /// <summary>True if the run was cut short, or tested nothing.</summary>
    public bool IsIncomplete => _run.End is not { Complete: true } || TestedNothing;

    /// <summary>True if every selected scenario passed and nothing was found violated.</summary>
    public bool IsClean => Selected > 0 && Count(Verdict.Pass) == Selected && NotFollowed == 0 && ViolatedInPassing == 0;

    /// <summary>How many results have a verdict.</summary>
    public int Count(Verdict verdict) => _run.Results.Count(result => result.Verdict == verdict);

    /// <summary>How many planned scenarios have the given selection.</summary>
    public int Planned(Selection selection) => _run.Planned.Count(scenario => scenario.Selection == selection);

    /// <summary>
    /// The conclusion of the run. A run never proves that an implementation conforms: the conclusion gives the findings of the
    /// scenarios that ran, and the number of scenarios without a verdict on the implementation.
    /// </summary>
    public string Conclusion
    {
        get
        {
            if (IsEmptyShare)
            {
                return "No scenario is in this share of the run.";
            }

            if (Selected == 0)
            {
                return $"{Incomplete}no scenario was selected: this run says nothing about the implementation.";
            }

            var failures = Count(Verdict.Fail);
            var found =
                failures == 0 ? $"No failures among {Selected} selected" : $"{Plural(failures, "failure")} among {Selected} selected";
            string[] more =
            [
                .. Some(Count(Verdict.Inconclusive), "inconclusive"),
                .. Some(Count(Verdict.Error), Count(Verdict.Error) == 1 ? "tester error" : "tester errors"),
                .. Some(NotRun, "not run"),
                .. Some(NotFollowed, NotFollowed == 1 ? "recommendation not followed" : "recommendations not followed"),
                .. Some(ViolatedInPassing, ViolatedInPassing == 1 ? "statement violated incidentally" : "statements violated incidentally"),
            ];
            var counts = more.Length == 0 ? $"{found}." : $"{found}, {Count(Verdict.Pass)} passed; {string.Join(", ", more)}.";
            return !IsIncomplete ? counts
                : TestedNothing ? $"{Incomplete}nothing was tested. {counts}"
                : $"{Incomplete}{counts}";
        }
    }

    /// <summary>Why the run is incomplete; null if it is complete.</summary>
    public string? Partial =>
        _run.End switch
        {
            null => $"{Incomplete}the run was cut off: {Selected - NotRun} of {Selected} selected scenarios have a result. "
                + "The journal has no end.",
            { Complete: false } end => $"{Incomplete}the run was ended early: {end.Reason ?? "no reason given"}. "
                + $"{Selected - NotRun} of {Selected} selected scenarios have a result.",
            _ when TestedNothing => $"{Incomplete}nothing was tested: no scenario gave a verdict about the implementation.",
            _ => null,
        };

    public static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static IEnumerable<string> Some(int count, string what) => count == 0 ? [] : [$"{count} {what}"];
}
