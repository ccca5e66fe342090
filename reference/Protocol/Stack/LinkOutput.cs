using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Encapsulates packets in frames and queues the frames for sending.</summary>
internal sealed class LinkOutput
{
    /// <summary>RFC 4861, Section 3.1: proves that no router has forwarded a Neighbor Discovery message.</summary>
    public const byte NeighborDiscoveryHopLimit = 255;

    private readonly Queue<OutgoingFrame> _frames = new();

    public bool TryTake([NotNullWhen(true)] out OutgoingFrame? frame) => _frames.TryDequeue(out frame);

    /// <summary>Sends to the MAC address of a neighbour or a group. Drops packets if the interface is down or its MTU too small.</summary>
    public void Send(NodeInterface on, MacAddress destination, IpPacket packet)
    {
        if (!on.IsUp || packet.Length > on.Mtu)
        {
            return;
        }

        Enqueue(on, destination, packet is Ipv4Packet ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType, packet.ToBytes());
    }

    public void Send(NodeInterface on, MacAddress destination, ArpPacket packet)
    {
        if (on.IsUp)
        {
            Enqueue(on, destination, ArpPacket.EtherType, packet.ToBytes());
        }
    }

    /// <summary>Sends a Neighbor Discovery message to a group of neighbours.</summary>
    public void Multicast(NodeInterface on, IPAddress source, IPAddress group, Icmpv6Message message) =>
        Send(on, MacAddress.ForMulticast(group), NeighborDiscoveryPacket(source, group, message.ToBytes(source, group)));

    /// <summary>A packet that is not forwarded beyond the link.</summary>
    public static Ipv6Packet NeighborDiscoveryPacket(IPAddress source, IPAddress destination, ReadOnlyMemory<byte> message) =>
        new(source, destination, IpProtocol.Icmpv6, message) { HopLimit = NeighborDiscoveryHopLimit };

    private void Enqueue(NodeInterface on, MacAddress destination, ushort etherType, byte[] payload) =>
        _frames.Enqueue(new OutgoingFrame(on.Link, new EthernetFrame(destination, on.MacAddress, etherType, payload).ToBytes()));
}
