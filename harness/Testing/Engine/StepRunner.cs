using Conformance.Testing.Bed;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Engine;

/// <summary>How the steps of a scenario went.</summary>
/// <param name="Failure">What ended the scenario; null if nothing did.</param>
/// <param name="FailedPhase">In which phase it ended.</param>
/// <param name="Decided">True if what ended it became findings about the purpose.</param>
/// <param name="Collapse">How the implementation under test was found broken after the scenario; null if it was not.</param>
/// <param name="Fault">A fault of the scenario, the tester or the bed; null if there is none.</param>
/// <param name="IsLate">True if the fault is that the tester was late, so that another attempt may do better.</param>
/// <param name="IsMismatch">True if the fault is a record that does not fit the scenario: then no finding counts.</param>
internal sealed record StepLog(IReadOnlyList<StepResult> Steps, string? Failure, Phase? FailedPhase, bool Decided, string? Collapse, string? Fault, bool IsLate, bool IsMismatch);

/// <summary>Runs steps in order until one does not hold; the rest is skipped, the clean-up is not.</summary>
internal sealed class StepRunner(RunningScenario scenario, TestSession session)
{
    private readonly List<StepResult> results = [];
    private string? failure;
    private Phase? failedPhase;
    private bool decided;
    private string? collapse;
    private string? fault;
    private bool late;
    private bool mismatch;

    public StepLog Run(IReadOnlyList<Step> steps)
    {
        Guarded(Phase.Preamble, scenario.Begin);
        foreach (var step in steps)
        {
            results.Add(failure is null && fault is null ? RunStep(step) : Skipped(step));
        }

        session.Bed.NoteStep(results.Count + 1);
        var complete = failure is null && fault is null;
        Guarded(complete ? Phase.Body : Phase.Postamble, scenario.End);
        if (session.Bed.Health == IutHealth.Crashed && failedPhase != Phase.Preamble)
        {
            collapse ??= session.Death;
        }

        return new StepLog(results, failure, failedPhase, decided, collapse, fault, late, mismatch);
    }

    private StepResult RunStep(Step step)
    {
        session.Bed.NoteStep(results.Count + 1);
        var first = session.Bed.Frames.Count + 1;
        var started = session.Bed.Now - session.Started;
        var message = Guarded(step.Kind == StepKeyword.Given ? Phase.Preamble : Phase.Body, () => scenario.Run(step));
        var last = session.Bed.Frames.Count;
        var range = last >= first ? (first, last) : ((int First, int Last)?)null;
        return new StepResult(step.KeywordText, step.Text, step.Line, Rows(step), message is null ? StepOutcome.Passed : StepOutcome.Failed, message, range?.First, range?.Last, started);
    }

    private StepResult Skipped(Step step) =>
        new(step.KeywordText, step.Text, step.Line, Rows(step), StepOutcome.Skipped, null, null, null, session.Bed.Now - session.Started);

    private string? Guarded(Phase phase, Action action)
    {
        session.Phase = phase;
        try
        {
            action();
            return null;
        }
        catch (StepFailedException e)
        {
            if (failure is null)
            {
                (failure, failedPhase, decided) = (e.Message, phase, e.Decided);
            }

            return e.Message;
        }
        catch (ImplementationFailedException e)
        {
            collapse = e.Message;
            return e.Message;
        }
        catch (TraceMismatchException e)
        {
            (fault, mismatch) = (e.Message, true);
            return e.Message;
        }
        catch (TesterLateException e)
        {
            late = fault is null;
            fault ??= e.Message;
            return e.Message;
        }
        catch (Exception e) when (e is ScenarioFaultException or BedLostException)
        {
            fault ??= e.Message;
            return e.Message;
        }
#pragma warning disable CA1031 // Whatever goes wrong in a driver or a bed must end as an error verdict of this scenario, not of the run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var where = e.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
            fault ??= $"{e.GetType().Name}: {e.Message} ({where})";
            return fault;
        }
    }

    private static IReadOnlyList<string> Rows(Step step) =>
        step.Table is { } table ? [.. table.Rows.Select(row => string.Join(" | ", row))] : [];
}
