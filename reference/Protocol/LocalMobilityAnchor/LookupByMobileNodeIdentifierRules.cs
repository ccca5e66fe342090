using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.4.1.3: the request has neither a prefix nor an MN Link-layer Identifier option.</summary>
internal static class LookupByMobileNodeIdentifierRules
{
    public static RuleList<BindingCacheLookup> Default { get; } =
        new(
            new("5.4.1.3(1)", "OnlyEntryOfMobileNode", OnlyEntryOfMobileNode),
            new("5.4.1.3(2)", "KnownHandoff", KnownHandoff),
            new("5.4.1.3(3)", "UnknownHandoff", UnknownHandoff),
            new("5.4.1.3(4)", "OtherwiseNewSession", BindingCacheLookup.OtherwiseNewSession),
            new("5.4.1.3(4)", "DeRegistrationWithoutSessionIgnored", BindingCacheLookup.DeRegistrationWithoutSessionIgnored)
        );

    private static RuleOutcome OnlyEntryOfMobileNode(BindingCacheLookup lookup)
    {
        lookup.Candidate = lookup.OnlySession;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome KnownHandoff(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry
        && lookup.Request.HandoffIndicator
            is HandoffIndicator.HandoffBetweenInterfaces
                or HandoffIndicator.HandoffBetweenMobileAccessGateways
            ? lookup.Decide(new LookupOutcome.Update(entry))
            : RuleOutcome.Continue;

    private static RuleOutcome UnknownHandoff(BindingCacheLookup lookup) =>
        lookup.Request.HandoffIndicator == HandoffIndicator.HandoffStateUnknown && lookup.Candidate is { } entry
            ? lookup.UpdateOnceDeRegistered(entry)
            : RuleOutcome.Continue;
}
