using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Finds the Tunnel Encapsulation Limit of a packet in its octets, without copying them (RFC 2473, Section 4.1.1).</summary>
internal static class EncapsulationLimit
{
    /// <summary>The first limit in the extension headers of a packet, or null.</summary>
    internal static TunnelEncapsulationLimit? In(ReadOnlySpan<byte> packet)
    {
        var (next, at) = (packet[InnerPacket.NextHeaderOffset], Ipv6Packet.HeaderLength);
        while (next is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.DestinationOptions && at + 2 <= packet.Length)
        {
            var end = at + 8 * (packet[at + 1] + 1);
            if (end > packet.Length)
            {
                return null;
            }
            if (next == IpProtocol.DestinationOptions && TunnelEncapsulationLimit.In(packet[at..end], at) is { } limit)
            {
                return limit;
            }
            (next, at) = (packet[at], end);
        }

        return null;
    }
}
