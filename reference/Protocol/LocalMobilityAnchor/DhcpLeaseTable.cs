using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The addresses that the DHCP server has given to clients without a session (draft -02, Section 3.1). A lease ends in time, or with the
/// session that has its address.
/// </summary>
public sealed class DhcpLeaseTable
{
    private readonly IpPrefix _pool;
    private readonly BindingCache _bindings;
    private readonly Dictionary<IPAddress, (OctetString Client, Instant EndsAt)> _leases = [];

    internal DhcpLeaseTable(IpPrefix pool, BindingCache bindings) => (_pool, _bindings) = (pool, bindings);

    /// <summary>The address that a client has; null if it has none, or none any more.</summary>
    public IPAddress? Of(OctetString client, Instant now) =>
        _leases.FirstOrDefault(lease => lease.Value.Client == client && lease.Value.EndsAt > now).Key;

    /// <summary>The first address that neither a client nor a session has; null if there is none.</summary>
    public IPAddress? FindFree(Instant now)
    {
        for (var address = Next(_pool.Network); _pool.Contains(address) && !address.Equals(_pool.Last); address = Next(address))
        {
            if (!_bindings.IsInUse(address) && !(_leases.TryGetValue(address, out var lease) && lease.EndsAt > now))
            {
                return address;
            }
        }
        return null;
    }

    /// <summary>Gives an address to a client, instead of what it had.</summary>
    public void Give(IPAddress address, OctetString client, Instant until)
    {
        foreach (var (other, _) in _leases.Where(lease => lease.Value.Client == client).ToList())
        {
            _leases.Remove(other);
        }
        _leases[address] = (client, until);
    }

    internal void End(IPAddress address) => _leases.Remove(address);

    private static IPAddress Next(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        for (var i = octets.Length - 1; i >= 0 && ++octets[i] == 0; i--) { }
        return new IPAddress(octets);
    }
}
