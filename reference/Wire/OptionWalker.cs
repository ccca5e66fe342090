namespace Pmip.Wire;

/// <summary>Iterates over the options of a header and skips padding.</summary>
internal ref struct OptionWalker(ReadOnlySpan<byte> header, int start)
{
    private readonly ReadOnlySpan<byte> _header = header;
    private int _next = start;

    /// <summary>Start of the most recent option, in octets from the start of the header.</summary>
    public int Position { get; private set; }

    /// <summary>Finds the next option.</summary>
    /// <param name="option">The option from its type to the end of its data.</param>
    /// <param name="error"><c>OptionTruncated</c>: the option exceeds the end of the header. Null if no option is left.</param>
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
                error = new WireError(Position, "OptionTruncated", $"option of type {rest[0]} exceeds the end of the header");
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
