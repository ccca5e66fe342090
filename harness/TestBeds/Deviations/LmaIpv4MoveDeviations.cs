using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors that extend, move or end sessions with IPv4 wrongly: RFC 5844, Sections 3.1.2.3 to 3.1.2.5.
/// </summary>
internal static class LmaIpv4MoveDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Extensions(), .. Handoffs(), .. Ends(), .. SelectiveEnds()];

    private static IEnumerable<Deviation> Extensions() =>
        [
            OfIpv4(
                "lma-ipv4-lifetime-not-extended",
                "does not extend the lifetime of a session with IPv4",
                "rfc5844-3.1.2.3-k1a",
                rules => rules.WhenExtended("NotExtended", NotExtended)
            ),
            OfIpv4(
                "lma-ipv4-refresh-with-status-1",
                "accepts the refresh of a session with IPv4 with status 1",
                "rfc5844-3.1.2.3-k1b",
                rules => rules.AcceptingWith1(draft => draft.Request is { FoundBinding: not null, IsDeRegistration: false })
            ) with
            {
                WhyMany = "each of the statements is about a session that goes on",
            },
        ];

    private static IEnumerable<Deviation> Handoffs() =>
        [
            OfIpv4(
                "lma-ipv4-alone-to-another-address",
                "gives another IPv4 home address to a session with both families after a handoff of IPv4 alone",
                "rfc5844-3.1.2.4-k1",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules.AfterHandoff.BeforeUpdate(
                            "OtherAddress",
                            request => request.IsForIpv4Alone() && request.FoundBinding is { HomeNetworkPrefixes.Count: > 0 },
                            (entry, of) => entry.WithOtherAddresses(of)
                        ),
                    }
            ),
            LeftOut(
                "lma-ipv4-prefixes-kept-after-handoff",
                "keeps the prefixes of a session after a handoff that asks for IPv4 alone",
                "rfc5844-3.1.2.4-k2",
                request => request.IsForIpv6Alone()
            ),
            LeftOut(
                "lma-ipv4-kept-after-handoff",
                "keeps the IPv4 home address of a session after a handoff that asks for prefixes alone",
                "rfc5844-3.1.2.4-d1",
                request => request.IsForIpv4Alone()
            ),
            OfIpv4(
                "lma-ipv4-to-the-previous-gateway",
                "sends packets for an IPv4 home address to the previous gateway after a handoff",
                "rfc5844-3.1.2.4-k3a",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules
                            .AfterHandoff.Only("PreviousTunnelReleased", request => !request.Entry.HasIpv4())
                            .InsertingBefore("Accepted", new("RFC 5844 3.1.2.4 b2", "ToThePrevious", ToThePrevious)),
                    }
            ) with
            {
                WhyMany = "each of the statements says in another way where packets go after a handoff",
            },
            OfIpv4(
                "lma-ipv4-no-tunnel-after-handoff",
                "makes no tunnel to the new gateway of a session with IPv4",
                "rfc5844-3.1.2.4-k4",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules
                            .AfterHandoff.Only("TunnelEstablished", request => !request.Entry.HasIpv4())
                            .InsertingBefore("Accepted", new("RFC 5844 3.1.2.4 b3", "NoRoute", DropIpv4Routes)),
                    }
            ) with
            {
                WhyMany = "without the tunnel, packets pass in neither direction",
            },
            OfIpv4(
                "lma-ipv4-no-route-after-handoff",
                "adds no route for the IPv4 home address to the new gateway",
                "rfc5844-3.1.2.4-k5",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules.AfterHandoff.InsertingBefore(
                            "Accepted",
                            new("RFC 5844 3.1.2.4 b3", "NoRoute", DropIpv4Routes)
                        ),
                    }
            ) with
            {
                WhyMany = "each of the statements says in another way where packets go after a handoff",
            },
        ];

    private static IEnumerable<Deviation> Ends() =>
        [
            DeRegisters(
                "lma-ipv4-de-registration-unanswered",
                "does not answer the de-registration of a session with IPv4",
                "rfc5844-3.1.2.5-k1a",
                request => request.Entry.HasIpv4() ? request.Ignore("Unanswered", "it has IPv4") : RuleOutcome.Continue
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            OfIpv4(
                "lma-ipv4-de-registered-by-any-gateway",
                "ends a session with IPv4 for a gateway that does not serve it",
                "rfc5844-3.1.2.5-k1b",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.Only("OtherCareOfAddressIgnored", request => !request.Entry.HasIpv4()),
                    }
            ),
            DeRegisters(
                "lma-ipv4-deleted-at-once",
                "deletes a session with IPv4 at once when it is de-registered",
                "rfc5844-3.1.2.5-k1c",
                DeletedAtOnce
            ),
            OfIpv4(
                "lma-ipv4-route-outlives-the-session",
                "leaves the route of an IPv4 home address when the session ends",
                "rfc5844-3.1.2.5-k2a",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.Instead("DataDropped", request => request.Entry.HasIpv4(), PrefixesDropped),
                        EndOfSession = rules
                            .EndOfSession.Instead("RoutesRemoved", ending => ending.Entry.HasIpv4(), Ipv4RoutesLeft)
                            .Only("TunnelReleased", ending => !ending.Entry.HasIpv4()),
                    }
            ) with
            {
                WhyMany = "each of the statements is about the end of a session",
            },
        ];

    private static IEnumerable<Deviation> SelectiveEnds() =>
        [
            Selects(
                "lma-ipv4-selective-ends-the-prefixes",
                "ends the whole session when its IPv4 home address is de-registered",
                "rfc5844-3.1.2.5-k3a",
                request => request.IsForIpv4Alone(),
                _ => RuleOutcome.Continue
            ),
            Selects(
                "lma-ipv4-selective-ends-ipv4",
                "ends the whole session when its prefixes are de-registered",
                "rfc5844-3.1.2.5-k3b",
                request => request.IsForIpv6Alone(),
                _ => RuleOutcome.Continue
            ),
            Selects(
                "lma-ipv4-selective-keeps-ipv4",
                "keeps the IPv4 home address of a session when that alone is de-registered",
                "rfc5844-3.1.2.5-k4a",
                request => request.IsForIpv4Alone(),
                request => request.Accept()
            ),
            Selects(
                "lma-ipv4-selective-keeps-the-prefixes",
                "keeps the prefixes of a session when these alone are de-registered",
                "rfc5844-3.1.2.5-k4b",
                request => request.IsForIpv6Alone(),
                request => request.Accept()
            ),
            OfIpv4(
                "lma-ipv4-selective-forgets-the-prefixes",
                "refreshes a session whose IPv4 home address was de-registered with other prefixes",
                "rfc5844-3.1.2.5-k3a",
                rules =>
                    rules with
                    {
                        DeRegistration = KeepingRouter(rules.DeRegistration),
                        LifetimeExtension = rules.LifetimeExtension.BeforeUpdate("Anew", HadIpv4, (entry, of) => entry.Anew(of)),
                    }
            ),
            OfIpv4(
                "lma-ipv4-selective-forgets-ipv4",
                "refreshes a session whose prefixes were de-registered with another IPv4 home address",
                "rfc5844-3.1.2.5-k3b",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.BeforeUpdate("Anew", HasIpv4Left, (entry, of) => entry.Anew(of)),
                    }
            ),
        ];

    /// <summary>The fault is that a family that is left out is released after some handoffs only.</summary>
    private static Deviation LeftOut(string name, string description, string statement, Func<RegistrationRequest, bool> applies) =>
        OfIpv4(name, description, statement, rules => rules with { AfterHandoff = rules.AfterHandoff.Only("FamilyLeftOut", applies) });

    /// <summary>The fault is in a selective de-registration of a session with both families.</summary>
    private static Deviation Selects(
        string name,
        string description,
        string statement,
        Func<RegistrationRequest, bool> applies,
        Func<RegistrationRequest, RuleOutcome> instead
    ) =>
        OfIpv4(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.Instead(
                        "SelectiveDeRegistration",
                        request => HasBothFamilies(request.Entry) && applies(request),
                        instead
                    ),
                }
        );

    private static bool HasBothFamilies(BindingCacheEntry? entry) =>
        entry is BindingCacheEntry.Registered { Binding.HomeNetworkPrefixes.Count: > 0, Binding.Ipv4HomeAddresses.Count: > 0 };

    private static Deviation DeRegisters(string name, string description, string statement, Func<RegistrationRequest, RuleOutcome> apply) =>
        OfIpv4(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.InsertingBefore("DeletionDelayed", new("RFC 5844 3.1.2.5", "Fault", apply)),
                }
        );

    /// <summary>The list in which a session keeps its default router when its IPv4 home address is de-registered.</summary>
    private static RuleList<RegistrationRequest> KeepingRouter(RuleList<RegistrationRequest> rules) =>
        rules.FirstOrDefault(rule => rule.Name == "SelectiveDeRegistration") is { } selective
            ? rules.Replacing(
                selective.Name,
                request =>
                {
                    var router = request.Entry?.Binding.Ipv4DefaultRouter;
                    var outcome = selective.Apply(request);
                    if (request.IsForIpv4Alone() && request is { Status: BindingStatus.ACCEPTED, Entry: { } kept })
                    {
                        request.Store(kept with { Binding = kept.Binding with { Ipv4DefaultRouter = router } });
                    }
                    return outcome;
                }
            )
            : rules;

    /// <summary>A default router without an address tells that the session has had IPv4.</summary>
    private static bool HadIpv4(RegistrationRequest request) =>
        request.FoundBinding is { Ipv4HomeAddresses.Count: 0, Ipv4DefaultRouter: not null };

    private static bool HasIpv4Left(RegistrationRequest request) =>
        request is { FoundBinding: { HomeNetworkPrefixes.Count: 0, Ipv4HomeAddresses.Count: > 0 }, Policy.IpVersions: IpVersions.Both };

    private static RuleOutcome NotExtended(RegistrationRequest request) =>
        request.Entry.HasIpv4() && request.Found() is BindingCacheEntry.Registered { ExpiresAt: var before }
            ? request.Expire(before)
            : RuleOutcome.Continue;

    private static RuleOutcome ToThePrevious(RegistrationRequest request)
    {
        if (request is { Entry: { } entry, FoundBinding: { } found } && entry.HasIpv4())
        {
            DropIpv4Routes(request);
            request.Anchor.Forwarding.AddRoutes(
                entry.Session,
                Ipv4RoutesOf(request.Anchor, entry.Binding with { ProxyCareOfAddress = found.ProxyCareOfAddress })
            );
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DeletedAtOnce(RegistrationRequest request)
    {
        if (request.Entry is not { } entry || !entry.HasIpv4())
        {
            return RuleOutcome.Continue;
        }

        request.Anchor.Rules.EndOfSession.Apply(new EndingSession(request.Anchor, entry));
        return request.Accept();
    }

    private static RuleOutcome PrefixesDropped(RegistrationRequest request)
    {
        var entry = request.Entry!;
        request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: Ipv4RoutesOf(request.Anchor, entry.Binding));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4RoutesLeft(EndingSession ending)
    {
        ending.Anchor.Forwarding.RemoveRoutes(ending.Entry.Session, keep: Ipv4RoutesOf(ending.Anchor, ending.Entry.Binding));
        return RuleOutcome.Continue;
    }
}
