namespace Pmip.Wire;

/// <summary>
/// The data of a Handoff Indicator option and of an Access Technology Type option, RFC 5213, Sections 8.4 and 8.5: Reserved, value.
/// </summary>
internal static class IndicatorFormat
{
    private const int ReservedOffset = 0;
    private const int ValueOffset = 1;

    internal const int Length = 2;

    internal static (int Multiple, int Offset) Alignment => OptionPadding.AnyAlignment;

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.Check(data, Length);

    internal static byte Read(ReadOnlySpan<byte> data) => data[ValueOffset];

    internal static void Write(Span<byte> data, byte value)
    {
        data[ReservedOffset] = 0;
        data[ValueOffset] = value;
    }
}
