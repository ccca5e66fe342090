using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways whose fault is a change of one list of rules.</summary>
internal static class MagListDeviations
{
    /// <summary>The fault is in the processing of acknowledgements.</summary>
    public static Deviation Answers(
        string name,
        string description,
        string statement,
        Func<RuleList<ReceivedAcknowledgement>, RuleList<ReceivedAcknowledgement>> change
    ) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules => rules with { ProxyBindingAcknowledgement = change(rules.ProxyBindingAcknowledgement) }
        );
}
