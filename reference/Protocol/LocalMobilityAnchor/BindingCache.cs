using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The mobility sessions of a local mobility anchor, indexed by session, mobile node, prefix and IPv4 home address.</summary>
public sealed class BindingCache
{
    private readonly Dictionary<SessionId, BindingCacheEntry> _entries = [];
    private readonly Dictionary<MobileNodeIdentifierOption, List<SessionId>> _byMobileNode = [];
    private readonly Dictionary<Ipv6Prefix, SessionId> _byPrefix = [];
    private readonly Dictionary<IPAddress, SessionId> _byIpv4 = [];
    private readonly HashSet<Ipv6Prefix> _ofUnusualLength = [];
    private readonly HashSet<Ipv6Prefix> _withdrawn = [];
    private int _lastSession;

    public int Count => _entries.Count;

    /// <summary>The entries, in no particular order.</summary>
    public IEnumerable<BindingCacheEntry> Entries => _entries.Values;

    /// <summary>Whether a session has an IPv4 home address.</summary>
    public bool HasIpv4 => _byIpv4.Count > 0;

    public SessionId NewSession() => new(++_lastSession);

    public BindingCacheEntry? Find(SessionId session) => _entries.GetValueOrDefault(session);

    /// <summary>The session that has exactly <paramref name="prefix"/> among its prefixes.</summary>
    public BindingCacheEntry? FindByPrefix(Ipv6Prefix prefix) => _byPrefix.TryGetValue(prefix, out var session) ? _entries[session] : null;

    /// <summary>The session that has <paramref name="address"/> among its IPv4 home addresses.</summary>
    public BindingCacheEntry? FindByIpv4(IPAddress address) => _byIpv4.TryGetValue(address, out var session) ? _entries[session] : null;

    /// <summary>All sessions of a mobile node, oldest first.</summary>
    public IReadOnlyList<BindingCacheEntry> Of(MobileNodeIdentifierOption mobileNode) =>
        _byMobileNode.TryGetValue(mobileNode, out var sessions) ? [.. sessions.Select(session => _entries[session])] : [];

    /// <summary>The prefix is invalid and must not be assigned again (RFC 5213, Section 6.12).</summary>
    public void Withdraw(Ipv6Prefix prefix) => _withdrawn.Add(prefix);

    /// <summary>Whether any address of <paramref name="prefix"/> belongs to a session, or the prefix was withdrawn.</summary>
    public bool IsInUse(Ipv6Prefix prefix)
    {
        if (_byPrefix.ContainsKey(prefix) || _withdrawn.Contains(prefix))
        {
            return true;
        }

        // Prefixes of equal length overlap only if they are equal: a prefix of the usual length is compared only with the others.
        IEnumerable<Ipv6Prefix> others = IsOfUsualLength(prefix) ? _ofUnusualLength : _byPrefix.Keys;
        return others.Any(used => used.Contains(prefix) || prefix.Contains(used));
    }

    /// <summary>Whether an IPv4 address belongs to a session.</summary>
    public bool IsInUse(IPAddress address) => _byIpv4.ContainsKey(address);

    /// <summary>Puts an entry into the cache; replaces the previous entry of the same session.</summary>
    public void Put(BindingCacheEntry entry)
    {
        Remove(entry.Session);
        _entries.Add(entry.Session, entry);
        foreach (var prefix in entry.Binding.HomeNetworkPrefixes)
        {
            _byPrefix[prefix] = entry.Session;
            if (!IsOfUsualLength(prefix))
            {
                _ofUnusualLength.Add(prefix);
            }
        }

        foreach (var home in entry.Binding.Ipv4HomeAddresses)
        {
            _byIpv4[home.Address] = entry.Session;
        }

        if (!_byMobileNode.TryGetValue(entry.Binding.MobileNode, out var sessions))
        {
            _byMobileNode.Add(entry.Binding.MobileNode, sessions = []);
        }
        sessions.Add(entry.Session);
        sessions.Sort((left, right) => left.Number.CompareTo(right.Number));
    }

    public void Remove(SessionId session)
    {
        if (!_entries.Remove(session, out var entry))
        {
            return;
        }

        foreach (var prefix in entry.Binding.HomeNetworkPrefixes)
        {
            _byPrefix.Remove(prefix);
            _ofUnusualLength.Remove(prefix);
        }

        foreach (var home in entry.Binding.Ipv4HomeAddresses)
        {
            _byIpv4.Remove(home.Address);
        }

        var sessions = _byMobileNode[entry.Binding.MobileNode];
        sessions.Remove(session);
        if (sessions.Count == 0)
        {
            _byMobileNode.Remove(entry.Binding.MobileNode);
        }
    }

    private static bool IsOfUsualLength(Ipv6Prefix prefix) => prefix.Length == LocalMobilityAnchorSettings.HomeNetworkPrefixLength;
}
