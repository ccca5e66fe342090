namespace Pmip.Wire;

/// <summary>
/// The options of a DHCP message, with their parts joined, in the order of their first parts, for <c>foreach</c>. It allocates only for an
/// option of several parts.
/// </summary>
/// <remarks>
/// All options that occur more than once are joined, in the order of their parts and at the place of the first part, even if the
/// definition of the option does not mention long values (RFC 3396, Section 5, leaves that open). An option of fixed length that
/// occurs twice therefore has an invalid length.
/// </remarks>
public ref struct DhcpOptionEnumerator
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly DhcpCodes _repeated;
    private DhcpPartWalker _walker;
    private DhcpCodes _joined;
    private ReadOnlySpan<byte> _data;
    private byte _code;

    internal DhcpOptionEnumerator(ReadOnlySpan<byte> message, DhcpCodes repeated)
    {
        _message = message;
        _repeated = repeated;
        _walker = new DhcpPartWalker(message);
    }

    /// <summary>The option; made anew, because a copy in memory costs more.</summary>
    public readonly DhcpOptionReader Current => DhcpOptionReader.OfChecked(_code, _data);

    public readonly DhcpOptionEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        var isFound = TryNext(out var first, out _data, out _);
        _code = first.Code;
        return isFound;
    }

    /// <summary>Finds the next option, whose format has perhaps not been checked.</summary>
    /// <param name="first">Its first part.</param>
    /// <param name="data">The data of all its parts.</param>
    /// <param name="isWhole">Whether it has one part.</param>
    internal bool TryNext(out DhcpPart first, out ReadOnlySpan<byte> data, out bool isWhole)
    {
        while (_walker.TryNext(out first, out _))
        {
            isWhole = !_repeated.Contains(first.Code);
            if (isWhole)
            {
                data = first.DataIn(_message);
                return true;
            }
            if (_joined.Add(first.Code))
            {
                data = Join(first);
                return true;
            }
        }

        data = default;
        isWhole = false;
        return false;
    }

    private readonly byte[] Join(DhcpPart first)
    {
        var length = 0;
        var rest = _walker;
        for (var part = first; part.Offset >= 0; part = NextOf(first.Code, ref rest))
        {
            length += part.DataLength;
        }

        var joined = new byte[length];
        var room = joined.AsSpan();
        rest = _walker;
        for (var part = first; part.Offset >= 0; part = NextOf(first.Code, ref rest))
        {
            part.DataIn(_message).CopyTo(room);
            room = room[part.DataLength..];
        }

        return joined;
    }

    /// <summary>The next part with this code, or one with a negative offset.</summary>
    private static DhcpPart NextOf(byte code, ref DhcpPartWalker walker)
    {
        while (walker.TryNext(out var part, out _))
        {
            if (part.Code == code)
            {
                return part;
            }
        }

        return new DhcpPart(code, -1, 0);
    }
}
