using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// Signaling over IPv4 as in the drafts before RFC 5844 (draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4): IPv4, UDP, IPv6,
/// Mobility Header. The checksum of the Mobility Header is used and covers the IPv6 pseudo-header; the UDP checksum may be absent.
/// </summary>
/// <param name="Source">An IPv4 address.</param>
/// <param name="Destination">An IPv4 address.</param>
/// <param name="Inner">The inner IPv6 addresses.</param>
/// <exception cref="ArgumentException">An address is not IPv4.</exception>
public sealed record Ipv4UdpIpv6Signaling(
    IPAddress Source,
    IPAddress Destination,
    ushort SourcePort,
    ushort DestinationPort,
    Ipv6Signaling Inner
) : SignalingTransport
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

    public override SignalingTransport Reversed =>
        new Ipv4UdpIpv6Signaling(Destination, Source, DestinationPort, SourcePort, (Ipv6Signaling)Inner.Reversed);

    public override byte[] Wrap(ReadOnlySpan<byte> mobilityHeader) =>
        new Ipv4Packet(
            Source,
            Destination,
            Ipv4Protocol.Udp,
            new UdpDatagram(SourcePort, DestinationPort, Inner.Wrap(mobilityHeader)).ToBytes(Source, Destination)
        ).ToBytes();

    internal static bool TryRead(
        ReadOnlySpan<byte> bytes,
        Ipv4Packet packet,
        UpperLayer upper,
        UdpDatagram datagram,
        [NotNullWhen(true)] out SignalingPacket? signaling,
        [NotNullWhen(false)] out WireError? error
    )
    {
        var innerOffset = upper.Offset + UdpDatagram.HeaderLength;
        if (!Ipv6Signaling.TryUnwrap(datagram.Payload, out signaling, out error))
        {
            error = error.Shifted(innerOffset);
            return false;
        }

        var transport = new Ipv4UdpIpv6Signaling(
            packet.Source,
            packet.Destination,
            datagram.SourcePort,
            datagram.DestinationPort,
            (Ipv6Signaling)signaling.Transport
        );
        var checksumError =
            IpHeader.JudgeHeaderChecksum(bytes)
            ?? IpHeader.JudgeUdpChecksum(packet.Source, packet.Destination, upper, isDemanded: false)
            ?? signaling.ChecksumError?.Shifted(innerOffset);
        signaling = signaling with { Transport = transport, Offset = innerOffset + signaling.Offset, ChecksumError = checksumError };
        return true;
    }
}
