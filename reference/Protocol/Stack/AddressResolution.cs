using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Address resolution of IPv4: ARP (RFC 826), also on behalf of neighbours elsewhere (RFC 1027).</summary>
internal sealed class AddressResolution(StackParts parts) : NeighborResolution(parts)
{
    private readonly StackParts _parts = parts;

    /// <summary>
    /// Learns from a packet of another node, and answers a request for an address of this node or of a proxied neighbour.
    /// </summary>
    public void Receive(NodeInterface on, ArpPacket arp, Now now)
    {
        var isTarget = on.HasAssigned(arp.TargetAddress);
        var sender = arp.SenderAddress;
        if (AddressScope.IsUnicast(sender) && !on.HasAssigned(sender) && (isTarget || on.Neighbors.Find(sender) is not null))
        {
            Learn(on, sender, arp.SenderHardware, now);
        }

        // A node that announces its own address does not ask for it.
        var isQuestion = arp.Operation == ArpOperation.Request && !sender.Equals(arp.TargetAddress);
        if (isQuestion && (isTarget || _parts.IsProxied(on, arp.TargetAddress)))
        {
            _parts.Output.Send(
                on,
                arp.SenderHardware,
                new ArpPacket(ArpOperation.Reply, on.MacAddress, arp.TargetAddress, arp.SenderHardware, sender)
            );
        }
    }

    protected override MacAddress? GroupAddress(IPAddress nextHop) =>
        !AddressScope.IsGroup(nextHop) ? null
        : nextHop.Equals(IPAddress.Broadcast) ? MacAddress.Broadcast
        : MacAddress.ForMulticast(nextHop);

    protected override bool TryAsk(NodeInterface on, IPAddress neighbor, IpPacket prompting)
    {
        if ((on.HasAssigned(prompting.Source) ? prompting.Source : on.Ipv4AddressNear(neighbor)) is not { } source)
        {
            return false;
        }

        _parts.Output.Send(on, MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, on.MacAddress, source, default, neighbor));
        return true;
    }
}
