using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Engine;

/// <summary>The outcome of the steps of a scenario.</summary>
/// <param name="Failure">The reason why a step failed and ended the scenario; null if no step failed.</param>
/// <param name="FailedPhase">The phase in which the scenario failed.</param>
/// <param name="Decided">True if the failure became findings about the purpose.</param>
/// <param name="IsOpen">
/// False if the scenario ended before its first step, so that the implementation was not tested. It was if it crashed meanwhile.
/// </param>
/// <param name="Collapse">How the implementation under test was found broken, in words; null if it was not.</param>
/// <param name="Breakdown">How the implementation under test was found broken; null if it was not.</param>
/// <param name="Fault">A fault of the scenario, the tester or the bed; null if there is none.</param>
/// <param name="IsBedLost">True if the fault is that the bed was lost, for example by a link that went down.</param>
/// <param name="IsLate">True if the fault is that the tester was late, so that another attempt may succeed.</param>
/// <param name="IsMismatch">True if the fault is a recorded trace that does not fit the scenario; then no finding counts.</param>
internal sealed record StepLog(
    IReadOnlyList<StepResult> Steps,
    string? Failure,
    Phase? FailedPhase,
    bool Decided,
    bool IsOpen,
    string? Collapse,
    Breakdown? Breakdown,
    string? Fault,
    bool IsBedLost,
    bool IsLate,
    bool IsMismatch
);

/// <summary>Runs steps in order until one fails. The remaining steps are skipped, but the clean-up is not.</summary>
internal sealed class StepRunner(RunningScenario scenario, TestSession session)
{
    private readonly List<StepResult> _results = [];
    private string? _failure;
    private Phase? _failedPhase;
    private bool _decided;
    private string? _collapse;
    private Breakdown? _breakdown;
    private string? _fault;
    private bool _isBedLost;
    private bool _late;
    private bool _mismatch;

    private bool IsOver => _failure is not null || _fault is not null || _collapse is not null;

    public StepLog Run(IReadOnlyList<Step> steps)
    {
        var wasRunning = session.Bed.Health != IutHealth.Crashed;
        Guarded(Phase.Preamble, scenario.Begin);
        var isOpen = !IsOver;
        var before = session.Bed.Frames.Count;
        foreach (var step in steps)
        {
            _results.Add(IsOver ? Skipped(step) : RunStep(step));
        }

        session.Bed.NoteStep(_results.Count + 1);
        var frames = session.Bed.Frames.Count;

        // The implementation is examined after any end of the steps but a fault, which is not its own.
        Guarded(_fault is null ? Phase.Body : Phase.Postamble, scenario.End);
        if (session.Bed.Health == IutHealth.Crashed)
        {
            _collapse = $"{session.Death}; {LastStimulus.Describe(session, before, frames)}";
            _breakdown = Breakdown.Dead;

            // A crash by a valid exchange before the first step is one, too.
            isOpen |= wasRunning;
        }

        if (isOpen && _breakdown is not null)
        {
            WithdrawUnfounded();
        }

        return new StepLog(_results, _failure, _failedPhase, _decided, isOpen, _collapse, _breakdown, _fault, _isBedLost, _late, _mismatch);
    }

    /// <summary>
    /// The silence of a dead implementation says nothing about a clause, and neither does the behaviour of one without its state. Only
    /// what a message of the implementation shows, or what was found before its last message, remains.
    /// </summary>
    private void WithdrawUnfounded()
    {
        var frames = session.Bed.Frames;
        var alive = LastStimulus.LastSignOfLife(session);
        var withdrawn = session.Findings.Withdraw(finding =>
            _breakdown switch
            {
                Breakdown.Dead => IsObservation(finding) && !HasEvidence(finding),
                Breakdown.LostState => !finding.Ok && !session.Findings.IsOfOneMessage(finding),
                _ => false,
            }
        );
        foreach (var finding in withdrawn.Where(finding => !finding.Ok))
        {
            session.Remark($"does not count, because of the breakdown: {finding.Statement}: expected {finding.Expected}; {finding.Actual}");
        }

        bool IsObservation(Finding finding) => session.Scenario.Purpose.Any(statement => statement.Id == finding.Statement);

        bool HasEvidence(Finding finding) =>
            finding.Packet is { } packet
            && (session.Findings.MadeAfter(finding) < alive || frames[packet - 1].Direction == Direction.Received);
    }

    private StepResult RunStep(Step step)
    {
        session.Bed.NoteStep(_results.Count + 1);
        var first = session.Bed.Frames.Count + 1;
        var started = session.Bed.Now - session.Started;
        var message = Guarded(step.Kind == StepKeyword.Given ? Phase.Preamble : Phase.Body, () => scenario.Run(step));
        var last = session.Bed.Frames.Count;
        var range = last >= first ? (first, last) : ((int First, int Last)?)null;
        return new StepResult(
            step.KeywordText,
            step.Text,
            step.Line,
            Rows(step),
            message is null ? StepOutcome.Passed : StepOutcome.Failed,
            message,
            range?.First,
            range?.Last,
            started
        );
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
            if (_failure is null)
            {
                (_failure, _failedPhase, _decided) = (e.Message, phase, e.Decided);
            }

            return e.Message;
        }
        catch (ImplementationFailedException e)
        {
            (_collapse, _breakdown) = (e.Message, e.Breakdown);
            return e.Message;
        }
        catch (TraceMismatchException e)
        {
            (_fault, _mismatch) = (e.Message, true);
            return e.Message;
        }
        catch (TesterLateException e)
        {
            _late |= _fault is null;
            _fault ??= e.Message;
            return e.Message;
        }
        catch (Exception e) when (e is ScenarioFaultException or BedLostException)
        {
            _isBedLost |= e is BedLostException;
            _fault ??= e.Message;
            return e.Message;
        }
#pragma warning disable CA1031 // Any fault of a driver or a bed must end as an error verdict of this scenario, not of the run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var where = e.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
            _fault ??= $"{e.GetType().Name}: {e.Message} ({where})";
            return _fault;
        }
    }

    private static IReadOnlyList<string> Rows(Step step) =>
        step.Table is { } table ? [.. table.Rows.Select(row => string.Join(" | ", row))] : [];
}
