using System.Net;

namespace Pmip.Wire;

/// <summary>IPv4 Home Address Request option, RFC 5844, Section 3.3.1. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-----------+-------------------+
/// |   Type = 36   |  Length = 6   |Prefix-len |     Reserved      |
/// +---------------+---------------+-----------+-------------------+
/// |                       IPv4 Home Address                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="HomeAddress">The home address; 0.0.0.0 requests an address.</param>
/// <param name="PrefixLength">0-32 bits.</param>
/// <exception cref="ArgumentException">The address is not IPv4, or the prefix length is greater than 32.</exception>
public sealed record Ipv4HomeAddressRequestOption(IPAddress HomeAddress, byte PrefixLength) : MobilityOption
{
    public IPAddress HomeAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(HomeAddress);

    public byte PrefixLength
    {
        get;
        init => field = Ipv4PrefixLength.Require(value);
    } = Ipv4PrefixLength.Require(PrefixLength);

    public override byte Type => (byte)MobilityOptionType.Ipv4HomeAddressRequest;

    public override int DataLength => Ipv4HomeAddressData.Length;

    public override (int Multiple, int Offset) Alignment => Ipv4HomeAddressData.Alignment;

    public override void WriteData(Span<byte> destination)
    {
        Span<byte> address = stackalloc byte[Ipv4Octets.Length];
        Ipv4Octets.Write(HomeAddress, address);
        Ipv4HomeAddressData.Write(destination, PrefixLength, requestsPrefix: false, address);
    }
}
