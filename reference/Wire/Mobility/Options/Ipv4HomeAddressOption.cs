using System.Net;

namespace Pmip.Wire;

/// <summary>IPv4 Home Address option, RFC 5555, Section 3.1.1. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-----------+-+-----------------+
/// |   Type = 29   |  Length = 6   |Prefix-len |P|    Reserved     |
/// +---------------+---------------+-----------+-+-----------------+
/// |                       IPv4 Home Address                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="HomeAddress">The home address; 0.0.0.0 requests an address.</param>
/// <param name="PrefixLength">0-32 bits.</param>
/// <param name="RequestsPrefix">The P flag: a mobile network prefix is requested.</param>
/// <exception cref="ArgumentException">The address is not IPv4, or the prefix length is greater than 32.</exception>
public sealed record Ipv4HomeAddressOption(IPAddress HomeAddress, byte PrefixLength, bool RequestsPrefix) : MobilityOption
{
    private const int PrefixLengthOffset = 0;
    private const byte RequestsPrefixFlag = 0x02;
    private const int ReservedOffset = 1;
    private const int HomeAddressOffset = 2;
    private const int FixedDataLength = HomeAddressOffset + Ipv4Octets.Length;

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

    public override byte Type => (byte)MobilityOptionType.Ipv4HomeAddress;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => (4, 0);

    public override void WriteData(Span<byte> destination)
    {
        destination[PrefixLengthOffset] = Ipv4PrefixLength.ToField(PrefixLength);
        if (RequestsPrefix)
        {
            destination[PrefixLengthOffset] |= RequestsPrefixFlag;
        }
        destination[ReservedOffset] = 0;
        Ipv4Octets.Write(HomeAddress, destination[HomeAddressOffset..]);
    }

    internal static Ipv4HomeAddressOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) && Ipv4PrefixLength.TryRead(data, PrefixLengthOffset, out var prefixLength, out error)
            ? new Ipv4HomeAddressOption(
                Ipv4Octets.Read(data[HomeAddressOffset..]),
                prefixLength,
                (data[PrefixLengthOffset] & RequestsPrefixFlag) != 0
            )
            : null;
}
