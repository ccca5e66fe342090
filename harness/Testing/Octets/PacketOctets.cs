using System.Buffers.Binary;
using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>The type, offset and length of an extension header in the frame.</summary>
public sealed record HeaderPlace(int Type, int Offset, int Length);

/// <summary>
/// An IPv6 packet as the tester reads it, and the packets inside it, as far as they are readable: a wrong length or a missing end
/// stops the reading, but the part before it is still used.
/// </summary>
/// <remarks>
/// RFC 8200, Sections 3 and 4; RFC 2473 for the packet inside a tunnel; RFC 4443, Section 3, for the packet that an error quotes.
/// </remarks>
public sealed class PacketOctets
{
    public const int HeaderLength = 40;
    public const int HopByHop = 0;
    public const int Tcp = 6;
    public const int Udp = 17;
    public const int Ipv6 = 41;
    public const int Routing = 43;
    public const int Fragment = 44;
    public const int Authentication = 51;
    public const int Icmpv6 = 58;
    public const int NoNextHeader = 59;
    public const int DestinationOptions = 60;
    public const int MobilityHeader = 135;

    /// <summary>The maximum nesting of packets that is read.</summary>
    private const int MaximumDepth = 4;

    /// <summary>The maximum number of extension headers that are read; further headers count as payload.</summary>
    private const int MaximumHeaders = 16;

    private const int IcmpHeaderLength = 8;

    private readonly ReadOnlyMemory<byte> _frame;
    private readonly List<HeaderPlace> _headers = [];

    private PacketOctets(ReadOnlyMemory<byte> frame, int offset, int end, int depth)
    {
        _frame = frame;
        Offset = offset;
        End = Math.Min(end, offset + HeaderLength + PayloadLength);
        (Protocol, UpperOffset) = ReadHeaders();
        if (depth < MaximumDepth && IsWhole)
        {
            Inner = Protocol == Ipv6 ? Read(frame, UpperOffset, End, depth + 1) : null;
            Quoted =
                Protocol == Icmpv6 && Upper.Length > IcmpHeaderLength && Upper.Span[0] is > 0 and < 128
                    ? Read(frame, UpperOffset + IcmpHeaderLength, End, depth + 1)
                    : null;
        }
    }

    /// <summary>The offset of the IPv6 header in the frame.</summary>
    public int Offset { get; }

    /// <summary>The end of the packet in the frame: according to Payload Length, or the end of the octets.</summary>
    public int End { get; }

    public IPAddress Source => new(Span[8..24]);

    public IPAddress Destination => new(Span[24..40]);

    public int PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(Span[4..]);

    public int NextHeader => Span[6];

    public int HopLimit => Span[7];

    public IReadOnlyList<HeaderPlace> Headers => _headers;

    /// <summary>The protocol after the extension headers.</summary>
    public int Protocol { get; }

    /// <summary>The offset in the frame of the part after the extension headers.</summary>
    public int UpperOffset { get; }

    public ReadOnlyMemory<byte> Upper => _frame[UpperOffset..End];

    /// <summary>
    /// False for a fragment that is not the first: the part after its headers does not begin with an upper-layer header.
    /// </summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>
    /// True if the checksum of the upper layer is correct with this header. Null if it cannot be verified: a routing header hides
    /// the final destination, and a part of a packet does not have a separate checksum.
    /// </summary>
    public bool? HasRightChecksum =>
        End < Offset + HeaderLength + PayloadLength || _headers.Any(header => header.Type is Routing or Fragment)
            ? null
            : InternetChecksum.ComputeWithPseudoHeader(Source, Destination, (byte)Protocol, Upper.Span) == 0;

    /// <summary>The packet inside, if this packet is a tunnel packet.</summary>
    public PacketOctets? Inner { get; }

    /// <summary>The packet that an ICMPv6 error quotes, as far as it is quoted.</summary>
    public PacketOctets? Quoted { get; }

    /// <summary>The packet in the innermost tunnel; this packet if there is no tunnel.</summary>
    public PacketOctets Innermost => Inner?.Innermost ?? this;

    private ReadOnlySpan<byte> Span => _frame.Span[Offset..];

    /// <returns>Null if there is no complete IPv6 header.</returns>
    internal static PacketOctets? Read(ReadOnlyMemory<byte> frame, int offset, int end, int depth) =>
        end - offset >= HeaderLength && frame.Span[offset] >> 4 == 6 ? new PacketOctets(frame, offset, end, depth) : null;

    private (int Protocol, int UpperOffset) ReadHeaders()
    {
        var (type, at) = (NextHeader, Offset + HeaderLength);
        while (
            _headers.Count < MaximumHeaders
            && IsWhole
            && type is HopByHop or Routing or Fragment or DestinationOptions or Authentication
            && at + 8 <= End
        )
        {
            var octets = _frame.Span[at..End];
            var length = type switch
            {
                Fragment => 8,
                Authentication => (octets[1] + 2) * 4,
                _ => (octets[1] + 1) * 8,
            };
            if (length > octets.Length)
            {
                break;
            }

            IsWhole = type != Fragment || BinaryPrimitives.ReadUInt16BigEndian(octets[2..]) >> 3 == 0;
            _headers.Add(new HeaderPlace(type, at, length));
            (type, at) = (octets[0], at + length);
        }

        return (type, at);
    }
}
