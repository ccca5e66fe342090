using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// An ICMPv6 error about a packet that this node has sent with a type 2 routing header, as an application expects it: about its packet to
/// the home address, and with an MTU that leaves room for the header (RFC 6275, Section 9.3.2).
/// </summary>
internal static class ErrorForApplication
{
    /// <param name="packet">The packet with the error, without extension headers.</param>
    /// <returns>The packet itself, if the error is about a packet without the header.</returns>
    public static Ipv6Packet Read(Ipv6Packet packet, Icmpv6Message error)
    {
        Icmpv6Message? translated = error switch
        {
            PacketTooBig tooBig when Unroute(tooBig.Invoking) is var (invoking, header) => new PacketTooBig(
                Math.Max(tooBig.Mtu - Math.Min(tooBig.Mtu, header), Ipv6Packet.MinimumMtu),
                invoking
            ),
            DestinationUnreachable unreachable when Unroute(unreachable.Invoking) is var (invoking, _) => new DestinationUnreachable(
                unreachable.Code,
                invoking
            ),
            TimeExceeded exceeded when Unroute(exceeded.Invoking) is var (invoking, _) => new TimeExceeded(exceeded.Code, invoking),
            _ => null,
        };
        return translated is null ? packet : packet with { Payload = translated.ToBytes(packet.Source, packet.Destination) };
    }

    /// <summary>A quoted packet to its home address without the header, and the length of the header; null if there is none.</summary>
    private static (OctetString Invoking, uint Header)? Unroute(OctetString invoking) =>
        IpPacket.TryParseQuoted(invoking.Span.ToArray(), out var quoted, out _)
        && quoted is Ipv6Packet { NextHeader: IpProtocol.Routing, Payload: { Length: >= HeaderLength } octets } sent
        && Type2RoutingHeader.TryParse(octets.Span[..HeaderLength], out var header, out _)
            ? (
                new OctetString(
                    (
                        sent with
                        {
                            Destination = header.HomeAddress,
                            NextHeader = header.NextHeader,
                            Payload = octets[HeaderLength..],
                        }
                    ).ToBytes()
                ),
                HeaderLength
            )
            : null;

    private const int HeaderLength = 24;
}
