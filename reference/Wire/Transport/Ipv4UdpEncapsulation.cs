using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// IPv6 or IPv4 in UDP in IPv4, RFC 5844, Section 4.1.4.1, and, on another port, the drafts before that RFC. The version field of
/// the inner packet distinguishes IPv6 from IPv4. The UDP checksum is written; a received datagram may omit it.
/// </summary>
/// <param name="Source">An IPv4 address.</param>
/// <param name="Destination">An IPv4 address.</param>
/// <exception cref="ArgumentException">An address is not IPv4.</exception>
public sealed record Ipv4UdpEncapsulation(IPAddress Source, IPAddress Destination, ushort SourcePort, ushort DestinationPort)
    : Encapsulation
{
    public IPAddress Source
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Source);

    public IPAddress Destination
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Destination);

    public bool DontFragment { get; init; }

    public ushort Identification { get; init; }

    /// <summary>A TLV header follows the UDP header, as in the drafts before RFC 5844.</summary>
    public bool HasTlvHeader { get; init; }

    public override int Overhead => Ipv4Packet.MinimumHeaderLength + UdpDatagram.HeaderLength + (HasTlvHeader ? TlvHeader.Size : 0);

    /// <summary>Creates the encapsulation with the ports of RFC 5844, Figures 12 and 14.</summary>
    public static Ipv4UdpEncapsulation Between(IPAddress source, IPAddress destination) =>
        new(source, destination, UdpPort.ProxyMobileIpv6Data, UdpPort.ProxyMobileIpv6Data);

    public override Ipv4Packet Around(ReadOnlyMemory<byte> inner)
    {
        _ = ProtocolOf(inner.Span);
        var datagram = new UdpDatagram(SourcePort, DestinationPort, HasTlvHeader ? TlvHeader.Before(inner.Span) : inner);
        return new Ipv4Packet(Source, Destination, Ipv4Protocol.Udp, datagram.ToBytes(Source, Destination))
        {
            HopLimit = HopLimit,
            TrafficClass = TrafficClass,
            DontFragment = DontFragment,
            Identification = Identification,
        };
    }

    internal static bool TryRead(
        ReadOnlySpan<byte> bytes,
        Ipv4Packet packet,
        UpperLayer upper,
        MobilityPorts ports,
        [NotNullWhen(true)] out EncapsulatedPacket? encapsulated,
        [NotNullWhen(false)] out WireError? error
    )
    {
        encapsulated = null;
        if (!IpHeader.TryReadUdp(upper, out var datagram, out error))
        {
            return false;
        }
        if (!IsData(datagram.SourcePort, ports) && !IsData(datagram.DestinationPort, ports))
        {
            error = new WireError(
                upper.Offset,
                "Port",
                $"ports {datagram.SourcePort} and {datagram.DestinationPort}; neither is {ports.Data} or {ports.DualStack}"
            );
            return false;
        }

        var innerOffset = upper.Offset + UdpDatagram.HeaderLength;
        var inner = datagram.Payload;
        var hasTlv = TlvHeader.IsAt(inner.Span);
        if (hasTlv)
        {
            if (!TlvHeader.TryRead(inner.Span, out error))
            {
                error = error.Shifted(innerOffset);
                return false;
            }
            (inner, innerOffset) = (inner[TlvHeader.Size..], innerOffset + TlvHeader.Size);
        }

        var version = IpHeader.VersionOf(inner.Span);
        if (version is not (IpHeader.Ipv4 or IpHeader.Ipv6))
        {
            error = IpHeader.UnknownVersion(inner.Span).Shifted(innerOffset);
            return false;
        }

        var outer = new Ipv4UdpEncapsulation(packet.Source, packet.Destination, datagram.SourcePort, datagram.DestinationPort)
        {
            HopLimit = packet.HopLimit,
            TrafficClass = packet.TrafficClass,
            DontFragment = packet.DontFragment,
            Identification = packet.Identification,
            HasTlvHeader = hasTlv,
        };
        var checksumError =
            IpHeader.JudgeHeaderChecksum(bytes) ?? IpHeader.JudgeUdpChecksum(packet.Source, packet.Destination, upper, isDemanded: false);
        encapsulated = new EncapsulatedPacket(outer, version, innerOffset, inner, checksumError);
        return true;
    }

    private static bool IsData(ushort port, MobilityPorts ports) => port == ports.Data || port == ports.DualStack;
}
