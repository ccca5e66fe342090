using System.Buffers.Binary;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Reads and writes fields of a packet inside a tunnel, in place. The packet is one that <see cref="Measure"/> accepts.</summary>
internal static class InnerPacket
{
    /// <summary>RFC 8200, Section 3.</summary>
    internal const int PayloadLengthOffset = 4,
        NextHeaderOffset = 6,
        SourceOffset = 8,
        DestinationOffset = 24;

    /// <summary>RFC 791, Section 3.1.</summary>
    internal const int TotalLengthOffset = 2,
        IdentificationOffset = 4,
        FragmentOffset = 6,
        TimeToLiveOffset = 8,
        Ipv4ChecksumOffset = 10,
        Ipv4SourceOffset = 12,
        Ipv4DestinationOffset = 16;
    private const int TypeOfServiceOffset = 1,
        ProtocolOffset = 9;

    /// <summary>RFC 791, Section 3.1: the flag Don't Fragment, and the bits that are set in fragments alone.</summary>
    private const ushort DontFragmentFlag = 0x4000,
        FragmentBits = 0x3fff;

    private const byte Multicast = 0xff,
        LinkLocal = 0xfe,
        LinkLocalBits = 0x80,
        LinkLocalMask = 0xc0;

    internal static bool IsIpv6(ReadOnlySpan<byte> packet) => packet[0] >> 4 == 6;

    /// <summary>The protocol number that announces the packet in an outer header.</summary>
    internal static byte ProtocolOf(ReadOnlySpan<byte> packet) => IsIpv6(packet) ? IpProtocol.Ipv6 : Ipv4Protocol.Ipv4;

    /// <summary>
    /// The length of the packet at the start of the octets. 0 if there is none, or if routers do not forward it because one of its
    /// addresses has no meaning beyond a link (RFC 4291, Sections 2.5.2, 2.5.3, 2.5.6 and 2.7; RFC 1812, Section 5.3.7; RFC 3927,
    /// Section 7).
    /// </summary>
    internal static int Measure(ReadOnlySpan<byte> octets) =>
        octets.IsEmpty
            ? 0
            : (octets[0] >> 4) switch
            {
                6 => MeasureIpv6(octets),
                4 => MeasureIpv4(octets),
                _ => 0,
            };

    /// <summary>The length of the IPv4 header with its options, or of the IPv6 header alone.</summary>
    internal static int HeaderLength(ReadOnlySpan<byte> packet) => IsIpv6(packet) ? Ipv6Packet.HeaderLength : Ipv4HeaderLength(packet);

    /// <summary>Next Header of IPv6, Protocol of IPv4.</summary>
    internal static byte UpperProtocol(ReadOnlySpan<byte> packet) => packet[IsIpv6(packet) ? NextHeaderOffset : ProtocolOffset];

    /// <summary>True for a fragment of IPv4; IPv6 has a header for fragments.</summary>
    internal static bool IsIpv4Fragment(ReadOnlySpan<byte> packet) => !IsIpv6(packet) && (FragmentField(packet) & FragmentBits) != 0;

    internal static TunnelContent Content(ReadOnlySpan<byte> packet) =>
        IsIpv6(packet)
            ? new TunnelContent(IsIpv6: true, Limit: EncapsulationLimit.In(packet))
            : new TunnelContent(IsIpv6: false, (FragmentField(packet) & DontFragmentFlag) != 0);

    /// <summary>Source and destination; IPv4 addresses are mapped, as in <see cref="TunnelEnds"/>.</summary>
    internal static (UInt128 Source, UInt128 Destination) Addresses(ReadOnlySpan<byte> packet) =>
        IsIpv6(packet)
            ? (TunnelEnds.Read(packet[SourceOffset..]), TunnelEnds.Read(packet[DestinationOffset..]))
            : (TunnelEnds.ReadIpv4(packet[Ipv4SourceOffset..]), TunnelEnds.ReadIpv4(packet[Ipv4DestinationOffset..]));

    /// <summary>The octets of both addresses, as in a pseudo-header.</summary>
    internal static ReadOnlySpan<byte> AddressOctets(ReadOnlySpan<byte> packet) =>
        IsIpv6(packet) ? packet[SourceOffset..Ipv6Packet.HeaderLength] : packet[Ipv4SourceOffset..Ipv4Packet.MinimumHeaderLength];

    /// <summary>Sets the length of a packet, of which there are more or fewer octets than before.</summary>
    internal static void SetLength(Span<byte> packet, int length)
    {
        if (IsIpv6(packet))
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[PayloadLengthOffset..], (ushort)(length - Ipv6Packet.HeaderLength));
            return;
        }
        BinaryPrimitives.WriteUInt16BigEndian(packet[TotalLengthOffset..], (ushort)length);
        CompleteIpv4(packet);
    }

    /// <summary>Writes the checksum of an IPv4 header.</summary>
    internal static void CompleteIpv4(Span<byte> packet)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4ChecksumOffset..], 0);
        var checksum = InternetChecksum.Compute(packet[..Ipv4HeaderLength(packet)]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4ChecksumOffset..], checksum);
    }

    internal static byte TrafficClass(ReadOnlySpan<byte> packet) =>
        IsIpv6(packet) ? (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 4) : packet[TypeOfServiceOffset];

    internal static void SetTrafficClass(Span<byte> packet, byte trafficClass)
    {
        if (IsIpv6(packet))
        {
            BinaryPrimitives.WriteUInt16BigEndian(
                packet,
                (ushort)(BinaryPrimitives.ReadUInt16BigEndian(packet) & 0xf00f | trafficClass << 4)
            );
        }
        else if (packet[TypeOfServiceOffset] != trafficClass)
        {
            packet[TypeOfServiceOffset] = trafficClass;
            CompleteIpv4(packet);
        }
    }

    private static int MeasureIpv6(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < Ipv6Packet.HeaderLength)
        {
            return 0;
        }
        var length = Ipv6Packet.HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(octets[PayloadLengthOffset..]);
        return length <= octets.Length && IsForwardable(octets[SourceOffset..]) && IsForwardable(octets[DestinationOffset..]) ? length : 0;
    }

    private static int MeasureIpv4(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < Ipv4Packet.MinimumHeaderLength || !Ipv4Packet.HasValidChecksum(octets))
        {
            return 0;
        }
        var length = BinaryPrimitives.ReadUInt16BigEndian(octets[TotalLengthOffset..]);
        return
            length >= Ipv4HeaderLength(octets)
            && length <= octets.Length
            && IsForwardableIpv4(octets[Ipv4SourceOffset..])
            && IsForwardableIpv4(octets[Ipv4DestinationOffset..])
            ? length
            : 0;
    }

    private static int Ipv4HeaderLength(ReadOnlySpan<byte> packet) => (packet[0] & 0x0f) << 2;

    private static ushort FragmentField(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt16BigEndian(packet[FragmentOffset..]);

    private static bool IsForwardable(ReadOnlySpan<byte> address) =>
        address[0] switch
        {
            Multicast => false,
            LinkLocal => (address[1] & LinkLocalMask) != LinkLocalBits,
            0 => TunnelEnds.Read(address) > UInt128.One,
            _ => true,
        };

    private static bool IsForwardableIpv4(ReadOnlySpan<byte> address) =>
        address[0] switch
        {
            0 or 127 or >= 224 => false,
            169 => address[1] != 254,
            _ => true,
        };
}
