using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that look sessions up by IPv4 home addresses wrongly: RFC 5844, Section 3.1.2.7.</summary>
internal static class LmaIpv4LookupDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        LooksUp(
            "lma-ipv4-other-gateway-new-session",
            "opens a session for the interface that has one with the IPv4 home address",
            "rfc5844-3.1.2.7-k2a",
            lookup => Anew(lookup, "SameInterface")
        ) with
        {
            WhyMany = "each of the statements is about a request from another gateway",
        },
        LooksUp(
            "lma-ipv4-no-handoff-between-interfaces",
            "opens a session when the session of an IPv4 home address moves to another interface",
            "rfc5844-3.1.2.7-k2b",
            lookup => Anew(lookup, "HandoffBetweenInterfaces")
        ),
        LooksUp(
            "lma-ipv4-no-handoff-of-unnamed-interface",
            "opens a session when the session of an IPv4 home address moves whose interface is not named",
            "rfc5844-3.1.2.7-k2c",
            lookup => Anew(lookup, "HandoffOfUnnamedInterface")
        ),
        LooksUp(
            "lma-ipv4-same-gateway-new-session",
            "opens a session for the gateway that serves the session of an IPv4 home address",
            "rfc5844-3.1.2.7-k2d",
            lookup => Anew(lookup, "SameProxyCareOfAddress")
        ),
        LooksUp(
            "lma-ipv4-takes-over",
            "gives the session of an IPv4 home address to another mobile node that names the address",
            "rfc5844-3.1.2.7-k2e",
            lookup => lookup.Replacing("AddressOfOtherMobileNodeRejected", TakesOver)
        ),
        LooksUp(
            "lma-ipv4-unknown-address-refused",
            "refuses an IPv4 home address that no session has",
            "rfc5844-3.1.2.7-k2f",
            lookup => lookup.Replacing("NoEntryIsNewSession", UnknownRefused)
        ),
        LooksUp(
            "lma-ipv4-unknown-address-means-any-session",
            "takes a request for an IPv4 home address that no session has for one about a session that there is",
            "rfc5844-3.1.2.7-k2f",
            lookup => lookup.Instead("NoEntryIsNewSession", found => SessionBesides(found) is not null, UnknownMeansAnySession)
        ),
        LooksUp(
            "lma-ipv4-any-interface-updates",
            "updates the session of an IPv4 home address whatever the interface is",
            "rfc5844-3.1.2.7-k2g",
            lookup => lookup.Replacing("OtherwiseNewSession", AnyInterfaceUpdates)
        ),
        LooksUp(
            "lma-ipv4-unknown-de-registration-answered",
            "answers a de-registration of an IPv4 home address that no session has",
            "rfc5844-3.1.2.7-k2h",
            lookup => lookup.Replacing("DeRegistrationWithoutSessionIgnored", UnknownDeRegistrationAnswered)
        ),
        LooksUp(
            "lma-ipv4-prefix-set-required",
            "compares the prefixes of a session that is looked up by its IPv4 home address",
            "rfc5844-3.1.2.7-k3",
            lookup => lookup.InsertingBefore("SameInterface", new("5.4.1.1(4)", "PrefixSetRequired", PrefixSetRequired))
        ) with
        {
            WhyMany = "each of the statements is about a request that names the address alone",
        },
        LooksUp(
            "lma-ipv4-draft-any-address-of-a-set",
            "looks a session up by any of its IPv4 home addresses, whatever the others are",
            "ipv4-draft-04-3.1.2.7-k1i",
            lookup => lookup.Omitting("OtherAddressSetRejected")
        ),
    ];

    /// <summary>The list in which what a rule finds is updated with what a new session would have.</summary>
    private static RuleList<BindingCacheLookup> Anew(RuleList<BindingCacheLookup> rules, string name)
    {
        var original = rules.First(rule => rule.Name == name);
        return rules.Replacing(
            name,
            lookup =>
            {
                var outcome = original.Apply(lookup);
                if (outcome == RuleOutcome.Stop && lookup is { Outcome: LookupOutcome.Update update, Request.IsDeRegistration: false })
                {
                    lookup.Outcome = new LookupOutcome.Update(update.Entry.Anew(lookup.Request.Anchor));
                }
                return outcome;
            }
        );
    }

    private static RuleOutcome TakesOver(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry && entry.Binding.MobileNode != lookup.MobileNode
            ? lookup.Decide(new LookupOutcome.Update(entry))
            : RuleOutcome.Continue;

    private static RuleOutcome UnknownRefused(BindingCacheLookup lookup) =>
        lookup is { Candidate: null, Request: { IsDeRegistration: false, Anchor.Rules.Ipv4: { } vocabulary } }
            ? lookup.Decide(new LookupOutcome.Rejected(vocabulary.NotAuthorizedForAddress))
            : RuleOutcome.Continue;

    /// <summary>A session of the mobile node that requests an address of no session; null if there is none.</summary>
    private static BindingCacheEntry? SessionBesides(BindingCacheLookup lookup) =>
        lookup is { Candidate: null, Request: { IsDeRegistration: false, MobileNode: { } mobileNode, Anchor: var anchor } }
        && anchor.Bindings.Of(mobileNode) is [var first, ..]
            ? first
            : null;

    private static RuleOutcome UnknownMeansAnySession(BindingCacheLookup lookup) =>
        SessionBesides(lookup) is { } entry ? lookup.Decide(new LookupOutcome.Update(entry)) : RuleOutcome.Continue;

    private static RuleOutcome AnyInterfaceUpdates(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry ? lookup.Decide(new LookupOutcome.Update(entry)) : BindingCacheLookup.OtherwiseNewSession(lookup);

    private static RuleOutcome UnknownDeRegistrationAnswered(BindingCacheLookup lookup) =>
        lookup.Request.IsDeRegistration
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE))
            : RuleOutcome.Continue;

    private static RuleOutcome PrefixSetRequired(BindingCacheLookup lookup) =>
        lookup.Candidate is { Binding.HomeNetworkPrefixes.Count: > 0 } entry
        && entry.Binding.HomeNetworkPrefixes.Count != lookup.Request.HomeNetworkPrefixes.Count
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH))
            : RuleOutcome.Continue;
}
