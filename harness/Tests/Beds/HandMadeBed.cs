using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A bed in virtual time, whose frames a test writes down beforehand. The clock moves only while the tester waits.</summary>
internal sealed class HandMadeBed(BedFacts facts, DateTimeOffset start) : ITestBed
{
    private readonly PriorityQueue<ReceivedFrame, DateTimeOffset> _script = new();
    private int _identities;

    public BedFacts Facts { get; } = facts;

    public DateTimeOffset Now { get; private set; } = start;

    public IutHealth Health => IutHealth.Running;

    public string? Crash => null;

    public IUpperTester UpperTester { get; } = new NoUpperTester();

    /// <summary>Lets a frame reach a port at a time; a time in the past is now.</summary>
    public void Deliver(PortId port, DateTimeOffset at, ReadOnlyMemory<byte> frame) =>
        _script.Enqueue(new ReceivedFrame(port, at > Now ? at : Now, frame), at);

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame) => Now;

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        if (_script.TryPeek(out frame, out _) && frame.At <= until)
        {
            _script.Dequeue();
            Now = frame.At > Now ? frame.At : Now;
            return true;
        }

        Now = until > Now ? until : Now;
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up) => Completed.Ok;

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom)
    {
        (identity, usableFrom) = (++_identities, Now);
        return true;
    }

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) { }

    public void Dispose() { }
}
