using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// An ICMPv6 error about a packet that this node has sent with a type 2 routing header or a Home Address option, as an application expects
/// it: about its packet between home addresses, and with an MTU that leaves room for the headers (RFC 6275, Sections 9.3.2 and 11.3.1).
/// </summary>
internal static class ErrorForApplication
{
    private const int HeaderLength = 24;

    /// <param name="packet">The packet with the error, without extension headers.</param>
    /// <returns>The packet itself, if the error is about a packet without these headers.</returns>
    public static Ipv6Packet Read(Ipv6Packet packet, Icmpv6Message error)
    {
        if (InvokingOf(error) is not { } invoking || Plain(invoking) is not { Headers: > 0 } plain)
        {
            return packet;
        }

        var about = new OctetString(plain.Sent.ToBytes());
        Icmpv6Message translated = error switch
        {
            PacketTooBig tooBig => new PacketTooBig(
                Math.Max(tooBig.Mtu - Math.Min(tooBig.Mtu, plain.Headers), Ipv6Packet.MinimumMtu),
                about
            ),
            DestinationUnreachable unreachable => new DestinationUnreachable(unreachable.Code, about),
            TimeExceeded exceeded => new TimeExceeded(exceeded.Code, about),
            _ => error,
        };
        var destination = plain.Home ?? packet.Destination;
        return packet with { Destination = destination, Payload = translated.ToBytes(packet.Source, destination) };
    }

    private static OctetString? InvokingOf(Icmpv6Message error) =>
        error switch
        {
            PacketTooBig tooBig => tooBig.Invoking,
            DestinationUnreachable unreachable => unreachable.Invoking,
            TimeExceeded exceeded => exceeded.Invoking,
            _ => null,
        };

    /// <summary>A quoted packet between its home addresses, without the headers, and the length of these; null if there is none.</summary>
    private static (Ipv6Packet Sent, uint Headers, IPAddress? Home)? Plain(OctetString invoking)
    {
        if (!IpPacket.TryParseQuoted(invoking.Span.ToArray(), out var quoted, out _) || quoted is not Ipv6Packet sent)
        {
            return null;
        }

        var (headers, home) = (0u, default(IPAddress));
        while (sent.Payload.Length >= HeaderLength && Without(sent, sent.Payload.Span[..HeaderLength]) is { } without)
        {
            home = without.Source.Equals(sent.Source) ? home : without.Source;
            (sent, headers) = (without, headers + HeaderLength);
        }
        return (sent, headers, home);
    }

    /// <summary>The packet without its first header; null if that is neither of the two.</summary>
    private static Ipv6Packet? Without(Ipv6Packet sent, ReadOnlySpan<byte> header)
    {
        var rest = sent.Payload[HeaderLength..];
        return sent.NextHeader switch
        {
            IpProtocol.Routing when Type2RoutingHeader.TryParse(header, out var routing, out _) => sent with
            {
                Destination = routing.HomeAddress,
                NextHeader = routing.NextHeader,
                Payload = rest,
            },
            IpProtocol.DestinationOptions when DestinationOptionsHeader.TryParse(header, out var options, out _) => WithoutOptions(
                sent,
                options,
                rest
            ),
            _ => null,
        };
    }

    private static Ipv6Packet? WithoutOptions(Ipv6Packet sent, DestinationOptionsHeader options, ReadOnlyMemory<byte> rest) =>
        options.Options.OfType<HomeAddressOption>().FirstOrDefault() is { HomeAddress: var home }
            ? sent with
            {
                Source = home,
                NextHeader = options.NextHeader,
                Payload = rest,
            }
            : null;
}
