using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// Signaling over IPv4 as in the drafts before RFC 5844 (draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4): IPv4, UDP, in version 02
/// optionally a TLV header, IPv6, Mobility Header. The checksum of the Mobility Header is used and covers the IPv6 pseudo-header; the UDP
/// checksum may be absent.
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
    public override IPAddress Source
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Source);

    public override IPAddress Destination
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Destination);

    /// <summary>A TLV header precedes the IPv6 packet: the first octet tells the receiver which form it is.</summary>
    public bool HasTlvHeader { get; init; }

    public override SignalingTransport Reversed =>
        new Ipv4UdpIpv6Signaling(Destination, Source, DestinationPort, SourcePort, (Ipv6Signaling)Inner.Reversed)
        {
            HasTlvHeader = HasTlvHeader,
        };

    private protected override string Text =>
        $"{Source} port {SourcePort} to {Destination} port {DestinationPort}{(HasTlvHeader ? " with TLV" : "")}, {Inner} inside";

    public override SignalingTransport Direct => this with { Inner = (Ipv6Signaling)Inner.Direct };

    private protected override void SetChecksum(Span<byte> mobilityHeader) => Inner.Checksum(mobilityHeader);

    private protected override IpPacket Carry(byte[] mobilityHeader) =>
        new Ipv4Packet(Source, Destination, Ipv4Protocol.Udp, DatagramOf(Inner.Wrap(mobilityHeader)));

    /// <summary>The UDP header and what follows it, around an IPv6 packet, which may be under ESP.</summary>
    public byte[] DatagramOf(byte[] inner) =>
        new UdpDatagram(SourcePort, DestinationPort, HasTlvHeader ? TlvHeader.Before(inner) : inner).ToBytes(Source, Destination);

    internal static bool TryRead(
        ReadOnlySpan<byte> bytes,
        Ipv4Packet packet,
        UpperLayer upper,
        UdpDatagram datagram,
        [NotNullWhen(true)] out SignalingPacket? signaling,
        [NotNullWhen(false)] out WireError? error
    )
    {
        signaling = null;
        var hasTlv = TlvHeader.IsAt(datagram.Payload.Span);
        if (hasTlv && !TlvHeader.TryRead(datagram.Payload.Span, out error))
        {
            error = error.Shifted(upper.Offset + UdpDatagram.HeaderLength);
            return false;
        }

        var headers = UdpDatagram.HeaderLength + (hasTlv ? TlvHeader.Size : 0);
        var innerOffset = upper.Offset + headers;
        if (!Ipv6Signaling.TryUnwrap(datagram.Payload[(headers - UdpDatagram.HeaderLength)..], out signaling, out error))
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
        )
        {
            HasTlvHeader = hasTlv,
        };
        var checksumError =
            IpHeader.JudgeHeaderChecksum(bytes)
            ?? IpHeader.JudgeUdpChecksum(packet.Source, packet.Destination, upper, isDemanded: false)
            ?? signaling.ChecksumError?.Shifted(innerOffset);
        signaling = signaling with { Transport = transport, Offset = innerOffset + signaling.Offset, ChecksumError = checksumError };
        return true;
    }
}
