using System.Buffers.Binary;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Reads and writes TCP (RFC 9293, Section 3.1) and UDP (RFC 768) headers in place, with their checksums.</summary>
internal static class Transport
{
    internal const byte Tcp = 6,
        Udp = 17;

    internal const int TcpMinimumHeader = 20,
        TcpMaximumHeader = 60,
        TcpSequence = 4,
        TcpDataOffset = 12,
        TcpFlags = 13,
        TcpChecksum = 16;
    internal const byte TcpFin = 0x01,
        TcpPush = 0x08,
        TcpAcknowledge = 0x10,
        TcpEce = 0x40,
        TcpCwr = 0x80;

    internal const int UdpHeader = 8,
        UdpLength = 4,
        UdpChecksum = 6;

    /// <summary>The length of the TCP header at the start of the octets, or 0 if there is no complete header.</summary>
    internal static int TcpHeaderLength(ReadOnlySpan<byte> tcp)
    {
        if (tcp.Length < TcpMinimumHeader)
        {
            return 0;
        }
        var length = tcp[TcpDataOffset] >> 4 << 2;
        return length >= TcpMinimumHeader && length <= tcp.Length ? length : 0;
    }

    /// <summary>
    /// The sum of the pseudo-header, not complemented: RFC 8200, Section 8.1, and RFC 768. Both addresses are those of the IP header.
    /// </summary>
    internal static ushort PseudoHeaderSum(ReadOnlySpan<byte> packet, byte protocol, int length) =>
        Sum(InnerPacket.AddressOctets(packet), (uint)length + protocol);

    /// <summary>The sum of the octets and of a previous sum, folded, not complemented.</summary>
    internal static ushort Sum(ReadOnlySpan<byte> octets, uint before) => (ushort)~InternetChecksum.Compute(octets, before);

    /// <summary>Completes a checksum whose field holds the sum of the pseudo-header.</summary>
    internal static void CompleteChecksum(Span<byte> transport, int checksumOffset)
    {
        var checksum = InternetChecksum.Compute(transport);

        // RFC 8200, Section 8.1: in UDP, zero would mean that there is no checksum. Only UDP has its checksum at this offset.
        if (checksum == 0 && checksumOffset == UdpChecksum)
        {
            checksum = ushort.MaxValue;
        }
        BinaryPrimitives.WriteUInt16BigEndian(transport[checksumOffset..], checksum);
    }

    /// <summary>
    /// The state of the transport checksum of a packet without extension headers. It can be unfinished if a kernel originated the
    /// packet and the packet has passed no physical link.
    /// </summary>
    internal static ChecksumState CheckChecksum(ReadOnlySpan<byte> packet, byte protocol, int checksumOffset)
    {
        var transport = packet[InnerPacket.HeaderLength(packet)..];
        var pseudo = PseudoHeaderSum(packet, protocol, transport.Length);
        if (InternetChecksum.Compute(transport, pseudo) == 0)
        {
            return ChecksumState.Valid;
        }
        return BinaryPrimitives.ReadUInt16BigEndian(transport[checksumOffset..]) == pseudo
            ? ChecksumState.Unfinished
            : ChecksumState.Unknown;
    }
}
