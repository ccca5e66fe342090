using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// Draws free home network prefixes out of a pool, in turn, so that a prefix just given back is the last to be given again.
/// </summary>
internal sealed class PrefixAllocator(Ipv6Prefix pool, BindingCache bindings)
{
    private readonly UInt128 _size = UInt128.One << (LocalMobilityAnchorSettings.HomeNetworkPrefixLength - pool.Length);
    private ulong _next;

    /// <summary>Up to <paramref name="count"/> prefixes that belong to no session; fewer, or none, when the pool has no more.</summary>
    public IReadOnlyList<Ipv6Prefix> Draw(int count)
    {
        var drawn = new List<Ipv6Prefix>();
        for (UInt128 tried = 0; tried < _size && drawn.Count < count; tried++)
        {
            var candidate = pool.Subnet(LocalMobilityAnchorSettings.HomeNetworkPrefixLength, _next);
            _next = (ulong)((_next + UInt128.One) % _size);
            if (!bindings.IsInUse(candidate))
            {
                drawn.Add(candidate);
            }
        }

        return drawn;
    }
}
