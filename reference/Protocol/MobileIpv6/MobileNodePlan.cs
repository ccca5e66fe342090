namespace Pmip.Protocol.MobileIpv6;

/// <summary>The Binding Updates that a mobile node sends to a peer, while they are being chosen.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="peer">The home agent or a correspondent node.</param>
/// <param name="now">When they are sent.</param>
public sealed class MobileNodePlan(MobileNodeState node, MobileNodePeer peer, Instant now)
{
    public MobileNodeState Node { get; } = node;

    public MobileNodePeer Peer { get; } = peer;

    public Instant Now { get; } = now;

    /// <summary>The bindings to be registered or removed that no update is about yet, removals first.</summary>
    public List<MobileNodeBinding> Due { get; } =
    [
        .. peer
            .Bindings.Where(binding => binding.IsDue(now))
            .OrderBy(binding => binding.Wanted is not null)
            .ThenBy(binding => binding.IsHome),
    ];

    public List<MobileNodeUpdate> Updates { get; } = [];

    /// <summary>The tests whose tokens are missing.</summary>
    public HashSet<TestInitExchange> Tests { get; } = [];

    /// <summary>Chooses an update about these bindings.</summary>
    public void Add(params IReadOnlyList<MobileNodeBinding> bindings)
    {
        if (bindings.Count > 0)
        {
            Updates.Add(new MobileNodeUpdate(Peer, [.. bindings.Select(MobileNodeUpdateItem.Of)]));
            Due.RemoveAll(bindings.Contains);
        }
    }
}
