using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;

namespace Conformance.Testing.Capture;

/// <summary>A one-line description of a packet for readers. It is not used for verdicts.</summary>
/// <param name="Source">The address of the outermost IP header; the link-layer address of a frame without IP; empty if the frame has none.</param>
/// <param name="Destination">See <paramref name="Source"/>.</param>
/// <param name="Text">The message and its fields in wire order: <c>PBU seq 7, 600 s, AP, HI 1</c>.</param>
public sealed record PacketSummary(string Source, string Destination, string Text)
{
    /// <summary>Describes a frame with any content. Faults are reported with their offset in the frame.</summary>
    /// <param name="frame">The frame, from the Ethernet header on.</param>
    public static PacketSummary Describe(ReadOnlyMemory<byte> frame)
    {
        var stack = PacketStack.Of(frame);
        return new PacketSummary(
            stack.Ip?.Source.ToString() ?? stack.Ethernet?.Source.ToString() ?? string.Empty,
            stack.Ip?.Destination.ToString() ?? stack.Ethernet?.Destination.ToString() ?? string.Empty,
            stack.Words(AddressNames.Instance).ToString()
        );
    }
}
