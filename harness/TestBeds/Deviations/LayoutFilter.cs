using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Lays the options of a Binding Update or Binding Acknowledgement out anew, octet by octet: padding, alignment, reserved octets.</summary>
/// <param name="layOut">What is written for one option; the next one's follows it.</param>
internal sealed class LayoutFilter(Func<ReadOnlyMemory<byte>, IEnumerable<byte>> layOut) : IOutputFilter
{
    private const int OptionsOffset = 12;

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditOctets(frame, LayOut))];

    /// <summary>Behind every option stand eight octets of padding more: all alignments stay.</summary>
    public static IOutputFilter WithExtraPadding() => new LayoutFilter(option => [.. option.Span, .. Padding(8)]);

    /// <summary>Every Home Network Prefix option stands at 8n and not at 8n+4; the options behind it stand right.</summary>
    public static IOutputFilter WithMisalignedPrefixes() =>
        new LayoutFilter(option => IsPrefix(option) ? [.. Padding(4), .. option.Span, .. Padding(4)] : option.ToArray());

    /// <summary>The reserved octet of every Home Network Prefix option is not zero.</summary>
    public static IOutputFilter WithReservedOctetsSet() =>
        new LayoutFilter(option => IsPrefix(option) ? [.. option.Span[..2], 0xff, .. option.Span[3..]] : option.ToArray());

    private static bool IsPrefix(ReadOnlyMemory<byte> option) => option.Span[0] == (byte)MobilityOptionType.HomeNetworkPrefix;

    /// <summary>A PadN option that takes this many octets, two or more.</summary>
    private static byte[] Padding(int octets) => [(byte)MobilityOptionType.PadN, (byte)(octets - 2), .. new byte[octets - 2]];

    private byte[] LayOut(byte[] message)
    {
        var type = (MobilityHeaderType)message[MobilityHeader.TypeOffset];
        if (type is not (MobilityHeaderType.BindingUpdate or MobilityHeaderType.BindingAcknowledgement))
        {
            return message;
        }

        var written = new List<byte>(message[..OptionsOffset]);
        for (int at = OptionsOffset, length; at < message.Length; at += length)
        {
            length = message[at] == (byte)MobilityOptionType.Pad1 ? 1 : message[at + 1] + 2;
            var option = message.AsMemory(at, length);
            written.AddRange(message[at] <= (byte)MobilityOptionType.PadN ? option.ToArray() : layOut(option));
        }

        return [.. written];
    }
}
