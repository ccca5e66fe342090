using System.Runtime.InteropServices;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>The Tunnel Encapsulation Limit option of a packet: how many further tunnels it may enter (RFC 2473, Section 4.1.1).</summary>
/// <param name="Offset">The offset of the limit's octet from the start of the packet.</param>
internal readonly record struct EncapsulationLimit(byte Limit, int Offset)
{
    /// <summary>The length in octets of the Destination Options header that has the option in the outer packet.</summary>
    internal const int HeaderLength = 8;

    private const byte OptionType = 4;
    private const byte Pad1 = 0,
        PadN = 1;

    /// <summary>The first limit in the extension headers of a packet, or null.</summary>
    internal static EncapsulationLimit? In(ReadOnlySpan<byte> packet)
    {
        var (next, at) = (packet[InnerPacket.NextHeaderOffset], Ipv6Packet.HeaderLength);
        while (next is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.DestinationOptions && at + 2 <= packet.Length)
        {
            var end = at + 8 * (packet[at + 1] + 1);
            if (end > packet.Length)
            {
                return null;
            }
            if (next == IpProtocol.DestinationOptions && Find(packet[..end], at + 2) is { } limit)
            {
                return limit;
            }
            (next, at) = (packet[at], end);
        }

        return null;
    }

    /// <summary>The header of a tunnel's packet that has this limit. The kernel writes its Next Header.</summary>
    internal static ulong Header(byte limit) => MemoryMarshal.Read<ulong>([0, 0, OptionType, 1, limit, PadN, 1, 0]);

    private static EncapsulationLimit? Find(ReadOnlySpan<byte> header, int at)
    {
        while (at + 2 < header.Length)
        {
            if (header[at] == OptionType && header[at + 1] == 1)
            {
                return new EncapsulationLimit(header[at + 2], at + 2);
            }
            at += header[at] == Pad1 ? 1 : 2 + header[at + 1];
        }

        return null;
    }
}
