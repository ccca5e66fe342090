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
    private const int ReservedOffset = 0;
    private const int ValueOffset = 1;
    private const int FixedDataLength = 2;

    public override byte Type => (byte)MobilityOptionType.AccessTechnologyType;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => AnyAlignment;

    public override void WriteData(Span<byte> destination)
    {
        destination[ReservedOffset] = 0;
        destination[ValueOffset] = (byte)Value;
    }

    internal static AccessTechnologyTypeOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) ? new AccessTechnologyTypeOption((AccessTechnologyType)data[ValueOffset]) : null;
}
