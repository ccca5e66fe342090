using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Where the Fragment header stands in a packet, or is to stand: RFC 8200, Section 4.5.</summary>
internal static class Ipv6FragmentablePart
{
    private const int LengthUnit = 8;
    private const int LengthOffset = 1;

    /// <summary>
    /// The offset in the payload behind the headers that every node on the path processes: hop-by-hop options, and a routing header with
    /// what is in front of it. With the type of the header that is there.
    /// </summary>
    public static (int At, byte Type) Start(Ipv6Packet packet)
    {
        var start = (At: 0, Type: packet.NextHeader);
        foreach (var (type, at, length) in Headers(packet))
        {
            if (type is IpProtocol.HopByHop or IpProtocol.Routing)
            {
                start = (at + length, packet.Payload.Span[at]);
            }
        }

        return start;
    }

    /// <summary>The Fragment header of a packet, with its offset in the payload.</summary>
    public static bool TryFindFragmentHeader(Ipv6Packet packet, out int at, [NotNullWhen(true)] out FragmentHeader? header)
    {
        (at, header) = (0, null);
        foreach (var (type, offset, length) in Headers(packet))
        {
            if (type == IpProtocol.Fragment)
            {
                at = offset;
                return FragmentHeader.TryParse(packet.Payload.Span.Slice(offset, length), out header, out _);
            }
        }

        return false;
    }

    /// <summary>The packet up to an offset in its payload, and behind it a header of the given type with all that follows.</summary>
    public static Ipv6Packet WithNextHeader(Ipv6Packet packet, int at, byte type, ReadOnlySpan<byte> rest)
    {
        byte[] payload = [.. packet.Payload.Span[..at], .. rest];
        var last = Headers(packet).LastOrDefault(header => header.At < at);
        if (last.Length == 0)
        {
            return packet with { NextHeader = type, Payload = payload };
        }

        payload[last.At] = type;
        return packet with { Payload = payload };
    }

    // As in Ipv6Packet.TryGetUpperLayer, which ends at a fragment other than the first.
    private static bool IsWalked(byte type, int at) =>
        type is IpProtocol.Routing or IpProtocol.DestinationOptions or IpProtocol.Fragment || (type == IpProtocol.HopByHop && at == 0);

    /// <summary>The extension headers up to the first Fragment header that are complete.</summary>
    private static IEnumerable<(byte Type, int At, int Length)> Headers(Ipv6Packet packet)
    {
        var (type, at) = (packet.NextHeader, 0);
        while (IsWalked(type, at))
        {
            var rest = packet.Payload[at..];
            var length =
                type == IpProtocol.Fragment || rest.Length <= LengthOffset ? LengthUnit : LengthUnit * (rest.Span[LengthOffset] + 1);
            if (rest.Length < length)
            {
                yield break;
            }

            yield return (type, at, length);
            if (type == IpProtocol.Fragment)
            {
                yield break;
            }
            (type, at) = (rest.Span[0], at + length);
        }
    }
}
