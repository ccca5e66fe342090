using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors that confuse the sessions of the interfaces of one mobile node: RFC 5213, Sections 5.2 and 5.4.1.1.
/// </summary>
internal static class LmaInterfaceDeviations
{
    private static readonly Ipv6Prefix _otherPrefix = Ipv6Prefix.Parse("2001:db8:8000:fffc::/64");

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Finds(
            "lma-first-session-of-a-node",
            "takes the first session of a mobile node for that of each of its interfaces",
            sessions => sessions.MinBy(entry => entry.Session.Number)
        ),
        Finds(
            "lma-last-session-of-a-node",
            "takes the last session of a mobile node for that of each of its interfaces",
            sessions => sessions.MaxBy(entry => entry.Session.Number)
        ),
        Deviation.OfLma(
            "lma-interfaces-end-together",
            "ends all sessions of a mobile node when it deletes that of one interface",
            "rfc5213-5.2-k3",
            rules => rules with { EndOfSession = rules.EndOfSession.InsertingBefore("EntryDeleted", new("5.2", "OthersToo", OthersToo)) }
        ),
        Deviation.OfLma(
            "lma-interfaces-renumbered-together",
            "gives the interfaces of a mobile node other prefixes after it has deleted the session of one of them",
            "rfc5213-5.2-k3",
            RenumberedTogether
        ),
        Deviation.OfLma(
            "lma-free-prefix-means-the-session",
            "updates the only session of a mobile node by a request for a prefix that nobody has",
            "rfc5213-5.4.1.1-k3",
            rules =>
                rules with
                {
                    LookupByHomeNetworkPrefix = rules.LookupByHomeNetworkPrefix.Replacing(
                        "NoEntryIsNewSession",
                        lookup =>
                            lookup is { Candidate: null, OnlySession: { } only }
                                ? lookup.Decide(new LookupOutcome.Update(only))
                                : RuleOutcome.Continue
                    ),
                }
        ),
    ];

    private static Deviation Finds(string name, string description, Func<IEnumerable<BindingCacheEntry>, BindingCacheEntry?> choose) =>
        Deviation.OfLma(
            name,
            description,
            "rfc5213-5.2-k3",
            rules =>
                rules with
                {
                    LookupByHomeNetworkPrefix = rules.LookupByHomeNetworkPrefix.InsertingBefore("SameInterface", Chosen(choose)),
                    LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.InsertingBefore("SameInterface", Chosen(choose)),
                }
        );

    /// <summary>Of a request that has found a session of the mobile node: that of another interface.</summary>
    private static NamedRule<BindingCacheLookup> Chosen(Func<IEnumerable<BindingCacheEntry>, BindingCacheEntry?> choose) =>
        new(
            "5.2",
            "SessionOfNode",
            lookup =>
                lookup.Candidate is not null && choose(lookup.Sessions) is { } entry
                    ? lookup.Decide(new LookupOutcome.Update(entry))
                    : RuleOutcome.Continue
        );

    private static LocalMobilityAnchorRules RenumberedTogether(LocalMobilityAnchorRules rules)
    {
        var others = new HashSet<SessionId>();
        return rules.WhenExtended(
            "Renumbered",
            request =>
                request.Entry is { } entry && others.Contains(entry.Session)
                    ? request.Store(entry with { Binding = entry.Binding with { HomeNetworkPrefixes = [_otherPrefix] } })
                    : RuleOutcome.Continue
        ) with
        {
            EndOfSession = rules.EndOfSession.InsertingBefore(
                "EntryDeleted",
                new(
                    "5.2",
                    "OthersRemembered",
                    ending =>
                    {
                        others.UnionWith(ending.Anchor.Bindings.Of(ending.Entry.Binding.MobileNode).Select(entry => entry.Session));
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };
    }

    private static RuleOutcome OthersToo(EndingSession ending)
    {
        foreach (var other in ending.Anchor.Bindings.Of(ending.Entry.Binding.MobileNode).Where(other => other != ending.Entry))
        {
            foreach (var rule in ending.Anchor.Rules.EndOfSession.Where(rule => rule.Name != "OthersToo"))
            {
                rule.Apply(new EndingSession(ending.Anchor, other));
            }
        }

        return RuleOutcome.Continue;
    }
}
