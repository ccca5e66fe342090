using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>A fault of all roles: accepting a Mobility Header that announces a following header (RFC 6275, Section 9.2).</summary>
internal static class ForeignPayloadProto
{
    public static RuleList<ReceivedSignal> Accept(RuleList<ReceivedSignal> headers) => Accept(headers, WireEdition.Default);

    /// <param name="headers">The rules of the role.</param>
    /// <param name="edition">The edition in which the role reads messages.</param>
    public static RuleList<ReceivedSignal> Accept(RuleList<ReceivedSignal> headers, WireEdition edition) =>
        headers.Without("PayloadProto").Replacing("WellFormed", received => WellFormed(received, edition));

    private static RuleOutcome WellFormed(ReceivedSignal received, WireEdition edition)
    {
        var octets = received.Bytes.ToArray();
        octets[MobilityHeader.PayloadProtoOffset] = MobilityHeader.PayloadProtoNone;
        if (!MobilityMessage.TryParse(octets, edition, out var message, out var error))
        {
            return received.Discard(error.Rule, error.Detail);
        }

        received.Message = message;
        return RuleOutcome.Continue;
    }
}
