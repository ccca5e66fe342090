using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>A fault of both roles: reading other octets than those that came.</summary>
internal static class Misreading
{
    /// <summary>Parses a message as the deviating device reads it.</summary>
    /// <param name="read">The octets that it reads, from a copy of those that came.</param>
    public static RuleOutcome Parse(ReceivedSignal received, Func<byte[], byte[]> read)
    {
        if (!MobilityMessage.TryParse(read(received.Bytes.ToArray()), out var message, out var error))
        {
            return received.Discard(error.Rule, error.Detail);
        }

        received.Message = message;
        return RuleOutcome.Continue;
    }

    /// <summary>The message with the Header Len that its octets have, as by a device that does not look at it.</summary>
    public static byte[] WithRightHeaderLen(byte[] octets)
    {
        octets[MobilityHeader.HeaderLenOffset] = (byte)((octets.Length / MobilityHeader.LengthUnit) - 1);
        return octets;
    }

    /// <summary>Reports where a fault of a Mobility Header is as if no extension header came before it.</summary>
    public static RuleList<ReceivedSignal> PointersWithoutExtensionHeaders(RuleList<ReceivedSignal> rules)
    {
        return rules
            .Replacing(
                "PayloadProto",
                received => Report(received, "PayloadProto", 0, received.Bytes[0] != MobilityHeader.PayloadProtoNone)
            )
            .Replacing("HeaderLength", received => Report(received, "HeaderLength", 1, received.Bytes[1] == 0));

        static RuleOutcome Report(ReceivedSignal received, string name, int octet, bool isWrong) =>
            isWrong
                ? received.DiscardWithParameterProblem(octet - ExtensionHeaders(received), name, $"octet {octet}")
                : RuleOutcome.Continue;

        static int ExtensionHeaders(ReceivedSignal received) =>
            received.Signal.Packet.IsEmpty ? 0 : received.Signal.Packet.Length - Ipv6Packet.HeaderLength - received.Bytes.Length;
    }
}
