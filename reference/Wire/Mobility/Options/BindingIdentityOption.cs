using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>
/// The common part of the two editions of the option that identifies a binding of a mobile node. The flags octet differs: the same bit
/// has different meanings in <see cref="BindingIdentifierOption"/> and <see cref="BindingUniqueIdentifierOption"/>.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |     Type      |    Length     |
/// +-------------------------------+---------------+---------------+
/// |       Binding ID (BID)        |    Status     |     Flags     |
/// +-------------------------------+---------------+---------------+
/// |               Care-of Address (0, 4 or 16) ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="BindingId">1-65535; zero is reserved, but preserved.</param>
/// <param name="Status">The status of this binding in a Binding Acknowledgement; with zero, the status of the message applies.</param>
public abstract record BindingIdentityOption(ushort BindingId, BindingStatus Status) : MobilityOption
{
    private const int BindingIdOffset = 0;
    private const int StatusOffset = 2;
    private protected const int FlagsOffset = 3;
    private const int CareOfAddressOffset = 4;

    private protected const int LengthWithoutAddress = CareOfAddressOffset;
    private protected const int LengthWithIpv4Address = CareOfAddressOffset + Ipv4Octets.Length;
    private protected const int LengthWithIpv6Address = CareOfAddressOffset + Ipv6Octets.Length;

    /// <summary>The care-of address, or null if the option has none.</summary>
    public abstract IPAddress? CareOfAddress { get; init; }

    public override int DataLength => CareOfAddressOffset + (CareOfAddress is { } address ? AddressLength(address) : 0);

    /// <summary>
    /// RFC 5648, Section 4.3: 2n, or 8n+2 with a care-of address. The draft does not specify an alignment; RFC 6275, Section 6.2, gives
    /// its fields the same natural boundaries.
    /// </summary>
    public override (int Multiple, int Offset) Alignment => CareOfAddress is null ? (2, 0) : (8, 2);

    /// <summary>The octet after the status, with reserved bits of zero.</summary>
    private protected abstract byte Flags { get; }

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[BindingIdOffset..], BindingId);
        destination[StatusOffset] = (byte)Status;
        destination[FlagsOffset] = Flags;
        CareOfAddress?.TryWriteBytes(destination[CareOfAddressOffset..], out _);
    }

    private protected static (ushort BindingId, BindingStatus Status, byte Flags, IPAddress? CareOfAddress) ReadFields(
        ReadOnlySpan<byte> data
    ) =>
        (
            BinaryPrimitives.ReadUInt16BigEndian(data[BindingIdOffset..]),
            (BindingStatus)data[StatusOffset],
            data[FlagsOffset],
            data.Length == LengthWithoutAddress ? null : new IPAddress(data[CareOfAddressOffset..])
        );

    private static int AddressLength(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? Ipv4Octets.Length : Ipv6Octets.Length;
}
