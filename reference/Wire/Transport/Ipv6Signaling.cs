using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>
/// Signaling over IPv6: IPv6, Mobility Header. RFC 6275, Section 6.1.1: the checksum of the Mobility Header is used and covers the
/// IPv6 pseudo-header.
/// </summary>
/// <param name="Source">An IPv6 address.</param>
/// <param name="Destination">An IPv6 address.</param>
/// <exception cref="ArgumentException">An address is not IPv6.</exception>
public sealed record Ipv6Signaling(IPAddress Source, IPAddress Destination) : SignalingTransport
{
    public IPAddress Source
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Source);

    public IPAddress Destination
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Destination);

    public override SignalingTransport Reversed => new Ipv6Signaling(Destination, Source);

    public override byte[] Wrap(ReadOnlySpan<byte> mobilityHeader)
    {
        var octets = mobilityHeader.ToArray();
        MobilityHeader.FillChecksum(Source, Destination, octets);
        return new Ipv6Packet(Source, Destination, IpProtocol.MobilityHeader, octets).ToBytes();
    }

    internal static bool TryUnwrap(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out SignalingPacket? signaling,
        [NotNullWhen(false)] out WireError? error
    )
    {
        signaling = null;
        if (!IpHeader.TryReadIpv6(bytes, out var packet, out var upper, out error))
        {
            return false;
        }
        if (upper.Protocol != IpProtocol.MobilityHeader)
        {
            error = OtherUpperLayer(upper.Offset, upper.Protocol, IpProtocol.MobilityHeader);
            return false;
        }

        var checksumError = MobilityHeader.HasValidChecksum(packet.Source, packet.Destination, upper.Payload.Span)
            ? null
            : new WireError(upper.Offset + MobilityHeader.ChecksumOffset, "Checksum", "incorrect checksum");
        signaling = new SignalingPacket(
            new Ipv6Signaling(packet.Source, packet.Destination),
            upper.Offset,
            upper.Payload,
            upper.Headers,
            checksumError
        );
        return true;
    }
}
