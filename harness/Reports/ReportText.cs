using System.Diagnostics;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>The words that all reports use for the values of a run.</summary>
public static class ReportText
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

    /// <summary>Replaces the clause if a scenario failed although no statement was found violated.</summary>
    public const string NoClause = "none: no message violates a statement, but an implementation that stops working cannot pass";

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
    /// The command that repeats a scenario. The seed of the scenario is derived from the run's seed and the scenario id. The command does
    /// not overwrite the reports of the run. If scenarios shared one implementation, earlier scenarios influence later ones, so only the
    /// whole run is reproducible. An external device keeps its state in any case, so for a device the command repeats only the scenario.
    /// </summary>
    public static string Replay(Run run, ScenarioKey scenario)
    {
        var header = run.Header;
        if (header is { Shared: true, BedOptions: null })
        {
            return $"pmip-conformance run {header.Options}  # the whole run: scenarios shared one implementation";
        }

        var features = header.Features switch
        {
            null => string.Empty,
            var directory when directory.Contains(' ', StringComparison.Ordinal) => $" --features \"{directory}\"",
            var directory => $" --features {directory}",
        };
        var bed = header.BedOptions is { } options ? $" {options}" : string.Empty;
        var edition = run.IsInSeveralEditions(scenario) ? $" --edition {scenario.Edition}" : string.Empty;
        var strict = header.Strict ? " --strict" : string.Empty;
        return FormattableString.Invariant(
            $"pmip-conformance run{bed} --tag {scenario.Scenario}{edition} --seed {header.Seed}{strict}{features} --out out-replay"
        );
    }
}
