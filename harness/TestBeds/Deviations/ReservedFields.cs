using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A fault of both roles: discarding a message in which a reserved field of an option is not 0 (RFC 5213, Section 8: receivers ignore
/// these fields).
/// </summary>
internal static class ReservedFields
{
    private const int OptionsOffset = 12;
    private const int OptionHeader = 2;

    /// <param name="octets">The length of the reserved field, which is at the beginning of the option's data.</param>
    public static RuleList<ReceivedSignal> Refuse(RuleList<ReceivedSignal> headers, MobilityOptionType type, int octets) =>
        headers.InsertingBefore(
            "WellFormed",
            new(
                "8",
                "ReservedFieldZero",
                received =>
                    AreSet(received.Signal.MobilityHeader, type, [.. Enumerable.Repeat(byte.MaxValue, octets)])
                        ? received.Discard("ReservedFieldZero", $"a reserved field of {type} is not 0")
                        : RuleOutcome.Continue
            )
        );

    /// <summary>Whether a reserved bit is set in an option of a type.</summary>
    /// <param name="reserved">The reserved bits of each octet at the beginning of the option's data.</param>
    public static bool AreSet(ReadOnlyMemory<byte> message, MobilityOptionType type, IReadOnlyList<byte> reserved) =>
        Fields(message, type, reserved.Count).Any(field => field.ToArray().Zip(reserved).Any(octet => (octet.First & octet.Second) != 0));

    /// <summary>The reserved field of each option of a type in a Binding Update or Binding Acknowledgement.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, MobilityOptionType type, int octets)
    {
        for (int at = OptionsOffset, length; at + OptionHeader + octets <= message.Length; at += length)
        {
            var known = (MobilityOptionType)message.Span[at];
            length = known == MobilityOptionType.Pad1 ? 1 : OptionHeader + message.Span[at + 1];
            if (known == type)
            {
                yield return message.Slice(at + OptionHeader, octets);
            }
        }
    }
}
