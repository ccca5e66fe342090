namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.3.4: another MAG takes over the session.</summary>
internal static class AfterHandoffRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("5.3.4(1)", "EntryUpdated", LifetimeExtensionRules.EntryUpdated),
            new("5.3.4(2)", "PreviousRoutesRemoved", PreviousRoutesRemoved),
            new("5.3.4(2)", "PreviousTunnelReleased", PreviousTunnelReleased),
            new("5.3.4(3)", "TunnelEstablished", SessionRouting.TunnelEstablished),
            new("5.3.4(4)", "RoutesCreated", SessionRouting.RoutesCreated),
            new("5.3.4(5)", "Accepted", request => request.Accept())
        );

    private static RuleOutcome PreviousRoutesRemoved(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.RemoveRoutes(entry.Session);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PreviousTunnelReleased(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.ReleaseTunnels(entry.Session);
        }
        return RuleOutcome.Continue;
    }
}
