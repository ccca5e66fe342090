using Conformance.TestBeds.Lanes;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>A frame captured at the switch.</summary>
internal sealed record TappedFrame(string Link, KernelTime At, ReadOnlyMemory<byte> Bytes);

/// <summary>Passive capture ports on every link of the switch.</summary>
internal sealed class LabTaps : IDisposable
{
    /// <summary>The maximum number of frames per port and call, so that the user interface stays responsive.</summary>
    private const int MostAtOnce = 1000;

    private readonly List<(QuietInterface Interface, PacketPort Port)> _taps = [];
    private long _told;
    private long _dropped;
    private KernelTime _lastDrop;

    public IEnumerable<IReadable> Sources => _taps.Select(tap => tap.Port);

    public static LabTaps Open(NamespaceDomain domain, LabNodes nodes) =>
        domain.Tester.Run(() =>
        {
            var opened = new LabTaps();
            try
            {
                foreach (var link in nodes.Links)
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

    /// <summary>Takes the frames captured since the last call, ordered by time; under high load only a part of them.</summary>
    /// <param name="until">All frames captured before this time have been taken.</param>
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

    /// <summary>How many frames were dropped since the last call because they could not be taken in time.</summary>
    public long TakeDropped()
    {
        var now = _taps.Sum(tap => tap.Port.ReadStatistics().Dropped);
        (var since, _told) = (now - _told, now);
        return since;
    }

    /// <summary>True if no frame is known to have been dropped since the given time.</summary>
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
