using System.Net;

namespace Pmip.Wire;

/// <summary>Alternate Care-of Address option, RFC 6275, Section 6.2.5. Alignment 8n+6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 3   |  Length = 16  |
/// +-------------------------------+---------------+---------------+
/// |                Alternate Care-of Address (16)                 |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Address">The care-of address, used instead of the source address of the packet.</param>
/// <exception cref="ArgumentException">The address is not IPv6.</exception>
public sealed record AlternateCareOfAddressOption(IPAddress Address) : MobilityOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Address);

    public override byte Type => (byte)MobilityOptionType.AlternateCareOfAddress;

    public override int DataLength => Ipv6AddressFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv6AddressFormat.Alignment;

    public override void WriteData(Span<byte> destination) => Ipv6AddressFormat.Write(destination, Address);
}
