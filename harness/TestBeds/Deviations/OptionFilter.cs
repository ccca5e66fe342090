using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes which options a Binding Update or Binding Acknowledgement has, and their order; alignment is kept.</summary>
internal sealed class OptionFilter(Func<MobilityOptionList, IEnumerable<MobilityOption>> edit) : IOutputFilter
{
    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditOptions(frame, edit))];
}
