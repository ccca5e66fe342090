using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Changes the layout of the options of a Binding Update or Binding Acknowledgement: padding, alignment, reserved octets.
/// </summary>
/// <param name="layOut">Returns the octets to write for one option; the octets of the next option follow them.</param>
internal sealed class LayoutFilter(Func<ReadOnlyMemory<byte>, IEnumerable<byte>> layOut) : IOutputFilter
{
    private const int OptionsOffset = 12;

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
        [(TimeSpan.Zero, FrameEditor.EditOctets(frame, LayOut))];

    /// <summary>Adds eight octets of padding after every option, which keeps all alignments.</summary>
    public static IOutputFilter WithExtraPadding() => new LayoutFilter(option => [.. option.Span, .. Padding(8)]);

    /// <summary>Puts every Home Network Prefix option at 8n instead of 8n+4; the options after it stay aligned.</summary>
    public static IOutputFilter WithMisalignedPrefixes() =>
        new LayoutFilter(option => IsPrefix(option) ? [.. Padding(4), .. option.Span, .. Padding(4)] : option.ToArray());

    /// <summary>Sets the reserved octet of every Home Network Prefix option to a value other than zero.</summary>
    public static IOutputFilter WithReservedOctetsSet() =>
        new LayoutFilter(option => IsPrefix(option) ? [.. option.Span[..2], 0xff, .. option.Span[3..]] : option.ToArray());

    /// <summary>Sets the reserved fields of the other options.</summary>
    public static IOutputFilter WithStaleReservedFields() =>
        new LayoutFilter(option =>
            (MobilityOptionType)option.Span[0] switch
            {
                MobilityOptionType.HandoffIndicator or MobilityOptionType.AccessTechnologyType =>
                [
                    .. option.Span[..2],
                    0xff,
                    .. option.Span[3..],
                ],
                MobilityOptionType.MobileNodeLinkLayerIdentifier => [.. option.Span[..2], 0xff, 0xff, .. option.Span[4..]],
                _ => option.ToArray(),
            }
        );

    /// <summary>
    /// Puts every Timestamp option at 8n+6 instead of 8n+2, and every Link-local Address option at 8n+2 instead of 8n+6; the options after
    /// them stay aligned.
    /// </summary>
    public static IOutputFilter WithMisalignedOctets() =>
        new LayoutFilter(option =>
            (MobilityOptionType)option.Span[0] is MobilityOptionType.Timestamp or MobilityOptionType.LinkLocalAddress
                ? [.. Padding(4), .. option.Span, .. Padding(4)]
                : option.ToArray()
        );

    /// <summary>Puts every Mobile Node Link-layer Identifier option one octet further; the options after it stay aligned.</summary>
    public static IOutputFilter WithMisalignedInterfaces() =>
        new LayoutFilter(option =>
            (MobilityOptionType)option.Span[0] == MobilityOptionType.MobileNodeLinkLayerIdentifier
                ? [(byte)MobilityOptionType.Pad1, .. option.Span, .. Padding(7)]
                : option.ToArray()
        );

    /// <summary>An option two octets further; the options after it stay aligned.</summary>
    public static IEnumerable<byte> Displaced(ReadOnlyMemory<byte> option) =>
        [(byte)MobilityOptionType.PadN, 0, .. option.Span, (byte)MobilityOptionType.PadN, 4, 0, 0, 0, 0];

    /// <summary>Makes four octets of padding part of an option that has a fixed length; all options stay aligned.</summary>
    public static IOutputFilter WithPaddingIn(MobilityOptionType type) =>
        new LayoutFilter(option =>
            (MobilityOptionType)option.Span[0] == type
                ? [option.Span[0], (byte)(option.Span[1] + 4), .. option.Span[2..], 0, 0, 0, 0, .. Padding(4)]
                : option.ToArray()
        );

    private static bool IsPrefix(ReadOnlyMemory<byte> option) => option.Span[0] == (byte)MobilityOptionType.HomeNetworkPrefix;

    /// <summary>A PadN option of this total length, at least two octets.</summary>
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
