using System.Diagnostics;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>The words of every report for the values of a run.</summary>
internal static class ReportText
{
    public static string Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            Verdict.Inconclusive => "inconclusive",
            Verdict.Error => "error",
            _ => throw new UnreachableException(),
        };

    /// <summary>Stands in the place of the clause if a scenario failed by no statement.</summary>
    public const string NoClause = "none: no statement was found violated, but an implementation that breaks down passes nothing";

    public static string Of(Selection selection) =>
        selection switch
        {
            Selection.Selected => "selected",
            Selection.NotApplicable => "not applicable",
            Selection.NotTested => "not tested",
            Selection.Deselected => "deselected",
            _ => throw new UnreachableException(),
        };

    public static string Of(StatementState state) =>
        state switch
        {
            StatementState.Failed => "fail",
            StatementState.Inconclusive => "inconclusive",
            StatementState.NotReached => "not reached",
            StatementState.Passed => "pass",
            StatementState.NotRun => "not run",
            StatementState.Pending => "pending",
            StatementState.Pointer => "pointer",
            StatementState.NotTestable => "not testable",
            _ => throw new UnreachableException(),
        };

    public static string Of(StepOutcome outcome) =>
        outcome switch
        {
            StepOutcome.Passed => "passed",
            StepOutcome.Failed => "failed",
            StepOutcome.Skipped => "skipped",
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// The command that repeats a scenario: its seed follows from the run's seed and its id. It leaves the reports of the run alone. On an
    /// implementation that scenarios shared, what came before counts: only the whole run repeats what happened. A device keeps what came
    /// before anyway, so there the scenario alone is what one wants to see again.
    /// </summary>
    public static string Replay(RunHeader header, string scenario)
    {
        if (header is { Shared: true, BedOptions: null })
        {
            return $"pmip-conformance run {header.Options}  # all of it: one implementation was shared";
        }

        var features = header.Features switch
        {
            null => string.Empty,
            var directory when directory.Contains(' ', StringComparison.Ordinal) => $" --features \"{directory}\"",
            var directory => $" --features {directory}",
        };
        return FormattableString.Invariant(
            $"pmip-conformance run{(header.BedOptions is { } bed ? $" {bed}" : string.Empty)} --tag {scenario} --seed {header.Seed}{(header.Strict ? " --strict" : string.Empty)}{features} --out out-replay"
        );
    }
}
