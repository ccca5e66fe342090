using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>The path MTUs that routers have reported, of a limited number of destinations (RFC 8201, Section 5.2; RFC 1191).</summary>
internal sealed class PathMtus(DeadlineQueue<StackTimer> timers)
{
    /// <summary>RFC 8201, Section 5.3, and RFC 1191, Section 6.3: the recommended age after which a larger MTU is tried.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The largest number of destinations; beyond it, the one that was reported first is forgotten.</summary>
    public const int MaximumDestinations = 1024;

    /// <summary>RFC 791, Section 3.2: every IPv4 link has room for a packet of 68 octets.</summary>
    private const uint MinimumIpv4Mtu = 68;

    private readonly Dictionary<IPAddress, uint> _mtus = [];
    private readonly Queue<IPAddress> _order = new();

    /// <summary>The MTU of the path to a destination whose first link has <paramref name="linkMtu"/>.</summary>
    public uint Towards(IPAddress destination, uint linkMtu) =>
        _mtus.Count > 0 && _mtus.TryGetValue(destination, out var mtu) ? Math.Min(mtu, linkMtu) : linkMtu;

    /// <summary>
    /// A router has a link of this MTU on the path. False if the report is not to be believed: the MTU is below the minimum of IPv6
    /// (RFC 8201, Section 4).
    /// </summary>
    public bool TryReduce(IPAddress destination, uint mtu, Now now)
    {
        if (!AddressScope.IsIpv4(destination) && mtu < InterfaceSettings.MinimumMtu)
        {
            return false;
        }

        mtu = Math.Max(mtu, MinimumIpv4Mtu);
        if (_mtus.TryGetValue(destination, out var known) && known <= mtu)
        {
            return true;
        }

        if (!_mtus.ContainsKey(destination))
        {
            _order.Enqueue(destination);
        }
        _mtus[destination] = mtu;
        timers.Set(new StackTimer.PathMtuAge(destination), now.Monotonic + Lifetime);
        if (_mtus.Count > MaximumDestinations)
        {
            Forget(_order.Dequeue());
        }
        return true;
    }

    /// <summary>The report is old; also when it was forgotten before.</summary>
    public void HandleTimeout(IPAddress destination) => Forget(destination);

    private void Forget(IPAddress destination)
    {
        _mtus.Remove(destination);
        timers.Cancel(new StackTimer.PathMtuAge(destination));
    }
}
