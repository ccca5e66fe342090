using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Delivers an IPv4 packet for this node: serves the upper layer.</summary>
internal sealed class Ipv4Delivery(
    StackParts parts,
    PacketForwarder forwarder,
    IReadOnlyDictionary<LinkId, Ipv4HostConfiguration> configurations,
    EchoClient echo
)
{
    /// <summary>RFC 791, Section 3.1: the offset of the Protocol field.</summary>
    private const int ProtocolOffset = 9;

    /// <summary>Delivers a packet for an address of this node, or for a group on the link.</summary>
    public void Deliver(Arrival arrival, Ipv4Packet packet, Now now)
    {
        if (Ipv4Options.FirstMalformed(packet) is { } at)
        {
            forwarder.Report(packet, new PacketError.ErroneousField(at), now, arrival);
            return;
        }

        switch (packet.Protocol)
        {
            case Ipv4Protocol.Icmp:
                DeliverIcmp(arrival, packet, now);
                break;

            // Only a node with a role has tunnels. Packets that do not match one are dropped silently.
            case Ipv4Protocol.Ipv4
            or IpProtocol.Ipv6 when parts.Role is not null:
                forwarder.Decapsulate(arrival.On, packet, packet.Protocol, packet.Payload, now);
                break;

            case Ipv4Protocol.Udp:
                DeliverUdp(arrival, packet, protection: null, now);
                break;

            // Whatever is wrong with a packet under ESP, it is dropped silently.
            case IpProtocol.Esp when parts.Settings.Security.Associations.Count > 0:
                if (parts.Security.Unprotect(packet, out var protection) is { } plain)
                {
                    DeliverUdp(arrival, plain, protection, now);
                }
                break;

            case var _ when parts.TryGiveToApplications(packet):
                break;

            default:
                forwarder.Report(packet, new PacketError.UnknownProtocol(ProtocolOffset), now, arrival);
                break;
        }
    }

    /// <param name="protection">The association of a packet that came under ESP, in which there are signals only.</param>
    private void DeliverUdp(Arrival arrival, Ipv4Packet packet, SignalProtection? protection, Now now)
    {
        if (!UdpDatagram.TryParse(packet.Payload, out var datagram, out var error))
        {
            parts.Log("UdpMalformed", error.Detail);
        }
        else if (!UdpDatagram.HasValidChecksum(packet.Source, packet.Destination, packet.Payload.Span))
        {
            parts.Log("UdpChecksum", $"{packet.Source} to {packet.Destination}");
        }
        else if (datagram.DestinationPort == UdpPort.DhcpClient && configurations.TryGetValue(arrival.On.Link, out var configuration))
        {
            configuration.Receive(datagram.Payload.Span, now);
        }
        else if (
            parts.UdpPorts.TryGetValue(datagram.DestinationPort, out var content)
            && Read(content, arrival, packet, datagram, protection) is { } input
        )
        {
            parts.Tell(input, now);
        }
        else if (protection is not null)
        {
            parts.Log("EspSelector", $"{packet.Source} to port {datagram.DestinationPort} has no message for the role");
        }
        else if (
            !forwarder.TryDecapsulate(arrival.On, packet, datagram, now)
            && !parts.UdpPorts.ContainsKey(datagram.DestinationPort)
            && !parts.TryGiveToApplications(packet)
        )
        {
            forwarder.Report(packet, new PacketError.PortUnreachable(), now, arrival);
        }
    }

    private RoleInput? Read(UdpContent content, Arrival arrival, Ipv4Packet packet, UdpDatagram datagram, SignalProtection? protection) =>
        UdpReception.Read(
            content,
            packet,
            datagram,
            arrival.On.Link,
            arrival.LinkLayerSource,
            parts.Settings.Security.Associations.Count > 0 ? parts.Security : null,
            parts.HasAssigned,
            protection
        );

    private void DeliverIcmp(Arrival arrival, Ipv4Packet packet, Now now)
    {
        if (!Icmpv4Message.HasValidChecksum(packet.Payload.Span))
        {
            parts.Log("IcmpChecksum", $"{packet.Source} to {packet.Destination}");
            return;
        }

        if (!Icmpv4Message.TryParse(packet.Payload.Span, out var message, out var error))
        {
            parts.Log("IcmpMalformed", error.Detail);
            return;
        }

        switch (message)
        {
            case Icmpv4EchoRequest request:
                Answer(arrival, packet, request, now);
                break;

            case Icmpv4EchoReply reply:
                if (!echo.Receive(packet, reply.Identifier, reply.SequenceNumber, reply.Data))
                {
                    parts.TryGiveToApplications(packet);
                }
                break;

            // No router is behind an access link: a mobile node does not report about paths.
            case var other when !arrival.On.Settings.ForwardOnlyBySourceRoute && Icmpv4Errors.Meaning(other) is { } meaning:
                forwarder.Errors.Receive(meaning.Error, meaning.Invoking, now);
                parts.TryGiveToApplications(packet);
                break;
        }
    }

    // RFC 1122, Section 3.2.2.6: the source of the reply is the destination of the request; requests to a group are not answered.
    private void Answer(Arrival arrival, Ipv4Packet packet, Icmpv4EchoRequest request, Now now)
    {
        if (!AddressScope.IsUnicast(packet.Source) || !forwarder.IsOwn(arrival.On, packet.Destination))
        {
            return;
        }

        var reply = new Icmpv4EchoReply(request.Identifier, request.SequenceNumber, request.Data).ToBytes();
        forwarder.Originate(new Ipv4Packet(packet.Destination, packet.Source, Ipv4Protocol.Icmp, reply), arrival.On, now);
    }
}
