using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Vendor-Specific mobility option, RFC 5094, Section 3. Alignment 4n+2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 19   |    Length     |
/// +-------------------------------+---------------+---------------+
/// |                           Vendor ID                           |
/// +---------------+------------------------------------------------
/// |   Sub-Type    |   Data ...
/// +---------------+------------------------------------------------
/// </code></remarks>
/// <param name="VendorId">A Private Enterprise Number.</param>
/// <param name="Subtype">Defined by the vendor, as is the data.</param>
/// <param name="Data">At most 250 octets.</param>
/// <exception cref="ArgumentException">The data is longer.</exception>
public sealed record VendorSpecificOption(uint VendorId, byte Subtype, OctetString Data) : MobilityOption
{
    private const int VendorIdOffset = 0;
    private const int SubtypeOffset = 4;
    private const int DataOffset = 5;

    public OctetString Data
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Data);

    public override byte Type => (byte)MobilityOptionType.VendorSpecific;

    public override int DataLength => DataOffset + Data.Length;

    public override (int Multiple, int Offset) Alignment => (4, 2);

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination[VendorIdOffset..], VendorId);
        destination[SubtypeOffset] = Subtype;
        Data.Span.CopyTo(destination[DataOffset..]);
    }

    internal static VendorSpecificOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLengthFrom(data, DataOffset, out error)
            ? new VendorSpecificOption(
                BinaryPrimitives.ReadUInt32BigEndian(data[VendorIdOffset..]),
                data[SubtypeOffset],
                new OctetString(data[DataOffset..])
            )
            : null;

    private static OctetString RequireLength(OctetString data) =>
        data.Length <= MaximumDataLength - DataOffset
            ? data
            : throw new ArgumentException(
                $"Vendor data of {data.Length} octets is longer than {MaximumDataLength - DataOffset}.",
                nameof(data)
            );
}
