using Conformance.TestBeds.Namespaces;
using Pmip.Linux;

namespace Conformance.Cli.Lab;

/// <summary>A frame as it passed the switch.</summary>
internal sealed record TappedFrame(string Link, KernelTime At, ReadOnlyMemory<byte> Bytes);

/// <summary>Who listens at each link of the switch, and says nothing.</summary>
internal sealed class LabTaps : IDisposable
{
    private readonly List<(QuietInterface Interface, PacketPort Port)> taps = [];
    private readonly Dictionary<PacketPort, long> dropped = [];

    public IEnumerable<IReadable> Sources => taps.Select(tap => tap.Port);

    public static LabTaps Open(RealTopology topology) => topology.Switch.Run(() =>
    {
        var opened = new LabTaps();
        try
        {
            foreach (var link in RealTopology.Links)
            {
                opened.taps.Add((QuietInterface.Take(link), PacketPort.Open(link)));
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    });

    /// <summary>What has passed since, in the order of time.</summary>
    public IReadOnlyList<TappedFrame> Take()
    {
        var frames = new List<TappedFrame>();
        foreach (var (_, port) in taps)
        {
            while (port.TryReceive(out var frame))
            {
                frames.Add(new TappedFrame(port.InterfaceName, frame.At, frame.Bytes));
            }
        }

        return [.. frames.OrderBy(frame => frame.At)];
    }

    /// <summary>How many frames passed since the last question that nobody could take in time.</summary>
    public long TakeDropped() => taps.Sum(tap =>
    {
        var now = tap.Port.ReadStatistics().Dropped;
        var since = now - dropped.GetValueOrDefault(tap.Port);
        dropped[tap.Port] = now;
        return since;
    });

    public void Dispose()
    {
        foreach (var (quiet, port) in taps)
        {
            port.Dispose();
            quiet.Dispose();
        }
    }
}
