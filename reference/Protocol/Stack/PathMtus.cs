using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>The path MTUs that routers have reported, of a limited number of destinations (RFC 8201, Section 5.2; RFC 1191).</summary>
internal sealed class PathMtus(DeadlineQueue<StackTimer> timers)
{
    /// <summary>RFC 8201, Section 5.3, and RFC 1191, Section 6.3: the recommended age after which a larger MTU is tried.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The largest number of destinations; beyond it, the one whose last report is the oldest is forgotten.</summary>
    public const int MaximumDestinations = 1024;

    private readonly Dictionary<IPAddress, (uint Mtu, long Order)> _reports = [];
    private long _order;

    /// <summary>The MTU of the path to a destination whose first link has <paramref name="linkMtu"/>.</summary>
    public uint Towards(IPAddress destination, uint linkMtu) =>
        _reports.Count > 0 && _reports.TryGetValue(destination, out var report) ? Math.Min(report.Mtu, linkMtu) : linkMtu;

    /// <summary>The reported MTU of the path to a destination; null without a report.</summary>
    public uint? Of(IPAddress destination) => _reports.TryGetValue(destination, out var report) ? report.Mtu : null;

    /// <summary>Uses an MTU for the path to a destination. Its age counts from the last change.</summary>
    public void Set(IPAddress destination, uint mtu, Now now)
    {
        if (Of(destination) == mtu)
        {
            return;
        }

        if (_reports.Count == MaximumDestinations && !_reports.ContainsKey(destination))
        {
            Forget(_reports.MinBy(report => report.Value.Order).Key);
        }
        _reports[destination] = (mtu, _order++);
        timers.Set(new StackTimer.PathMtuAge(destination), now.Monotonic + Lifetime);
    }

    /// <summary>The report is old.</summary>
    public void HandleTimeout(IPAddress destination) => Forget(destination);

    private void Forget(IPAddress destination)
    {
        _reports.Remove(destination);
        timers.Cancel(new StackTimer.PathMtuAge(destination));
    }
}
