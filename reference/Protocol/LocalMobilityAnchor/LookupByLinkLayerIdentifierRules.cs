using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5213, Section 5.4.1.2: the request has no prefix but an MN Link-layer Identifier option.</summary>
internal static class LookupByLinkLayerIdentifierRules
{
    public static RuleList<BindingCacheLookup> Default { get; } =
        new(
            new("5.4.1.2(1)", "EntryOfInterface", EntryOfInterface),
            new("5.4.1.2(2)", "SameInterface", SameInterface),
            new("5.4.1.2(3)", "HandoffBetweenInterfaces", HandoffBetweenInterfaces),
            new("5.4.1.2(4)", "UnknownHandoff", UnknownHandoff),
            new("5.4.1.2(5)", "OtherwiseNewSession", BindingCacheLookup.OtherwiseNewSession),
            new("5.4.1.2(5)", "DeRegistrationWithoutSessionIgnored", BindingCacheLookup.DeRegistrationWithoutSessionIgnored)
        );

    private static RuleOutcome EntryOfInterface(BindingCacheLookup lookup)
    {
        foreach (var entry in lookup.Sessions)
        {
            if (
                lookup.Request.AccessTechnology == entry.Binding.AccessTechnology
                && lookup.Request.LinkLayerIdentifier == entry.Binding.LinkLayerIdentifier
            )
            {
                lookup.Candidate = entry;
                break;
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SameInterface(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry ? lookup.Decide(new LookupOutcome.Update(entry)) : RuleOutcome.Continue;

    private static RuleOutcome HandoffBetweenInterfaces(BindingCacheLookup lookup) =>
        lookup.Request.HandoffIndicator == HandoffIndicator.HandoffBetweenInterfaces && lookup.OnlySession is { } entry
            ? lookup.Decide(new LookupOutcome.Update(entry))
            : RuleOutcome.Continue;

    private static RuleOutcome UnknownHandoff(BindingCacheLookup lookup) =>
        lookup.Request.HandoffIndicator == HandoffIndicator.HandoffStateUnknown && lookup.OnlySession is { } entry
            ? lookup.UpdateOnceDeRegistered(entry)
            : RuleOutcome.Continue;
}
