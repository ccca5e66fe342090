using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>An IPv4 packet or a fragment of one, RFC 791, Section 3.1.</summary>
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
/// <param name="Protocol">What <paramref name="Payload"/> is, see <see cref="Ipv4Protocol"/> and <see cref="IpProtocol"/>.</param>
/// <param name="Payload">The upper layer, or of a fragment its part. With the header at most 65535 octets.</param>
/// <exception cref="ArgumentException">An address is not IPv4, or the payload is too long.</exception>
public sealed record Ipv4Packet(IPAddress Source, IPAddress Destination, byte Protocol, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The EtherType of IPv4, RFC 894.</summary>
    public const ushort EtherType = 0x0800;

    /// <summary>Octets of a header without options.</summary>
    public const int MinimumHeaderLength = 20;

    /// <summary>Octets of options, at most: IHL 15.</summary>
    public const int MaximumOptionsLength = 40;

    /// <summary>Where the header checksum stands.</summary>
    public const int ChecksumOffset = 10;

    /// <summary>Octets of the longest packet.</summary>
    public const int MaximumLength = ushort.MaxValue;

    private const int Version = 4;
    private const int LengthUnit = 4;
    private const int TypeOfServiceOffset = 1;
    private const int TotalLengthOffset = 2;
    private const int IdentificationOffset = 4;
    private const int FragmentOffsetOffset = 6;
    private const int TimeToLiveOffset = 8;
    private const int ProtocolOffset = 9;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;
    private const ushort DontFragmentBit = 0x4000;
    private const ushort MoreFragmentsBit = 0x2000;
    private const ushort FragmentOffsetMask = 0x1fff;
    private const int FragmentUnit = 8;
    private const byte EcnMask = 0x03;

    public IPAddress Source
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Source);

    public IPAddress Destination
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Destination);

    public ReadOnlyMemory<byte> Payload
    {
        get;
        init => field = RequireRoom(value, Options.Length);
    } = RequireRoom(Payload, 0);

    /// <summary>The six bits of RFC 2474 and the two of <see cref="Ecn"/>.</summary>
    public byte TypeOfService { get; init; }

    public ushort Identification { get; init; }

    public bool DontFragment { get; init; }

    public bool MoreFragments { get; init; }

    /// <summary>Octets of the whole payload before this part of it: a multiple of 8, 0-65528.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public int FragmentOffset
    {
        get;
        init =>
            field =
                value % FragmentUnit == 0 && value is >= 0 and <= FragmentOffsetMask * FragmentUnit
                    ? value
                    : throw new ArgumentException($"A fragment offset of {value} is no multiple of 8 up to 65528.", nameof(value));
    }

    public byte TimeToLive { get; init; } = 64;

    /// <summary>Everything between the destination address and the payload, padding included: a multiple of 4 octets, at most 40.</summary>
    /// <exception cref="ArgumentException">It has another length, or the packet would get too long.</exception>
    public OctetString Options
    {
        get;
        init
        {
            if (value.Length % LengthUnit != 0 || value.Length > MaximumOptionsLength)
            {
                throw new ArgumentException(
                    $"Options of {value.Length} octets are no multiple of 4 up to {MaximumOptionsLength}.",
                    nameof(value)
                );
            }
            RequireRoom(Payload, value.Length);
            field = value;
        }
    }

    public Ecn Ecn => (Ecn)(TypeOfService & EcnMask);

    /// <summary>A part of a packet, the first or last one too.</summary>
    public bool IsFragment => MoreFragments || FragmentOffset != 0;

    /// <summary>Octets of the header with its options.</summary>
    public int HeaderLength => MinimumHeaderLength + Options.Length;

    /// <summary>Octets of the whole packet.</summary>
    public int Length => HeaderLength + Payload.Length;

    /// <summary>
    /// Reads a packet. Octets behind the total length, as Ethernet pads with, are cut off; the reserved flag is ignored and
    /// the header checksum not judged: see <see cref="HasValidChecksum"/>.
    /// </summary>
    /// <param name="error"><c>Truncated</c>, <c>Version</c>, <c>HeaderLength</c> (less than 20 octets) or <c>TotalLength</c> (less than the header's).</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Ipv4Packet? packet,
        [NotNullWhen(false)] out WireError? error
    )
    {
        packet = null;
        error = Check(bytes.Span);
        if (error is not null)
        {
            return false;
        }

        var header = bytes.Span;
        var headerLength = HeaderLengthOf(header);
        var totalLength = BinaryPrimitives.ReadUInt16BigEndian(header[TotalLengthOffset..]);
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(header[FragmentOffsetOffset..]);
        packet = new Ipv4Packet(
            Ipv4Octets.Read(header[SourceOffset..]),
            Ipv4Octets.Read(header[DestinationOffset..]),
            header[ProtocolOffset],
            bytes[headerLength..totalLength]
        )
        {
            TypeOfService = header[TypeOfServiceOffset],
            Identification = BinaryPrimitives.ReadUInt16BigEndian(header[IdentificationOffset..]),
            DontFragment = (fragment & DontFragmentBit) != 0,
            MoreFragments = (fragment & MoreFragmentsBit) != 0,
            FragmentOffset = (fragment & FragmentOffsetMask) * FragmentUnit,
            TimeToLive = header[TimeToLiveOffset],
            Options = new OctetString(header[MinimumHeaderLength..headerLength]),
        };
        return true;
    }

    /// <summary>Whether the header's checksum is right. Fewer octets than the header's have none.</summary>
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
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        bytes[0] = (byte)((Version << 4) | (HeaderLength / LengthUnit));
        bytes[TypeOfServiceOffset] = TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(TotalLengthOffset), (ushort)Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(IdentificationOffset), Identification);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FragmentOffsetOffset), FragmentField);
        bytes[TimeToLiveOffset] = TimeToLive;
        bytes[ProtocolOffset] = Protocol;
        Ipv4Octets.Write(Source, bytes.AsSpan(SourceOffset));
        Ipv4Octets.Write(Destination, bytes.AsSpan(DestinationOffset));
        Options.Span.CopyTo(bytes.AsSpan(MinimumHeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ChecksumOffset), InternetChecksum.Compute(bytes.AsSpan(0, HeaderLength)));
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    public Ipv4Packet WithEcn(Ecn ecn) => this with { TypeOfService = (byte)((TypeOfService & ~EcnMask) | ((byte)ecn & EcnMask)) };

    /// <summary>The upper layer of a whole packet.</summary>
    /// <param name="upper">Its offset is from the start of the IPv4 header; it has no extension headers.</param>
    /// <param name="error"><c>Fragment</c>, at the fragment offset: a part of a packet has no upper layer, the first part neither.</param>
    public bool TryGetUpperLayer([NotNullWhen(true)] out UpperLayer? upper, [NotNullWhen(false)] out WireError? error)
    {
        (upper, error) = (null, null);
        if (IsFragment)
        {
            error = new WireError(
                FragmentOffsetOffset,
                "Fragment",
                $"a fragment from {FragmentOffset} octets on, {(MoreFragments ? "more" : "no more")} behind it"
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
        && TypeOfService == other.TypeOfService
        && Identification == other.Identification
        && FragmentField == other.FragmentField
        && TimeToLive == other.TimeToLive
        && Options == other.Options
        && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Source);
        hash.Add(Destination);
        hash.Add(Protocol);
        hash.Add(TypeOfService);
        hash.Add(Identification);
        hash.Add(FragmentField);
        hash.Add(TimeToLive);
        hash.Add(Options);
        hash.AddBytes(Payload.Span);
        return hash.ToHashCode();
    }

    private ushort FragmentField =>
        (ushort)((DontFragment ? DontFragmentBit : 0) | (MoreFragments ? MoreFragmentsBit : 0) | (FragmentOffset / FragmentUnit));

    private static int HeaderLengthOf(ReadOnlySpan<byte> bytes) => LengthUnit * (bytes[0] & 0x0f);

    private static WireError? Check(ReadOnlySpan<byte> bytes)
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

        var total = BinaryPrimitives.ReadUInt16BigEndian(bytes[TotalLengthOffset..]);
        if (total < header)
        {
            return new WireError(TotalLengthOffset, "TotalLength", $"{total} octets, less than the {header} of the header");
        }
        return bytes.Length < total ? WireError.Truncated(TotalLengthOffset, total, bytes.Length) : null;
    }

    private static ReadOnlyMemory<byte> RequireRoom(ReadOnlyMemory<byte> payload, int options) =>
        MinimumHeaderLength + options + payload.Length <= MaximumLength
            ? payload
            : throw new ArgumentException(
                $"A packet of {MinimumHeaderLength + options + payload.Length} octets is longer than {MaximumLength}.",
                nameof(payload)
            );
}
