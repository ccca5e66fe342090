using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>Processing of every Mobility Header, RFC 6275, Section 9.2.</summary>
public static class MobilityHeaderRules
{
    /// <summary>RFC 6275, Section 6.1.9: unrecognized MH Type value.</summary>
    private const byte UnrecognizedMobilityHeaderType = 2;

    private const int PayloadProtoOffset = 0;
    private const int HeaderLengthOffset = 1;
    private const int TypeOffset = 2;
    private const int FixedLength = 6;

    /// <summary>The rules of a node that knows the options of all RFCs.</summary>
    public static RuleList<ReceivedSignal> Default { get; } = Of(WireEdition.Default);

    /// <summary>The rules of a node that knows the options of one edition.</summary>
    public static RuleList<ReceivedSignal> Of(WireEdition edition) =>
        new(
            new("RFC 6275 9.2", "Checksum", Checksum),
            new("RFC 6275 9.2", "WholeHeader", WholeHeader),
            new("RFC 6275 9.2", "KnownType", KnownType),
            new("RFC 6275 9.2", "PayloadProto", PayloadProto),
            new("RFC 6275 9.2", "HeaderLength", HeaderLength),
            new("RFC 6275 6.2", "WellFormed", received => WellFormed(received, edition))
        );

    private static RuleOutcome Checksum(ReceivedSignal received) =>
        received.Signal.HasValidChecksum
            ? RuleOutcome.Continue
            : received.Discard("Checksum", $"the checksum of a message from {received.Signal.Source} is wrong");

    private static RuleOutcome WholeHeader(ReceivedSignal received) =>
        received.Bytes.Length >= FixedLength
            ? RuleOutcome.Continue
            : received.Discard("Truncated", $"{received.Bytes.Length} octets are too short for a Mobility Header");

    private static RuleOutcome KnownType(ReceivedSignal received) =>
        received.Bytes[TypeOffset] <= (byte)MobilityHeaderType.BindingError
            ? RuleOutcome.Continue
            : received.DiscardWithBindingError(
                UnrecognizedMobilityHeaderType,
                "KnownType",
                $"MH Type {received.Bytes[TypeOffset]} from {received.Signal.Source} is unknown"
            );

    private static RuleOutcome PayloadProto(ReceivedSignal received) =>
        received.Bytes[PayloadProtoOffset] == MobilityHeader.PayloadProtoNone
            ? RuleOutcome.Continue
            : received.DiscardWithParameterProblem(
                PayloadProtoOffset,
                "PayloadProto",
                $"Payload Proto {received.Bytes[PayloadProtoOffset]} from {received.Signal.Source}"
            );

    private static RuleOutcome HeaderLength(ReceivedSignal received) =>
        received.Bytes[HeaderLengthOffset] >= MinimumHeaderLength((MobilityHeaderType)received.Bytes[TypeOffset])
            ? RuleOutcome.Continue
            : received.DiscardWithParameterProblem(
                HeaderLengthOffset,
                "HeaderLength",
                $"Header Len {received.Bytes[HeaderLengthOffset]} from {received.Signal.Source} is too short for its MH Type"
            );

    private static RuleOutcome WellFormed(ReceivedSignal received, WireEdition edition)
    {
        if (!MobilityMessage.TryParse(received.Bytes, edition, out var message, out var error))
        {
            return received.Discard(error.Rule, $"from {received.Signal.Source}, octet {error.Offset}: {error.Detail}");
        }

        received.Message = message;
        return RuleOutcome.Continue;
    }

    /// <summary>The Header Len of each message without options, in units of 8 octets after the first 8 (RFC 6275, Section 6.1).</summary>
    private static int MinimumHeaderLength(MobilityHeaderType type) =>
        type switch
        {
            MobilityHeaderType.BindingRefreshRequest => 0,
            MobilityHeaderType.BindingError => 2,
            (MobilityHeaderType)3 or (MobilityHeaderType)4 => 2, // Home Test, Care-of Test
            _ => 1,
        };
}
