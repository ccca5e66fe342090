using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>An IPv4 packet or fragment, RFC 791, Section 3.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-------+---------------+-------------------------------+
/// |Vers.=4|  IHL  |Type of Service|         Total Length          |
/// +-------+-------+---------------+-+-+-+-------------------------+
/// |        Identification         |0|D|M|     Fragment Offset     |
/// +---------------+---------------+-+-+-+-------------------------+
/// | Time to Live  |   Protocol    |        Header Checksum        |
/// +---------------+---------------+-------------------------------+
/// |                        Source Address                         |
/// +---------------------------------------------------------------+
/// |                      Destination Address                      |
/// +---------------------------------------------------------------+
/// |                         Options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Source">An IPv4 address.</param>
/// <param name="Destination">An IPv4 address.</param>
/// <param name="Protocol">The protocol of <paramref name="Payload"/>, see <see cref="Ipv4Protocol"/> and <see cref="IpProtocol"/>.</param>
/// <param name="Payload">The upper layer, or a part of it in a fragment. Header and payload have at most 65535 octets.</param>
/// <exception cref="ArgumentException">An address is not IPv4, or the payload is too long.</exception>
public sealed record Ipv4Packet(IPAddress Source, IPAddress Destination, byte Protocol, ReadOnlyMemory<byte> Payload) : IpPacket
{
    /// <summary>The EtherType of IPv4, RFC 894.</summary>
    public const ushort EtherType = 0x0800;

    /// <summary>Length of a header without options in octets.</summary>
    public const int MinimumHeaderLength = 20;

    /// <summary>Maximum length of the options in octets: IHL 15.</summary>
    public const int MaximumOptionsLength = 40;

    /// <summary>Offset of the header checksum.</summary>
    public const int ChecksumOffset = 10;

    /// <summary>Maximum length of a packet in octets.</summary>
    public const int MaximumLength = ushort.MaxValue;

    private const int Version = 4;
    private const int LengthUnit = 4;
    private const int TrafficClassOffset = 1;
    private const int TotalLengthOffset = 2;
    private const int IdentificationOffset = 4;
    private const int FragmentOffsetOffset = 6;
    private const int HopLimitOffset = 8;
    private const int ProtocolOffset = 9;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;
    private const ushort DontFragmentBit = 0x4000;
    private const ushort MoreFragmentsBit = 0x2000;
    private const ushort FragmentOffsetMask = 0x1fff;
    private const int FragmentUnit = 8;

    public override IPAddress Source
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Source);

    public override IPAddress Destination
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Destination);

    public override ReadOnlyMemory<byte> Payload
    {
        get;
        init => field = RequireRoom(value, Options.Length);
    } = RequireRoom(Payload, 0);

    public override byte Protocol { get; init; } = Protocol;

    public ushort Identification { get; init; }

    public bool DontFragment { get; init; }

    public bool MoreFragments { get; init; }

    /// <summary>Offset of this fragment in the payload of the whole packet, in octets: a multiple of 8, 0-65528.</summary>
    /// <exception cref="ArgumentException">The value is not such an offset.</exception>
    public int FragmentOffset
    {
        get;
        init =>
            field =
                value % FragmentUnit == 0 && value is >= 0 and <= FragmentOffsetMask * FragmentUnit
                    ? value
                    : throw new ArgumentException($"A fragment offset is a multiple of 8, at most 65528, not {value}.", nameof(value));
    }

    /// <summary>The octets between the destination address and the payload, including padding: a multiple of 4, at most 40.</summary>
    /// <exception cref="ArgumentException">The options have a different length, or the packet would be too long.</exception>
    public OctetString Options
    {
        get;
        init
        {
            if (value.Length % LengthUnit != 0 || value.Length > MaximumOptionsLength)
            {
                throw new ArgumentException(
                    $"Options have a multiple of 4 octets, at most {MaximumOptionsLength}, not {value.Length}.",
                    nameof(value)
                );
            }
            RequireRoom(Payload, value.Length);
            field = value;
        }
    }

    /// <summary>Whether this is a fragment, including the first and the last fragment.</summary>
    public bool IsFragment => MoreFragments || FragmentOffset != 0;

    /// <summary>Length of the header with its options in octets.</summary>
    public int HeaderLength => MinimumHeaderLength + Options.Length;

    public override int Length => HeaderLength + Payload.Length;

    /// <summary>
    /// Reads a packet. Octets after the total length, such as Ethernet padding, and the reserved flag are ignored. The header checksum
    /// is not verified: see <see cref="HasValidChecksum"/>.
    /// </summary>
    /// <param name="error">
    /// <c>Truncated</c>, <c>Version</c>, <c>HeaderLength</c> (less than 20 octets) or <c>TotalLength</c> (less than the header
    /// length).
    /// </param>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Ipv4Packet? packet,
        [NotNullWhen(false)] out WireError? error
    )
    {
        packet = null;
        error = CheckHeader(bytes.Span) ?? CheckExtent(bytes.Span);
        if (error is not null)
        {
            return false;
        }

        packet = Read(bytes, TotalLengthOf(bytes.Span));
        return true;
    }

    /// <summary>See <see cref="IpPacket.TryParseQuoted"/>.</summary>
    internal static (IpPacket? Packet, int Length) ReadQuoted(ReadOnlyMemory<byte> bytes) =>
        CheckHeader(bytes.Span) is null && bytes.Length >= HeaderLengthOf(bytes.Span)
            ? (Read(bytes, Math.Min(TotalLengthOf(bytes.Span), bytes.Length)), TotalLengthOf(bytes.Span))
            : default;

    /// <summary>Whether the header checksum is correct; false for fewer octets than a header.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumHeaderLength)
        {
            return false;
        }
        var headerLength = HeaderLengthOf(bytes);
        return headerLength >= MinimumHeaderLength && headerLength <= bytes.Length && InternetChecksum.Compute(bytes[..headerLength]) == 0;
    }

    /// <summary>The packet with its header checksum.</summary>
    public override byte[] ToBytes()
    {
        var bytes = new byte[Length];
        bytes[0] = (byte)((Version << 4) | (HeaderLength / LengthUnit));
        bytes[TrafficClassOffset] = TrafficClass;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(TotalLengthOffset), (ushort)Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(IdentificationOffset), Identification);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FragmentOffsetOffset), FragmentField);
        bytes[HopLimitOffset] = HopLimit;
        bytes[ProtocolOffset] = Protocol;
        Ipv4Octets.Write(Source, bytes.AsSpan(SourceOffset));
        Ipv4Octets.Write(Destination, bytes.AsSpan(DestinationOffset));
        Options.Span.CopyTo(bytes.AsSpan(MinimumHeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ChecksumOffset), InternetChecksum.Compute(bytes.AsSpan(0, HeaderLength)));
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    public override Ipv4Packet WithEcn(Ecn ecn) => this with { TrafficClass = TrafficClassWith(ecn) };

    /// <summary>The upper layer of a whole packet.</summary>
    /// <param name="upper">The upper layer, with an offset from the start of the IPv4 header and without extension headers.</param>
    /// <param name="error"><c>Fragment</c>, at the Fragment Offset field: the packet is a fragment, including the first fragment.</param>
    public bool TryGetUpperLayer([NotNullWhen(true)] out UpperLayer? upper, [NotNullWhen(false)] out WireError? error)
    {
        (upper, error) = (null, null);
        if (IsFragment)
        {
            error = new WireError(
                FragmentOffsetOffset,
                "Fragment",
                $"fragment at offset {FragmentOffset} octets, {(MoreFragments ? "more" : "no more")} fragments follow"
            );
            return false;
        }

        upper = new UpperLayer(Protocol, HeaderLength, Payload, []);
        return true;
    }

    /// <summary>Packets are equal when their octets are.</summary>
    public bool Equals(Ipv4Packet? other) =>
        other is not null
        && Source.Equals(other.Source)
        && Destination.Equals(other.Destination)
        && Protocol == other.Protocol
        && TrafficClass == other.TrafficClass
        && Identification == other.Identification
        && FragmentField == other.FragmentField
        && HopLimit == other.HopLimit
        && Options == other.Options
        && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Source);
        hash.Add(Destination);
        hash.Add(Protocol);
        hash.Add(TrafficClass);
        hash.Add(Identification);
        hash.Add(FragmentField);
        hash.Add(HopLimit);
        hash.Add(Options);
        hash.AddBytes(Payload.Span);
        return hash.ToHashCode();
    }

    private ushort FragmentField =>
        (ushort)((DontFragment ? DontFragmentBit : 0) | (MoreFragments ? MoreFragmentsBit : 0) | (FragmentOffset / FragmentUnit));

    private static int HeaderLengthOf(ReadOnlySpan<byte> bytes) => LengthUnit * (bytes[0] & 0x0f);

    private static int TotalLengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[TotalLengthOffset..]);

    private static Ipv4Packet Read(ReadOnlyMemory<byte> bytes, int end)
    {
        var header = bytes.Span;
        var headerLength = HeaderLengthOf(header);
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(header[FragmentOffsetOffset..]);
        return new Ipv4Packet(
            Ipv4Octets.Read(header[SourceOffset..]),
            Ipv4Octets.Read(header[DestinationOffset..]),
            header[ProtocolOffset],
            bytes[headerLength..end]
        )
        {
            TrafficClass = header[TrafficClassOffset],
            Identification = BinaryPrimitives.ReadUInt16BigEndian(header[IdentificationOffset..]),
            DontFragment = (fragment & DontFragmentBit) != 0,
            MoreFragments = (fragment & MoreFragmentsBit) != 0,
            FragmentOffset = (fragment & FragmentOffsetMask) * FragmentUnit,
            HopLimit = header[HopLimitOffset],
            Options = new OctetString(header[MinimumHeaderLength..headerLength]),
        };
    }

    private static WireError? CheckHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumHeaderLength)
        {
            return WireError.Truncated(bytes.Length, MinimumHeaderLength, bytes.Length);
        }
        if (bytes[0] >> 4 != Version)
        {
            return new WireError(0, "Version", $"version {bytes[0] >> 4}, not {Version}");
        }

        var header = HeaderLengthOf(bytes);
        if (header < MinimumHeaderLength)
        {
            return new WireError(0, "HeaderLength", $"{header} octets, less than {MinimumHeaderLength}");
        }
        return TotalLengthOf(bytes) < header
            ? new WireError(TotalLengthOffset, "TotalLength", $"{TotalLengthOf(bytes)} octets, less than the {header} of the header")
            : null;
    }

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes) =>
        bytes.Length < TotalLengthOf(bytes) ? WireError.Truncated(TotalLengthOffset, TotalLengthOf(bytes), bytes.Length) : null;

    private static ReadOnlyMemory<byte> RequireRoom(ReadOnlyMemory<byte> payload, int options) =>
        MinimumHeaderLength + options + payload.Length <= MaximumLength
            ? payload
            : throw new ArgumentException(
                $"A packet of {MinimumHeaderLength + options + payload.Length} octets is longer than {MaximumLength}.",
                nameof(payload)
            );
}
