using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// RFC 5844, Section 3.1.2.7: the request has an IPv4 home address other than 0.0.0.0, and no Home Network Prefix other than ALL_ZERO. The
/// rules are those of RFC 5213, Section 5.4.1.1, with the address in the place of the prefixes.
/// </summary>
internal static class LookupByIpv4HomeAddressRules
{
    public static RuleList<BindingCacheLookup> Default { get; } =
        new(
            new("5.4.1.1(1)", "EntryOfAddress", EntryOfAddress),
            new("5.4.1.1(2)", "NoEntryIsNewSession", LookupByHomeNetworkPrefixRules.NoEntryIsNewSession),
            new("5.4.1.1(3)", "AddressOfOtherMobileNodeRejected", AddressOfOtherMobileNodeRejected),
            new("5.4.1.1(5)a", "SameInterface", LookupByHomeNetworkPrefixRules.SameInterface),
            new("5.4.1.1(5)b", "HandoffBetweenInterfaces", LookupByHomeNetworkPrefixRules.HandoffBetweenInterfaces),
            new("5.4.1.1(5)c", "HandoffOfUnnamedInterface", LookupByHomeNetworkPrefixRules.HandoffOfUnnamedInterface),
            new("5.4.1.1(5)d", "SameProxyCareOfAddress", LookupByHomeNetworkPrefixRules.SameProxyCareOfAddress),
            new("5.4.1.1(6)", "OtherwiseNewSession", BindingCacheLookup.OtherwiseNewSession),
            new("5.4.1.1(6)", "DeRegistrationWithoutSessionIgnored", BindingCacheLookup.DeRegistrationWithoutSessionIgnored)
        );

    /// <summary>Draft -04, Section 3.1.2.7, by RFC 5213, Section 5.4.1.1(4): the whole set of addresses identifies a session.</summary>
    public static RuleOutcome OtherAddressSetRejected(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry && !IsSameSet(entry.Binding.Ipv4HomeAddresses, lookup.Request.Ipv4Requests)
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.BCE_PBU_PREFIX_SET_DO_NOT_MATCH))
            : RuleOutcome.Continue;

    private static RuleOutcome EntryOfAddress(BindingCacheLookup lookup)
    {
        var entries = lookup
            .Request.Ipv4Requests.Where(home => !home.IsAllZero)
            .Select(home => lookup.Request.Anchor.Bindings.FindByIpv4(home.Address))
            .OfType<BindingCacheEntry>()
            .ToList();
        lookup.Candidate = entries.FirstOrDefault(entry => entry.Binding.MobileNode == lookup.MobileNode) ?? entries.FirstOrDefault();
        return RuleOutcome.Continue;
    }

    /// <summary>The status is that of RFC 5844, Section 3.1.2.2, for an address that the mobile node may not use.</summary>
    private static RuleOutcome AddressOfOtherMobileNodeRejected(BindingCacheLookup lookup) =>
        lookup is { Candidate: { } entry, Request.Anchor.Rules.Ipv4: { } vocabulary } && entry.Binding.MobileNode != lookup.MobileNode
            ? lookup.Decide(new LookupOutcome.Rejected(vocabulary.NotAuthorizedForAddress))
            : RuleOutcome.Continue;

    private static bool IsSameSet(IReadOnlyList<Ipv4HomeAddress> registered, IReadOnlyList<Ipv4HomeAddress> requested) =>
        registered.Count == requested.Count
        && registered.Select(home => home.Address).ToHashSet().SetEquals(requested.Select(home => home.Address));
}
