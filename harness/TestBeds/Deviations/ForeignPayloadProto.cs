using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>A fault of both roles: accepting a Mobility Header that announces a following header (RFC 6275, Section 9.2).</summary>
internal static class ForeignPayloadProto
{
    public static RuleList<ReceivedSignal> Accept(RuleList<ReceivedSignal> headers) =>
        headers.Without("PayloadProto").Replacing("WellFormed", WellFormed);

    private static RuleOutcome WellFormed(ReceivedSignal received)
    {
        var octets = received.Bytes.ToArray();
        octets[MobilityHeader.PayloadProtoOffset] = MobilityHeader.PayloadProtoNone;
        if (!MobilityMessage.TryParse(octets, out var message, out var error))
        {
            return received.Discard(error.Rule, error.Detail);
        }

        received.Message = message;
        return RuleOutcome.Continue;
    }
}
