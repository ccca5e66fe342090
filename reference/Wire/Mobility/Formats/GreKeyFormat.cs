using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a GRE Key option, RFC 5845, Section 6.1: Reserved, and the key if there is one.</summary>
internal static class GreKeyFormat
{
    private const int ReservedOffset = 0;
    private const int KeyOffset = 2;
    private const int LengthWithKey = KeyOffset + sizeof(uint);

    internal static (int Multiple, int Offset) Alignment => (4, 0);

    internal static int LengthOf(uint? key) => key is null ? KeyOffset : LengthWithKey;

    internal static WireError? Check(ReadOnlySpan<byte> data) =>
        data.Length is KeyOffset or LengthWithKey ? null : OptionLength.Other(data.Length, "2 or 6");

    internal static uint? Read(ReadOnlySpan<byte> data) =>
        data.Length == LengthWithKey ? BinaryPrimitives.ReadUInt32BigEndian(data[KeyOffset..]) : null;

    internal static void Write(Span<byte> data, uint? key)
    {
        BinaryPrimitives.WriteUInt16BigEndian(data[ReservedOffset..], 0);
        if (key is { } value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data[KeyOffset..], value);
        }
    }
}
