namespace Pmip.Wire;

/// <summary>Timestamp option, RFC 5213, Section 8.8. Alignment 8n+2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 27   |  Length = 8   |
/// +-------------------------------+---------------+---------------+
/// |                        Timestamp (8)                          |
/// +---------------------------------------------------------------+
/// </code></remarks>
public sealed record TimestampOption(Timestamp Value) : MobilityOption
{
    public override byte Type => (byte)MobilityOptionType.Timestamp;

    public override int DataLength => TimestampFormat.Length;

    public override (int Multiple, int Offset) Alignment => TimestampFormat.Alignment;

    public override void WriteData(Span<byte> destination) => TimestampFormat.Write(destination, Value);
}
