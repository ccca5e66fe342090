using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Pmip.Linux.Netlink;

/// <summary>Reads the attributes of a netlink message, one after the other.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>linux/netlink.h: NLA_TYPE_MASK; the two bits above it are flags.</summary>
    private const ushort TypeMask = 0x3fff;

    private ReadOnlySpan<byte> _left = bytes;

    internal bool TryNext(out Attribute attribute)
    {
        attribute = default;
        if (_left.Length < NetlinkRequest.AttributeHeaderLength)
        {
            return false;
        }

        var length = MemoryMarshal.Read<ushort>(_left);
        if (length < NetlinkRequest.AttributeHeaderLength || length > _left.Length)
        {
            return false;
        }

        attribute = new Attribute(
            (ushort)(MemoryMarshal.Read<ushort>(_left[sizeof(ushort)..]) & TypeMask),
            _left[NetlinkRequest.AttributeHeaderLength..length]
        );
        _left = _left[Math.Min(NetlinkRequest.Align(length), _left.Length)..];
        return true;
    }

    /// <summary>Reads the header of a family; returns a reader of the attributes behind it.</summary>
    internal static AttributeReader After<T>(ReadOnlySpan<byte> payload, out T header)
        where T : unmanaged
    {
        header = MemoryMarshal.Read<T>(payload);
        return new AttributeReader(payload[Math.Min(NetlinkRequest.Align(Unsafe.SizeOf<T>()), payload.Length)..]);
    }
}

/// <summary>An attribute of a netlink message.</summary>
internal readonly ref struct Attribute(ushort type, ReadOnlySpan<byte> data)
{
    internal ushort Type { get; } = type;

    internal ReadOnlySpan<byte> Data { get; } = data;

    internal int Int32 => MemoryMarshal.Read<int>(Data);

    internal uint UInt32 => MemoryMarshal.Read<uint>(Data);

    internal string Text => Encoding.UTF8.GetString(Data).TrimEnd('\0');

    internal AttributeReader Nested => new(Data);
}
