using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Sends packets to neighbours, and resolves their link-layer addresses: the common part of both families.</summary>
internal abstract class NeighborResolution(StackParts parts)
{
    /// <summary>RFC 4861, Section 10: RETRANS_TIMER. RFC 1122, Section 2.3.2.1, allows the same rate for ARP.</summary>
    public static readonly TimeSpan RetransTimer = TimeSpan.FromSeconds(1);

    /// <summary>RFC 4861, Section 10: MAX_MULTICAST_SOLICIT.</summary>
    private const int MaxMulticastSolicit = 3;

    /// <summary>
    /// RFC 4861, Section 7.2.2, requires at least one; enough for all fragments of a packet. If the queue is full, the oldest packet is
    /// dropped.
    /// </summary>
    private const int MaxWaitingPackets = 64;

    /// <summary>Sends a packet to a neighbour, after address resolution if necessary. Groups need no resolution.</summary>
    public void Send(NodeInterface on, IPAddress nextHop, IpPacket packet, Now now)
    {
        if (GroupAddress(nextHop) is { } group)
        {
            parts.Output.Send(on, group, packet);
            return;
        }
        if (on.GivenNeighbors.TryGetValue(nextHop, out var given))
        {
            parts.Output.Send(on, given, packet);
            return;
        }

        switch (on.Neighbors.Find(nextHop))
        {
            case Neighbor.Known known:
                parts.Output.Send(on, known.LinkLayerAddress, packet);
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
                    Solicit(on, nextHop, new Neighbor.Incomplete(new Queue<IpPacket>([packet]), 0), now);
                }
                break;
        }
    }

    /// <summary>Records a neighbour's link-layer address from a received message, and sends the queued packets.</summary>
    public void Learn(NodeInterface on, IPAddress neighbor, MacAddress address, Now now)
    {
        var waiting = on.Neighbors.Find(neighbor) is Neighbor.Incomplete incomplete ? incomplete.Waiting : [];
        Set(on, neighbor, new Neighbor.Known(address));
        parts.Timers.Cancel(new StackTimer.Resolution(on.Link, neighbor));
        while (waiting.TryDequeue(out var packet))
        {
            Send(on, neighbor, packet, now);
        }
    }

    /// <summary>Sends the packets that wait for the address of a neighbour whose address was given.</summary>
    public void Release(NodeInterface on, IPAddress neighbor, Now now)
    {
        if (on.Neighbors.Find(neighbor) is Neighbor.Incomplete { Waiting: var waiting })
        {
            parts.Timers.Cancel(new StackTimer.Resolution(on.Link, neighbor));
            on.Neighbors.Remove(neighbor);
            while (waiting.TryDequeue(out var packet))
            {
                Send(on, neighbor, packet, now);
            }
        }
    }

    /// <summary>Retransmits the request, or gives up and returns the queued packets (RFC 4861, Section 7.2.2).</summary>
    public IReadOnlyCollection<IpPacket> HandleTimeout(NodeInterface on, IPAddress neighbor, Now now)
    {
        if (on.Neighbors.Find(neighbor) is not Neighbor.Incomplete incomplete)
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

    /// <summary>The link-layer address of a group, or null if the next hop is a neighbour.</summary>
    protected abstract MacAddress? GroupAddress(IPAddress nextHop);

    /// <summary>Asks for the link-layer address of a neighbour. False if the node has no address from which to ask.</summary>
    /// <param name="prompting">The first packet that waits for the answer.</param>
    protected abstract bool TryAsk(NodeInterface on, IPAddress neighbor, IpPacket prompting);

    private void Solicit(NodeInterface on, IPAddress neighbor, Neighbor.Incomplete incomplete, Now now)
    {
        if (!TryAsk(on, neighbor, incomplete.Waiting.Peek()))
        {
            on.Neighbors.Remove(neighbor);
            return;
        }

        Set(on, neighbor, incomplete with { Solicitations = incomplete.Solicitations + 1 });
        parts.Timers.Set(new StackTimer.Resolution(on.Link, neighbor), now.Monotonic + RetransTimer);
    }

    /// <summary>The packets that wait for an entry that is removed to make room are dropped.</summary>
    private void Set(NodeInterface on, IPAddress neighbor, Neighbor state)
    {
        if (on.Neighbors.Set(neighbor, state) is { } oldest)
        {
            parts.Timers.Cancel(new StackTimer.Resolution(on.Link, oldest));
        }
    }
}
