using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;

namespace Conformance.Reports.Ladder;

/// <summary>The message of the tester to which a packet of the implementation is the reaction, or the lack of one.</summary>
/// <param name="Number">The number of the packet in the capture.</param>
/// <param name="Text">What the message says.</param>
internal sealed record SentBefore(int Number, string Text)
{
    /// <summary>
    /// The last packet that the tester sent before a packet, other than Neighbor Discovery and the like if there is one; null if the
    /// capture cannot be read, or nothing was sent.
    /// </summary>
    /// <param name="packet">Null for the end of the capture.</param>
    public static SentBefore? Of(string path, int? packet)
    {
        try
        {
            var sent = PcapngReader
                .Read(path)
                .Frames.Where(frame => frame.Direction == Direction.Sent && (packet is null || frame.Number < packet))
                .Select((frame, index) => new LadderFrame(index, frame, PacketStack.Of(frame.Bytes), []))
                .ToList();
            var nodes = new LadderNodes(trace: null, sent);
            var last = sent.FindLast(frame => !MessageText.Of(frame, nodes).IsQuiet) ?? sent.LastOrDefault();
            return last is null ? null : new SentBefore(last.Number, last.Stack.Words(AddressNames.Instance).ToString());
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
