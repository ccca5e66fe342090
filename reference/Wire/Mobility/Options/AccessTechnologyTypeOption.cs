namespace Pmip.Wire;

/// <summary>Access Technology Type option, RFC 5213, Section 8.5. No alignment.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Type = 24   |  Length = 2   |   Reserved    |      ATT      |
/// +---------------+---------------+---------------+---------------+
/// </code></remarks>
public sealed record AccessTechnologyTypeOption(AccessTechnologyType Value) : MobilityOption
{
    public override byte Type => (byte)MobilityOptionType.AccessTechnologyType;

    public override int DataLength => IndicatorFormat.Length;

    public override (int Multiple, int Offset) Alignment => IndicatorFormat.Alignment;

    public override void WriteData(Span<byte> destination) => IndicatorFormat.Write(destination, (byte)Value);
}
