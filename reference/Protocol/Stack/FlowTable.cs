using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// Which of several paths to a mobile node each flow takes (RFC 5648, Section 3). A path has the name of a care-of address, or of the home
/// address for the home link.
/// </summary>
/// <remarks>
/// A flow keeps its path as long as it is there. A packet of the mobile node moves its flow to the path on which it came. A new flow takes
/// the path on which the mobile node was heard last.
/// </remarks>
internal sealed class FlowTable
{
    /// <summary>The largest number of flows, of packets in fragments, and of paths that are remembered.</summary>
    public const int Capacity = 4096;

    /// <summary>A flow without a packet for longer is forgotten: what a NAT does with UDP (RFC 4787, Section 4.3).</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);

    private readonly IdleTable<FlowKey, IPAddress> _flows = new(Capacity, IdleLimit);
    private readonly IdleTable<FragmentKey, IPAddress> _fragments = new(Capacity, Reassembly.Timeout);
    private readonly IdleTable<IPAddress, long> _heard = new(Capacity, TimeSpan.MaxValue);
    private long _events;

    /// <summary>The mobile node has been heard on a path.</summary>
    public void Prefer(IPAddress path, Instant now) => _heard.Set(path, ++_events, now);

    /// <summary>A packet of a mobile node has come on a path.</summary>
    public void Hear(IpPacket packet, IPAddress path, Instant now)
    {
        Prefer(path, now);
        if (FlowKey.From(packet) is { } flow)
        {
            _flows.Set(flow, path, now);
        }
    }

    /// <summary>The path of a packet to a mobile node.</summary>
    /// <param name="paths">At least one, in the order in which they were added.</param>
    public IPAddress Choose(IpPacket packet, IReadOnlyList<IPAddress> paths, Instant now)
    {
        var fragment = Fragment.Of(packet);
        if (fragment is { Offset: > 0 } && _fragments.TryFind(fragment.Key, now, out var first) && paths.Contains(first))
        {
            return first;
        }

        var flow = FlowKey.To(packet);
        var path = flow is { } known && _flows.TryFind(known, now, out var taken) && paths.Contains(taken) ? taken : Preferred(paths, now);
        if (flow is { } taking)
        {
            _flows.Set(taking, path, now);
        }
        if (fragment is not null)
        {
            _fragments.Set(fragment.Key, path, now);
        }
        return path;
    }

    private IPAddress Preferred(IReadOnlyList<IPAddress> paths, Instant now)
    {
        var (best, last) = (paths[^1], 0L);
        foreach (var path in paths)
        {
            if (_heard.TryFind(path, now, out var heard) && heard > last)
            {
                (best, last) = (path, heard);
            }
        }
        return best;
    }
}
