using System.Buffers.Binary;
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
    private const int ReservedOffset = 0;
    private const int AddressOffset = 2;
    private const int FixedDataLength = AddressOffset + Ipv4Octets.Length;

    public IPAddress Address
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Address);

    public override byte Type => (byte)MobilityOptionType.Ipv4CareOfAddress;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => (4, 0);

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[ReservedOffset..], 0);
        Ipv4Octets.Write(Address, destination[AddressOffset..]);
    }

    internal static Ipv4CareOfAddressOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error) ? new Ipv4CareOfAddressOption(Ipv4Octets.Read(data[AddressOffset..])) : null;
}
