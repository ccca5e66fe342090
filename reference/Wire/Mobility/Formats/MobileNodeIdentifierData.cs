namespace Pmip.Wire;

/// <summary>The data of a Mobile Node Identifier option in place, RFC 4283, Section 3.</summary>
public readonly ref struct MobileNodeIdentifierData
{
    private const int SubtypeOffset = 0;

    internal const int IdentifierOffset = 1;

    private readonly ReadOnlySpan<byte> _data;

    internal MobileNodeIdentifierData(ReadOnlySpan<byte> data) => _data = data;

    /// <summary><see cref="MobileNodeIdentifierOption.NaiSubtype"/> for a NAI.</summary>
    public byte Subtype => _data[SubtypeOffset];

    /// <summary>The identifier, up to the end of the option.</summary>
    public ReadOnlySpan<byte> Identifier => _data[IdentifierOffset..];

    internal static (int Multiple, int Offset) Alignment => OptionPadding.AnyAlignment;

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.CheckFrom(data, IdentifierOffset);

    internal static void Write(Span<byte> data, byte subtype, ReadOnlySpan<byte> identifier)
    {
        data[SubtypeOffset] = subtype;
        identifier.CopyTo(data[IdentifierOffset..]);
    }
}
