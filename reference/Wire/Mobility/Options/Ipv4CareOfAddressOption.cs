using System.Net;

namespace Pmip.Wire;

/// <summary>IPv4 Care-of Address option, RFC 5555, Section 3.1.2. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 32   |  Length = 6   |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// |                     IPv4 Care-of Address                      |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <exception cref="ArgumentException">The address is not IPv4.</exception>
public sealed record Ipv4CareOfAddressOption(IPAddress Address) : MobilityOption
{
    public IPAddress Address
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Address);

    public override byte Type => (byte)MobilityOptionType.Ipv4CareOfAddress;

    public override int DataLength => Ipv4AddressFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv4AddressFormat.Alignment;

    public override void WriteData(Span<byte> destination)
    {
        Span<byte> address = stackalloc byte[Ipv4Octets.Length];
        Ipv4Octets.Write(Address, address);
        Ipv4AddressFormat.Write(destination, address);
    }
}
