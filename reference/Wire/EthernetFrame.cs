using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>An Ethernet II frame without its frame check sequence, RFC 2464, Section 3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                        Destination                            |
/// +-------------------------------+-------------------------------+
/// |         ... (6)               |            Source             |
/// +-------------------------------+-------------------------------+
/// |                            ... (6)                            |
/// +-------------------------------+-------------------------------+
/// |    EtherType (86DD = IPv6)    |          Payload ...
/// +-------------------------------+--------------------------------
/// </code></remarks>
public sealed record EthernetFrame(MacAddress Destination, MacAddress Source, ushort EtherType, ReadOnlyMemory<byte> Payload)
{
    public const ushort Ipv6EtherType = 0x86DD;
    public const int HeaderLength = 14;

    private const int DestinationOffset = 0;
    private const int SourceOffset = 6;
    private const int EtherTypeOffset = 12;

    /// <summary>Reads a frame. The payload is a slice of <paramref name="bytes"/> and includes any padding.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out EthernetFrame? frame,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (frame, error) = (null, null);
        if (bytes.Length < HeaderLength)
        {
            error = WireError.Truncated(bytes.Length, HeaderLength, bytes.Length);
            return false;
        }

        var header = bytes.Span;
        frame = new EthernetFrame(
            new MacAddress(header.Slice(DestinationOffset, MacAddress.Length)),
            new MacAddress(header.Slice(SourceOffset, MacAddress.Length)),
            BinaryPrimitives.ReadUInt16BigEndian(header[EtherTypeOffset..]),
            bytes[HeaderLength..]
        );
        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + Payload.Length];
        Destination.CopyTo(bytes.AsSpan(DestinationOffset));
        Source.CopyTo(bytes.AsSpan(SourceOffset));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(EtherTypeOffset), EtherType);
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    /// <summary>Frames are equal when their octets are.</summary>
    public bool Equals(EthernetFrame? other) =>
        other is not null
        && Destination == other.Destination
        && Source == other.Source
        && EtherType == other.EtherType
        && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Destination);
        hash.Add(Source);
        hash.Add(EtherType);
        hash.AddBytes(Payload.Span);
        return hash.ToHashCode();
    }
}
