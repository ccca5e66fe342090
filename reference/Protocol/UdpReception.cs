using System.Net;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>Converts a datagram to an input of a role. For hosts.</summary>
public static class UdpReception
{
    /// <summary>
    /// What to report of a datagram to an open port; null if it is not what the port is for. On a port that signals and tunnels share
    /// (<see cref="UdpContent.MobilityHeadersInIpv6"/>) the host gives it to its tunnels then.
    /// </summary>
    /// <param name="packet">The packet with the datagram, not a fragment.</param>
    /// <param name="linkLayerSource">The source of the frame, if the host knows it.</param>
    /// <param name="security">Removes ESP from the packet in the datagram; null if the node has no security associations.</param>
    /// <param name="isOwn">Whether an address is one of the node: a packet to another one is not for the role. Null: all are.</param>
    /// <param name="protection">The association under which the datagram came, ESP between IPv4 and UDP; null if there was none.</param>
    public static RoleInput? Read(
        UdpContent content,
        IpPacket packet,
        UdpDatagram datagram,
        LinkId link,
        MacAddress? linkLayerSource,
        SecurityAssociationDatabase? security = null,
        Predicate<IPAddress>? isOwn = null,
        SignalProtection? protection = null
    )
    {
        const ushort none = 0;
        switch (content)
        {
            case UdpContent.Messages:
                var path = new UdpPath(packet.Source, datagram.SourcePort, packet.Destination, datagram.DestinationPort);
                return new RoleInput.Udp(path, link, linkLayerSource, datagram.Payload);

            // A datagram without a source port cannot be answered, and none of IPv6 is signaling.
            case var _ when datagram.SourcePort == none || packet is not Ipv4Packet:
                return null;

            case UdpContent.MobilityHeaders:
                var ports = new MobilityPorts(datagram.DestinationPort, none, none);
                return SignalingTransport.TryUnwrap(packet.ToBytes(), ports, out var direct, out _)
                    ? SignalOf(direct, direct.Transport, packet, link, protection)
                    : null;

            default:
                return ReadInner(packet, datagram, security, isOwn, ref protection) is { Transport: Ipv6Signaling inner } signaling
                    ? SignalOf(signaling, PathOf(packet, datagram, inner), packet, link, protection)
                    : null;
        }
    }

    private static RoleInput.Signal SignalOf(
        SignalingPacket signaling,
        SignalingTransport path,
        IpPacket packet,
        LinkId link,
        SignalProtection? protection
    ) =>
        new(path, link, signaling.MobilityHeader)
        {
            Packet = packet.ToBytes(),
            HasValidChecksum = signaling.ChecksumError is null,
            Protection = protection,
        };

    private static Ipv4UdpIpv6Signaling PathOf(IpPacket packet, UdpDatagram datagram, Ipv6Signaling inner) =>
        new(packet.Source, packet.Destination, datagram.SourcePort, datagram.DestinationPort, inner)
        {
            HasTlvHeader = TlvHeader.IsAt(datagram.Payload.Span),
        };

    /// <summary>The signal in an IPv6 packet for this node, without ESP; null if the packet is data.</summary>
    private static SignalingPacket? ReadInner(
        IpPacket packet,
        UdpDatagram datagram,
        SecurityAssociationDatabase? security,
        Predicate<IPAddress>? isOwn,
        ref SignalProtection? protection
    )
    {
        var content = datagram.Payload;
        if (TlvHeader.IsAt(content.Span))
        {
            if (!TlvHeader.TryRead(content.Span, out _))
            {
                return null;
            }
            content = content[TlvHeader.Size..];
        }

        if (
            !Ipv6Packet.TryParse(content, out var inner, out _)
            || isOwn?.Invoke(inner.Destination) == false
            || !inner.TryGetUpperLayer(out var upper, out _)
        )
        {
            return null;
        }

        if (upper.Protocol == IpProtocol.Esp && security is not null)
        {
            if (security.Unprotect(inner, upper, out protection) is not { } plain)
            {
                return null;
            }
            inner = plain;
        }
        return SignalingTransport.TryUnwrap(inner.ToBytes(), MobilityPorts.Default, out var signaling, out _) ? signaling : null;
    }
}
