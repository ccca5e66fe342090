namespace Pmip.Wire;

/// <summary>
/// Writes options into a header, each in its alignment, and pads the end of the header to a multiple of 8 octets. What does not fit is not
/// written: nothing is written after it either.
/// </summary>
/// <param name="header">The header; what follows it is beyond its end.</param>
/// <param name="start">Where the options begin.</param>
internal ref struct AlignedOptionWriter(Span<byte> header, int start)
{
    private readonly Span<byte> _header = header;
    private int _position = start;
    private bool _isFull;

    /// <summary>Writes the type and length of an option.</summary>
    /// <param name="data">The octets of the data, each of which is still to be written; empty if the option does not fit.</param>
    internal bool TryAdd(byte type, int dataLength, (int Multiple, int Offset) alignment, out Span<byte> data)
    {
        var padding = OptionPadding.Before(alignment, _position);
        var length = OptionPadding.OptionHeaderLength + dataLength;
        var rest = _header[_position..];
        if (_isFull || rest.Length < padding + length)
        {
            _isFull = true;
            data = default;
            return false;
        }

        OptionPadding.Write(rest[..padding]);
        var option = rest.Slice(padding, length);
        option[0] = type;
        option[1] = (byte)dataLength;
        data = option[OptionPadding.OptionHeaderLength..];
        _position += padding + length;
        return true;
    }

    /// <summary>Pads the end.</summary>
    /// <param name="length">The length of the header in octets.</param>
    /// <returns>Whether all options and the padding fit.</returns>
    internal bool TryEnd(out int length)
    {
        var padding = OptionPadding.Before((OptionPadding.HeaderUnit, 0), _position);
        length = _position + padding;
        if (_isFull || _header.Length < length)
        {
            length = 0;
            return false;
        }

        OptionPadding.Write(_header.Slice(_position, padding));
        return true;
    }
}
