using System.Net;

namespace Pmip.Wire;

/// <summary>IPv4 Home Address Reply option, RFC 5844, Section 3.3.2. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+-----------+---+
/// |   Type = 37   |  Length = 6   |    Status     |Prefix-len |Res|
/// +---------------+---------------+---------------+-----------+---+
/// |                       IPv4 Home Address                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Status">Values from 128 on mean that no address was assigned.</param>
/// <param name="PrefixLength">0-32 bits.</param>
/// <exception cref="ArgumentException">The address is not IPv4, or the prefix length is greater than 32.</exception>
public sealed record Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus Status, byte PrefixLength, IPAddress HomeAddress)
    : MobilityOption
{
    public byte PrefixLength
    {
        get;
        init => field = Ipv4PrefixLength.Require(value);
    } = Ipv4PrefixLength.Require(PrefixLength);

    public IPAddress HomeAddress
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(HomeAddress);

    public override byte Type => (byte)MobilityOptionType.Ipv4HomeAddressReply;

    public override int DataLength => Ipv4AddressStatusData.Length;

    public override (int Multiple, int Offset) Alignment => Ipv4AddressStatusData.Alignment;

    public override void WriteData(Span<byte> destination)
    {
        Span<byte> address = stackalloc byte[Ipv4Octets.Length];
        Ipv4Octets.Write(HomeAddress, address);
        Ipv4AddressStatusData.Write(destination, (byte)Status, PrefixLength, address);
    }
}
