using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Leaves out the padding at the end of a Binding Acknowledgement. Its Header Len, which counts units of 8 octets, then states 4 octets
/// too few, and the last option, the Handoff Indicator, stands behind the end that it states.
/// </summary>
internal sealed class ShortHeaderFilter : IOutputFilter
{
    private static readonly byte[] _padding = [(byte)MobilityOptionType.PadN, 2, 0, 0];

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [
            (
                TimeSpan.Zero,
                FrameEditor.CarriesMessage(frame, MobilityHeaderType.BindingAcknowledgement)
                    ? FrameEditor.EditOctets(FrameEditor.EditOptions(frame, IndicatorLast), WithoutPadding)
                    : frame
            ),
        ];

    private static IEnumerable<MobilityOption> IndicatorLast(MobilityOptionList options) =>
        options.OrderBy(option => option is HandoffIndicatorOption);

    private static byte[] WithoutPadding(byte[] message) => message.AsSpan().EndsWith(_padding) ? message[..^_padding.Length] : message;
}
