using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes the options of a Binding Update or Binding Acknowledgement, or their order, and keeps them aligned.</summary>
internal sealed class OptionFilter(Func<MobilityOptionList, IEnumerable<MobilityOption>> edit) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditOptions(frame, edit))];
}
