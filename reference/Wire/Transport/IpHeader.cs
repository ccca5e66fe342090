using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>What the transports and encapsulations need to know of a packet of either version.</summary>
internal static class IpHeader
{
    internal const int Ipv4 = 4;
    internal const int Ipv6 = 6;

    /// <summary>The first four bits, or 0 of nothing.</summary>
    internal static int VersionOf(ReadOnlySpan<byte> packet) => packet.IsEmpty ? 0 : packet[0] >> 4;

    internal static WireError UnknownVersion(ReadOnlySpan<byte> packet) =>
        packet.IsEmpty
            ? WireError.Truncated(0, 1, 0)
            : new WireError(0, "Version", $"version {VersionOf(packet)}, neither {Ipv4} nor {Ipv6}");

    /// <summary>An IPv6 packet and its upper layer, which is whole: a first fragment has none here.</summary>
    internal static bool TryReadIpv6(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Ipv6Packet? packet,
        [NotNullWhen(true)] out UpperLayer? upper,
        [NotNullWhen(false)] out WireError? error
    )
    {
        upper = null;
        if (!Ipv6Packet.TryParse(bytes, out packet, out error) || !packet.TryGetUpperLayer(out upper, out error))
        {
            return false;
        }
        if (upper.Headers.FirstOrDefault(IsPartOfMore) is not { } fragment)
        {
            return true;
        }

        error = new WireError(fragment.Offset, "Fragment", "a first fragment, more behind it");
        return false;
    }

    /// <summary>An IPv4 packet that is no fragment, and its upper layer.</summary>
    internal static bool TryReadIpv4(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Ipv4Packet? packet,
        [NotNullWhen(true)] out UpperLayer? upper,
        [NotNullWhen(false)] out WireError? error
    )
    {
        upper = null;
        return Ipv4Packet.TryParse(bytes, out packet, out error) && packet.TryGetUpperLayer(out upper, out error);
    }

    internal static bool TryReadUdp(
        UpperLayer upper,
        [NotNullWhen(true)] out UdpDatagram? datagram,
        [NotNullWhen(false)] out WireError? error
    )
    {
        if (UdpDatagram.TryParse(upper.Payload, out datagram, out error))
        {
            return true;
        }

        error = error.Shifted(upper.Offset);
        return false;
    }

    /// <summary>What is wrong with the checksum of an IPv4 header.</summary>
    internal static WireError? JudgeHeaderChecksum(ReadOnlySpan<byte> packet) =>
        Ipv4Packet.HasValidChecksum(packet) ? null : new WireError(Ipv4Packet.ChecksumOffset, "HeaderChecksum", "wrong for this header");

    /// <summary>What is wrong with the checksum of a UDP datagram that starts <paramref name="upper"/>.</summary>
    internal static WireError? JudgeUdpChecksum(IPAddress source, IPAddress destination, UpperLayer upper, bool isDemanded)
    {
        var octets = upper.Payload.Span;
        if (isDemanded && !UdpDatagram.HasChecksum(octets))
        {
            return new WireError(upper.Offset + UdpDatagram.ChecksumOffset, "UdpChecksum", "absent");
        }
        return UdpDatagram.HasValidChecksum(source, destination, octets)
            ? null
            : new WireError(upper.Offset + UdpDatagram.ChecksumOffset, "UdpChecksum", "wrong for this datagram");
    }

    private static bool IsPartOfMore(ExtensionHeader header) => header.Type == IpProtocol.Fragment && (header.Bytes.Span[3] & 0x01) != 0;
}
