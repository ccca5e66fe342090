using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of a Binding Refresh Advice option, RFC 6275, Section 6.2.4: the interval in units of 4 seconds.</summary>
internal static class BindingRefreshAdviceFormat
{
    internal const int Length = sizeof(ushort);

    internal static (int Multiple, int Offset) Alignment => (2, 0);

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static ushort Read(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);

    internal static void Write(Span<byte> data, ushort refreshIntervalUnits) =>
        BinaryPrimitives.WriteUInt16BigEndian(data, refreshIntervalUnits);
}
