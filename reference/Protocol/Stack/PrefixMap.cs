using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// Values by prefix, searched by address. The cost of a search depends on the number of different lengths, not of prefixes.
/// </summary>
internal sealed class PrefixMap<TValue>
    where TValue : class
{
    private readonly Dictionary<Ipv6Prefix, TValue> _values = [];
    private readonly SortedDictionary<int, int> _countByLength = new(Comparer<int>.Create((left, right) => right.CompareTo(left)));

    /// <summary>The value of exactly this prefix; created by <paramref name="make"/> if there is none.</summary>
    public TValue GetOrAdd(Ipv6Prefix prefix, Func<TValue> make)
    {
        if (_values.TryGetValue(prefix, out var value))
        {
            return value;
        }

        value = make();
        _values.Add(prefix, value);
        _countByLength[prefix.Length] = _countByLength.GetValueOrDefault(prefix.Length) + 1;
        return value;
    }

    /// <summary>The value of exactly this prefix, or null.</summary>
    public TValue? Find(Ipv6Prefix prefix) => _values.GetValueOrDefault(prefix);

    public void Remove(Ipv6Prefix prefix)
    {
        if (_values.Remove(prefix) && --_countByLength[prefix.Length] == 0)
        {
            _countByLength.Remove(prefix.Length);
        }
    }

    public bool IsEmpty => _values.Count == 0;

    /// <summary>The values of the prefixes that contain the address, the longest prefix first.</summary>
    public IEnumerable<TValue> Containing(IPAddress address)
    {
        foreach (var length in _countByLength.Keys)
        {
            if (_values.TryGetValue(new Ipv6Prefix(address, length), out var value))
            {
                yield return value;
            }
        }
    }
}
