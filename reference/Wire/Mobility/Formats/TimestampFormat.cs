using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a Timestamp option, RFC 5213, Section 8.8.</summary>
internal static class TimestampFormat
{
    internal const int Length = sizeof(ulong);

    internal static (int Multiple, int Offset) Alignment => (8, 2);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static Timestamp Read(ReadOnlySpan<byte> data) => new(BinaryPrimitives.ReadUInt64BigEndian(data));

    internal static void Write(Span<byte> data, Timestamp value) => BinaryPrimitives.WriteUInt64BigEndian(data, value.Value);
}
