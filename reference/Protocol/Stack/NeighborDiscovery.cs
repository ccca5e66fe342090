using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Address resolution (RFC 4861, Section 7.2).</summary>
internal sealed class NeighborDiscovery(LinkOutput output, DeadlineQueue<StackTimer> timers, bool isRouter)
{
    /// <summary>RFC 4861, Section 10: RETRANS_TIMER.</summary>
    public static readonly TimeSpan RetransTimer = TimeSpan.FromSeconds(1);

    /// <summary>RFC 4861, Section 10: MAX_MULTICAST_SOLICIT.</summary>
    private const int MaxMulticastSolicit = 3;

    /// <summary>RFC 4861, Section 7.2.2, requires at least one; if the queue is full, the oldest packet is dropped.</summary>
    private const int MaxWaitingPackets = 16;

    /// <summary>Sends a packet to a neighbour, after address resolution if necessary. Groups need no resolution.</summary>
    public void Send(NodeInterface on, IPAddress nextHop, Ipv6Packet packet, Now now)
    {
        if (nextHop.IsIPv6Multicast)
        {
            output.Send(on, MacAddress.ForMulticast(nextHop), packet);
            return;
        }

        switch (on.Neighbors.GetValueOrDefault(nextHop))
        {
            case Neighbor.Known known:
                output.Send(on, known.LinkLayerAddress, packet);
                break;

            case Neighbor.Incomplete incomplete:
                if (incomplete.Waiting.Count == MaxWaitingPackets)
                {
                    incomplete.Waiting.Dequeue();
                }
                incomplete.Waiting.Enqueue(packet);
                break;

            default:
                if (on.IsUp)
                {
                    Solicit(on, nextHop, new Neighbor.Incomplete(new Queue<Ipv6Packet>([packet]), 0), now);
                }
                break;
        }
    }

    /// <summary>Answers a solicitation for an address of this node (RFC 4861, Sections 7.2.3 and 7.2.4).</summary>
    public void Receive(NodeInterface on, Ipv6Packet packet, NeighborSolicitation solicitation, Now now)
    {
        if (!on.HasAssigned(solicitation.Target))
        {
            return;
        }

        var own = new TargetLinkLayerAddressOption(on.Settings.MacAddress);
        if (packet.Source.Equals(IPAddress.IPv6Any))
        {
            // Another node tests this address for uniqueness and has no address to which an answer could be sent.
            var objection = new NeighborAdvertisement(
                solicitation.Target,
                isRouter,
                Solicited: false,
                Override: true,
                new NdOptionList(own)
            );
            output.Multicast(on, solicitation.Target, Ipv6Multicast.AllNodes, objection);
            return;
        }

        if (solicitation.Options.First<SourceLinkLayerAddressOption>() is { } sender)
        {
            Learn(on, packet.Source, sender.Address, now);
        }
        var answer = new NeighborAdvertisement(solicitation.Target, isRouter, Solicited: true, Override: true, new NdOptionList(own));
        var message = answer.ToBytes(solicitation.Target, packet.Source);
        Send(on, packet.Source, LinkOutput.NeighborDiscoveryPacket(solicitation.Target, packet.Source, message), now);
    }

    /// <summary>Processes an advertisement (RFC 4861, Section 7.2.5). An unsolicited advertisement does not create an entry.</summary>
    public void Receive(NodeInterface on, NeighborAdvertisement advertisement, Now now)
    {
        if (advertisement.Options.First<TargetLinkLayerAddressOption>() is not { } target)
        {
            return;
        }

        switch (on.Neighbors.GetValueOrDefault(advertisement.Target))
        {
            case Neighbor.Incomplete:
            case Neighbor.Known when advertisement.Override:
                Learn(on, advertisement.Target, target.Address, now);
                break;
        }
    }

    /// <summary>Records a neighbour's link-layer address from a received message, and sends the queued packets.</summary>
    public void Learn(NodeInterface on, IPAddress neighbor, MacAddress address, Now now)
    {
        var waiting = on.Neighbors.GetValueOrDefault(neighbor) is Neighbor.Incomplete incomplete ? incomplete.Waiting : [];
        on.Neighbors[neighbor] = new Neighbor.Known(address);
        timers.Cancel(new StackTimer.Resolution(on.Link, neighbor));
        while (waiting.TryDequeue(out var packet))
        {
            Send(on, neighbor, packet, now);
        }
    }

    /// <summary>Retransmits the solicitation, or gives up and returns the queued packets (RFC 4861, Section 7.2.2).</summary>
    public IReadOnlyCollection<Ipv6Packet> HandleTimeout(NodeInterface on, IPAddress neighbor, Now now)
    {
        if (on.Neighbors.GetValueOrDefault(neighbor) is not Neighbor.Incomplete incomplete)
        {
            return [];
        }

        if (incomplete.Solicitations < MaxMulticastSolicit)
        {
            Solicit(on, neighbor, incomplete, now);
            return [];
        }

        on.Neighbors.Remove(neighbor);
        return incomplete.Waiting;
    }

    /// <summary>The link is down: removes all neighbours and queued packets.</summary>
    public void Forget(NodeInterface on)
    {
        foreach (var neighbor in on.Neighbors.Keys)
        {
            timers.Cancel(new StackTimer.Resolution(on.Link, neighbor));
        }
        on.Neighbors.Clear();
    }

    private void Solicit(NodeInterface on, IPAddress neighbor, Neighbor.Incomplete incomplete, Now now)
    {
        var prompting = incomplete.Waiting.Peek().Source;
        if ((on.HasAssigned(prompting) ? prompting : SourceFor(on)) is not { } source)
        {
            // A node without an address on the link cannot solicit: a solicitation from the unspecified address
            // would be a test for uniqueness.
            on.Neighbors.Remove(neighbor);
            return;
        }

        on.Neighbors[neighbor] = incomplete with { Solicitations = incomplete.Solicitations + 1 };
        timers.Set(new StackTimer.Resolution(on.Link, neighbor), now.Monotonic + RetransTimer);
        var solicitation = new NeighborSolicitation(neighbor, new NdOptionList(new SourceLinkLayerAddressOption(on.Settings.MacAddress)));
        output.Multicast(on, source, Ipv6Multicast.SolicitedNode(neighbor), solicitation);
    }

    private static IPAddress? SourceFor(NodeInterface on) =>
        on.LinkLocalAddress ?? on.Addresses.FirstOrDefault(a => a.State == AddressState.Assigned)?.Address;
}
