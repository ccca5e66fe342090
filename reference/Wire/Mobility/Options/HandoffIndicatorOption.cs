namespace Pmip.Wire;

/// <summary>Handoff Indicator option, RFC 5213, Section 8.4. No alignment.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Type = 23   |  Length = 2   |   Reserved    |      HI       |
/// +---------------+---------------+---------------+---------------+
/// </code></remarks>
public sealed record HandoffIndicatorOption(HandoffIndicator Value) : MobilityOption
{
    private const int ReservedOffset = 0;
    private const int ValueOffset = 1;
    private const int FixedDataLength = 2;

    public override byte Type => (byte)MobilityOptionType.HandoffIndicator;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => AnyAlignment;

    public override void WriteData(Span<byte> destination)
    {
        destination[ReservedOffset] = 0;
        destination[ValueOffset] = (byte)Value;
    }

    internal static HandoffIndicatorOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) ? new HandoffIndicatorOption((HandoffIndicator)data[ValueOffset]) : null;
}
