using Conformance.Testing.Bed;
using Conformance.Testing.Roles;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Runs before and after the steps of a scenario. Every scenario is enclosed in valid exchanges with separate mobile nodes. The session
/// of the first one is kept: its end shows that the implementation has survived, with its state. After a negative scenario, another
/// mobile node must be served as well. The postamble ends the sessions that the scenario began.
/// </summary>
public sealed class Bookends(TestSession session, ScenarioRole role)
{
    private const string Before = "MN-before",
        After = "MN-after";

    private bool _isOpen;
    private int _before;

    private bool IsNegative => session.Scenario.Kind is ScenarioKind.BI or ScenarioKind.BO;

    /// <summary>
    /// A session before the scenario would keep a prefix that the scenario needs, on some devices even after its end; and a mobile node
    /// under test has no other identity than that of the scenario.
    /// </summary>
    private bool KeepsSession => session.Ixit is { HasSparePrefixes: true, MobileNode: null };

    private bool IsCrashed => session.Bed.Health == IutHealth.Crashed;

    /// <exception cref="StepFailedException">The implementation under test refuses a valid exchange before a negative scenario.</exception>
    /// <exception cref="ImplementationFailedException">The implementation under test is silent even before the scenario.</exception>
    public void Begin()
    {
        role.Role.Prepare();

        if (KeepsSession && Serve(Before) is { Problem: { } problem } reaction && (IsNegative || !reaction.Answers))
        {
            var reason = $"a valid exchange before the scenario fails: {problem}";
            throw reaction.Answers ? new StepFailedException(reason) : new ImplementationFailedException(reason, Breakdown.Dead);
        }

        (_isOpen, _before) = (true, session.Bed.Frames.Count);
    }

    /// <summary>
    /// Begins the session that is kept until the end once more, because the implementation under test was restarted and has forgotten it.
    /// </summary>
    /// <exception cref="StepFailedException">The implementation under test does not work after its restart.</exception>
    public void Renew()
    {
        if (!KeepsSession)
        {
            return;
        }

        Release(Before);
        if (Serve(Before) is { Problem: { } problem })
        {
            throw new StepFailedException($"a valid exchange after the restart fails: {problem}");
        }
    }

    /// <summary>
    /// Cleans up after the scenario and examines the implementation, also after a failed step, but not after a fault of the tester.
    /// </summary>
    /// <exception cref="ImplementationFailedException">The implementation under test no longer works, or has lost its state.</exception>
    public void End()
    {
        var isJudged = _isOpen && session.Phase == Phase.Body;
        var frames = session.Bed.Frames.Count;
        (session.Phase, session.NextStimulusAt) = (Phase.Postamble, null);
        Reaction? before;
        Reaction? after = null;
        if (IsNegative)
        {
            before = Release(Before);
            after = isJudged && !IsCrashed ? Serve(After) : null;
            CleanUp();
        }
        else
        {
            // The last exchange of all, so that it also shows whether the implementation has survived the postamble.
            CleanUp();
            before = Release(Before);
            after = isJudged && before is not { Answers: true } && !IsCrashed ? Serve(After) : null;
        }

        var ended = after is { Problem: null } ? Release(After) : null;
        session.AwaitNext();
        if (isJudged && !IsCrashed)
        {
            Judge(before, after, ended, frames);
        }
    }

    /// <param name="before">The end of the session that is older than the scenario; null if there was none.</param>
    /// <param name="after">The registration of another node; null if there was no need for one.</param>
    /// <param name="ended">The end of that node's session.</param>
    /// <param name="frames">The number of frames when the steps had ended.</param>
    private void Judge(Reaction? before, Reaction? after, Reaction? ended, int frames)
    {
        if (before is not { Answers: true } && after is { Answers: false })
        {
            throw new ImplementationFailedException(
                $"the implementation under test has stopped answering: {after.Problem}; {LastStimulus.Describe(session, _before, frames)}",
                Breakdown.Dead
            );
        }

        // An implementation that ends no session at all has not lost this one.
        var isUnknown = before is { Answers: false } && after is { Problem: null } && ended is { Problem: null };
        var isNewOneUnknown =
            ended is { HasForgotten: true } || (before is { Answers: true } && after is { Problem: null } && ended is { Answers: false });
        if (isUnknown || isNewOneUnknown || before is { HasForgotten: true })
        {
            throw new ImplementationFailedException(
                "the implementation under test has lost its state, as after a restart: it does not know the session of another mobile "
                    + $"node that began {(isNewOneUnknown ? "after" : "before")} the scenario; "
                    + LastStimulus.Describe(session, _before, frames),
                Breakdown.LostState
            );
        }

        if (IsNegative && after is { Problem: { } problem })
        {
            throw new ImplementationFailedException(
                $"after the scenario, other mobile nodes are no longer served: {problem}; {LastStimulus.Describe(session, _before, frames)}"
            );
        }
    }

    private Reaction? Serve(string name)
    {
        var node = session.Nodes.Named(name);
        node.IsOfBookend = true;
        return Try(() => role.Role.Serve(node));
    }

    private Reaction? Release(string name) => Try(() => role.Role.Release(session.Nodes.Named(name)));

    private void CleanUp()
    {
        try
        {
            role.Role.CleanUp();
        }
        catch (StepFailedException)
        {
            // What the implementation does now is not judged; whether it is alive shows next.
        }
    }

    private static Reaction? Try(Func<Reaction?> exchange)
    {
        try
        {
            return exchange();
        }
        catch (StepFailedException e)
        {
            return Reaction.Silent(e.Message);
        }
    }
}
