namespace Pmip.Linux.Tunnels;

/// <summary>
/// Decapsulates packets, in batches. Drops packets that do not come from the other end of a tunnel, or whose content must not be
/// forwarded.
/// </summary>
internal sealed unsafe class Decapsulator : PacketThread
{
    private readonly OuterReceiveBatch _batch = new();
    private readonly OuterSocket _outer;
    private readonly SegmentJoiner _joiner;
    private readonly Dictionary<TunnelEnds, TunTunnel> _tunnels = [];
    private TunTunnel? _last;

    internal Decapsulator(OuterSocket outer)
        : base("out of tunnels")
    {
        _outer = outer;
        _joiner = new SegmentJoiner(Statistics);
        Watch([outer.Descriptor]);
        Start();
    }

    internal TunnelStatistics Statistics { get; } = new();

    internal void Add(TunTunnel tunnel) => Ask(() => _tunnels.Add(tunnel.Ends, tunnel));

    /// <summary>When this returns, the tunnel is no longer in use.</summary>
    internal void Remove(TunTunnel tunnel) =>
        Ask(() =>
        {
            _tunnels.Remove(tunnel.Ends);
            _last = null;
        });

    /// <summary>Carries at most one batch.</summary>
    private protected override void Carry(int place)
    {
        var received = _batch.Receive(_outer);
        for (var i = 0; i < received; i++)
        {
            var ends = _batch.Ends(i, out var outerTrafficClass);
            if (Find(ends) is not { } tunnel)
            {
                TunnelStatistics.Count(ref Statistics.Foreign);
                continue;
            }

            var packet = _batch.Content(i, out var octets);
            var length = InnerPacket.Measure(packet);
            if (length == 0 || TunnelEcn.InnerTrafficClass(outerTrafficClass, InnerPacket.TrafficClass(packet)) is not { } trafficClass)
            {
                TunnelStatistics.Count(ref Statistics.Refused);
                continue;
            }

            InnerPacket.SetTrafficClass(packet, trafficClass);
            _joiner.Take(tunnel, octets, length);
        }

        _joiner.Flush();
    }

    /// <summary>Tries the tunnel of the previous packet first, which most packets share.</summary>
    private TunTunnel? Find(TunnelEnds ends)
    {
        if (_last?.Ends == ends)
        {
            return _last;
        }
        return _tunnels.TryGetValue(ends, out var tunnel) ? _last = tunnel : null;
    }
}
