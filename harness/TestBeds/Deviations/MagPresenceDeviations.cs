using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that do not look after a mobile node that falls silent: RFC 5213, Sections 6.13 and 6.9.1.4, end (4).
/// </summary>
internal static class MagPresenceDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Probes(
            "mag-never-asks",
            "extends the lifetime of a binding without knowing whether the mobile node is there",
            "rfc5213-6.13-k1",
            probing => probing.InsertingBefore("RecentlyHeard", new("6.13", "TakenForPresent", TakenForPresent))
        ),
        Probes(
            "mag-extends-without-answer",
            "extends the lifetime of a binding although the mobile node does not answer",
            "rfc5213-6.13-k2",
            probing => probing.Without("BindingEnded")
        ),
        Probes(
            "mag-silent-node-forgotten",
            "lets the binding of a mobile node that does not answer run out",
            "rfc5213-6.13-k3",
            probing => probing.Replacing("BindingEnded", check => check.IsPresent ? RuleOutcome.Continue : RuleOutcome.Stop)
        ),
        Deviation.OfMag(
            "mag-link-stays",
            "leaves a mobile node whose session has ended its router and its prefixes",
            "rfc5213-6.9.1.4-k9",
            rules => rules with { EndOfAttachment = rules.EndOfAttachment.Without("LastAdvertisement") }
        ),
    ];

    private static Deviation Probes(
        string name,
        string description,
        string statement,
        Func<RuleList<PresenceCheck>, RuleList<PresenceCheck>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { PresenceProbing = change(rules.PresenceProbing) });

    private static RuleOutcome TakenForPresent(PresenceCheck check)
    {
        check.IsPresent = true;
        return RuleOutcome.Continue;
    }
}
