using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes the IPv6 packets that leave: headers, and what is in front of a payload.</summary>
internal sealed class PacketRewriter(Func<PortId, Ipv6Packet, Ipv6Packet> edit) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditPacket(frame, packet => edit(link, packet)))];

    /// <summary>Changes tunnelled packets alone, from the outer header on.</summary>
    public static Func<IOutputFilter> OfTunnels(Func<Ipv6Packet, Ipv6Packet> edit) => OfNextHeader(IpProtocol.Ipv6, edit);

    /// <summary>Changes packets with mobility messages alone.</summary>
    public static Func<IOutputFilter> OfSignaling(Func<Ipv6Packet, Ipv6Packet> edit) => OfNextHeader(MobilityHeader.Protocol, edit);

    private static Func<IOutputFilter> OfNextHeader(byte nextHeader, Func<Ipv6Packet, Ipv6Packet> edit) =>
        () => new PacketRewriter((_, packet) => packet.NextHeader == nextHeader ? edit(packet) : packet);
}
