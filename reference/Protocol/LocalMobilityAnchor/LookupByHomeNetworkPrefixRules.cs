using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.4.1.1: the request has at least one Home Network Prefix other than ALL_ZERO.</summary>
internal static class LookupByHomeNetworkPrefixRules
{
    public static RuleList<BindingCacheLookup> Default { get; } =
        new(
            new("5.4.1.1(1)", "EntryOfPrefix", EntryOfPrefix),
            new("5.4.1.1(2)", "NoEntryIsNewSession", NoEntryIsNewSession),
            new("5.4.1.1(3)", "PrefixOfOtherMobileNodeRejected", PrefixOfOtherMobileNodeRejected),
            new("5.4.1.1(4)", "OtherPrefixSetRejected", OtherPrefixSetRejected),
            new("5.4.1.1(5)a", "SameInterface", SameInterface),
            new("5.4.1.1(5)b", "HandoffBetweenInterfaces", HandoffBetweenInterfaces),
            new("5.4.1.1(5)c", "HandoffOfUnnamedInterface", HandoffOfUnnamedInterface),
            new("5.4.1.1(5)d", "SameProxyCareOfAddress", SameProxyCareOfAddress),
            new("5.4.1.1(6)", "OtherwiseNewSession", BindingCacheLookup.OtherwiseNewSession),
            new("5.4.1.1(6)", "DeRegistrationWithoutSessionIgnored", BindingCacheLookup.DeRegistrationWithoutSessionIgnored)
        );

    private static RuleOutcome EntryOfPrefix(BindingCacheLookup lookup)
    {
        // Any prefix may be the key. The mobile node's own entry first: with a foreign prefix among its own, the set does not match.
        BindingCacheEntry? foreign = null;
        foreach (var prefix in lookup.Request.HomeNetworkPrefixes)
        {
            if (prefix.IsAllZero || lookup.Request.Anchor.Bindings.FindByPrefix(prefix) is not { } entry)
            {
                continue;
            }
            if (entry.Binding.MobileNode == lookup.MobileNode)
            {
                lookup.Candidate = entry;
                return RuleOutcome.Continue;
            }
            foreign ??= entry;
        }
        lookup.Candidate = foreign;
        return RuleOutcome.Continue;
    }

    public static RuleOutcome NoEntryIsNewSession(BindingCacheLookup lookup)
    {
        if (lookup.Candidate is null)
        {
            lookup.Outcome = new LookupOutcome.NewSession();
        }
        return RuleOutcome.Continue; // item 6 handles a de-registration without an entry
    }

    private static RuleOutcome PrefixOfOtherMobileNodeRejected(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry && entry.Binding.MobileNode != lookup.MobileNode
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX))
            : RuleOutcome.Continue;

    private static RuleOutcome OtherPrefixSetRejected(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry && !IsSameSet(entry.Binding.HomeNetworkPrefixes, lookup.Request.HomeNetworkPrefixes)
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH))
            : RuleOutcome.Continue;

    public static RuleOutcome SameInterface(BindingCacheLookup lookup) =>
        UpdateIf(
            lookup,
            static (request, binding) =>
                request.LinkLayerIdentifier == binding.LinkLayerIdentifier && request.AccessTechnology == binding.AccessTechnology
        );

    public static RuleOutcome HandoffBetweenInterfaces(BindingCacheLookup lookup) =>
        UpdateIf(lookup, static (request, _) => request.HandoffIndicator == HandoffIndicator.HandoffBetweenInterfaces);

    public static RuleOutcome HandoffOfUnnamedInterface(BindingCacheLookup lookup) =>
        UpdateIf(
            lookup,
            static (request, binding) =>
                request.LinkLayerIdentifier is null
                && binding.LinkLayerIdentifier.IsAllZero
                && request.AccessTechnology == binding.AccessTechnology
                && request.HandoffIndicator == HandoffIndicator.HandoffBetweenMobileAccessGateways
        );

    public static RuleOutcome SameProxyCareOfAddress(BindingCacheLookup lookup) =>
        UpdateIf(
            lookup,
            static (request, binding) =>
                request.ProxyCareOfAddress.Equals(binding.ProxyCareOfAddress) && request.AccessTechnology == binding.AccessTechnology
        );

    private static RuleOutcome UpdateIf(BindingCacheLookup lookup, Func<RegistrationRequest, Binding, bool> condition) =>
        lookup.Candidate is { } entry && condition(lookup.Request, entry.Binding)
            ? lookup.Decide(new LookupOutcome.Update(entry))
            : RuleOutcome.Continue;

    private static bool IsSameSet(IReadOnlyList<Ipv6Prefix> registered, IReadOnlyList<Ipv6Prefix> requested) =>
        registered.Count == requested.Count
        && (registered.Count == 1 ? registered[0] == requested[0] : registered.ToHashSet().SetEquals(requested));
}
