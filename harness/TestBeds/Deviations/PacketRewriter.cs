using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes outgoing IPv6 packets: header fields and extension headers.</summary>
internal sealed class PacketRewriter(Func<PortId, Ipv6Packet, Ipv6Packet> edit) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditPacket(frame, packet => edit(link, packet)))];

    /// <summary>Changes only tunnelled packets, which are passed with their outer header.</summary>
    public static Func<IOutputFilter> OfTunnels(Func<Ipv6Packet, Ipv6Packet> edit) => OfNextHeader(IpProtocol.Ipv6, edit);

    /// <summary>Changes only packets with mobility messages.</summary>
    public static Func<IOutputFilter> OfSignaling(Func<Ipv6Packet, Ipv6Packet> edit) => OfNextHeader(MobilityHeader.Protocol, edit);

    private static Func<IOutputFilter> OfNextHeader(byte nextHeader, Func<Ipv6Packet, Ipv6Packet> edit) =>
        () => new PacketRewriter((_, packet) => packet.NextHeader == nextHeader ? edit(packet) : packet);
}
