using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Delays mobility messages of one type.</summary>
internal sealed class DelayFilter(MobilityHeaderType type, TimeSpan delay) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(FrameEditor.CarriesMessage(frame, type) ? delay : TimeSpan.Zero, frame)];
}
