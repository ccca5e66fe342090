namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A session whose time is over.</summary>
public sealed record EndingSession(AnchorState Anchor, BindingCacheEntry Entry);

/// <summary>
/// What is left of a session at the end of the wait (RFC 5213, Section 5.3.5(2)c), and at the end of a granted lifetime that
/// nobody extended (RFC 6275, Section 10.3.1): nothing.
/// </summary>
internal static class EndOfSessionRules
{
    public static RuleList<EndingSession> Default { get; } =
        new(
            new("5.3.5(2)c", "EntryDeleted", EntryDeleted),
            new("5.3.5(2)c", "RoutesRemoved", RoutesRemoved),
            new("5.6.1", "TunnelReleased", TunnelReleased)
        );

    private static RuleOutcome EntryDeleted(EndingSession ending)
    {
        ending.Anchor.Remove(ending.Entry.Session);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesRemoved(EndingSession ending)
    {
        ending.Anchor.Forwarding.RemoveRoutes(ending.Entry.Session);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelReleased(EndingSession ending)
    {
        ending.Anchor.Forwarding.ReleaseTunnels(ending.Entry.Session);
        return RuleOutcome.Continue;
    }
}
