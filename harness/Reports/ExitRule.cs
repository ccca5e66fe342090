using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>The exit code of a run, by the table in the README.</summary>
public static class ExitRule
{
    public static int Of(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        var summary = new RunSummary(run);
        return summary.IsIncomplete ? ExitCode.CannotRun
            : summary.Count(Verdict.Pass) < summary.Selected ? ExitCode.Failure
            : run.Header.PurposeOnly ? ExitCode.Success
            : RootCause.Of(run, register).Any(cause => cause.Kind != CauseKind.Recommendation) ? ExitCode.Failure
            : ExitCode.Success;
    }
}
