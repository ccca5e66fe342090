using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes outgoing IPv4 packets. One for which the edit returns null is not sent.</summary>
internal sealed class Ipv4PacketRewriter(Func<Ipv4Packet, Ipv4Packet?> edit) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame)
    {
        if (
            !EthernetFrame.TryParse(frame, out var ethernet, out _)
            || ethernet.EtherType != Ipv4Packet.EtherType
            || !Ipv4Packet.TryParse(ethernet.Payload, out var packet, out _)
        )
        {
            return [(TimeSpan.Zero, frame)];
        }

        var edited = edit(packet);
        return edited is null ? []
            : ReferenceEquals(edited, packet) ? [(TimeSpan.Zero, frame)]
            : [(TimeSpan.Zero, (ethernet with { Payload = edited.ToBytes() }).ToBytes())];
    }

    /// <summary>Changes only packets with mobility messages.</summary>
    public static Func<IOutputFilter> OfSignaling(Func<Ipv4Packet, Ipv4Packet?> edit) =>
        () => new Ipv4PacketRewriter(packet => IsSignal(packet) ? edit(packet) : packet);

    /// <summary>Changes only tunnelled packets, which are passed with their outer header.</summary>
    public static Func<IOutputFilter> OfTunnels(Func<Ipv4Packet, Ipv4Packet?> edit) =>
        () => new Ipv4PacketRewriter(packet => IsTunnelled(packet) ? edit(packet) : packet);

    /// <summary>Whether a packet carries a message without ESP.</summary>
    public static bool IsSignal(Ipv4Packet packet) =>
        packet.Protocol == Ipv4Protocol.Udp && SignalingTransport.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out _, out _);

    /// <summary>Whether a packet, or its first fragment, goes through a tunnel over IPv4.</summary>
    public static bool IsTunnelled(Ipv4Packet packet) =>
        packet.FragmentOffset == 0
        && (
            packet.Protocol is IpProtocol.Ipv6 or Ipv4Protocol.Ipv4
            || (
                packet.Protocol == Ipv4Protocol.Udp
                && UdpDatagram.TryReadPorts(packet.Payload.Span, out var from, out _)
                && from is UdpPort.ProxyMobileIpv6Data or UdpPort.DualStackMobileIpv6
                && !IsSignal(packet)
            )
        );
}
