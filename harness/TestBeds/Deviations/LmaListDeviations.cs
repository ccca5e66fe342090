using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors whose fault is a change of one list of rules.</summary>
internal static class LmaListDeviations
{
    /// <summary>The fault is in the construction of acknowledgements.</summary>
    public static Deviation Answers(
        string name,
        string description,
        string statement,
        Func<RuleList<AcknowledgementDraft>, RuleList<AcknowledgementDraft>> change
    ) => Deviation.OfLma(name, description, statement, rules => rules with { Acknowledgement = change(rules.Acknowledgement) });

    /// <summary>The fault is in the checks of a Proxy Binding Update.</summary>
    public static Deviation Checks(
        string name,
        string description,
        string statement,
        Func<RuleList<RegistrationRequest>, RuleList<RegistrationRequest>> change
    ) => Deviation.OfLma(name, description, statement, rules => rules with { ProxyBindingUpdate = change(rules.ProxyBindingUpdate) });

    /// <summary>The fault is in the reading of the Mobility Header.</summary>
    public static Deviation Reads(
        string name,
        string description,
        string statement,
        Func<RuleList<ReceivedSignal>, RuleList<ReceivedSignal>> change
    ) => Deviation.OfLma(name, description, statement, rules => rules with { MobilityHeader = change(rules.MobilityHeader) });
}
