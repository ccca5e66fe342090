namespace Pmip.Wire;

/// <summary>GRE Key option, RFC 5845, Section 6.1. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 33   | Length = 2, 6 |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// |                 GRE Key Identifier, length 6                  |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Key">The downlink or the uplink key; null requests GRE without keys.</param>
public sealed record GreKeyOption(uint? Key) : MobilityOption
{
    public override byte Type => (byte)MobilityOptionType.GreKey;

    public override int DataLength => GreKeyFormat.LengthOf(Key);

    public override (int Multiple, int Offset) Alignment => GreKeyFormat.Alignment;

    public override void WriteData(Span<byte> destination) => GreKeyFormat.Write(destination, Key);
}
