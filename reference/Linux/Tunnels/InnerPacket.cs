using System.Buffers.Binary;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Reads and writes fields of an IPv6 packet inside a tunnel, in place.</summary>
internal static class InnerPacket
{
    /// <summary>RFC 8200, Section 3.</summary>
    internal const int PayloadLengthOffset = 4,
        NextHeaderOffset = 6,
        SourceOffset = 8,
        DestinationOffset = 24;

    private const byte Multicast = 0xff,
        LinkLocal = 0xfe,
        LinkLocalBits = 0x80,
        LinkLocalMask = 0xc0;

    /// <summary>
    /// The length of the IPv6 packet at the start of the octets. 0 if there is none, or if routers do not forward it because one of
    /// its addresses has no meaning beyond a link (RFC 4291, Sections 2.5.2, 2.5.3, 2.5.6 and 2.7).
    /// </summary>
    internal static int Measure(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < Ipv6Packet.HeaderLength || octets[0] >> 4 != 6)
        {
            return 0;
        }
        var length = Ipv6Packet.HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(octets[PayloadLengthOffset..]);
        return length <= octets.Length && IsForwardable(octets[SourceOffset..]) && IsForwardable(octets[DestinationOffset..]) ? length : 0;
    }

    internal static byte TrafficClass(ReadOnlySpan<byte> packet) => (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 4);

    internal static void SetTrafficClass(Span<byte> packet, byte trafficClass) =>
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(packet) & 0xf00f | trafficClass << 4));

    private static bool IsForwardable(ReadOnlySpan<byte> address) =>
        address[0] switch
        {
            Multicast => false,
            LinkLocal => (address[1] & LinkLocalMask) != LinkLocalBits,
            0 => TunnelEnds.Read(address) > UInt128.One,
            _ => true,
        };
}
