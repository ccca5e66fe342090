using System.Net;

namespace Pmip.Wire;

/// <summary>Link-local Address option, RFC 5213, Section 8.7. Alignment 8n+6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 26  |  Length = 16  |
/// +-------------------------------+---------------+---------------+
/// |                    Link-local Address (16)                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Address">
/// The address of the mobile access gateway on the access link; :: requests an address. Any other IPv6 address is preserved.
/// </param>
/// <exception cref="ArgumentException">The address is not IPv6.</exception>
public sealed record LinkLocalAddressOption(IPAddress Address) : MobilityOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Address);

    public override byte Type => (byte)MobilityOptionType.LinkLocalAddress;

    public override int DataLength => Ipv6AddressFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv6AddressFormat.Alignment;

    public override void WriteData(Span<byte> destination) => Ipv6AddressFormat.Write(destination, Address);
}
