using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;

namespace Conformance.TestBeds.Deviations;

/// <summary>Has a deviating local mobility anchor act on a session at a time of its own, before the session ends.</summary>
internal sealed class LmaInterlude(Action<AnchorState, BindingCacheEntry> act)
{
    private readonly HashSet<SessionId> _due = [];

    /// <summary>Sets the time. The end of the session is set again when it has come.</summary>
    public RuleOutcome At(RegistrationRequest request, Instant time)
    {
        if (request.Entry is { } entry)
        {
            _due.Add(entry.Session);
            request.Anchor.Deadlines.Set(new AnchorDeadline.EndOfSession(entry.Session), time);
        }

        return RuleOutcome.Continue;
    }

    /// <summary>The rules for the end of a session, which spare it if only this time has come.</summary>
    public RuleList<EndingSession> In(RuleList<EndingSession> rules) =>
        rules.InsertingBefore("EntryDeleted", new("5.3.5(2)c", "Interlude", Pass));

    private RuleOutcome Pass(EndingSession ending)
    {
        if (!_due.Remove(ending.Entry.Session))
        {
            return RuleOutcome.Continue;
        }

        act(ending.Anchor, ending.Entry);
        ending.Anchor.Deadlines.Set(new AnchorDeadline.EndOfSession(ending.Entry.Session), ending.Entry.EndsAt);
        return RuleOutcome.Stop;
    }
}
