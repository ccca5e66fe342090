using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes outgoing packets of IPv4 transport on the core link: RFC 5844, Section 4, and its drafts.</summary>
internal sealed class TransportFilter(Func<Ipv4Packet, Ipv4Packet> edit) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, link.Name == Ports.Core.Name ? Edit(frame, edit) : frame)];

    /// <summary>Changes only mobility messages over IPv4 that are not under ESP.</summary>
    public static Func<IOutputFilter> OfMessages(Func<Ipv4Packet, Ipv4Packet> edit) =>
        () => new TransportFilter(packet => IsMessage(packet) ? edit(packet) : packet);

    /// <summary>Changes only tunnelled packets, which are passed with their outer header, and with the packet in the tunnel.</summary>
    public static Func<IOutputFilter> OfTunnels(Func<Ipv4Packet, IpPacket, Ipv4Packet> edit) =>
        () => new TransportFilter(packet => InTunnel(packet) is { } inner ? edit(packet, inner) : packet);

    public static bool IsMessage(Ipv4Packet packet) => TryReadMessage(packet, out _);

    /// <summary>The packet in a tunnel over IPv4; null if the packet is no such one, or not a whole one.</summary>
    public static IpPacket? InTunnel(Ipv4Packet packet) =>
        packet is { MoreFragments: false, FragmentOffset: 0 }
        && !IsMessage(packet)
        && Encapsulation.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out var tunnelled, out _)
        && IpPacket.TryParse(tunnelled.Inner, out var inner, out _)
            ? inner
            : null;

    /// <summary>The packet with another datagram in UDP, and the checksum that this one has.</summary>
    public static Ipv4Packet EditDatagram(Ipv4Packet packet, Func<UdpDatagram, UdpDatagram> edit) =>
        packet.Protocol == Ipv4Protocol.Udp && UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
            ? packet with
            {
                Payload = edit(datagram).ToBytes(packet.Source, packet.Destination),
            }
            : packet;

    /// <summary>The packet with another packet in its tunnel.</summary>
    public static Ipv4Packet WithInner(Ipv4Packet packet, IpPacket inner)
    {
        if (packet.Protocol != Ipv4Protocol.Udp)
        {
            return packet with { Payload = inner.ToBytes() };
        }

        return EditDatagram(
            packet,
            datagram =>
                datagram with
                {
                    Payload = TlvHeader.IsAt(datagram.Payload.Span) ? TlvHeader.Before(inner.ToBytes()) : inner.ToBytes(),
                }
        );
    }

    private static bool TryReadMessage(Ipv4Packet packet, out SignalingPacket? message)
    {
        message = null;
        return packet is { MoreFragments: false, FragmentOffset: 0 }
            && SignalingTransport.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out message, out _);
    }

    private static ReadOnlyMemory<byte> Edit(ReadOnlyMemory<byte> frame, Func<Ipv4Packet, Ipv4Packet> edit)
    {
        if (
            !EthernetFrame.TryParse(frame, out var ethernet, out _)
            || ethernet.EtherType != Ipv4Packet.EtherType
            || !Ipv4Packet.TryParse(ethernet.Payload, out var packet, out _)
        )
        {
            return frame;
        }

        var edited = edit(packet);
        return ReferenceEquals(edited, packet) ? frame : (ethernet with { Payload = edited.ToBytes() }).ToBytes();
    }
}
