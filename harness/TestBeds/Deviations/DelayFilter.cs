using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Deviations;

/// <summary>Delays some of the frames.</summary>
internal sealed class DelayFilter(Func<ReadOnlyMemory<byte>, bool> isDelayed, TimeSpan delay) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(isDelayed(frame) ? delay : TimeSpan.Zero, frame)];
}
