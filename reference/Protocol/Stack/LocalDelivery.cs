using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Delivers a packet for this node: checks the headers, serves the upper layer and notifies the role.</summary>
internal sealed class LocalDelivery(
    IpNodeSettings settings,
    PacketForwarder forwarder,
    NeighborDiscovery neighbors,
    DuplicateAddressDetection uniqueness,
    IReadOnlyDictionary<LinkId, HostAutoconfiguration> autoconfigurations,
    EchoClient echo,
    Action<RoleInput, Now>? role,
    Action<string, string> log
)
{
    /// <summary>RFC 8200, Section 3: the offset of the Next Header field.</summary>
    private const int NextHeaderOffset = 6;

    private const byte Udp = 17;

    /// <summary>The interface and frame in which a packet arrived. For a packet from a tunnel, the link-layer source is null.</summary>
    public sealed record Arrival(NodeInterface On, MacAddress? LinkLayerSource = null, bool LinkLayerMulticast = false);

    /// <summary>Delivers a packet for an address of this node, or for a group on the link.</summary>
    public void Deliver(Arrival arrival, Ipv6Packet packet, Now now)
    {
        if (!packet.TryGetUpperLayer(out var upper, out var error))
        {
            log("HeadersMalformed", error.Detail);
            return;
        }

        switch (ExtensionHeaderRules.Judge(packet, upper, mobilityAware: role is not null))
        {
            case ExtensionHeaderVerdict.Accepted accepted:
                Deliver(arrival, packet, upper, accepted, now);
                break;

            case ExtensionHeaderVerdict.Rejected rejected:
                Report(arrival, packet, rejected.Code, rejected.Pointer, now);
                break;

            case ExtensionHeaderVerdict.Discarded discarded:
                log("HeadersDiscarded", discarded.Reason);
                break;
        }
    }

    private void Deliver(Arrival arrival, Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers, Now now)
    {
        switch (upper.Protocol)
        {
            case IpProtocol.Icmpv6:
                DeliverIcmp(arrival, packet, upper.Payload, now);
                break;

            case IpProtocol.MobilityHeader when role is not null:
                DeliverSignal(arrival, packet, upper.Payload, headers, now);
                break;

            // Only a node with a role has tunnels. Packets that do not match one are dropped silently.
            case IpProtocol.Ipv6 when role is not null:
                if (forwarder.Decapsulate(arrival.On, packet, upper.Payload, now, out var inner))
                {
                    Deliver(new Arrival(arrival.On), inner, now);
                }
                break;

            case IpProtocol.NoNextHeader:
                break;

            case Udp:
                var closed = new DestinationUnreachable(Icmpv6Errors.PortUnreachable, Icmpv6Errors.Invoking(packet));
                forwarder.Report(packet, closed, now, arrival.On, arrival.LinkLayerMulticast);
                break;

            default:
                var pointer = upper.Headers.Count == 0 ? NextHeaderOffset : upper.Headers[^1].Offset;
                Report(arrival, packet, Icmpv6Errors.UnrecognizedNextHeader, pointer, now);
                break;
        }
    }

    private void DeliverSignal(
        Arrival arrival,
        Ipv6Packet packet,
        ReadOnlyMemory<byte> message,
        ExtensionHeaderVerdict.Accepted headers,
        Now now
    )
    {
        if (packet.Destination.IsIPv6Multicast)
        {
            log("MobilityHeaderToGroup", $"{packet.Source} to {packet.Destination}");
            return;
        }

        // RFC 6275, Section 6.1.1: the checksum covers the home address and the final destination, if present.
        var source = headers.HomeAddress ?? packet.Source;
        var destination = headers.FinalDestination ?? packet.Destination;
        var signal = new RoleInput.Signal(
            packet.Source,
            packet.Destination,
            arrival.On.Link,
            message,
            HasHomeAddressOption: headers.HomeAddress is not null,
            headers.HasType2RoutingHeader
        )
        {
            Packet = packet.ToBytes(),
            HomeAddress = headers.HomeAddress,
            HasValidChecksum = MobilityHeader.HasValidChecksum(source, destination, message.Span),
        };
        role?.Invoke(signal, now);
    }

    private void DeliverIcmp(Arrival arrival, Ipv6Packet packet, ReadOnlyMemory<byte> bytes, Now now)
    {
        if (!Icmpv6Message.HasValidChecksum(packet.Source, packet.Destination, bytes.Span))
        {
            log("IcmpChecksum", $"{packet.Source} to {packet.Destination}");
            return;
        }

        if (!Icmpv6Message.TryParse(bytes.Span, out var message, out var error))
        {
            log("IcmpMalformed", error.Detail);
            return;
        }

        if (NeighborDiscoveryRules.Concern(message.Type) && !NeighborDiscoveryRules.Allow(packet, bytes.Span[1], message))
        {
            log("NeighborDiscoveryInvalid", $"type {message.Type} from {packet.Source}");
            return;
        }

        switch (message)
        {
            case EchoRequest request:
                Answer(arrival, packet, request, now);
                return;

            case EchoReply reply:
                echo.Receive(packet, reply);
                return;

            case NeighborSolicitation solicitation:
                uniqueness.Receive(arrival.On, packet, solicitation);
                neighbors.Receive(arrival.On, packet, solicitation, now);
                break;

            case NeighborAdvertisement advertisement:
                uniqueness.Receive(arrival.On, advertisement);
                neighbors.Receive(arrival.On, advertisement, now);
                break;

            // The role answers; the neighbour's link-layer address is stored for the answer.
            case RouterSolicitation solicitation when settings.IsRouter:
                if (solicitation.Options.First<SourceLinkLayerAddressOption>() is { } sender)
                {
                    neighbors.Learn(arrival.On, packet.Source, sender.Address, now);
                }
                break;

            case RouterAdvertisement advertisement:
                if (autoconfigurations.TryGetValue(arrival.On.Link, out var autoconfiguration))
                {
                    autoconfiguration.Receive(packet.Source, advertisement, now);
                }
                break;
        }

        role?.Invoke(new RoleInput.Icmp(packet.Source, packet.Destination, arrival.On.Link, arrival.LinkLayerSource, bytes), now);
    }

    // RFC 4443, Section 4.2: the source of the reply is the destination of the request, if that is unicast.
    private void Answer(Arrival arrival, Ipv6Packet packet, EchoRequest request, Now now)
    {
        if (packet.Source.IsIPv6Multicast || packet.Source.Equals(IPAddress.IPv6Any))
        {
            return;
        }

        var source = packet.Destination;
        if (source.IsIPv6Multicast)
        {
            if (!IsGroupOf(arrival.On, source) || forwarder.SourceFor(packet.Source, arrival.On, now.Monotonic) is not { } unicast)
            {
                return;
            }
            source = unicast;
        }

        var reply = new EchoReply(request.Identifier, request.SequenceNumber, request.Data);
        var answer = new Ipv6Packet(source, packet.Source, IpProtocol.Icmpv6, reply.ToBytes(source, packet.Source));
        forwarder.Originate(answer, arrival.On, now);
    }

    private bool IsGroupOf(NodeInterface on, IPAddress group) =>
        group.Equals(Ipv6Multicast.AllNodes)
        || (settings.IsRouter && group.Equals(Ipv6Multicast.AllRouters))
        || on.Addresses.Any(a => Ipv6Multicast.SolicitedNode(a.Address).Equals(group));

    private void Report(Arrival arrival, Ipv6Packet packet, byte code, int pointer, Now now)
    {
        var problem = new ParameterProblem(code, (uint)pointer, Icmpv6Errors.Invoking(packet));
        forwarder.Report(packet, problem, now, arrival.On, arrival.LinkLayerMulticast);
    }
}
