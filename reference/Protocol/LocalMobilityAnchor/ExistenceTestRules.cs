namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The parts of item 13 of RFC 5213, Section 5.3.1; applied again to a request whose wait has ended.</summary>
internal static class ExistenceTestRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("5.3.1(13)", "EntryLookup", EntryLookup),
            new("5.3.1(13)", "InitialRegistration", InitialRegistration),
            new("5.3.1(13)a", "DeRegistration", DeRegistration),
            new("5.3.1(13)b", "LifetimeExtension", LifetimeExtension),
            new("5.3.1(13)c", "AfterHandoff", AfterHandoff)
        );

    private static RuleOutcome EntryLookup(RegistrationRequest request)
    {
        request.Target = BindingCacheLookup.Run(request);
        if (request.Target is LookupOutcome.WaitForDeRegistration wait)
        {
            return Wait(request, wait.Entry);
        }

        // This request replaces an earlier waiting request of the same attachment.
        if (request.Anchor.Waiting.Count > 0)
        {
            request.Anchor.StopWaiting(WaitingKey(request));
        }
        switch (request.Target)
        {
            case LookupOutcome.Rejected rejected:
                return request.Reject(rejected.Status);
            case LookupOutcome.Ignored:
                return request.Ignore("DeRegistrationWithoutSessionIgnored", "there is no session to de-register");
            case LookupOutcome.Update update:
                request.Entry = update.Entry;
                return RuleOutcome.Continue;
            default:
                return RuleOutcome.Continue;
        }
    }

    private static RuleOutcome InitialRegistration(RegistrationRequest request) =>
        request.Entry is null ? Stop(request.Anchor.Rules.InitialRegistration, request) : RuleOutcome.Continue;

    private static RuleOutcome DeRegistration(RegistrationRequest request) =>
        request.IsDeRegistration ? Stop(request.Anchor.Rules.DeRegistration, request) : RuleOutcome.Continue;

    private static RuleOutcome LifetimeExtension(RegistrationRequest request) =>
        request.ProxyCareOfAddress.Equals(request.Entry?.Binding.ProxyCareOfAddress)
            ? Stop(request.Anchor.Rules.LifetimeExtension, request)
            : RuleOutcome.Continue;

    private static RuleOutcome AfterHandoff(RegistrationRequest request) => Stop(request.Anchor.Rules.AfterHandoff, request);

    /// <summary>A retransmission replaces the waiting request and keeps its deadline.</summary>
    private static RuleOutcome Wait(RegistrationRequest request, BindingCacheEntry entry)
    {
        var (anchor, key) = (request.Anchor, WaitingKey(request));
        var until = anchor.Waiting.TryGetValue(key, out var earlier)
            ? earlier.Until
            : request.Now.Monotonic + anchor.Settings.MaxDelayBeforeNewBCEAssign;
        anchor.Waiting[key] = new WaitingRequest(request, entry.Session, until);
        anchor.Deadlines.Set(new AnchorDeadline.EndOfWait(key), until);
        return request.Ignore("UnknownHandoff", $"waits for the de-registration of session {entry.Session.Number}");
    }

    private static WaitingRequestKey WaitingKey(RegistrationRequest request) =>
        new(request.MobileNode!, request.AccessTechnology ?? default, request.LinkLayerIdentifier, request.ProxyCareOfAddress);

    private static RuleOutcome Stop(RuleList<RegistrationRequest> rules, RegistrationRequest request)
    {
        rules.Apply(request);
        return RuleOutcome.Stop;
    }
}
