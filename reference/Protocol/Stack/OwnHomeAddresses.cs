using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The home addresses of a mobile node, and the care-of addresses from which it sends to each peer directly (RFC 6275, Section 11.3.1).
/// </summary>
internal sealed class OwnHomeAddresses
{
    private readonly HashSet<IPAddress> _homes = [];
    private readonly Dictionary<(IPAddress Peer, IPAddress Home), List<IPAddress>> _optimized = [];

    /// <summary>The role has given a home address: the node is a mobile node from then on.</summary>
    public bool IsMobileNode { get; private set; }

    /// <summary>Counts what changes in <see cref="All"/>.</summary>
    public int Changes { get; private set; }

    public IReadOnlyCollection<IPAddress> All => _homes;

    public void Add(IPAddress home)
    {
        (IsMobileNode, Changes) = (true, Changes + 1);
        _homes.Add(home);
    }

    public void Remove(IPAddress home)
    {
        Changes++;
        _homes.Remove(home);
    }

    public bool Contains(IPAddress address) => _homes.Contains(address);

    /// <summary>Adds a care-of address, or makes it the last of those for the peer.</summary>
    public void Optimize(IPAddress peer, IPAddress home, IPAddress careOf)
    {
        if (!_optimized.TryGetValue((peer, home), out var careOfs))
        {
            _optimized.Add((peer, home), careOfs = []);
        }
        careOfs.Remove(careOf);
        careOfs.Add(careOf);
    }

    public void EndOptimization(IPAddress peer, IPAddress home, IPAddress careOf)
    {
        if (_optimized.TryGetValue((peer, home), out var careOfs) && careOfs.Remove(careOf) && careOfs.Count == 0)
        {
            _optimized.Remove((peer, home));
        }
    }

    /// <summary>
    /// The care-of addresses from which packets of a home address go to a peer, in the order in which they were added; none: they take the
    /// routes of the home address.
    /// </summary>
    public IReadOnlyList<IPAddress> CareOfAddressesFor(IPAddress peer, IPAddress home) => _optimized.GetValueOrDefault((peer, home)) ?? [];
}
