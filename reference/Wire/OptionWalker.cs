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
        var header = _header;
        while (_next < header.Length)
        {
            Position = _next;
            if (!OptionPadding.TryMeasure(header, _next, out var length))
            {
                option = default;
                error = Truncated(header[_next]);
                return false;
            }

            _next += length;
            if (!OptionPadding.Is(header[Position]))
            {
                option = header.Slice(Position, length);
                error = null;
                return true;
            }
        }

        option = default;
        error = null;
        return false;
    }

    private readonly WireError Truncated(byte type) =>
        new(Position, "OptionTruncated", $"option of type {type} exceeds the end of the header");
}
