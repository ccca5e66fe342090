using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The neighbours of an interface, of both families. The table is bounded: whoever sends packets to many addresses of a link does not
/// exhaust the memory of a router (RFC 6583, Section 5). A new entry replaces the oldest.
/// </summary>
internal sealed class NeighborTable
{
    public const int Capacity = 1024;

    private readonly OrderedDictionary<IPAddress, Neighbor> _entries = new(Capacity);

    public IEnumerable<IPAddress> Addresses => _entries.Keys;

    public Neighbor? Find(IPAddress address) => _entries.GetValueOrDefault(address);

    /// <summary>Adds an entry, or replaces the one of this address, which keeps its age.</summary>
    /// <returns>The address whose entry was removed to make room, or null.</returns>
    public IPAddress? Set(IPAddress address, Neighbor neighbor)
    {
        IPAddress? oldest = null;
        if (_entries.Count == Capacity && !_entries.ContainsKey(address))
        {
            oldest = _entries.GetAt(0).Key;
            _entries.RemoveAt(0);
        }
        _entries[address] = neighbor;
        return oldest;
    }

    public void Remove(IPAddress address) => _entries.Remove(address);

    public void Clear() => _entries.Clear();
}
