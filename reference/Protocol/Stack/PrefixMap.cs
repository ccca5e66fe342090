using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// Values by prefix, searched by address. The cost of a search depends on the number of different lengths, not of prefixes.
/// </summary>
internal sealed class PrefixMap<TValue>
    where TValue : class
{
    private readonly Dictionary<IpPrefix, TValue> _values = [];
    private readonly SortedDictionary<(int Length, bool IsIpv4), int> _counts = new(
        Comparer<(int Length, bool IsIpv4)>.Create((left, right) => right.CompareTo(left))
    );

    /// <summary>The value of exactly this prefix; created by <paramref name="make"/> if there is none.</summary>
    public TValue GetOrAdd(IpPrefix prefix, Func<TValue> make)
    {
        if (_values.TryGetValue(prefix, out var value))
        {
            return value;
        }

        value = make();
        _values.Add(prefix, value);
        _counts[Key(prefix)] = _counts.GetValueOrDefault(Key(prefix)) + 1;
        return value;
    }

    /// <summary>The value of exactly this prefix, or null.</summary>
    public TValue? Find(IpPrefix prefix) => _values.GetValueOrDefault(prefix);

    public void Remove(IpPrefix prefix)
    {
        if (_values.Remove(prefix) && --_counts[Key(prefix)] == 0)
        {
            _counts.Remove(Key(prefix));
        }
    }

    public bool IsEmpty => _values.Count == 0;

    /// <summary>The values of the prefixes that contain the address, the longest prefix first.</summary>
    public IEnumerable<TValue> Containing(IPAddress address)
    {
        foreach (var (length, isIpv4) in _counts.Keys)
        {
            if (isIpv4 == (address.AddressFamily == AddressFamily.InterNetwork) && _values.TryGetValue(new(address, length), out var value))
            {
                yield return value;
            }
        }
    }

    private static (int Length, bool IsIpv4) Key(IpPrefix prefix) => (prefix.Length, prefix.IsIpv4);
}
