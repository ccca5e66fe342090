using System.Buffers.Binary;
using static Conformance.Testing.Capture.PcapngFormat;

namespace Conformance.Testing.Capture;

/// <summary>The octets of a capture, read in the byte order of its current section.</summary>
/// <param name="name">The name of the file in messages.</param>
internal sealed class PcapngOctets(string name, ReadOnlyMemory<byte> file)
{
    public bool IsBigEndian { get; set; }

    public int Length => file.Length;

    public ushort UInt16(int at) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(file.Span[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(file.Span[at..]);

    public uint UInt32(int at) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(file.Span[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(file.Span[at..]);

    public long Int64(int at) =>
        IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(file.Span[at..]) : BinaryPrimitives.ReadInt64LittleEndian(file.Span[at..]);

    public InvalidDataException Malformed(int offset, string what) => new($"{name}: offset {offset}: {what}.");

    public ReadOnlyMemory<byte> Slice(int at, int length) => file.Slice(at, length);
}

/// <summary>The part of a block between its two lengths; no read goes past its end.</summary>
internal sealed class PcapngBody(PcapngOctets octets, int start, int end)
{
    public int At { get; private set; } = start;

    public ushort UInt16() => octets.UInt16(Take(2));

    public uint UInt32() => octets.UInt32(Take(4));

    public void Skip(uint count) => Take(count);

    /// <summary>Reads octets and skips the padding after them.</summary>
    public ReadOnlyMemory<byte> Octets(uint length)
    {
        var from = Take(length);
        Take((uint)(-length & 3));
        return octets.Slice(from, (int)length);
    }

    /// <summary>Takes an option. Returns false at the end of the options, which may be the end of the block.</summary>
    public bool TryTakeOption(out ushort code, out ReadOnlyMemory<byte> value, out int at)
    {
        (code, value, at) = (EndOfOptions, default, At);
        if (At == end)
        {
            return false;
        }

        code = UInt16();
        value = Octets(UInt16());
        return code != EndOfOptions;
    }

    private int Take(uint count)
    {
        var from = At;
        if (count > (uint)(end - from))
        {
            throw octets.Malformed(from, "the block ends too early");
        }

        At = from + (int)count;
        return from;
    }
}
