using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Delivers an IPv6 packet for this node: checks the headers, serves the upper layer and notifies the role.</summary>
internal sealed class Ipv6Delivery(
    StackParts parts,
    PacketForwarder forwarder,
    NeighborDiscovery neighbors,
    DuplicateAddressDetection uniqueness,
    IReadOnlyDictionary<LinkId, HostAutoconfiguration> autoconfigurations,
    EchoClient echo
)
{
    /// <summary>RFC 8200, Section 3: the offset of the Next Header field.</summary>
    private const int NextHeaderOffset = 6;

    /// <summary>RFC 4302.</summary>
    private const byte AuthenticationHeader = 51;

    /// <summary>Delivers a packet for an address of this node, or for a group on the link.</summary>
    public void Deliver(Arrival arrival, Ipv6Packet packet, Now now)
    {
        if (!packet.TryGetUpperLayer(out var upper, out var error))
        {
            parts.Log("HeadersMalformed", error.Detail);
            return;
        }

        switch (Judge(packet, upper))
        {
            case ExtensionHeaderVerdict.Accepted accepted:
                if (MayPass(arrival, packet, upper, accepted, now))
                {
                    Deliver(arrival, packet, upper, accepted, now);
                }
                break;

            case ExtensionHeaderVerdict.Rejected rejected:
                forwarder.Report(packet, rejected.Error, now, arrival);
                break;

            case ExtensionHeaderVerdict.Discarded discarded:
                parts.Log("HeadersDiscarded", discarded.Reason);
                break;
        }
    }

    private ExtensionHeaderVerdict Judge(Ipv6Packet packet, UpperLayer upper) =>
        ExtensionHeaderRules.Judge(
            packet,
            upper,
            parts.Role is not null,
            parts.Settings.ProcessesHomeAddressOption,
            parts.OwnHomes.IsMobileNode
        );

    /// <summary>
    /// RFC 6275, Section 11.3.3: the address of a type 2 routing header must be a home address of a mobile node. Section 9.3.1: the Home
    /// Address option of a packet must be that of a binding, except in front of ESP, AH and a Mobility Header.
    /// </summary>
    private bool MayPass(Arrival arrival, Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers, Now now)
    {
        if (headers.FinalDestination is { } final && parts.OwnHomes.IsMobileNode && !IsReachedHome(packet, upper, headers, final, now))
        {
            return false;
        }
        if (headers.HomeAddress is not { } home || upper.Protocol is IpProtocol.MobilityHeader or IpProtocol.Esp or AuthenticationHeader)
        {
            return true;
        }
        if (parts.HomeAddresses.IsAccepted(home, packet.Source))
        {
            parts.Flows.Hear(ToApplication(packet, upper, headers), packet.Source, now.Monotonic);
            return true;
        }

        parts.Log("HomeAddressUnverified", $"{home} at {packet.Source}");
        if (!packet.Destination.IsIPv6Multicast && AddressScope.IsUnicast(packet.Source))
        {
            parts.Tell(new RoleInput.UnverifiedHomeAddress(home, packet.Source, packet.Destination, arrival.On.Link), now);
        }
        return false;
    }

    private bool IsReachedHome(Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers, IPAddress final, Now now)
    {
        if (!parts.OwnHomes.Contains(final))
        {
            parts.Log("RoutedElsewhere", $"{final} is no home address of this node");
            return false;
        }

        forwarder.MobileNode.Hear(ToApplication(packet, upper, headers), packet.Destination, now);
        return true;
    }

    private void Deliver(Arrival arrival, Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers, Now now)
    {
        switch (upper.Protocol)
        {
            case IpProtocol.Icmpv6:
                DeliverIcmp(arrival, packet, upper, headers, now);
                break;

            case IpProtocol.MobilityHeader when parts.Role is not null:
                DeliverSignal(arrival, packet, upper.Payload, headers, protection: null, now);
                break;

            case IpProtocol.Esp when parts.Settings.Security.Associations.Count > 0:
                DeliverProtected(arrival, packet, upper, headers, now);
                break;

            // Only a node with a role has tunnels. Packets that do not match one are dropped silently.
            case IpProtocol.Ipv6
            or Ipv4Protocol.Ipv4 when parts.Role is not null:
                forwarder.Decapsulate(arrival.On, packet, upper.Protocol, upper.Payload, now);
                break;

            case IpProtocol.NoNextHeader:
                break;

            case Ipv4Protocol.Udp:
                DeliverUdp(arrival, packet, upper, headers, now);
                break;

            case var _ when parts.TryGiveToApplications(ToApplication(packet, upper, headers)):
                break;

            default:
                var pointer = upper.Headers.Count == 0 ? NextHeaderOffset : upper.Headers[^1].Offset;
                Report(arrival, packet, headers, new PacketError.UnknownProtocol(pointer), now);
                break;
        }
    }

    /// <summary>
    /// The packet as an application expects it: without extension headers, and with the home addresses that they carry (RFC 6275,
    /// Sections 6.3 and 6.4).
    /// </summary>
    private static Ipv6Packet ToApplication(Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers) =>
        packet with
        {
            Source = headers.HomeAddress ?? packet.Source,
            Destination = headers.FinalDestination ?? packet.Destination,
            NextHeader = upper.Protocol,
            Payload = upper.Payload,
        };

    private void DeliverUdp(Arrival arrival, Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers, Now now)
    {
        var (octets, whole) = (upper.Payload, ToApplication(packet, upper, headers));
        if (!UdpDatagram.TryParse(octets, out var datagram, out var error))
        {
            parts.Log("UdpMalformed", error.Detail);
        }
        else if (!UdpDatagram.HasChecksum(octets.Span) || !UdpDatagram.HasValidChecksum(whole.Source, whole.Destination, octets.Span))
        {
            // RFC 8200, Section 8.1: a datagram without a checksum is dropped, too.
            parts.Log("UdpChecksum", $"{packet.Source} to {packet.Destination}");
        }
        else if (!parts.UdpPorts.TryGetValue(datagram.DestinationPort, out var content))
        {
            if (!parts.TryGiveToApplications(whole))
            {
                Report(arrival, packet, headers, new PacketError.PortUnreachable(), now);
            }
        }
        else
        {
            parts.Tell(UdpReception.Read(content, whole, datagram, arrival.On.Link, arrival.LinkLayerSource), now);
        }
    }

    /// <summary>The error of an upper layer, which does not know that the packet came from or to a care-of address.</summary>
    private void Report(Arrival arrival, Ipv6Packet packet, ExtensionHeaderVerdict.Accepted headers, PacketError error, Now now)
    {
        var seen = packet with
        {
            Source = headers.HomeAddress ?? packet.Source,
            Destination = headers.FinalDestination ?? packet.Destination,
        };
        forwarder.Report(seen, error, now, arrival, packet.ToBytes());
    }

    /// <summary>Whatever is wrong with the packet, it is dropped silently.</summary>
    private void DeliverProtected(Arrival arrival, Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted outer, Now now)
    {
        if (parts.Security.IsOfTunnel(packet.Destination, upper.Payload.Span))
        {
            if (parts.Security.TryOpen(packet.Source, packet.Destination, upper.Payload, out var opened, out var association))
            {
                forwarder.DecapsulateProtected(arrival.On, packet, opened, association.Peer, now);
            }
        }
        else if (
            parts.Security.Unprotect(packet, upper, outer.FinalDestination, out var protection) is { } plain
            && plain.TryGetUpperLayer(out var inner, out _)
            && ExtensionHeaderRules.Judge(plain, inner, mobilityAware: true) is ExtensionHeaderVerdict.Accepted headers
        )
        {
            DeliverSignal(arrival, plain, inner.Payload, headers, protection, now);
        }
    }

    private void DeliverSignal(
        Arrival arrival,
        Ipv6Packet packet,
        ReadOnlyMemory<byte> message,
        ExtensionHeaderVerdict.Accepted headers,
        SignalProtection? protection,
        Now now
    )
    {
        if (packet.Destination.IsIPv6Multicast)
        {
            parts.Log("MobilityHeaderToGroup", $"{packet.Source} to {packet.Destination}");
            return;
        }

        var path = headers.PathOf(packet);
        var signal = new RoleInput.Signal(path, arrival.On.Link, message)
        {
            Packet = packet.ToBytes(),
            HasValidChecksum = path.HasValidChecksum(message.Span),
            Protection = protection,
        };
        parts.Tell(signal, now);
    }

    private void DeliverIcmp(Arrival arrival, Ipv6Packet packet, UpperLayer upper, ExtensionHeaderVerdict.Accepted headers, Now now)
    {
        var (bytes, whole) = (upper.Payload, ToApplication(packet, upper, headers));
        if (!Icmpv6Message.HasValidChecksum(whole.Source, whole.Destination, bytes.Span))
        {
            parts.Log("IcmpChecksum", $"{packet.Source} to {packet.Destination}");
            return;
        }

        if (!Icmpv6Message.TryParse(bytes.Span, out var message, out var error))
        {
            parts.Log("IcmpMalformed", error.Detail);
            return;
        }

        if (NeighborDiscoveryRules.Concern(message.Type) && !NeighborDiscoveryRules.Allow(packet, bytes.Span[1], message))
        {
            parts.Log("NeighborDiscoveryInvalid", $"type {message.Type} from {packet.Source}");
            return;
        }

        switch (message)
        {
            case EchoRequest request:
                Answer(arrival, whole, request, now);
                return;

            case EchoReply reply:
                if (!echo.Receive(whole, reply.Identifier, reply.SequenceNumber, reply.Data))
                {
                    parts.TryGiveToApplications(whole);
                }
                return;

            case NeighborSolicitation solicitation:
                uniqueness.Receive(arrival, packet, solicitation, now);
                neighbors.Receive(arrival, packet, solicitation, now);
                break;

            case NeighborAdvertisement advertisement:
                uniqueness.Receive(arrival, advertisement, now);
                neighbors.Receive(arrival.On, advertisement, now);
                break;

            // The role answers; the neighbour's link-layer address is stored for the answer.
            case RouterSolicitation solicitation when parts.Settings.IsRouter:
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

            // No router is behind an access link: a mobile node does not report about paths.
            case var other when !arrival.On.Settings.ForwardOnlyBySourceRoute && Icmpv6Errors.Meaning(other) is { } meaning:
                forwarder.Errors.Receive(meaning.Error, meaning.Invoking, now);
                parts.TryGiveToApplications(ErrorForApplication.Read(whole, other));
                break;
        }

        parts.Tell(
            new RoleInput.Icmp(packet.Source, packet.Destination, arrival.On.Link, arrival.LinkLayerSource, bytes)
            {
                HomeAddress = headers.HomeAddress,
                RoutedTo = headers.FinalDestination,
            },
            now
        );
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
        || (parts.Settings.IsRouter && group.Equals(Ipv6Multicast.AllRouters))
        || on.Ipv6Addresses.Any(a => Ipv6Multicast.SolicitedNode(a.Address).Equals(group));
}
