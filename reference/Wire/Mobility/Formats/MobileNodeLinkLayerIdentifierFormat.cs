using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a Mobile Node Link-layer Identifier option, RFC 5213, Section 8.6: Reserved, identifier.</summary>
internal static class MobileNodeLinkLayerIdentifierFormat
{
    private const int ReservedOffset = 0;

    internal const int IdentifierOffset = 2;

    /// <summary>
    /// RFC 6275, Section 6.2.1, places fields of 2, 4 and 8 octets on their natural boundaries. The identifier, which starts four
    /// octets after the start of the option, is placed on the widest of these boundaries that divides its length; the Reserved
    /// field alone requires 2n.
    /// </summary>
    internal static (int Multiple, int Offset) AlignmentOf(int identifierLength) =>
        identifierLength switch
        {
            0 => (2, 0),
            _ when identifierLength % 8 == 0 => (8, 4),
            _ when identifierLength % 4 == 0 => (4, 0),
            _ => (2, 0),
        };

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.CheckFrom(data, IdentifierOffset);

    internal static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> data) => data[IdentifierOffset..];

    internal static void Write(Span<byte> data, ReadOnlySpan<byte> identifier)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[ReservedOffset..], 0);
        identifier.CopyTo(data[IdentifierOffset..]);
    }
}
