using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that open, find, move and end sessions wrongly: RFC 5213, Sections 5.3.2 to 5.3.5 and 5.4.1.</summary>
internal static class LmaSessionDeviations
{
    /// <summary>More than almost every scenario needs, so that the fault shows where many mobile nodes are registered.</summary>
    private const int RoomForSessions = 4;
    private const string DeRegistrationOfNothing = "DeRegistrationWithoutSessionIgnored";

    public static IReadOnlyList<Deviation> All { get; } = [.. Beginnings(), .. Lookups(), .. Moves(), .. Ends()];

    private static IEnumerable<Deviation> Beginnings() =>
        [
            Deviation.OfLma(
                "lma-no-newcomers",
                "never opens a session",
                "rfc5213-5.3.2-k1",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.InsertingBefore(
                            "PrefixesAllocated",
                            new("5.3.2", "NoNewcomers", NoNewcomers)
                        ),
                    }
            ) with
            {
                WhyMany = "without a session nothing can be seen of what comes after a first registration",
            },
            Deviation.OfLma(
                "lma-forgets-when-full",
                "accepts more mobile nodes than the four for whose sessions it has room",
                "rfc5213-5.3.2-k7",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.InsertingBefore(
                            "SecurityAssociation",
                            new("5.3.2(4)", "ForgottenWithoutRoom", ForgottenWithoutRoom)
                        ),
                    }
            ),
            Deviation.OfLma(
                "lma-one-prefix-for-all",
                "gives every mobile node the same prefix",
                "rfc5213-5.3.2-k2",
                rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAllocated", FirstPrefixAllocated) }
            ) with
            {
                WhyMany = "every mobile node has the prefix of another one, and each statement is about one way to see it",
            },
            Deviation.OfLma(
                "lma-exhausted-for-no-reason",
                "does not report that its prefixes are exhausted",
                "rfc5213-5.3.2-k4",
                rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAvailable", NoReasonGiven) }
            ),
            Deviation.OfLma(
                "lma-foreign-prefix",
                "grants any requested prefix",
                "rfc5213-5.3.2-k6",
                rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAuthorized", AnyPrefixAuthorized) }
            ) with
            {
                WhyMany = "each of the statements is about another reason why a prefix is not free",
            },
            Deviation.OfLma(
                "lma-any-owned-prefix",
                "grants any free prefix of its own, also to a mobile node that may use another one only",
                "rfc5213-5.3.2-k5b",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAuthorized", OwnedPrefixAuthorized),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Lookups() =>
        [
            Deviation.OfLma(
                "lma-prefix-of-another",
                "updates a session for any mobile node that names its prefix",
                "rfc5213-5.4.1.1-k4",
                rules =>
                    rules with
                    {
                        LookupByHomeNetworkPrefix = rules.LookupByHomeNetworkPrefix.Replacing(
                            "PrefixOfOtherMobileNodeRejected",
                            SessionOfPrefix
                        ),
                    }
            ) with
            {
                WhyMany = "each of the statements is about another request that names a prefix of another session",
            },
            Deviation.OfLma(
                "lma-one-prefix-is-enough",
                "updates a session for a request that names one of its prefixes and a wrong one",
                "rfc5213-5.4.1.1-k5a",
                rules => rules with { LookupByHomeNetworkPrefix = rules.LookupByHomeNetworkPrefix.Without("OtherPrefixSetRejected") }
            ),
            Deviation.OfLma(
                "lma-interface-is-the-node",
                "finds a session by its interface, whichever mobile node uses it",
                "rfc5213-5.3.1-k4",
                rules =>
                    rules with
                    {
                        LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.Replacing("EntryOfInterface", EntryOfAnybody),
                    }
            ),
            Deviation.OfLma(
                "lma-one-session-per-mobile-node",
                "gives a second interface the session of the first",
                "rfc5213-5.4.1.2-k12",
                rules =>
                    rules with
                    {
                        LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.InsertingBefore(
                            "OtherwiseNewSession",
                            new("5.4.1.2(5)", "OnlySession", LmaParts.OnlySession)
                        ),
                    }
            ),
            Deviation.OfLma(
                "lma-access-technology-ignored",
                "identifies an interface by its link-layer identifier, regardless of its access technology",
                "rfc5213-5.4.1.2-k12",
                rules =>
                    rules with
                    {
                        LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.Replacing("EntryOfInterface", EntryOfAnyTechnology),
                    }
            ),
            Deviation.InLma(
                "lma-endless-wait",
                "waits for a de-registration without a limit",
                "rfc5213-5.4.1.2-k10",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                            settings with
                            {
                                MaxDelayBeforeNewBCEAssign = TimeSpan.FromDays(1),
                            }
                        ),
                    }
            ) with
            {
                WhyMany = "the two lookups have the same wait, and what the new session must and must not have follows it",
            },
            Deviation.OfLma(
                "lma-answers-de-registration-of-prefix",
                "answers the de-registration of a prefix that belongs to no session",
                "rfc5213-5.4.1.1-k8",
                rules =>
                    rules with
                    {
                        ExistenceTest = rules.ExistenceTest.InsertingBefore(
                            "EntryLookup",
                            new("5.4.1.1(6)", "DeRegistrationOfPrefixAccepted", DeRegistrationOfPrefixAccepted)
                        ),
                    }
            ),
            Deviation.OfLma(
                "lma-answers-de-registration-of-interface",
                "answers the de-registration of an interface that has no session",
                "rfc5213-5.4.1.2-k13",
                rules => rules with { LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.Without(DeRegistrationOfNothing) }
            ),
            Deviation.OfLma(
                "lma-answers-de-registration-of-mobile-node",
                "answers the de-registration of a mobile node that has no session",
                "rfc5213-5.4.1.3-k8",
                rules => rules with { LookupByMobileNodeIdentifier = rules.LookupByMobileNodeIdentifier.Without(DeRegistrationOfNothing) }
            ),
        ];

    private static IEnumerable<Deviation> Moves() =>
        [
            Deviation.OfLma(
                "lma-traffic-stays",
                "continues to send to the previous MAG after a handoff",
                "rfc5213-5.3.4-k2",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules
                            .AfterHandoff.Without("PreviousRoutesRemoved")
                            .Without("PreviousTunnelReleased")
                            .Without("RoutesCreated"),
                    }
            ) with
            {
                WhyMany = "the traffic is seen at either MAG and in either direction, each of which has a clause",
            },
            Deviation.OfLma(
                "lma-previous-tunnel-kept",
                "keeps the tunnel to the previous MAG after a handoff",
                "rfc5213-5.3.4-k3",
                rules => rules with { AfterHandoff = rules.AfterHandoff.Replacing("PreviousTunnelReleased", PreviousTunnelKept) }
            ),
            Deviation.OfLma(
                "lma-traffic-lost",
                "drops the traffic of a mobile node after a handoff",
                "rfc5213-5.3.4-k6",
                rules => rules with { AfterHandoff = rules.AfterHandoff.Without("RoutesCreated") }
            ),
        ];

    private static IEnumerable<Deviation> Ends() =>
        [
            Deviation.OfLma(
                "lma-de-registration-by-anybody",
                "lets a MAG end a session that another MAG serves",
                "rfc5213-5.3.5-k1a",
                rules => rules with { DeRegistration = rules.DeRegistration.Without("OtherCareOfAddressIgnored") }
            ),
            Deviation.InLma(
                "lma-deletes-at-once",
                "deletes a de-registered session without waiting",
                "rfc5213-5.3.5-k2",
                lma =>
                    lma with
                    {
                        Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                            settings with
                            {
                                MinDelayBeforeBCEDelete = TimeSpan.Zero,
                            }
                        ),
                    }
            ) with
            {
                WhyMany = "the delay before deletion is a rule, a variable and its default",
            },
            Deviation.OfLma(
                "lma-unanswered-de-registration",
                "does not answer a de-registration",
                "rfc5213-5.3.5-k3",
                rules => rules with { DeRegistration = rules.DeRegistration.Without("Accepted") }
            ) with
            {
                WhyMany = "an answer is asked of each kind of de-registration",
            },
            Deviation.OfLma(
                "lma-never-deletes",
                "never deletes a de-registered session",
                "rfc5213-5.3.5-k7a",
                rules => rules with { EndOfSession = rules.EndOfSession.Without("EntryDeleted") }
            ) with
            {
                WhyMany = "the delay before deletion is a rule, a variable and its default",
            },
            Deviation.OfLma(
                "lma-routes-stay",
                "never stops forwarding for a de-registered session",
                "rfc5213-5.3.5-k7b",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.Without("DataDropped"),
                        EndOfSession = rules.EndOfSession.Without("RoutesRemoved").Without("TunnelReleased"),
                    }
            ) with
            {
                WhyMany = "what is forwarded shows that the session, its routes or its tunnel have not ended",
            },
            Deviation.OfLma(
                "lma-tunnel-kept",
                "keeps a tunnel after its last session has ended",
                "rfc5213-5.6.1-k6",
                rules => rules with { EndOfSession = rules.EndOfSession.Without("TunnelReleased") }
            ),
            Deviation.OfLma(
                "lma-tunnel-taken-down",
                "removes a tunnel that other sessions use",
                "rfc5213-5.6.1-d1",
                rules => rules with { EndOfSession = rules.EndOfSession.Replacing("TunnelReleased", TunnelRemoved) }
            ),
        ];

    private static RuleOutcome DeRegistrationOfPrefixAccepted(RegistrationRequest request) =>
        request.IsDeRegistration
        && request.HomeNetworkPrefixes.Any(prefix => !prefix.IsAllZero)
        && BindingCacheLookup.Run(request) is LookupOutcome.Ignored
            ? request.Accept()
            : RuleOutcome.Continue;

    private static RuleOutcome NoNewcomers(RegistrationRequest request) => request.Reject(BindingStatus.ADMINISTRATIVELY_PROHIBITED);

    /// <summary>The last value of a session is stored with its acknowledgement.</summary>
    private static RuleOutcome ForgottenWithoutRoom(AcknowledgementDraft draft)
    {
        var request = draft.Request;
        if (request.Found() is null && request.Entry is { } entry && request.Anchor.Bindings.Count > RoomForSessions)
        {
            request.Anchor.Remove(entry.Session);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstPrefixAllocated(RegistrationRequest request)
    {
        request.AssignedPrefixes = [request.Anchor.Settings.PrefixPool.Subnet(64, 0)];
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoReasonGiven(RegistrationRequest request) =>
        request.LeavesChoice() && request.AssignedPrefixes.Count == 0
            ? request.Reject(BindingStatus.REASON_UNSPECIFIED)
            : RuleOutcome.Continue;

    private static RuleOutcome AnyPrefixAuthorized(RegistrationRequest request)
    {
        if (!request.LeavesChoice())
        {
            request.AssignedPrefixes = [.. request.HomeNetworkPrefixes.Distinct()];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnedPrefixAuthorized(RegistrationRequest request)
    {
        var anchor = request.Anchor;
        return
            request.LeavesChoice()
            || request.HomeNetworkPrefixes.All(prefix => anchor.Settings.PrefixPool.Contains(prefix) && !anchor.Bindings.IsInUse(prefix))
            ? AnyPrefixAuthorized(request)
            : request.Reject(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
    }

    /// <summary>Searches by the first prefixes of the pool, which are allocated first, and so finds all sessions of a scenario.</summary>
    private static RuleOutcome EntryOfAnybody(BindingCacheLookup lookup)
    {
        const ulong Drawn = 16;
        var lma = lookup.Request.Anchor;
        for (var index = 0ul; index < Drawn && lookup.Candidate is null; index++)
        {
            var entry = lma.Bindings.FindByPrefix(lma.Settings.PrefixPool.Subnet(64, index));
            lookup.Candidate =
                entry?.Binding.LinkLayerIdentifier == lookup.Request.LinkLayerIdentifier
                && entry?.Binding.AccessTechnology == lookup.Request.AccessTechnology
                    ? entry
                    : null;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome SessionOfPrefix(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry ? lookup.Decide(new LookupOutcome.Update(entry)) : RuleOutcome.Continue;

    private static RuleOutcome EntryOfAnyTechnology(BindingCacheLookup lookup)
    {
        lookup.Candidate = lookup.Sessions.FirstOrDefault(entry => lookup.Request.LinkLayerIdentifier == entry.Binding.LinkLayerIdentifier);
        return RuleOutcome.Continue;
    }

    /// <summary>One more user, which never leaves, keeps the tunnel.</summary>
    private static RuleOutcome PreviousTunnelKept(RegistrationRequest request)
    {
        if ((request.Target as LookupOutcome.Update)?.Entry is { } before)
        {
            var tunnel = LmaParts.TunnelOf(request.Anchor, before.Binding);
            request.Anchor.Forwarding.UseTunnel(request.Anchor.Bindings.NewSession(), tunnel);
            request.Anchor.Forwarding.ReleaseTunnels(before.Session);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelRemoved(EndingSession ending)
    {
        ending.Anchor.Actions.Add(new RoleAction.RemoveTunnel(LmaParts.TunnelOf(ending.Anchor, ending.Entry.Binding)));
        return RuleOutcome.Continue;
    }
}
