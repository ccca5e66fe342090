using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Holds mobility messages of one type back for a while.</summary>
internal sealed class DelayFilter(MobilityHeaderType type, TimeSpan delay) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(FrameEditor.CarriesMessage(frame, type) ? delay : TimeSpan.Zero, frame)];
}
