using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The way out: packets become frames, frames wait to be taken.</summary>
internal sealed class LinkOutput
{
    /// <summary>RFC 4861, Section 3.1: Neighbor Discovery messages prove with it that no router forwarded them.</summary>
    public const byte NeighborDiscoveryHopLimit = 255;

    private readonly Queue<OutgoingFrame> _frames = new();

    public bool TryTake([NotNullWhen(true)] out OutgoingFrame? frame) => _frames.TryDequeue(out frame);

    /// <summary>Sends to a neighbour, or to a group by its own MAC address. An interface that is down sends nothing, nor does it send what its link would not carry.</summary>
    public void Send(NodeInterface on, MacAddress destination, Ipv6Packet packet)
    {
        if (!on.IsUp || packet.Length > on.Mtu)
        {
            return;
        }

        var frame = new EthernetFrame(destination, on.Settings.MacAddress, EthernetFrame.Ipv6EtherType, packet.ToBytes());
        _frames.Enqueue(new OutgoingFrame(on.Link, frame.ToBytes()));
    }

    /// <summary>Sends a Neighbor Discovery message to a group of neighbours.</summary>
    public void Multicast(NodeInterface on, IPAddress source, IPAddress group, Icmpv6Message message) =>
        Send(on, MacAddress.ForMulticast(group), NeighborDiscoveryPacket(source, group, message.ToBytes(source, group)));

    /// <summary>A packet that stays on the link.</summary>
    public static Ipv6Packet NeighborDiscoveryPacket(IPAddress source, IPAddress destination, ReadOnlyMemory<byte> message) =>
        new(source, destination, IpProtocol.Icmpv6, message) { HopLimit = NeighborDiscoveryHopLimit };
}
