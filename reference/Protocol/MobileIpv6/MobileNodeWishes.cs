namespace Pmip.Protocol.MobileIpv6;

/// <summary>The bindings that a mobile node wants to have at a peer, while they are being chosen.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="peer">The home agent or a correspondent node.</param>
public sealed class MobileNodeWishes(MobileNodeState node, MobileNodePeer peer)
{
    public MobileNodeState Node { get; } = node;

    public MobileNodePeer Peer { get; } = peer;

    public List<MobileNodeWish> Wanted { get; } = [];
}

/// <summary>A binding that a mobile node wants to have.</summary>
/// <param name="BindingId">Its BID; null for a binding without one.</param>
/// <param name="CareOf">Its care-of address.</param>
/// <param name="IsHome">It is a home binding.</param>
public sealed record MobileNodeWish(ushort? BindingId, CareOfAddress CareOf, bool IsHome);
