using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The path MTUs that routers have reported, of a limited number of destinations (RFC 8201, Section 5.2; RFC 1191).</summary>
internal sealed class PathMtus(DeadlineQueue<StackTimer> timers)
{
    /// <summary>RFC 8201, Section 5.3, and RFC 1191, Section 6.3: the recommended age after which a larger MTU is tried.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The largest number of destinations; beyond it, the one whose last report is the oldest is forgotten.</summary>
    public const int MaximumDestinations = 1024;

    /// <summary>RFC 791, Section 3.2: every IPv4 link has room for a packet of 68 octets.</summary>
    private const uint MinimumIpv4Mtu = 68;

    private readonly Dictionary<IPAddress, (uint Mtu, long Order)> _reports = [];
    private long _order;

    /// <summary>The MTU of the path to a destination whose first link has <paramref name="linkMtu"/>.</summary>
    public uint Towards(IPAddress destination, uint linkMtu) =>
        _reports.Count > 0 && _reports.TryGetValue(destination, out var report) ? Math.Min(report.Mtu, linkMtu) : linkMtu;

    /// <summary>
    /// A router has a link of this MTU on the path. False if the report is not to be believed: the MTU is below the minimum of IPv6
    /// (RFC 8201, Section 4).
    /// </summary>
    public bool TryReduce(IPAddress destination, uint mtu, Now now)
    {
        if (!AddressScope.IsIpv4(destination) && mtu < Ipv6Packet.MinimumMtu)
        {
            return false;
        }

        mtu = Math.Max(mtu, MinimumIpv4Mtu);
        if (_reports.TryGetValue(destination, out var known) && known.Mtu <= mtu)
        {
            return true;
        }

        if (_reports.Count == MaximumDestinations && !_reports.ContainsKey(destination))
        {
            Forget(_reports.MinBy(report => report.Value.Order).Key);
        }
        _reports[destination] = (mtu, _order++);
        timers.Set(new StackTimer.PathMtuAge(destination), now.Monotonic + Lifetime);
        return true;
    }

    /// <summary>The report is old.</summary>
    public void HandleTimeout(IPAddress destination) => Forget(destination);

    private void Forget(IPAddress destination)
    {
        _reports.Remove(destination);
        timers.Cancel(new StackTimer.PathMtuAge(destination));
    }
}
