using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The state of a neighbour (RFC 4861, Section 7.3.2). Reachability is not monitored: an entry stays valid until the
/// neighbour advertises another address or the link goes down.
/// </summary>
internal abstract record Neighbor
{
    private Neighbor() { }

    /// <summary>Address resolution is in progress; packets to the neighbour are queued.</summary>
    public sealed record Incomplete(Queue<IpPacket> Waiting, int Solicitations) : Neighbor;

    public sealed record Known(MacAddress LinkLayerAddress) : Neighbor;
}
