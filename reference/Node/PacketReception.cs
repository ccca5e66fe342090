using System.Net;
using Pmip.Linux;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// Converts a received packet to an input of the role, with the same checks as the simulated stack. The kernel sends the
/// ICMPv6 errors.
/// </summary>
/// <param name="passOn">Takes the ICMPv6 messages that may be about packets of this node.</param>
internal sealed class PacketReception(
    Func<NodeLink, IPAddress, bool> isOwn,
    SecurityAssociationDatabase security,
    Action<Icmpv6Message> passOn,
    NodeLog log
)
{
    /// <summary>RFC 791, Section 3.2: every link of IPv4 has room for a packet of 68 octets.</summary>
    private const ushort SmallestIpv4Mtu = 68;

    private const int Ipv4Version = 4;

    /// <summary>Null if the packet is not for this node or not relevant to the role.</summary>
    public RoleInput? Read(NodeLink link, TappedPacket tapped)
    {
        if (tapped.Bytes.Span is [var first, ..] && first >> 4 == Ipv4Version)
        {
            return ReadDatagram(link, tapped);
        }

        if (
            !Ipv6Packet.TryParse(tapped.Bytes, out var packet, out _)
            || packet.Source.IsIPv6Multicast
            || packet.Source.Equals(IPAddress.IPv6Loopback)
            || !(packet.Destination.IsIPv6Multicast || (tapped.IsForThisStation && isOwn(link, packet.Destination)))
            || !packet.TryGetUpperLayer(out var upper, out _)
        )
        {
            return null;
        }

        return upper.Protocol == IpProtocol.Esp ? ReadProtected(link, packet, upper) : Read(link, tapped, packet, upper, protection: null);
    }

    /// <summary>
    /// A datagram that the role intercepts. The sender may have left the checksum to the hardware
    /// (<see cref="TappedPacket.IsChecksumReady"/>).
    /// </summary>
    private static RoleInput.Udp? ReadDatagram(NodeLink link, TappedPacket tapped) =>
        Ipv4Packet.TryParse(tapped.Bytes, out var packet, out _)
        && Ipv4Packet.HasValidChecksum(tapped.Bytes.Span)
        && UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
        && (!tapped.IsChecksumReady || UdpDatagram.HasValidChecksum(packet.Source, packet.Destination, packet.Payload.Span))
            ? new RoleInput.Udp(
                new UdpPath(packet.Source, datagram.SourcePort, packet.Destination, datagram.DestinationPort),
                link.Id,
                tapped.LinkLayerSource,
                datagram.Payload
            )
            : null;

    /// <summary>The packets of tunnels are not for the role. Whatever is wrong with a packet, it is dropped silently.</summary>
    private RoleInput? ReadProtected(NodeLink link, Ipv6Packet packet, UpperLayer upper) =>
        security.Settings.Associations.Count > 0
        && !security.IsOfTunnel(packet.Destination, upper.Payload.Span)
        && security.Unprotect(packet, upper, out var protection) is { } plain
        && plain.TryGetUpperLayer(out var inner, out _)
            ? Read(link, tapped: null, plain, inner, protection)
            : null;

    private RoleInput? Read(NodeLink link, TappedPacket? tapped, Ipv6Packet packet, UpperLayer upper, SignalProtection? protection)
    {
        switch (ExtensionHeaderRules.Judge(packet, upper, mobilityAware: true))
        {
            case ExtensionHeaderVerdict.Accepted headers:
                return upper.Protocol == IpProtocol.MobilityHeader
                    ? ReadSignal(link, packet, upper.Payload, headers, protection)
                    : ReadIcmp(link, tapped, packet, upper);
            case ExtensionHeaderVerdict.Discarded discarded:
                log.Write("HeadersDiscarded", $"{packet.Source} to {packet.Destination}: {discarded.Reason}");
                return null;
            default:
                log.Write("HeadersRejected", $"{packet.Source} to {packet.Destination}");
                return null;
        }
    }

    /// <summary>
    /// The path MTU in an ICMP message (RFC 1191); null if there is none, if the message is not about a packet of this node, or if it
    /// comes from a mobile node.
    /// </summary>
    public RoleInput.PathMtuChanged? Read(NodeLink link, ReceivedPacket icmp) =>
        !link.Settings.IsAccessLink
        && Icmpv4Message.HasValidChecksum(icmp.Payload.Span)
        && Icmpv4Message.TryParse(icmp.Payload.Span, out var message, out _)
        && message is Icmpv4FragmentationNeeded { NextHopMtu: >= SmallestIpv4Mtu and var mtu, Invoking: var invoking }
        && IpPacket.TryParseQuoted(invoking.ToArray(), out var sent, out _)
        && isOwn(link, sent.Source)
            ? new RoleInput.PathMtuChanged(sent.Destination, mtu)
            : null;

    private RoleInput.Signal? ReadSignal(
        NodeLink link,
        Ipv6Packet packet,
        ReadOnlyMemory<byte> message,
        ExtensionHeaderVerdict.Accepted headers,
        SignalProtection? protection
    )
    {
        if (packet.Destination.IsIPv6Multicast)
        {
            log.Write("MobilityHeaderToGroup", $"{packet.Source} to {packet.Destination}");
            return null;
        }

        var path = headers.PathOf(packet);
        return new RoleInput.Signal(path, link.Id, message)
        {
            Packet = packet.ToBytes(),
            HasValidChecksum = path.HasValidChecksum(message.Span),
            Protection = protection,
        };
    }

    private RoleInput? ReadIcmp(NodeLink link, TappedPacket? tapped, Ipv6Packet packet, UpperLayer upper)
    {
        if (upper.Protocol != IpProtocol.Icmpv6 || !Icmpv6Message.HasValidChecksum(packet.Source, packet.Destination, upper.Payload.Span))
        {
            return null;
        }
        if (!Icmpv6Message.TryParse(upper.Payload.Span, out var message, out var error))
        {
            log.Write("IcmpMalformed", $"{packet.Source} on {link.Id}: {error.Detail}");
            return null;
        }

        if (NeighborDiscoveryRules.Concern(message.Type) && !NeighborDiscoveryRules.Allow(packet, upper.Payload.Span[1], message))
        {
            log.Write("NeighborDiscoveryInvalid", $"type {message.Type} from {packet.Source} on {link.Id}");
            return null;
        }

        if (!link.Settings.IsAccessLink && message is not PacketTooBig { Mtu: < Ipv6Packet.MinimumMtu })
        {
            passOn(message);
            if (message is PacketTooBig tooBig && ReadPathMtu(link, tooBig) is { } report)
            {
                return report;
            }
        }

        return new RoleInput.Icmp(packet.Source, packet.Destination, link.Id, tapped?.LinkLayerSource, upper.Payload);
    }

    /// <summary>Null if the message is not about a packet of this node.</summary>
    private RoleInput.PathMtuChanged? ReadPathMtu(NodeLink link, PacketTooBig tooBig) =>
        IpPacket.TryParseQuoted(tooBig.Invoking.ToArray(), out var sent, out _) && isOwn(link, sent.Source)
            ? new RoleInput.PathMtuChanged(sent.Destination, tooBig.Mtu)
            : null;
}
