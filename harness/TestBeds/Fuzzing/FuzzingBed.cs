using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Fuzzing;

/// <summary>A bed on which mutants follow each frame that the tester sends. It outlives its scenarios.</summary>
/// <param name="mutants">How many follow a frame.</param>
internal sealed class FuzzingBed(ITestBed bed, FrameMutator mutator, int mutants) : ITestBed
{
    private const int LastKept = 8;

    private readonly Queue<byte[]> _last = new();

    /// <summary>How many mutants were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The last mutants, oldest first, as hexadecimal digits: the stimulus before a crash.</summary>
    public IEnumerable<string> Last => _last.Select(Convert.ToHexStringLower);

    public BedFacts Facts => bed.Facts;

    public DateTimeOffset Now => bed.Now;

    public IutHealth Health => bed.Health;

    public string? Crash => bed.Crash;

    public IUpperTester UpperTester => bed.UpperTester;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        var at = bed.Send(port, frame);
        for (var number = 0; number < mutants && bed.Health == IutHealth.Running; number++)
        {
            var mutant = mutator.Next(frame);
            _last.Enqueue(mutant);
            if (_last.Count > LastKept)
            {
                _last.Dequeue();
            }

            bed.Send(port, mutant);
            Sent++;
        }

        return at;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame) => bed.TryReceive(until, out frame);

    public IPending SetCarrier(PortId port, bool up) => bed.SetCarrier(port, up);

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => bed.TryTakeIdentity(out identity, out usableFrom);

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => bed.ReturnIdentity(identity, usableFrom);

    public void Dispose() { }
}
