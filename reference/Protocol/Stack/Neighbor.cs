using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// What is known of a neighbour (RFC 4861, Section 7.3.2). Reachability is not watched: a neighbour once known stays so until
/// it says otherwise or the link goes down.
/// </summary>
internal abstract record Neighbor
{
    private Neighbor() { }

    /// <summary>Being asked for; the packets for it wait.</summary>
    public sealed record Incomplete(Queue<Ipv6Packet> Waiting, int Solicitations) : Neighbor;

    public sealed record Known(MacAddress LinkLayerAddress) : Neighbor;
}
