using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors that confuse the sessions of mobile nodes and interfaces: RFC 5213, Sections 5.2, 5.4 and 5.4.1.
/// </summary>
internal static class LmaLookupDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. ByPrefix(), .. ByInterface(), .. ByMobileNode(), .. OfOneMobileNode()];

    private static IEnumerable<Deviation> ByPrefix() =>
        [
            Prefixes(
                "lma-trusts-the-serving-gateway",
                "asks whose a prefix is only if the request comes from another MAG than the one that serves the session",
                "rfc5213-5.4.1.1-k4",
                lookup =>
                    lookup.Replacing(
                        "PrefixOfOtherMobileNodeRejected",
                        ForeignUnless(found => found.Request.ProxyCareOfAddress.Equals(found.Candidate?.Binding.ProxyCareOfAddress))
                    )
            ),
            Prefixes(
                "lma-handoff-before-identity",
                "hands a prefix over on Handoff Indicator 2 or 3 before it asks whose it is",
                "rfc5213-5.4.1.1-k4",
                lookup =>
                    lookup.Replacing(
                        "PrefixOfOtherMobileNodeRejected",
                        ForeignUnless(found =>
                            found.Request.HandoffIndicator
                                is HandoffIndicator.HandoffBetweenInterfaces
                                    or HandoffIndicator.HandoffBetweenMobileAccessGateways
                        )
                    )
            ),
            Prefixes(
                "lma-prefixes-in-order",
                "compares the prefixes of a request with those of the session in their order",
                "rfc5213-5.4.1.1-k6a",
                lookup => lookup.Replacing("OtherPrefixSetRejected", OtherPrefixListRejected)
            ),
            Prefixes(
                "lma-interface-not-compared",
                "does not compare the interface of a request that names the prefixes of a session",
                "rfc5213-5.4.1.1-k6a",
                lookup => lookup.Without("SameInterface")
            ),
            Prefixes(
                "lma-no-handoff-between-interfaces-by-prefix",
                "knows no handoff between interfaces for a request that names the prefixes of a session",
                "rfc5213-5.4.1.1-k6b",
                lookup => lookup.Without("HandoffBetweenInterfaces")
            ),
            Prefixes(
                "lma-gateway-not-compared",
                "does not compare the care-of address of a request that names the prefixes of a session",
                "rfc5213-5.4.1.1-k6d",
                lookup => lookup.Without("SameProxyCareOfAddress")
            ),
        ];

    private static IEnumerable<Deviation> ByInterface() =>
        [
            Interfaces(
                "lma-first-attachment-is-new",
                "takes every request with Handoff Indicator 1 for a new session",
                "rfc5213-5.4.1.2-k3",
                lookup => lookup.Replacing("SameInterface", SameInterfaceUnlessAttaching)
            ) with
            {
                WhyMany = "a repeated registration is the means by which scenarios look whether a session still exists",
            },
            Interfaces(
                "lma-no-handoff-between-interfaces",
                "knows no handoff between interfaces for a request that names the new interface",
                "rfc5213-5.4.1.2-k6",
                lookup => lookup.Without("HandoffBetweenInterfaces")
            ),
            Interfaces(
                "lma-handoff-between-interfaces-refused",
                "rejects a handoff between interfaces",
                "rfc5213-5.4-k5",
                lookup => lookup.Replacing("HandoffBetweenInterfaces", HandoffBetweenInterfacesRefused)
            ),
            Deviation.OfLma(
                "lma-any-of-several-sessions",
                "on a handoff updates the oldest of several sessions of the mobile node",
                "rfc5213-5.4.1.2-k12",
                rules =>
                    rules with
                    {
                        LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.InsertingBefore(
                            "HandoffBetweenInterfaces",
                            new("5.4.1.2(3)", "OldestSession", OldestSession)
                        ),
                        LookupByMobileNodeIdentifier = rules.LookupByMobileNodeIdentifier.InsertingBefore(
                            "KnownHandoff",
                            new("5.4.1.3(2)", "OldestSession", OldestSession)
                        ),
                    }
            ),
        ];

    private static IEnumerable<Deviation> ByMobileNode() =>
        [
            Nodes(
                "lma-no-handoff-without-interface",
                "knows no handoff for a request that names no interface",
                "rfc5213-5.4.1.3-k3a",
                lookup => lookup.Without("KnownHandoff")
            ),
            Nodes(
                "lma-one-session-without-interface",
                "gives a request that names no interface the only session of the mobile node",
                "rfc5213-5.4.1.3-k7",
                lookup => lookup.InsertingBefore("OtherwiseNewSession", new("5.4.1.3(4)", "OnlySession", LmaParts.OnlySession))
            ),
        ];

    private static IEnumerable<Deviation> OfOneMobileNode() =>
        [
            Deviation.OfLma(
                "lma-prefix-of-first-session-again",
                "gives the second session of a mobile node a prefix of its own and that of the first",
                "rfc5213-5.2-k2",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.InsertingBefore(
                            "PrefixesAvailable",
                            new("5.3.2(1)", "FirstPrefixShared", FirstPrefixShared)
                        ),
                    }
            ),
            Deviation.OfLma(
                "lma-second-session-ends-first",
                "ends the session of the first interface when a second one is registered",
                "rfc5213-5.4-k1",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.InsertingBefore(
                            "TunnelEstablished",
                            new("5.3.2(4)", "OtherSessionsEnded", OtherSessionsEnded)
                        ),
                    }
            ) with
            {
                WhyMany = "the first session is asked for by a prefix, by an interface and by the mobile node",
            },
            Deviation.OfLma(
                "lma-sessions-end-together",
                "ends all sessions of a mobile node when one of them ends",
                "rfc5213-5.4-d1",
                rules =>
                    rules with
                    {
                        EndOfSession = rules.EndOfSession.InsertingBefore(
                            "EntryDeleted",
                            new("5.3.5(2)c", "OtherSessionsDeleted", OtherSessionsDeleted)
                        ),
                    }
            ),
            Deviation.OfLma(
                "lma-sessions-live-together",
                "extends all sessions of a mobile node when one of them is registered",
                "rfc5213-5.4-d1",
                rules => rules.WhenStored("OtherSessionsExtended", OtherSessionsExtended)
            ),
        ];

    private static Deviation Prefixes(
        string name,
        string description,
        string statement,
        Func<RuleList<BindingCacheLookup>, RuleList<BindingCacheLookup>> change
    ) =>
        Deviation.OfLma(
            name,
            description,
            statement,
            rules => rules with { LookupByHomeNetworkPrefix = change(rules.LookupByHomeNetworkPrefix) }
        );

    private static Deviation Interfaces(
        string name,
        string description,
        string statement,
        Func<RuleList<BindingCacheLookup>, RuleList<BindingCacheLookup>> change
    ) =>
        Deviation.OfLma(
            name,
            description,
            statement,
            rules => rules with { LookupByLinkLayerIdentifier = change(rules.LookupByLinkLayerIdentifier) }
        );

    private static Deviation Nodes(
        string name,
        string description,
        string statement,
        Func<RuleList<BindingCacheLookup>, RuleList<BindingCacheLookup>> change
    ) =>
        Deviation.OfLma(
            name,
            description,
            statement,
            rules => rules with { LookupByMobileNodeIdentifier = change(rules.LookupByMobileNodeIdentifier) }
        );

    private static Func<BindingCacheLookup, RuleOutcome> ForeignUnless(Func<BindingCacheLookup, bool> excuse) =>
        lookup =>
            lookup.Candidate is not { } entry || entry.Binding.MobileNode == lookup.MobileNode ? RuleOutcome.Continue
            : excuse(lookup) ? lookup.Decide(new LookupOutcome.Update(entry))
            : lookup.Decide(new LookupOutcome.Rejected(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX));

    private static RuleOutcome OtherPrefixListRejected(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry && !entry.Binding.HomeNetworkPrefixes.SequenceEqual(lookup.Request.HomeNetworkPrefixes)
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH))
            : RuleOutcome.Continue;

    private static RuleOutcome SameInterfaceUnlessAttaching(BindingCacheLookup lookup) =>
        lookup is { Candidate: { } entry, Request.HandoffIndicator: not HandoffIndicator.AttachmentOverNewInterface }
            ? lookup.Decide(new LookupOutcome.Update(entry))
            : RuleOutcome.Continue;

    private static RuleOutcome HandoffBetweenInterfacesRefused(BindingCacheLookup lookup) =>
        lookup is { OnlySession: not null, Request.HandoffIndicator: HandoffIndicator.HandoffBetweenInterfaces }
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.ADMINISTRATIVELY_PROHIBITED))
            : RuleOutcome.Continue;

    private static RuleOutcome OldestSession(BindingCacheLookup lookup) =>
        lookup.Sessions.Count > 1
        && lookup.Request.HandoffIndicator
            is HandoffIndicator.HandoffBetweenInterfaces
                or HandoffIndicator.HandoffBetweenMobileAccessGateways
                or HandoffIndicator.HandoffStateUnknown
            ? lookup.Decide(new LookupOutcome.Update(lookup.Sessions[0]))
            : RuleOutcome.Continue;

    private static RuleOutcome FirstPrefixShared(RegistrationRequest request)
    {
        if (request is { MobileNode: { } mobileNode } && request.Anchor.Bindings.Of(mobileNode) is [var first, ..])
        {
            request.AssignedPrefixes = [.. request.AssignedPrefixes, first.Binding.HomeNetworkPrefixes[0]];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome OtherSessionsEnded(RegistrationRequest request)
    {
        foreach (var other in request.Entry is { } entry ? LmaParts.OtherSessions(request.Anchor, entry) : [])
        {
            request.Anchor.Rules.EndOfSession.Apply(new EndingSession(request.Anchor, other));
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome OtherSessionsDeleted(EndingSession ending)
    {
        foreach (var other in LmaParts.OtherSessions(ending.Anchor, ending.Entry))
        {
            ending.Anchor.Remove(other.Session);
            ending.Anchor.Forwarding.RemoveRoutes(other.Session);
            ending.Anchor.Forwarding.ReleaseTunnels(other.Session);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome OtherSessionsExtended(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            foreach (var other in LmaParts.OtherSessions(request.Anchor, entry).OfType<BindingCacheEntry.Registered>())
            {
                request.Anchor.Put(other with { ExpiresAt = entry.EndsAt > other.ExpiresAt ? entry.EndsAt : other.ExpiresAt });
            }
        }

        return RuleOutcome.Continue;
    }
}
