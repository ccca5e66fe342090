namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A session that ends.</summary>
public sealed record EndingSession(AnchorState Anchor, BindingCacheEntry Entry);

/// <summary>
/// Deletes a session at the end of the delay before deletion (RFC 5213, Section 5.3.5(2)c), or when its granted lifetime
/// ends without an extension (RFC 6275, Section 10.3.1).
/// </summary>
internal static class EndOfSessionRules
{
    public static RuleList<EndingSession> Default { get; } =
        new(
            new("5.3.5(2)c", "EntryDeleted", EntryDeleted),
            new("5.3.5(2)c", "RoutesRemoved", RoutesRemoved),
            new("5.6.1", "TunnelReleased", TunnelReleased),
            new("5.6.2 b1", "RoutesWithdrawn", RoutesWithdrawn),
            new("RFC 5844 3.1.3 b1", "HomeNetworkWithdrawn", ending => SessionRouting.HomeNetworkAnnounced(ending.Anchor))
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

    private static RuleOutcome RoutesWithdrawn(EndingSession ending)
    {
        if (ending.Anchor.Settings.AnnounceRoutes)
        {
            foreach (var prefix in ending.Entry.Binding.HomeNetworkPrefixes)
            {
                ending.Anchor.Actions.Add(new RoleAction.WithdrawRoute(prefix));
            }
        }
        return RuleOutcome.Continue;
    }
}
