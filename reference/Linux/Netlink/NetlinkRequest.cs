using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Pmip.Linux.Netlink;

/// <summary>
/// A netlink message to the kernel: header, the header of its family, attributes. netlink(7), linux/netlink.h.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1     in host order
/// +---------------------------------------------------------------+
/// |                            Length                             |
/// +-------------------------------+-------------------------------+
/// |             Type              |             Flags             |
/// +-------------------------------+-------------------------------+
/// |                        Sequence number                        |
/// +---------------------------------------------------------------+
/// |                   Port (0: from the kernel)                   |
/// +---------------------------------------------------------------+
/// |      Family header, then attributes: Length (16), Type (16), data, padded to 4 ...
/// +----------------------------------------------------------------
/// </code></remarks>
internal sealed class NetlinkRequest
{
    internal const int HeaderLength = 16;
    internal const int AttributeHeaderLength = 4;

    /// <summary>linux/netlink.h: NLM_F_*.</summary>
    internal const ushort Request = 0x01,
        Acknowledge = 0x04,
        Dump = 0x300,
        Replace = 0x100,
        Exclusive = 0x200,
        Create = 0x400;

    /// <summary>linux/netlink.h: NLA_F_NESTED.</summary>
    private const ushort Nested = 0x8000;

    private const int FlagsOffset = 6;
    private const int SequenceOffset = 8;

    private byte[] _bytes = new byte[256];
    private int _length = HeaderLength;

    /// <param name="name">The type's name in rtnetlink(7), for exceptions.</param>
    internal NetlinkRequest(ushort type, string name, ushort flags = 0)
    {
        Name = name;
        MemoryMarshal.Write(_bytes.AsSpan(sizeof(uint)), type);
        MemoryMarshal.Write(_bytes.AsSpan(FlagsOffset), (ushort)(flags | Request));
    }

    internal string Name { get; }

    internal static int Align(int length) => (length + 3) & ~3;

    /// <summary>Adds the header of the family, or of a nested message.</summary>
    internal NetlinkRequest AddHeader<T>(T header)
        where T : unmanaged
    {
        MemoryMarshal.Write(Extend(Unsafe.SizeOf<T>()), header);
        return this;
    }

    internal NetlinkRequest Add(ushort attribute, ReadOnlySpan<byte> data)
    {
        var item = Extend(AttributeHeaderLength + data.Length);
        MemoryMarshal.Write(item, (ushort)(AttributeHeaderLength + data.Length));
        MemoryMarshal.Write(item[sizeof(ushort)..], attribute);
        data.CopyTo(item[AttributeHeaderLength..]);
        return this;
    }

    internal NetlinkRequest Add<T>(ushort attribute, T value)
        where T : unmanaged => Add(attribute, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Adds the attribute, unless the value is null.</summary>
    internal NetlinkRequest AddIfAny<T>(ushort attribute, T? value)
        where T : unmanaged => value is { } present ? Add(attribute, present) : this;

    /// <summary>Adds text with its terminating zero.</summary>
    internal NetlinkRequest Add(ushort attribute, string text) => Add(attribute, Encoding.UTF8.GetBytes(text + '\0'));

    /// <summary>Adds an attribute with the content that <paramref name="content"/> adds.</summary>
    internal NetlinkRequest AddNested(ushort attribute, Action<NetlinkRequest> content)
    {
        var start = _length;
        Add(attribute, default(ReadOnlySpan<byte>));
        MemoryMarshal.Write(_bytes.AsSpan(start + sizeof(ushort)), (ushort)(attribute | Nested));
        content(this);
        MemoryMarshal.Write(_bytes.AsSpan(start), (ushort)(_length - start));
        return this;
    }

    /// <summary>Returns the message with this sequence number and these additional flags.</summary>
    internal ReadOnlySpan<byte> Finish(uint sequence, ushort flags)
    {
        MemoryMarshal.Write(_bytes, (uint)_length);
        MemoryMarshal.Write(_bytes.AsSpan(FlagsOffset), (ushort)(MemoryMarshal.Read<ushort>(_bytes.AsSpan(FlagsOffset)) | flags));
        MemoryMarshal.Write(_bytes.AsSpan(SequenceOffset), sequence);
        return _bytes.AsSpan(0, _length);
    }

    /// <summary>Extends the message by so many octets, zeroed and padded.</summary>
    private Span<byte> Extend(int length)
    {
        var start = _length;
        _length += Align(length);
        if (_length > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _length);
        }
        return _bytes.AsSpan(start, length);
    }
}
