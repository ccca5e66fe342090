namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.3.5: the steps on arrival of the request.</summary>
internal static class DeRegistrationRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("5.3.5(1)", "OtherCareOfAddressIgnored", OtherCareOfAddressIgnored),
            new("5.3.5(2)", "DeletionDelayed", DeletionDelayed),
            new("5.3.5(2)a", "DataDropped", DataDropped),
            new("5.3.5(2)", "Accepted", request => request.Accept())
        );

    private static RuleOutcome OtherCareOfAddressIgnored(RegistrationRequest request) =>
        request.ProxyCareOfAddress.Equals(request.Entry?.Binding.ProxyCareOfAddress)
            ? RuleOutcome.Continue
            : request.Ignore("OtherCareOfAddressIgnored", "the session is served by another MAG");

    /// <summary>A repeated de-registration is accepted, but does not restart the delay before deletion.</summary>
    private static RuleOutcome DeletionDelayed(RegistrationRequest request)
    {
        if (request.Entry is not { } entry)
        {
            return RuleOutcome.Continue;
        }

        var deleteAt = entry is BindingCacheEntry.PendingDeletion pending
            ? pending.DeleteAt
            : request.Now.Monotonic + request.Anchor.Settings.MinDelayBeforeBCEDelete;
        AcceptedValues.Put(
            request,
            new BindingCacheEntry.PendingDeletion(entry.Session, AcceptedValues.Ordered(request, entry.Binding), deleteAt)
        );
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// Blackhole routes drop packets to the mobile node. Packets from it are dropped because the tunnel is released, unless
    /// other sessions use it.
    /// </summary>
    private static RuleOutcome DataDropped(RegistrationRequest request)
    {
        if (request.Entry is not { } entry)
        {
            return RuleOutcome.Continue;
        }

        request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: SessionRouting.BlackholesOf(entry));
        request.Anchor.Forwarding.AddRoutes(entry.Session, SessionRouting.BlackholesOf(entry));
        request.Anchor.Forwarding.ReleaseTunnels(entry.Session);
        return RuleOutcome.Continue;
    }
}
