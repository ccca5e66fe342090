using System.Buffers.Binary;
using Pmip.Wire;

namespace Conformance.FramePorts;

/// <summary>
/// Recognises a transport checksum that a virtual interface left to a device which never completed it: the field has the sum of the
/// pseudo-header alone. One correct checksum in 65,536 has the same value, so the checksum is verified, too.
/// </summary>
internal static class UnfinishedChecksum
{
    private const int AddressesLength = 2 * MacAddress.Length;
    private const int TypeLength = sizeof(ushort);
    private const int TagLength = 4;

    /// <summary>IEEE 802.1Q and 802.1ad.</summary>
    private const ushort Tag = 0x8100,
        OuterTag = 0x88a8;

    private const int Ipv4HeaderLength = 20,
        Ipv6HeaderLength = 40,
        UdpHeaderLength = 8,
        TcpHeaderLength = 20;

    private const byte Tcp = 6,
        Udp = 17,
        Ipv4InIp = 4,
        Ipv6InIp = 41;

    /// <summary>Whether a frame has such a checksum, at any depth of tunnels.</summary>
    public static bool Is(ReadOnlySpan<byte> frame)
    {
        var at = AddressesLength;
        while (frame.Length >= at + TagLength + TypeLength && BinaryPrimitives.ReadUInt16BigEndian(frame[at..]) is Tag or OuterTag)
        {
            at += TagLength;
        }

        return frame.Length >= at + TypeLength && IsInPacket(frame[(at + TypeLength)..]);
    }

    private static bool IsInPacket(ReadOnlySpan<byte> packet) =>
        packet.IsEmpty ? false
        : packet[0] >> 4 == 4 ? IsInIpv4(packet)
        : packet[0] >> 4 == 6 && IsInIpv6(packet);

    private static bool IsInIpv4(ReadOnlySpan<byte> packet)
    {
        var header = (packet[0] & 0x0f) * sizeof(uint);
        if (header < Ipv4HeaderLength || packet.Length < header)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3fff) != 0;
        return !isFragment && length >= header && length <= packet.Length && IsInUpper(packet[9], packet[12..20], packet[header..length]);
    }

    /// <summary>Extension headers may change the addresses of the pseudo-header; behind them nothing is looked for.</summary>
    private static bool IsInIpv6(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Ipv6HeaderLength)
        {
            return false;
        }

        var length = Ipv6HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        return length <= packet.Length && IsInUpper(packet[6], packet[8..Ipv6HeaderLength], packet[Ipv6HeaderLength..length]);
    }

    private static bool IsInUpper(byte protocol, ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> upper)
    {
        switch (protocol)
        {
            case Ipv4InIp or Ipv6InIp:
                return IsInPacket(upper);
            case Udp when upper.Length >= UdpHeaderLength:
                return IsUnfinished(protocol, addresses, upper, field: 6);
            case Tcp when upper.Length >= TcpHeaderLength:
                return IsUnfinished(protocol, addresses, upper, field: 16);
            default:
                return false;
        }
    }

    private static bool IsUnfinished(byte protocol, ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> upper, int field)
    {
        var pseudoHeader = (ushort)~InternetChecksum.Compute(addresses, (uint)upper.Length + protocol);
        return BinaryPrimitives.ReadUInt16BigEndian(upper[field..]) == pseudoHeader && InternetChecksum.Compute(upper, pseudoHeader) != 0;
    }
}
