using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>What an IPv4 and an IPv6 packet have in common.</summary>
public abstract record IpPacket
{
    private const byte EcnMask = 0x03;

    private protected IpPacket() { }

    public abstract IPAddress Source { get; init; }

    public abstract IPAddress Destination { get; init; }

    /// <summary>The type of the first header in <see cref="Payload"/>: Protocol of IPv4, Next Header of IPv6.</summary>
    public abstract byte Protocol { get; init; }

    public abstract ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Hop Limit of IPv6, Time to Live of IPv4.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>
    /// Traffic Class of IPv6, Type of Service of IPv4: the DSCP of RFC 2474 (six bits) and the <see cref="Ecn"/> field (two bits).
    /// </summary>
    public byte TrafficClass { get; init; }

    public Ecn Ecn => (Ecn)(TrafficClass & EcnMask);

    /// <summary>Length of the whole packet in octets.</summary>
    public abstract int Length { get; }

    /// <summary>Reads a packet of either version; see <see cref="Ipv4Packet.TryParse"/> and <see cref="Ipv6Packet.TryParse"/>.</summary>
    /// <param name="error"><c>Truncated</c>, <c>Version</c> (neither 4 nor 6), or an error of the version.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out IpPacket? packet,
        [NotNullWhen(false)] out WireError? error
    )
    {
        switch (IpHeader.VersionOf(bytes.Span))
        {
            case IpHeader.Ipv4:
                var isIpv4 = Ipv4Packet.TryParse(bytes, out var v4, out error);
                packet = v4;
                return isIpv4;
            case IpHeader.Ipv6:
                var isIpv6 = Ipv6Packet.TryParse(bytes, out var v6, out error);
                packet = v6;
                return isIpv6;
            default:
                (packet, error) = (null, IpHeader.UnknownVersion(bytes.Span));
                return false;
        }
    }

    /// <summary>Reads the beginning of a packet, as ICMP errors quote it: the header, and what there is of the payload.</summary>
    /// <param name="length">The length of the whole packet in octets, as its header says.</param>
    public static bool TryParseQuoted(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out IpPacket? packet, out int length)
    {
        (packet, length) = IpHeader.VersionOf(bytes.Span) switch
        {
            IpHeader.Ipv4 => Ipv4Packet.ReadQuoted(bytes),
            IpHeader.Ipv6 => Ipv6Packet.ReadQuoted(bytes),
            _ => default,
        };
        return packet is not null;
    }

    /// <summary>The octets of the packet, with the checksum of an IPv4 header.</summary>
    public abstract byte[] ToBytes();

    /// <summary>The packet with another ECN field.</summary>
    public abstract IpPacket WithEcn(Ecn ecn);

    private protected byte TrafficClassWith(Ecn ecn) => (byte)((TrafficClass & ~EcnMask) | ((byte)ecn & EcnMask));
}
