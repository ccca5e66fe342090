using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>An IPv6 packet, RFC 8200, Section 3. Jumbograms (RFC 2675) are not supported.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+---------------+---------------------------------------+
/// |Vers.=6| Traffic Class |           Flow Label                  |
/// +-------+---------------+-------+---------------+---------------+
/// |         Payload Length        |  Next Header  |   Hop Limit   |
/// +-------------------------------+---------------+---------------+
/// |                      Source Address (16)                      |
/// +---------------------------------------------------------------+
/// |                   Destination Address (16)                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Source">An IPv6 address; its scope is dropped.</param>
/// <param name="Destination">An IPv6 address; its scope is dropped.</param>
/// <param name="NextHeader">The type of the first header in <paramref name="Payload"/>, see <see cref="IpProtocol"/>.</param>
/// <param name="Payload">Extension headers and upper layer, at most 65535 octets.</param>
/// <exception cref="ArgumentException">An address is not IPv6, or the payload is too long.</exception>
public sealed record Ipv6Packet(IPAddress Source, IPAddress Destination, byte NextHeader, ReadOnlyMemory<byte> Payload) : IpPacket
{
    public const int HeaderLength = 40;

    /// <summary>RFC 8200, Section 5: the minimum MTU of an IPv6 link in octets.</summary>
    public const int MinimumMtu = 1280;

    private const int Version = 6;
    private const int PayloadLengthOffset = 4;
    private const int NextHeaderOffset = 6;
    private const int HopLimitOffset = 7;
    private const int SourceOffset = 8;
    private const int DestinationOffset = 24;
    private const uint MaximumFlowLabel = 0xfffff;

    public override IPAddress Source
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Source);

    public override IPAddress Destination
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Destination);

    public override ReadOnlyMemory<byte> Payload
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Payload);

    public override byte Protocol
    {
        get => NextHeader;
        init => NextHeader = value;
    }

    /// <summary>20 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value has more bits.</exception>
    public uint FlowLabel
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumFlowLabel);
            field = value;
        }
    }

    public override int Length => HeaderLength + Payload.Length;

    /// <summary>Reads a packet. Octets after the payload, such as Ethernet padding, are ignored.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Ipv6Packet? packet,
        [NotNullWhen(false)] out WireError? error
    )
    {
        packet = null;
        error = CheckHeader(bytes.Span) ?? CheckExtent(bytes.Span);
        if (error is not null)
        {
            return false;
        }

        packet = Read(bytes, AnnouncedLength(bytes.Span));
        return true;
    }

    /// <summary>See <see cref="IpPacket.TryParseQuoted"/>.</summary>
    internal static (IpPacket? Packet, int Length) ReadQuoted(ReadOnlyMemory<byte> bytes) =>
        CheckHeader(bytes.Span) is null
            ? (Read(bytes, Math.Min(AnnouncedLength(bytes.Span), bytes.Length)), AnnouncedLength(bytes.Span))
            : default;

    public override byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ((uint)Version << 28) | ((uint)TrafficClass << 20) | FlowLabel);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(PayloadLengthOffset), (ushort)Payload.Length);
        bytes[NextHeaderOffset] = NextHeader;
        bytes[HopLimitOffset] = HopLimit;
        Ipv6Octets.Write(Source, bytes.AsSpan(SourceOffset));
        Ipv6Octets.Write(Destination, bytes.AsSpan(DestinationOffset));
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    public override Ipv6Packet WithEcn(Ecn ecn) => this with { TrafficClass = TrafficClassWith(ecn) };

    /// <summary>
    /// Skips hop-by-hop options, routing, destination options and fragment headers, and returns the upper layer.
    /// </summary>
    /// <remarks>
    /// A hop-by-hop options header is recognized only directly after the IPv6 header (RFC 8200, Section 4.1); elsewhere it is treated as
    /// an unknown upper layer. ESP and AH are treated as upper layers.
    /// </remarks>
    /// <param name="upper">The upper layer; also set for a first or only fragment.</param>
    /// <param name="error">
    /// <c>Truncated</c>, or <c>Fragment</c> if the packet is not the first fragment. Offsets count from the start of the IPv6
    /// header.
    /// </param>
    public bool TryGetUpperLayer([NotNullWhen(true)] out UpperLayer? upper, [NotNullWhen(false)] out WireError? error)
    {
        (upper, error) = (null, null);
        var headers = new List<ExtensionHeader>();
        var (type, rest, offset) = (NextHeader, Payload, HeaderLength);
        while (IsWalked(type, offset))
        {
            error = CheckExtension(type, rest.Span, offset, out var length);
            if (error is not null)
            {
                return false;
            }
            headers.Add(new ExtensionHeader(type, offset, rest[..length]));
            (type, rest, offset) = (rest.Span[0], rest[length..], offset + length);
        }

        upper = new UpperLayer(type, offset, rest, headers);
        return true;
    }

    /// <summary>Packets are equal when their octets are.</summary>
    public bool Equals(Ipv6Packet? other) =>
        other is not null
        && Source.Equals(other.Source)
        && Destination.Equals(other.Destination)
        && NextHeader == other.NextHeader
        && TrafficClass == other.TrafficClass
        && FlowLabel == other.FlowLabel
        && HopLimit == other.HopLimit
        && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Source);
        hash.Add(Destination);
        hash.Add(NextHeader);
        hash.Add(TrafficClass);
        hash.Add(FlowLabel);
        hash.Add(HopLimit);
        hash.AddBytes(Payload.Span);
        return hash.ToHashCode();
    }

    private static Ipv6Packet Read(ReadOnlyMemory<byte> bytes, int end)
    {
        var header = bytes.Span;
        var first = BinaryPrimitives.ReadUInt32BigEndian(header);
        return new Ipv6Packet(
            Ipv6Octets.Read(header[SourceOffset..]),
            Ipv6Octets.Read(header[DestinationOffset..]),
            header[NextHeaderOffset],
            bytes[HeaderLength..end]
        )
        {
            TrafficClass = (byte)(first >> 20),
            FlowLabel = first & MaximumFlowLabel,
            HopLimit = header[HopLimitOffset],
        };
    }

    private static int AnnouncedLength(ReadOnlySpan<byte> bytes) =>
        HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[PayloadLengthOffset..]);

    private static WireError? CheckHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return WireError.Truncated(bytes.Length, HeaderLength, bytes.Length);
        }
        return bytes[0] >> 4 == Version ? null : new WireError(0, "Version", $"version {bytes[0] >> 4}, not {Version}");
    }

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes) =>
        bytes.Length < AnnouncedLength(bytes) ? WireError.Truncated(PayloadLengthOffset, AnnouncedLength(bytes), bytes.Length) : null;

    private static bool IsWalked(byte type, int offset) =>
        type switch
        {
            IpProtocol.HopByHop => offset == HeaderLength,
            IpProtocol.Routing or IpProtocol.DestinationOptions or IpProtocol.Fragment => true,
            _ => false,
        };

    private static WireError? CheckExtension(byte type, ReadOnlySpan<byte> rest, int offset, out int length)
    {
        // These headers give their length in units of 8 octets, not including the first; the fragment header has a reserved octet there.
        length = 8;
        if (rest.Length >= 2 && type != IpProtocol.Fragment)
        {
            length += 8 * rest[1];
        }
        if (rest.Length < length)
        {
            return WireError.Truncated(offset, length, rest.Length);
        }

        var fragmentOffset = type == IpProtocol.Fragment ? BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) >> 3 : 0;
        return fragmentOffset == 0
            ? null
            : new WireError(offset, "Fragment", $"fragment at offset {8 * fragmentOffset} octets, not the first fragment");
    }

    private static ReadOnlyMemory<byte> RequireLength(ReadOnlyMemory<byte> payload) =>
        payload.Length <= ushort.MaxValue
            ? payload
            : throw new ArgumentException($"A payload of {payload.Length} octets is longer than 65535.", nameof(payload));
}
