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
    public override byte Type => (byte)MobilityOptionType.HandoffIndicator;

    public override int DataLength => IndicatorFormat.Length;

    public override (int Multiple, int Offset) Alignment => IndicatorFormat.Alignment;

    public override void WriteData(Span<byte> destination) => IndicatorFormat.Write(destination, (byte)Value);
}
