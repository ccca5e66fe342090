using System.Buffers.Binary;

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
    private const int ReservedOffset = 0;
    private const int KeyOffset = 2;
    private const int LengthWithKey = KeyOffset + sizeof(uint);

    public override byte Type => (byte)MobilityOptionType.GreKey;

    public override int DataLength => Key is null ? KeyOffset : LengthWithKey;

    public override (int Multiple, int Offset) Alignment => (4, 0);

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[ReservedOffset..], 0);
        if (Key is { } key)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[KeyOffset..], key);
        }
    }

    internal static GreKeyOption? ReadData(ReadOnlySpan<byte> data, out WireError? error)
    {
        error = data.Length is KeyOffset or LengthWithKey ? null : OtherLength(data, "2 or 6");
        if (error is not null)
        {
            return null;
        }
        return new GreKeyOption(data.Length == LengthWithKey ? BinaryPrimitives.ReadUInt32BigEndian(data[KeyOffset..]) : null);
    }
}
