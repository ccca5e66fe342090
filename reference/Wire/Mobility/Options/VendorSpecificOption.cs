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
    public OctetString Data
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Data);

    public override byte Type => (byte)MobilityOptionType.VendorSpecific;

    public override int DataLength => VendorSpecificData.ContentOffset + Data.Length;

    public override (int Multiple, int Offset) Alignment => VendorSpecificData.Alignment;

    public override void WriteData(Span<byte> destination) => VendorSpecificData.Write(destination, VendorId, Subtype, Data.Span);

    private static OctetString RequireLength(OctetString data) =>
        data.Length <= MaximumDataLength - VendorSpecificData.ContentOffset
            ? data
            : throw new ArgumentException(
                $"Vendor data of {data.Length} octets is longer than {MaximumDataLength - VendorSpecificData.ContentOffset}.",
                nameof(data)
            );
}
