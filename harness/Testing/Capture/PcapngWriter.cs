using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Conformance.Testing.Bed;
using static Conformance.Testing.Capture.PcapngFormat;

namespace Conformance.Testing.Capture;

/// <summary>
/// Writes the frames of a trace as a capture for Wireshark: a section header that names the scenario, an interface for each port of
/// the tester, and the frames in the order of recording. The file is a pure function of its input and contains neither the current
/// time nor a host name.
/// </summary>
public static class PcapngWriter
{
    /// <summary>The name of this application in the section header.</summary>
    public const string Application = "pmip-conformance";

    private const byte Nanoseconds = 9;

    private static readonly IReadOnlyDictionary<int, string> _noComments = new Dictionary<int, string>();

    /// <param name="title">The scenario's title; it follows the scenario's id in the comment of the file.</param>
    /// <param name="comments">Comments on packets, by packet number; null if there are none.</param>
    /// <exception cref="ArgumentException">
    /// The frames are not numbered 1, 2, 3, ..., or the time of a frame is outside the years 1970 to 2554.
    /// </exception>
    public static void Write(Stream stream, Trace trace, string title, IReadOnlyDictionary<int, string>? comments = null)
    {
        comments ??= _noComments;

        var ports = PortsOf(trace);
        Begin(stream, $"{trace.Scenario} {title}", ports);
        for (var i = 0; i < trace.Frames.Count; i++)
        {
            var frame = trace.Frames[i];
            if (frame.Number != i + 1)
            {
                throw new ArgumentException($"The frame recorded as number {i + 1} carries the number {frame.Number}.", nameof(trace));
            }

            Add(stream, frame, ports.IndexOf(frame.Port.Name), comments.GetValueOrDefault(frame.Number));
        }
    }

    /// <summary>Writes the blocks before the packets, for a capture that is written while it is running.</summary>
    /// <param name="comment">The comment of the file: the subject of the capture.</param>
    public static void Begin(Stream stream, string comment, IReadOnlyList<string> ports)
    {
        WriteSectionHeader(stream, comment);
        foreach (var port in ports)
        {
            WriteInterface(stream, port);
        }
    }

    /// <summary>The ports of the bed in its order, followed by any other port with a recorded frame.</summary>
    private static List<string> PortsOf(Trace trace) =>
        [
            .. trace
                .Facts.Ixit.Domain.Links.Select(link => link.Port.Name)
                .Concat(trace.Frames.Select(frame => frame.Port.Name))
                .Distinct(StringComparer.Ordinal),
        ];

    private static void WriteSectionHeader(Stream stream, string comment)
    {
        var body = new BlockBody();
        body.Number(ByteOrderMagic, 4);
        body.Number(MajorVersion, 2);
        body.Number(0, 2);
        body.Number(ulong.MaxValue, 8); // The length of the section is unspecified.
        body.Text(Comment, comment);
        body.Text(UserApplication, Application);
        body.EndOptions();
        body.WriteTo(stream, SectionHeader);
    }

    private static void WriteInterface(Stream stream, string port)
    {
        var body = new BlockBody();
        body.Number(Ethernet, 2);
        body.Number(0, 2);
        body.Number(0, 4); // Frames are captured without a length limit.
        body.Text(InterfaceName, port);
        body.Option(TimestampResolution, [Nanoseconds]);
        body.EndOptions();
        body.WriteTo(stream, InterfaceDescription);
    }

    /// <summary>Writes the next packet of a capture that <see cref="Begin"/> started.</summary>
    /// <param name="port">The index of the port in the list given to <see cref="Begin"/>.</param>
    public static void Add(Stream stream, Frame frame, int port, string? comment = null)
    {
        var nanoseconds = NanosecondsSince1970(frame);
        var body = new BlockBody();
        body.Number((ulong)port, 4);
        body.Number(nanoseconds >> 32, 4);
        body.Number(nanoseconds & uint.MaxValue, 4);
        body.Number((ulong)frame.Bytes.Length, 4);
        body.Number((ulong)frame.Bytes.Length, 4);
        body.Octets(frame.Bytes.Span);
        if (comment is not null)
        {
            body.Text(Comment, comment);
        }

        body.Number(PacketFlags, 2);
        body.Number(4, 2);
        body.Number(frame.Direction == Direction.Received ? Inbound : Outbound, 4);
        body.EndOptions();
        body.WriteTo(stream, EnhancedPacket);
    }

    private static ulong NanosecondsSince1970(Frame frame)
    {
        var ticks = (frame.At - DateTimeOffset.UnixEpoch).Ticks;
        return ticks >= 0 && (ulong)ticks <= ulong.MaxValue / NanosecondsPerTick
            ? (ulong)ticks * NanosecondsPerTick
            : throw new ArgumentException($"Frame {frame.Number} has a time that a capture cannot hold: {frame.At:O}.", nameof(frame));
    }

    /// <summary>The body of one block, in little-endian order.</summary>
    private sealed class BlockBody
    {
        private readonly ArrayBufferWriter<byte> _octets = new();

        public void Number(ulong value, int octets)
        {
            Span<byte> field = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(field, value);
            _octets.Write(field[..octets]);
        }

        public void Octets(ReadOnlySpan<byte> value)
        {
            _octets.Write(value);
            _octets.Write(stackalloc byte[Padded(value.Length) - value.Length]);
        }

        public void Option(ushort code, ReadOnlySpan<byte> value)
        {
            Number(code, 2);
            Number((ulong)value.Length, 2);
            Octets(value);
        }

        /// <summary>A text option. Text that exceeds the 16-bit length is truncated at a character boundary.</summary>
        public void Text(ushort code, string text)
        {
            var value = Encoding.UTF8.GetBytes(text);
            var length = Math.Min(value.Length, ushort.MaxValue);
            while (length < value.Length && (value[length] & 0xC0) == 0x80)
            {
                length--;
            }

            Option(code, value.AsSpan(0, length));
        }

        public void EndOptions() => Number(EndOfOptions, 4);

        public void WriteTo(Stream stream, uint blockType)
        {
            Span<byte> head = stackalloc byte[8];
            var total = (uint)(_octets.WrittenCount + SmallestBlock);
            BinaryPrimitives.WriteUInt32LittleEndian(head, blockType);
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], total);
            stream.Write(head);
            stream.Write(_octets.WrittenSpan);
            stream.Write(head[4..]);
        }
    }
}
