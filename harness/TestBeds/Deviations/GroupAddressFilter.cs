using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Gives every multicast packet the link-layer address of its group (RFC 2464, Section 7).</summary>
internal sealed class GroupAddressFilter : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, Addressed(frame))];

    private static ReadOnlyMemory<byte> Addressed(ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && ethernet.EtherType == EthernetFrame.Ipv6EtherType
        && Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
        && packet.Destination.IsIPv6Multicast
            ? (ethernet with { Destination = MacAddress.ForMulticast(packet.Destination) }).ToBytes()
            : frame;
}
