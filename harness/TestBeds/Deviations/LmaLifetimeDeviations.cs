using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that open, extend and expire sessions wrongly: RFC 5213, Sections 5, 5.3.2 and 5.3.3.</summary>
internal static class LmaLifetimeDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Beginnings(), .. Extensions(), .. Expiries()];

    private static IEnumerable<Deviation> Beginnings() =>
        [
            Deviation.OfLma(
                "lma-one-owned-prefix-is-enough",
                "grants all requested prefixes if it owns one of them",
                "rfc5213-5.3.2-k6",
                rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAuthorized", OneAuthorized) }
            ),
            Deviation.OfLma(
                "lma-no-tunnel",
                "sets up no tunnel for a first registration",
                "rfc5213-5.3.2-k8",
                rules => rules with { InitialRegistration = rules.InitialRegistration.Without("TunnelEstablished") }
            ) with
            {
                WhyMany = "without the tunnel no packet passes in either direction",
            },
            Deviation.OfLma(
                "lma-first-route-only",
                "creates a route for the first prefix of a new session only",
                "rfc5213-5.3.2-k10",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.Replacing("RoutesCreated", LmaParts.FirstRouteCreated),
                    }
            ) with
            {
                WhyMany = "each rule about the routes of a binding, of either family, is judged by packets",
            },
            Deviation.OfLma(
                "lma-lifetime-in-seconds",
                "takes a lifetime for seconds instead of units of four seconds",
                "rfc5213-5-k1a",
                rules =>
                    rules.WhenStored(
                        "LifetimeInSeconds",
                        request => request.Expire(request.Now.Monotonic + TimeSpan.FromSeconds(request.GrantedLifetimeUnits))
                    )
            ),
            Deviation.OfLma(
                "lma-lifetime-as-asked",
                "lets a session live for the lifetime that was asked for, longer than it has granted",
                "rfc5213-5-k1a",
                rules =>
                    rules.WhenStored(
                        "LifetimeAsAsked",
                        request => request.Expire(request.Now.Monotonic + (request.Update.LifetimeUnits * LmaParts.LifetimeUnit))
                    )
            ),
        ];

    private static IEnumerable<Deviation> Extensions() =>
        [
            Deviation.OfLma(
                "lma-refresh-extends-nothing",
                "accepts a refresh, but leaves the end of the session where it was",
                "rfc5213-5.3.3-k1",
                rules =>
                    rules.WhenExtended(
                        "ExpiryKept",
                        request =>
                            request.Found() is BindingCacheEntry.Registered found ? request.Expire(found.ExpiresAt) : RuleOutcome.Continue
                    )
            ),
            Deviation.OfLma(
                "lma-refresh-extends-no-route",
                "extends the session by a refresh, but not its routes",
                "rfc5213-5.3.3-k1",
                RoutesNotExtended
            ),
            Deviation.OfLma(
                "lma-refresh-keeps-one-prefix",
                "keeps only the first prefix of a session that is refreshed",
                "rfc5213-5.3.3-d1",
                rules => rules.WhenExtended("FirstPrefixKept", FirstPrefixKept)
            ) with
            {
                WhyMany = "each of the statements says in which case all prefixes of the session stay",
            },
            Deviation.OfLma(
                "lma-other-accepting-status",
                "accepts with status 1 what is not the first registration of a session",
                "rfc5213-5.3.3-k2",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.Replacing("Accepted", AcceptedOtherwise),
                        AfterHandoff = rules.AfterHandoff.Replacing("Accepted", AcceptedOtherwise),
                    }
            ) with
            {
                WhyMany = "every clause that demands an acceptance is decided by status 0",
            },
            Deviation.OfLma(
                "lma-expired-session-returns",
                "brings an expired session back when it is refreshed",
                "rfc5213-5.3.3-d2",
                ExpiredSessionReturns
            ),
        ];

    private static IEnumerable<Deviation> Expiries() =>
        [
            Deviation.OfLma(
                "lma-routes-outlive-lifetime",
                "deletes an expired session, but neither its routes nor its tunnel",
                "rfc5213-5-k1a",
                rules =>
                    rules with
                    {
                        EndOfSession = rules
                            .EndOfSession.Replacing("RoutesRemoved", RoutesOfDeRegisteredRemoved)
                            .Replacing("TunnelReleased", TunnelOfDeRegisteredReleased),
                    }
            ),
        ];

    private static RuleOutcome OneAuthorized(RegistrationRequest request)
    {
        if (request.LeavesChoice())
        {
            return RuleOutcome.Continue;
        }

        var anchor = request.Anchor;
        request.AssignedPrefixes = [.. request.HomeNetworkPrefixes.Distinct()];
        return request.AssignedPrefixes.Any(prefix => anchor.Settings.PrefixPool.Contains(prefix) && !anchor.Bindings.IsInUse(prefix))
            ? RuleOutcome.Continue
            : request.Reject(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
    }

    private static LocalMobilityAnchorRules RoutesNotExtended(LocalMobilityAnchorRules rules)
    {
        var expiry = new LmaInterlude((anchor, entry) => anchor.Forwarding.RemoveRoutes(entry.Session));
        return rules.WhenExtended(
            "ExpiryOfRoutesKept",
            request => request.Found() is BindingCacheEntry.Registered found ? expiry.At(request, found.ExpiresAt) : RuleOutcome.Continue
        ) with
        {
            EndOfSession = expiry.In(rules.EndOfSession),
        };
    }

    private static RuleOutcome FirstPrefixKept(RegistrationRequest request) =>
        request is { Entry: { } entry, HandoffIndicator: HandoffIndicator.HandoffStateNotChanged }
            ? request.Store(entry with { Binding = entry.Binding with { HomeNetworkPrefixes = [entry.Binding.HomeNetworkPrefixes[0]] } })
            : RuleOutcome.Continue;

    private static RuleOutcome AcceptedOtherwise(RegistrationRequest request) =>
        request.Reject(BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY);

    private static LocalMobilityAnchorRules ExpiredSessionReturns(LocalMobilityAnchorRules rules)
    {
        var expired = new List<Binding>();
        return rules with
        {
            EndOfSession = rules.EndOfSession.InsertingBefore(
                "EntryDeleted",
                new(
                    "RFC 6275 10.3.1",
                    "ExpiredKept",
                    ending =>
                    {
                        expired.Add(ending.Entry.Binding);
                        return RuleOutcome.Continue;
                    }
                )
            ),
            InitialRegistration = rules.InitialRegistration.InsertingBefore(
                "TunnelEstablished",
                new("5.3.2(4)", "ExpiredFound", request => Revive(request, expired))
            ),
        };
    }

    private static RuleOutcome Revive(RegistrationRequest request, List<Binding> expired) =>
        request is { Entry: { Binding: var binding } entry, HandoffIndicator: HandoffIndicator.HandoffStateNotChanged }
        && expired.Find(former => former.MobileNode == binding.MobileNode) is { } former
            ? request.Store(entry with { Binding = binding with { LinkLocalAddress = former.LinkLocalAddress } })
            : RuleOutcome.Continue;

    private static RuleOutcome RoutesOfDeRegisteredRemoved(EndingSession ending)
    {
        if (ending.Entry is BindingCacheEntry.PendingDeletion)
        {
            ending.Anchor.Forwarding.RemoveRoutes(ending.Entry.Session);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelOfDeRegisteredReleased(EndingSession ending)
    {
        if (ending.Entry is BindingCacheEntry.PendingDeletion)
        {
            ending.Anchor.Forwarding.ReleaseTunnels(ending.Entry.Session);
        }

        return RuleOutcome.Continue;
    }
}
