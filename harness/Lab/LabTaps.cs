using Conformance.TestBeds.Namespaces;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>A frame as it passed the switch.</summary>
internal sealed record TappedFrame(string Link, KernelTime At, ReadOnlyMemory<byte> Bytes);

/// <summary>Who listens at each link of the switch, and says nothing.</summary>
internal sealed class LabTaps : IDisposable
{
    /// <summary>Whoever watches and types is not kept waiting for long.</summary>
    private const int MostAtOnce = 1000;

    private readonly List<(QuietInterface Interface, PacketPort Port)> _taps = [];
    private long _told;
    private long _dropped;
    private KernelTime _lastDrop;

    public IEnumerable<IReadable> Sources => _taps.Select(tap => tap.Port);

    public static LabTaps Open(RealTopology topology) =>
        topology.Switch.Run(() =>
        {
            var opened = new LabTaps();
            try
            {
                foreach (var link in RealTopology.Links)
                {
                    opened._taps.Add((QuietInterface.Take(link), PacketPort.Open(link)));
                }

                return opened;
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        });

    /// <summary>What has passed since, in the order of time; of very much a part.</summary>
    /// <param name="until">All that passed before this has been taken.</param>
    public IReadOnlyList<TappedFrame> Take(out KernelTime until)
    {
        until = KernelTime.Now;
        var frames = new List<TappedFrame>();
        foreach (var (_, port) in _taps)
        {
            var count = 0;
            while (count < MostAtOnce && port.TryReceive(out var frame))
            {
                frames.Add(new TappedFrame(port.InterfaceName, frame.At, frame.Bytes));
                count++;
            }

            if (count == MostAtOnce && frames[^1].At < until)
            {
                until = frames[^1].At;
            }
        }

        return [.. frames.OrderBy(frame => frame.At)];
    }

    /// <summary>How many frames passed since the last question that nobody could take in time.</summary>
    public long TakeDropped()
    {
        var now = _taps.Sum(tap => tap.Port.ReadStatistics().Dropped);
        (var since, _told) = (now - _told, now);
        return since;
    }

    /// <summary>Whether every frame that passed from then on was taken, as far as is known.</summary>
    public bool IsWholeSince(KernelTime time)
    {
        var now = _taps.Sum(tap => tap.Port.ReadStatistics().Dropped);
        if (now > _dropped)
        {
            (_dropped, _lastDrop) = (now, KernelTime.Now);
        }

        return _lastDrop < time;
    }

    public void Dispose()
    {
        foreach (var (quiet, port) in _taps)
        {
            port.Dispose();
            quiet.Dispose();
        }
    }
}
