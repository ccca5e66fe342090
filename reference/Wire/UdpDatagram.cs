using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>A UDP datagram without its checksum, RFC 768; over IPv6, RFC 8200, Section 8.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |          Source Port          |       Destination Port        |
/// +-------------------------------+-------------------------------+
/// |            Length             |           Checksum            |
/// +-------------------------------+-------------------------------+
/// |                         Payload ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Payload">At most 65527 octets.</param>
/// <exception cref="ArgumentException">The payload is longer.</exception>
public sealed record UdpDatagram(ushort SourcePort, ushort DestinationPort, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderLength = 8;

    /// <summary>The length in octets of the longest payload.</summary>
    public const int MaximumPayload = ushort.MaxValue - HeaderLength;

    /// <summary>Offset of the checksum field.</summary>
    public const int ChecksumOffset = 6;

    private const int SourcePortOffset = 0;
    private const int DestinationPortOffset = 2;
    private const int LengthOffset = 4;

    /// <summary>A checksum field of zero means no checksum; a computed checksum of zero is sent as all ones.</summary>
    private const ushort NoChecksum = 0;

    public ReadOnlyMemory<byte> Payload
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Payload);

    /// <summary>Length of the whole datagram in octets.</summary>
    public int Length => HeaderLength + Payload.Length;

    /// <summary>
    /// Reads a datagram. Octets after its length are ignored; the checksum is not verified: see <see cref="HasValidChecksum"/>.
    /// </summary>
    /// <param name="error"><c>Truncated</c>, or <c>Length</c>: less than the 8 octets of the header.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out UdpDatagram? datagram,
        [NotNullWhen(false)] out WireError? error
    )
    {
        datagram = null;
        error = Check(bytes.Span);
        if (error is not null)
        {
            return false;
        }

        var header = bytes.Span;
        datagram = new UdpDatagram(
            BinaryPrimitives.ReadUInt16BigEndian(header[SourcePortOffset..]),
            BinaryPrimitives.ReadUInt16BigEndian(header[DestinationPortOffset..]),
            bytes[HeaderLength..LengthOf(header)]
        );
        return true;
    }

    /// <summary>Reads the ports of a datagram whose header is complete; the payload may be cut, as ICMP errors quote it.</summary>
    public static bool TryReadPorts(ReadOnlySpan<byte> bytes, out ushort source, out ushort destination)
    {
        if (bytes.Length < HeaderLength)
        {
            (source, destination) = (0, 0);
            return false;
        }

        source = BinaryPrimitives.ReadUInt16BigEndian(bytes[SourcePortOffset..]);
        destination = BinaryPrimitives.ReadUInt16BigEndian(bytes[DestinationPortOffset..]);
        return true;
    }

    /// <summary>Whether the datagram has a checksum. A datagram without a checksum is valid over IPv4, but not over IPv6.</summary>
    public static bool HasChecksum(ReadOnlySpan<byte> bytes) =>
        Check(bytes) is null && BinaryPrimitives.ReadUInt16BigEndian(bytes[ChecksumOffset..]) != NoChecksum;

    /// <summary>
    /// Whether the checksum is correct for these addresses, both IPv4 or both IPv6. A datagram without a checksum is valid over IPv4
    /// and invalid over IPv6; octets that are not a datagram are invalid.
    /// </summary>
    public static bool HasValidChecksum(IPAddress source, IPAddress destination, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Check(bytes) is not null)
        {
            return false;
        }
        if (!HasChecksum(bytes))
        {
            return source.AddressFamily == AddressFamily.InterNetwork;
        }
        return ComputeChecksum(source, destination, bytes[..LengthOf(bytes)]) == 0;
    }

    /// <summary>Writes the datagram without a checksum and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"The datagram has {Length} octets, the destination {destination.Length}.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination[SourcePortOffset..], SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[DestinationPortOffset..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[LengthOffset..], (ushort)Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[ChecksumOffset..], NoChecksum);
        Payload.Span.CopyTo(destination[HeaderLength..]);
        return Length;
    }

    /// <summary>The datagram with its checksum for these addresses, both IPv4 or both IPv6.</summary>
    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[Length];
        Write(bytes);
        var checksum = ComputeChecksum(source, destination, bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ChecksumOffset), checksum == NoChecksum ? ushort.MaxValue : checksum);
        return bytes;
    }

    /// <summary>Datagrams are equal when their octets are.</summary>
    public bool Equals(UdpDatagram? other) =>
        other is not null
        && SourcePort == other.SourcePort
        && DestinationPort == other.DestinationPort
        && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(SourcePort);
        hash.Add(DestinationPort);
        hash.AddBytes(Payload.Span);
        return hash.ToHashCode();
    }

    private static ushort ComputeChecksum(IPAddress source, IPAddress destination, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.AddressFamily == AddressFamily.InterNetwork
            ? Ipv4PseudoHeader.ComputeChecksum(source, destination, Ipv4Protocol.Udp, bytes)
            : InternetChecksum.ComputeWithPseudoHeader(source, destination, Ipv4Protocol.Udp, bytes);
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[LengthOffset..]);

    private static WireError? Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return WireError.Truncated(bytes.Length, HeaderLength, bytes.Length);
        }

        var length = LengthOf(bytes);
        if (length < HeaderLength)
        {
            return new WireError(LengthOffset, "Length", $"{length} octets, less than the {HeaderLength} of the header");
        }
        return bytes.Length < length ? WireError.Truncated(LengthOffset, length, bytes.Length) : null;
    }

    private static ReadOnlyMemory<byte> RequireLength(ReadOnlyMemory<byte> payload) =>
        payload.Length <= MaximumPayload
            ? payload
            : throw new ArgumentException($"A payload of {payload.Length} octets is longer than {MaximumPayload}.", nameof(payload));
}
