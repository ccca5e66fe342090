using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The bindings of mobile nodes by home address and BID.</summary>
public sealed class MobileBindingCache
{
    private readonly Dictionary<IPAddress, List<MobileBinding>> _byHome = [];

    /// <summary>All bindings, by home address in no particular order.</summary>
    public IEnumerable<MobileBinding> All => _byHome.Values.SelectMany(bindings => bindings);

    /// <summary>The bindings of a home address in the order in which they came into being.</summary>
    public IReadOnlyList<MobileBinding> Of(IPAddress home) => _byHome.TryGetValue(home, out var bindings) ? [.. bindings] : [];

    public MobileBinding? Find(BindingKey key) =>
        _byHome.TryGetValue(key.Home, out var bindings) ? bindings.Find(binding => binding.Key == key) : null;

    /// <summary>Puts a binding into the cache, in place of the one with the same key.</summary>
    public void Put(MobileBinding binding)
    {
        if (!_byHome.TryGetValue(binding.Key.Home, out var bindings))
        {
            _byHome.Add(binding.Key.Home, bindings = []);
        }

        var at = bindings.FindIndex(known => known.Key == binding.Key);
        if (at < 0)
        {
            bindings.Add(binding);
        }
        else
        {
            bindings[at] = binding;
        }
    }

    /// <summary>Removes a binding; false if there was none.</summary>
    public bool Remove(BindingKey key)
    {
        if (!_byHome.TryGetValue(key.Home, out var bindings) || bindings.RemoveAll(binding => binding.Key == key) == 0)
        {
            return false;
        }
        if (bindings.Count == 0)
        {
            _byHome.Remove(key.Home);
        }
        return true;
    }

    /// <summary>
    /// Makes these the only bindings of a home address (RFC 5648, Section 6.2), and returns the keys of those that have ended thereby.
    /// </summary>
    public IReadOnlyList<BindingKey> ReplaceAll(IPAddress home, params IReadOnlyList<MobileBinding> bindings)
    {
        var ended = Of(home).Select(binding => binding.Key).Except(bindings.Select(binding => binding.Key)).ToList();
        _byHome.Remove(home);
        foreach (var binding in bindings)
        {
            Put(binding);
        }
        return ended;
    }
}
