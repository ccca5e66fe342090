using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A bed whose tester is late, or whose network delivers a frame twice.</summary>
internal sealed class BedInBetween(ITestBed bed) : ITestBed
{
    private readonly Queue<ReceivedFrame> _again = new();
    private ReceivedFrame? _last;

    /// <summary>The delay of every frame that the tester sends.</summary>
    public TimeSpan Late { get; init; }

    /// <summary>Selects received frames that are delivered again after the next frame that the tester sends.</summary>
    public Func<ReceivedFrame, bool> IsRepeated { get; init; } = _ => false;

    /// <summary>True if every frame is delivered twice in a row.</summary>
    public bool IsDoubled { get; init; }

    public BedFacts Facts => bed.Facts;

    public DateTimeOffset Now => bed.Now;

    public IutHealth Health => bed.Health;

    public string? Crash => bed.Crash;

    public IUpperTester UpperTester => bed.UpperTester;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        var until = bed.Now + Late;
        while (Late > TimeSpan.Zero && bed.TryReceive(until, out var meanwhile))
        {
            _again.Enqueue(meanwhile);
        }

        var at = bed.Send(port, frame);
        if (_last is not null)
        {
            _again.Enqueue(_last with { At = at + TimeSpan.FromTicks(1) });
            _last = null;
        }

        return at;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        if (_again.TryDequeue(out frame))
        {
            return true;
        }

        var came = bed.TryReceive(until, out frame);
        _last = came && IsRepeated(frame!) ? frame : _last;
        if (came && IsDoubled)
        {
            _again.Enqueue(frame!);
        }

        return came;
    }

    public IPending SetCarrier(PortId port, bool up) => bed.SetCarrier(port, up);

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => bed.TryTakeIdentity(out identity, out usableFrom);

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => bed.ReturnIdentity(identity, usableFrom);

    public void Dispose() => bed.Dispose();
}
