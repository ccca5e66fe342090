using System.Net;

namespace Pmip.Wire;

/// <summary>IPv4 Address Acknowledgement option, RFC 5555, Section 3.2.1. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+-----------+---+
/// |   Type = 30   |  Length = 6   |    Status     |Prefix-len |Res|
/// +---------------+---------------+---------------+-----------+---+
/// |                       IPv4 Home Address                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Status">Values from 128 on mean that no address was assigned.</param>
/// <param name="PrefixLength">0-32 bits.</param>
/// <exception cref="ArgumentException">The address is not IPv4, or the prefix length is greater than 32.</exception>
public sealed record Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus Status, byte PrefixLength, IPAddress HomeAddress)
    : MobilityOption
{
    private const int StatusOffset = 0;
    private const int PrefixLengthOffset = 1;
    private const int HomeAddressOffset = 2;
    private const int FixedDataLength = HomeAddressOffset + Ipv4Octets.Length;

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

    public override byte Type => (byte)MobilityOptionType.Ipv4AddressAcknowledgement;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => (4, 0);

    public override void WriteData(Span<byte> destination)
    {
        destination[StatusOffset] = (byte)Status;
        destination[PrefixLengthOffset] = Ipv4PrefixLength.ToField(PrefixLength);
        Ipv4Octets.Write(HomeAddress, destination[HomeAddressOffset..]);
    }

    internal static Ipv4AddressAcknowledgementOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) && Ipv4PrefixLength.TryRead(data, PrefixLengthOffset, out var prefixLength, out error)
            ? new Ipv4AddressAcknowledgementOption(
                (Ipv4AddressAcknowledgementStatus)data[StatusOffset],
                prefixLength,
                Ipv4Octets.Read(data[HomeAddressOffset..])
            )
            : null;
}
