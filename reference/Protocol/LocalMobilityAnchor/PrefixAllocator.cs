using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// Assigns free home network prefixes from a pool in rotation, so that a prefix just released is the last to be reused.
/// </summary>
internal sealed class PrefixAllocator(Ipv6Prefix pool, BindingCache bindings)
{
    private readonly UInt128 _size = UInt128.One << (LocalMobilityAnchorSettings.HomeNetworkPrefixLength - pool.Length);
    private ulong _next;

    /// <summary>Returns up to <paramref name="count"/> unused prefixes; fewer, or none, if the pool is exhausted.</summary>
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
