namespace Pmip.Wire;

/// <summary>Goes from option to option, over padding, to the end of a header.</summary>
internal ref struct OptionWalker(ReadOnlySpan<byte> header, int start)
{
    private readonly ReadOnlySpan<byte> _header = header;
    private int _next = start;

    /// <summary>Where the last option starts, in octets from the start of the header.</summary>
    public int Position { get; private set; }

    /// <summary>Finds the next option.</summary>
    /// <param name="option">From its type to the end of its data.</param>
    /// <param name="error"><c>OptionTruncated</c>: it runs beyond the end of the header. Null if there is none left.</param>
    public bool TryNext(out ReadOnlySpan<byte> option, out WireError? error)
    {
        option = default;
        error = null;
        while (_next < _header.Length)
        {
            Position = _next;
            var rest = _header[Position..];
            if (!OptionPadding.TryMeasure(rest, out var length))
            {
                error = new WireError(Position, "OptionTruncated", $"type {rest[0]} runs beyond the end of the header");
                return false;
            }

            _next += length;
            if (OptionPadding.Is(rest[0]))
            {
                continue;
            }
            option = rest[..length];
            return true;
        }

        return false;
    }
}
