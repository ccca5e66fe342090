using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that move, de-register and save sessions wrongly: RFC 5213, Sections 5.3.4 and 5.3.5.</summary>
internal static class LmaMoveDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Handoffs(), .. DeRegistrations(), .. Rescues()];

    private static IEnumerable<Deviation> Handoffs() =>
        [
            Deviation.OfLma(
                "lma-second-prefix-stays",
                "moves only the first prefix of a session to the new MAG, and leaves the others at the former one",
                "rfc5213-5.3.4-k6",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules
                            .AfterHandoff.Replacing("PreviousRoutesRemoved", PreviousRouteOfFirstRemoved)
                            .Replacing("PreviousTunnelReleased", TunnelOfOnePrefixReleased)
                            .Replacing("RoutesCreated", LmaParts.FirstRouteCreated),
                    }
            ) with
            {
                WhyMany = "what stays behind is seen at either MAG and in either direction, each of which has a clause",
            },
        ];

    private static IEnumerable<Deviation> DeRegistrations() =>
        [
            Deviation.OfLma(
                "lma-second-route-stays",
                "removes only the first route of a session that ends",
                "rfc5213-5.3.5-k7b",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.Replacing("DataDropped", DataOfFirstDropped),
                        EndOfSession = rules.EndOfSession.Replacing("RoutesRemoved", FirstRouteRemoved),
                    }
            ),
            Deviation.OfLma(
                "lma-late-de-registration-obeyed",
                "does not answer a de-registration for another care-of address, but deletes the session",
                "rfc5213-5.3.5-k1a",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.Replacing("OtherCareOfAddressIgnored", OtherCareOfAddressObeyed),
                    }
            ),
            Deviation.OfLma(
                "lma-waits-for-the-next-one",
                "leaves a request in the queue of those that wait for a de-registration, after it was answered",
                "rfc5213-5.3.5-k7b",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules.AfterHandoff.InsertingBefore("Accepted", new("5.4.1.2(4)", "WaitingAgain", WaitingAgain)),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Rescues() =>
        [
            Deviation.OfLma(
                "lma-traffic-stays-dropped",
                "goes on dropping the traffic of a session that its own MAG saves from deletion",
                "rfc5213-5.3.5-d2",
                rules => rules with { LifetimeExtension = rules.LifetimeExtension.Without("ForwardingResumed") }
            ),
            Deviation.OfLma(
                "lma-saved-for-a-while",
                "deletes a session that was saved from deletion when the wait would have ended",
                "rfc5213-5.3.5-k6",
                rules => rules.WhenKept("DeletionNotCancelled", DeletionNotCancelled)
            ),
            Deviation.OfLma(
                "lma-late-traffic",
                "sends the traffic of a session that is saved by another MAG only when the wait would have ended",
                "rfc5213-5.3.5-d2",
                TrafficAfterWait
            ) with
            {
                WhyMany = "whatever is to be forwarded at once is late",
            },
        ];

    private static RuleOutcome PreviousRouteOfFirstRemoved(RegistrationRequest request)
    {
        if (request.Found() is { } found)
        {
            request.Anchor.Forwarding.RemoveRoutes(found.Session, keep: LmaParts.RoutesOf(request.Anchor, found).Skip(1));
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelOfOnePrefixReleased(RegistrationRequest request)
    {
        if (request.Entry is { Binding.HomeNetworkPrefixes.Count: 1 } entry)
        {
            request.Anchor.Forwarding.ReleaseTunnels(entry.Session);
        }

        return RuleOutcome.Continue;
    }

    /// <summary>Under its routes is that of the pool, which drops.</summary>
    private static RuleOutcome DataOfFirstDropped(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: LmaParts.RoutesOf(request.Anchor, entry).Skip(1));
            request.Anchor.Forwarding.ReleaseTunnels(entry.Session);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstRouteRemoved(EndingSession ending)
    {
        ending.Anchor.Forwarding.RemoveRoutes(ending.Entry.Session, keep: LmaParts.RoutesOf(ending.Anchor, ending.Entry).Skip(1));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OtherCareOfAddressObeyed(RegistrationRequest request)
    {
        if (request.Entry is not { } entry || request.ProxyCareOfAddress.Equals(entry.Binding.ProxyCareOfAddress))
        {
            return RuleOutcome.Continue;
        }

        var deleteAt = request.Now.Monotonic + request.Anchor.Settings.MinDelayBeforeBCEDelete;
        request.Store(new BindingCacheEntry.PendingDeletion(entry.Session, entry.Binding, deleteAt));
        return request.Ignore("OtherCareOfAddressObeyed", "the session is served by another MAG, and ends");
    }

    private static RuleOutcome WaitingAgain(RegistrationRequest request)
    {
        if (request is { Entry: { } entry, HandoffIndicator: HandoffIndicator.HandoffStateUnknown })
        {
            var key = new WaitingRequestKey(
                entry.Binding.MobileNode,
                entry.Binding.AccessTechnology,
                request.LinkLayerIdentifier,
                request.ProxyCareOfAddress
            );
            var until = request.Now.Monotonic + request.Anchor.Settings.MaxDelayBeforeNewBCEAssign;
            request.Anchor.Waiting[key] = new WaitingRequest(request, entry.Session, until);
            request.Anchor.Deadlines.Set(new AnchorDeadline.EndOfWait(key), until);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome DeletionNotCancelled(RegistrationRequest request)
    {
        if (request.Found() is BindingCacheEntry.PendingDeletion found)
        {
            request.Anchor.Deadlines.Set(new AnchorDeadline.EndOfSession(found.Session), found.DeleteAt);
        }

        return RuleOutcome.Continue;
    }

    private static LocalMobilityAnchorRules TrafficAfterWait(LocalMobilityAnchorRules rules)
    {
        var end = new LmaInterlude((anchor, entry) => anchor.Forwarding.AddRoutes(entry.Session, LmaParts.RoutesOf(anchor, entry)));
        return rules with
        {
            AfterHandoff = rules.AfterHandoff.Replacing(
                "RoutesCreated",
                request =>
                {
                    if (request.Found() is BindingCacheEntry.PendingDeletion found)
                    {
                        return end.At(request, found.DeleteAt);
                    }

                    if (request.Entry is { } entry)
                    {
                        request.Anchor.Forwarding.AddRoutes(entry.Session, LmaParts.RoutesOf(request.Anchor, entry));
                    }

                    return RuleOutcome.Continue;
                }
            ),
            EndOfSession = end.In(rules.EndOfSession),
        };
    }
}
