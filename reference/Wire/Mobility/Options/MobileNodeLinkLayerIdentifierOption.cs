using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// Mobile Node Link-layer Identifier option, RFC 5213, Section 8.6. The alignment depends on the length of the identifier.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 25   |    Length     |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// |                  Link-layer Identifier ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Identifier">The identifier, as in the link-layer address options of RFC 4861, Section 4.6; at most 253 octets.</param>
/// <exception cref="ArgumentException">The identifier is longer.</exception>
public sealed record MobileNodeLinkLayerIdentifierOption(OctetString Identifier) : MobilityOption
{
    /// <summary>Maximum length of the identifier in octets.</summary>
    public const int MaximumIdentifierLength = MaximumDataLength - IdentifierOffset;

    private const int ReservedOffset = 0;
    private const int IdentifierOffset = 2;

    public OctetString Identifier
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Identifier);

    public override byte Type => (byte)MobilityOptionType.MobileNodeLinkLayerIdentifier;

    public override int DataLength => IdentifierOffset + Identifier.Length;

    /// <summary>
    /// RFC 6275, Section 6.2.1, places fields of 2, 4 and 8 octets on their natural boundaries. The identifier, which starts four
    /// octets after the start of the option, is placed on the widest of these boundaries that divides its length; the Reserved
    /// field alone requires 2n.
    /// </summary>
    public override (int Multiple, int Offset) Alignment =>
        Identifier.Length switch
        {
            0 => (2, 0),
            var length when length % 8 == 0 => (8, 4),
            var length when length % 4 == 0 => (4, 0),
            _ => (2, 0),
        };

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[ReservedOffset..], 0);
        Identifier.Span.CopyTo(destination[IdentifierOffset..]);
    }

    internal static MobileNodeLinkLayerIdentifierOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLengthFrom(data, IdentifierOffset, out error)
            ? new MobileNodeLinkLayerIdentifierOption(new OctetString(data[IdentifierOffset..]))
            : null;

    private static OctetString RequireLength(OctetString identifier) =>
        identifier.Length <= MaximumIdentifierLength
            ? identifier
            : throw new ArgumentException(
                $"An identifier of {identifier.Length} octets is longer than {MaximumIdentifierLength}.",
                nameof(identifier)
            );
}
