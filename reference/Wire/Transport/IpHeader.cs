using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>Reads the IPv4 and IPv6 headers of signaling and tunnelled packets.</summary>
internal static class IpHeader
{
    internal const int Ipv4 = 4;
    internal const int Ipv6 = 6;

    /// <summary>The first four bits, or 0 if the packet is empty.</summary>
    internal static int VersionOf(ReadOnlySpan<byte> packet) => packet.IsEmpty ? 0 : packet[0] >> 4;

    internal static WireError UnknownVersion(ReadOnlySpan<byte> packet) =>
        packet.IsEmpty
            ? WireError.Truncated(0, 1, 0)
            : new WireError(0, "Version", $"version {VersionOf(packet)}, neither {Ipv4} nor {Ipv6}");

    /// <summary>Reads an IPv6 packet and its complete upper layer; a first fragment is an error.</summary>
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

        error = new WireError(fragment.Offset, "Fragment", "first fragment; more fragments follow");
        return false;
    }

    /// <summary>Reads an IPv4 packet that is not a fragment, and its upper layer.</summary>
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

    /// <summary>The error if the checksum of the IPv4 header is incorrect; otherwise null.</summary>
    internal static WireError? JudgeHeaderChecksum(ReadOnlySpan<byte> packet) =>
        Ipv4Packet.HasValidChecksum(packet) ? null : new WireError(Ipv4Packet.ChecksumOffset, "HeaderChecksum", "incorrect checksum");

    /// <summary>
    /// The error if the checksum of the UDP datagram in <paramref name="upper"/> is incorrect, or absent but required; otherwise
    /// null.
    /// </summary>
    internal static WireError? JudgeUdpChecksum(IPAddress source, IPAddress destination, UpperLayer upper, bool isDemanded)
    {
        var octets = upper.Payload.Span;
        if (isDemanded && !UdpDatagram.HasChecksum(octets))
        {
            return new WireError(upper.Offset + UdpDatagram.ChecksumOffset, "UdpChecksum", "absent");
        }
        return UdpDatagram.HasValidChecksum(source, destination, octets)
            ? null
            : new WireError(upper.Offset + UdpDatagram.ChecksumOffset, "UdpChecksum", "incorrect checksum");
    }

    private static bool IsPartOfMore(ExtensionHeader header) => header.Type == IpProtocol.Fragment && (header.Bytes.Span[3] & 0x01) != 0;
}
