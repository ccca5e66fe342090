using System.Diagnostics;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The ICMP errors of the family of a packet.</summary>
internal static class IcmpErrors
{
    /// <summary>Whether an error may answer a packet.</summary>
    public static bool MayAnswer(IpPacket packet, bool linkLayerMulticast, PacketError error) =>
        packet switch
        {
            Ipv4Packet ipv4 => Icmpv4Errors.MayAnswer(ipv4, linkLayerMulticast),
            Ipv6Packet ipv6 => Icmpv6Errors.MayAnswer(ipv6, linkLayerMulticast, error),
            _ => throw new UnreachableException(),
        };

    /// <summary>The packet with an error.</summary>
    /// <param name="about">The packet that is answered.</param>
    /// <param name="octets">What is quoted of it: its octets, or their beginning.</param>
    public static IpPacket Packet(PacketError error, IPAddress source, IpPacket about, ReadOnlySpan<byte> octets) =>
        about switch
        {
            Ipv4Packet => new Ipv4Packet(source, about.Source, Ipv4Protocol.Icmp, Icmpv4Errors.Message(error, octets).ToBytes())
            {
                TrafficClass = Icmpv4Message.ErrorPrecedence,
            },
            Ipv6Packet => new Ipv6Packet(
                source,
                about.Source,
                IpProtocol.Icmpv6,
                Icmpv6Errors.Message(error, octets).ToBytes(source, about.Source)
            ),
            _ => throw new UnreachableException(),
        };
}
