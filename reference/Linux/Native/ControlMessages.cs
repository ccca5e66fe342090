using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>
/// struct cmsghdr, cmsg(3). Its fields are the length of header and data, the level and the type. The data follows; header and data are
/// aligned to the size of a pointer.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    internal nuint Length;
    internal int Level;
    internal int Type;

    internal static int Align(int length) => (length + nint.Size - 1) & -nint.Size;
}

/// <summary>Reads the ancillary data that came with a datagram.</summary>
internal ref struct ControlReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    internal bool TryNext(out int level, out int type, out ReadOnlySpan<byte> data)
    {
        (level, type) = (0, 0);
        data = default;
        if (_left.Length < Unsafe.SizeOf<ControlHeader>())
        {
            return false;
        }

        var header = MemoryMarshal.Read<ControlHeader>(_left);
        var length = (int)header.Length;
        if (length < Unsafe.SizeOf<ControlHeader>() || length > _left.Length)
        {
            return false;
        }

        (level, type) = (header.Level, header.Type);
        data = _left[Unsafe.SizeOf<ControlHeader>()..length];
        _left = _left[Math.Min(ControlHeader.Align(length), _left.Length)..];
        return true;
    }
}

/// <summary>Writes ancillary data to send with a datagram.</summary>
internal ref struct ControlWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    internal readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    internal void Add<T>(int level, int type, T value)
        where T : unmanaged
    {
        var length = Unsafe.SizeOf<ControlHeader>() + Unsafe.SizeOf<T>();
        var item = _buffer.Slice(_length, ControlHeader.Align(length));
        item.Clear();
        MemoryMarshal.Write(
            item,
            new ControlHeader
            {
                Length = (nuint)length,
                Level = level,
                Type = type,
            }
        );
        MemoryMarshal.Write(item[Unsafe.SizeOf<ControlHeader>()..], value);
        _length += item.Length;
    }
}
