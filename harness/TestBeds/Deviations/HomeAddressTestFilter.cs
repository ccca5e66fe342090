using System.Buffers.Binary;
using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Sends a Neighbor Solicitation from :: for the home address directly before the Binding Update by which a mobile node at home removes
/// its bindings. A rule of the role would send it before the link-layer address of the home agent is known, so that it could ask for that.
/// </summary>
internal sealed class HomeAddressTestFilter : IOutputFilter
{
    private const int LifetimeOffset = 10;

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
        && packet.NextHeader == MobilityHeader.Protocol
        && IsRemoval(packet.Payload.Span)
            ? [(TimeSpan.Zero, Test(packet.Source, ethernet.Source)), (TimeSpan.Zero, frame)]
            : [(TimeSpan.Zero, frame)];

    private static bool IsRemoval(ReadOnlySpan<byte> message) =>
        message[MobilityHeader.TypeOffset] == (byte)MobilityHeaderType.BindingUpdate
        && BinaryPrimitives.ReadUInt16BigEndian(message[LifetimeOffset..]) == 0;

    private static byte[] Test(IPAddress home, MacAddress sender)
    {
        var group = Ipv6Multicast.SolicitedNode(home);
        var message = new NeighborSolicitation(home, NdOptionList.Empty).ToBytes(IPAddress.IPv6Any, group);
        var packet = new Ipv6Packet(IPAddress.IPv6Any, group, IpProtocol.Icmpv6, message) { HopLimit = byte.MaxValue };
        return new EthernetFrame(MacAddress.ForMulticast(group), sender, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes();
    }
}
