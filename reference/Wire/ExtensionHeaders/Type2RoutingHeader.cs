using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>Type 2 routing header, RFC 6275, Section 6.4.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |  Next Header  |Hdr Ext Len = 2|Routing Type=2 |Segments Left=1|
/// +---------------+---------------+---------------+---------------+
/// |                           Reserved                            |
/// +---------------------------------------------------------------+
/// |                       Home Address (16)                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="HomeAddress">The home address of the mobile node whose care-of address is the destination of the packet.</param>
/// <exception cref="ArgumentException">The address is not IPv6.</exception>
public sealed record Type2RoutingHeader(byte NextHeader, IPAddress HomeAddress) : WritableExtensionHeader(NextHeader)
{
    public const byte RoutingType = 2;

    public const int RoutingTypeOffset = 2;
    public const int SegmentsLeftOffset = 3;
    public const int ReservedOffset = 4;
    public const int HomeAddressOffset = 8;

    private const byte SegmentsLeft = 1;
    private const int FixedLength = HomeAddressOffset + Ipv6Octets.Length;

    public IPAddress HomeAddress
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(HomeAddress);

    public override byte Type => IpProtocol.Routing;

    public override int Length => FixedLength;

    /// <summary>Reads a header that fills <paramref name="bytes"/>.</summary>
    /// <param name="error">
    /// <c>Truncated</c>; <c>TrailingOctets</c>; <c>RoutingType</c>: not 2; <c>HeaderLength</c>: Hdr Ext Len is not 2;
    /// <c>SegmentsLeft</c>: not 1.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Type2RoutingHeader? header,
        [NotNullWhen(false)] out WireError? error
    )
    {
        error = CheckExtent(bytes) ?? CheckFields(bytes);
        header = error is null ? new Type2RoutingHeader(bytes[NextHeaderOffset], Ipv6Octets.Read(bytes[HomeAddressOffset..])) : null;
        return header is not null;
    }

    private protected override void WriteData(Span<byte> header)
    {
        header[HeaderExtensionLengthOffset] = FixedLength / LengthUnit - 1;
        header[RoutingTypeOffset] = RoutingType;
        header[SegmentsLeftOffset] = SegmentsLeft;
        BinaryPrimitives.WriteUInt32BigEndian(header[ReservedOffset..], 0);
        Ipv6Octets.Write(HomeAddress, header[HomeAddressOffset..]);
    }

    private static WireError? CheckFields(ReadOnlySpan<byte> bytes)
    {
        if (bytes[RoutingTypeOffset] != RoutingType)
        {
            return new WireError(RoutingTypeOffset, "RoutingType", $"Routing Type {bytes[RoutingTypeOffset]}, not {RoutingType}");
        }
        if (bytes.Length != FixedLength)
        {
            return new WireError(HeaderExtensionLengthOffset, "HeaderLength", $"{bytes.Length} octets, not {FixedLength}");
        }
        return bytes[SegmentsLeftOffset] == SegmentsLeft
            ? null
            : new WireError(SegmentsLeftOffset, "SegmentsLeft", $"Segments Left {bytes[SegmentsLeftOffset]}, not {SegmentsLeft}");
    }
}
