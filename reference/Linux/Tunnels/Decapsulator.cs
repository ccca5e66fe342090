namespace Pmip.Linux.Tunnels;

/// <summary>Takes packets out of tunnels, many at a time: those that come from the other end of one, and hold what may come out.</summary>
internal sealed unsafe class Decapsulator(OuterSocket outer, TunnelStatistics statistics)
{
    private readonly OuterReceiveBatch _batch = new();
    private readonly SegmentJoiner _joiner = new(statistics);
    private TunTunnel? _last;

    /// <summary>Carries what has come, but no more than one batch, so that others have their turn.</summary>
    internal void Carry(Dictionary<TunnelEnds, TunTunnel> tunnels)
    {
        var received = _batch.Receive(outer);
        for (var i = 0; i < received; i++)
        {
            var ends = _batch.Ends(i, out var outerTrafficClass);
            if (Find(tunnels, ends) is not { } tunnel)
            {
                TunnelStatistics.Count(ref statistics.Foreign);
                continue;
            }

            var packet = _batch.Content(i, out var octets);
            var length = InnerPacket.Measure(packet);
            if (length == 0 || TunnelEcn.InnerTrafficClass(outerTrafficClass, InnerPacket.TrafficClass(packet)) is not { } trafficClass)
            {
                TunnelStatistics.Count(ref statistics.Refused);
                continue;
            }

            InnerPacket.SetTrafficClass(packet, trafficClass);
            _joiner.Take(tunnel, octets, length);
        }

        _joiner.Flush();
    }

    /// <summary>Tunnels have changed.</summary>
    internal void Forget() => _last = null;

    /// <summary>Most packets come by the tunnel that the one before came by.</summary>
    private TunTunnel? Find(Dictionary<TunnelEnds, TunTunnel> tunnels, TunnelEnds ends)
    {
        if (_last?.Ends == ends) return _last;
        return tunnels.TryGetValue(ends, out var tunnel) ? _last = tunnel : null;
    }
}
