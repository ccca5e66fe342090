namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5844, Sections 3.1.2.4 and 3.1.2.5: one of the two families of a session ends, and the other one goes on.</summary>
internal static class Ipv4ReleaseRules
{
    /// <summary>
    /// RFC 5844, Section 3.1.2.4, b1: a request after a handoff that has no option of a family releases that family. The routes of the
    /// session are all set anew later.
    /// </summary>
    public static RuleOutcome FamilyLeftOut(RegistrationRequest request)
    {
        if (request is { Entry: { } entry } && FamilyKept(request, entry.Binding) is { } kept)
        {
            request.Entry = entry with { Binding = kept };
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The prefixes that the request has released are announced no more.</summary>
    public static RuleOutcome ReleasedRoutesWithdrawn(RegistrationRequest request)
    {
        if (request is { Anchor.Settings.AnnounceRoutes: true, FoundBinding: { } found, Entry.Binding: { } kept })
        {
            foreach (var prefix in found.HomeNetworkPrefixes.Except(kept.HomeNetworkPrefixes))
            {
                request.Anchor.Actions.Add(new RoleAction.WithdrawRoute(prefix));
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// RFC 5844, Section 3.1.2.5: only the state of the addresses that the request names is deleted, and at once. A request whose prefix is
    /// ALL_ZERO names none, and ends the whole session.
    /// </summary>
    public static RuleOutcome SelectiveDeRegistration(RegistrationRequest request)
    {
        var namesNone = request.HomeNetworkPrefixes.Any(prefix => prefix.IsAllZero);
        if (request.Entry is not BindingCacheEntry.Registered entry || namesNone || FamilyKept(request, entry.Binding) is not { } kept)
        {
            return RuleOutcome.Continue;
        }

        AcceptedValues.Put(request, entry with { Binding = AcceptedValues.Ordered(request, kept) });
        request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: SessionRouting.RoutesOf(request.Anchor, request.Entry!));
        ReleasedRoutesWithdrawn(request);
        SessionRouting.HomeNetworkAnnounced(request.Anchor);
        return request.Accept();
    }

    /// <summary>What a request about one family leaves of a session; null if the request is not about one family.</summary>
    private static Binding? FamilyKept(RegistrationRequest request, Binding binding)
    {
        if (request.HomeNetworkPrefixes.Count > 0 == request.Ipv4Requests.Count > 0)
        {
            return null;
        }

        // A registration keeps the family that it names, a de-registration the other one.
        var keepsIpv6 = request.HomeNetworkPrefixes.Count > 0 != request.IsDeRegistration;
        var isWhole = keepsIpv6 ? binding.HomeNetworkPrefixes.Count == 0 : request.IsDeRegistration && binding.Ipv4HomeAddresses.Count == 0;
        return isWhole ? null
            : keepsIpv6 ? binding with { Ipv4HomeAddresses = [], Ipv4DefaultRouter = null }
            : binding with { HomeNetworkPrefixes = [] };
    }
}
