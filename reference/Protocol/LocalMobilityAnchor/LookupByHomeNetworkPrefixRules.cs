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
        var entries = lookup
            .Request.HomeNetworkPrefixes.Where(prefix => !prefix.IsAllZero)
            .Select(lookup.Request.Anchor.Bindings.FindByPrefix)
            .OfType<BindingCacheEntry>()
            .ToList();

        // Any prefix may be the key. The mobile node's own entry first: with a foreign prefix among its own, the set does not match.
        lookup.Candidate = entries.FirstOrDefault(entry => entry.Binding.MobileNode == lookup.MobileNode) ?? entries.FirstOrDefault();
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
            binding =>
                lookup.Request.LinkLayerIdentifier == binding.LinkLayerIdentifier
                && lookup.Request.AccessTechnology == binding.AccessTechnology
        );

    public static RuleOutcome HandoffBetweenInterfaces(BindingCacheLookup lookup) =>
        UpdateIf(lookup, _ => lookup.Request.HandoffIndicator == HandoffIndicator.HandoffBetweenInterfaces);

    public static RuleOutcome HandoffOfUnnamedInterface(BindingCacheLookup lookup) =>
        UpdateIf(
            lookup,
            binding =>
                lookup.Request.LinkLayerIdentifier is null
                && binding.LinkLayerIdentifier.IsAllZero
                && lookup.Request.AccessTechnology == binding.AccessTechnology
                && lookup.Request.HandoffIndicator == HandoffIndicator.HandoffBetweenMobileAccessGateways
        );

    public static RuleOutcome SameProxyCareOfAddress(BindingCacheLookup lookup) =>
        UpdateIf(
            lookup,
            binding =>
                lookup.Request.ProxyCareOfAddress.Equals(binding.ProxyCareOfAddress)
                && lookup.Request.AccessTechnology == binding.AccessTechnology
        );

    private static RuleOutcome UpdateIf(BindingCacheLookup lookup, Func<Binding, bool> condition) =>
        lookup.Candidate is { } entry && condition(entry.Binding) ? lookup.Decide(new LookupOutcome.Update(entry)) : RuleOutcome.Continue;

    private static bool IsSameSet(IReadOnlyList<Ipv6Prefix> registered, IReadOnlyList<Ipv6Prefix> requested) =>
        registered.Count == requested.Count && registered.ToHashSet().SetEquals(requested);
}
