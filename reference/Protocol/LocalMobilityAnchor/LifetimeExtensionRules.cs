namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.3.3: the MAG that serves the session, or served it last, continues to serve it.</summary>
internal static class LifetimeExtensionRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("5.3.3(1)", "EntryUpdated", EntryUpdated),
            new("5.3.5(2)b", "ForwardingResumed", ForwardingResumed),
            new("5.3.3(2)", "Accepted", request => request.Accept())
        );

    public static RuleOutcome EntryUpdated(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            AcceptedValues.Register(request, entry.Session, entry.Binding);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Restores forwarding if the session was waiting for its deletion; otherwise has no effect.</summary>
    private static RuleOutcome ForwardingResumed(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: SessionRouting.RoutesOf(request.Anchor, entry));
        }
        SessionRouting.TunnelEstablished(request);
        return SessionRouting.RoutesCreated(request);
    }
}
