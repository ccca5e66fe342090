using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>Converts a datagram to an input of a role. For hosts.</summary>
public static class UdpReception
{
    /// <summary>What to report of a datagram to an open port; null if it is not what the port is for.</summary>
    /// <param name="packet">The packet with the datagram, not a fragment.</param>
    /// <param name="linkLayerSource">The source of the frame, if the host knows it.</param>
    public static RoleInput? Read(UdpContent content, IpPacket packet, UdpDatagram datagram, LinkId link, MacAddress? linkLayerSource)
    {
        if (content == UdpContent.Messages)
        {
            var path = new UdpPath(packet.Source, datagram.SourcePort, packet.Destination, datagram.DestinationPort);
            return new RoleInput.Udp(path, link, linkLayerSource, datagram.Payload);
        }

        // A datagram without a source port cannot be answered; 0 as the other ports matches no datagram then.
        var (port, none) = (datagram.DestinationPort, (ushort)0);
        var ports = content == UdpContent.MobilityHeaders ? new MobilityPorts(port, none, none) : new MobilityPorts(none, none, port);
        var octets = packet.ToBytes();
        return datagram.SourcePort != none && SignalingTransport.TryUnwrap(octets, ports, out var signaling, out _)
            ? new RoleInput.Signal(signaling.Transport, link, signaling.MobilityHeader)
            {
                Packet = octets,
                HasValidChecksum = signaling.ChecksumError is null,
            }
            : null;
    }
}
