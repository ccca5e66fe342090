namespace Pmip.Wire;

/// <summary>
/// Iterates over the parts of options in the options field of a DHCP message and, if the overload option says so, in file and sname, in
/// this order (RFC 2131, Section 4.1). It skips padding and the overload option.
/// </summary>
internal ref struct DhcpPartWalker(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private Field _field = Field.Options;
    private int _position = DhcpFixedPart.Length;
    private int _end = message.Length;

    private enum Field
    {
        Options,
        BootFile,
        ServerName,
        None,
    }

    /// <summary>The value of the overload option, or 0 if none has been read.</summary>
    internal byte Overload { get; private set; }

    /// <summary>Finds the next part.</summary>
    /// <param name="error">
    /// <c>OptionTruncated</c>, <c>OptionLength</c> and <c>Overload</c>: the overload option, or <c>OptionsEnd</c>: no end option in the
    /// field. Null if no part is left.
    /// </param>
    internal bool TryNext(out DhcpPart part, out WireError? error)
    {
        part = default;
        error = null;
        while (_field != Field.None)
        {
            if (_position == _end)
            {
                error = new WireError(_end, "OptionsEnd", "no end option");
                return false;
            }

            var code = (DhcpOptionCode)_message[_position];
            if (code == DhcpOptionCode.End)
            {
                GoToNextField();
                continue;
            }
            if (code == DhcpOptionCode.Pad)
            {
                _position++;
                continue;
            }

            if (!DhcpOption.TryMeasure(_message[_position.._end], out var length))
            {
                error = new WireError(_position, "OptionTruncated", $"option with code {(byte)code} exceeds the end of its field");
                return false;
            }

            part = new DhcpPart((byte)code, _position, length - DhcpOption.HeaderLength);
            _position += length;
            if (code != DhcpOptionCode.Overload)
            {
                return true;
            }

            error = ReadOverload(part);
            if (error is not null)
            {
                return false;
            }
        }

        return false;
    }

    private void GoToNextField()
    {
        if (_field == Field.Options && DhcpFixedPart.IsBootFileOverloaded(Overload))
        {
            (_field, _position, _end) = (Field.BootFile, DhcpFixedPart.BootFileOffset, DhcpFixedPart.MagicCookieOffset);
        }
        else if (_field != Field.ServerName && DhcpFixedPart.IsServerNameOverloaded(Overload))
        {
            (_field, _position, _end) = (Field.ServerName, DhcpFixedPart.ServerNameOffset, DhcpFixedPart.BootFileOffset);
        }
        else
        {
            _field = Field.None;
        }
    }

    private WireError? ReadOverload(DhcpPart part)
    {
        var data = part.DataIn(_message);
        var error =
            data.Length != 1 ? OptionLength.Other(data.Length, "1").Shifted(part.Offset)
            : data[0] is < 1 or > 3 ? new WireError(part.Offset + DhcpOption.HeaderLength, "Overload", $"value {data[0]}, expected 1 to 3")
            : Overload != 0 ? new WireError(part.Offset, "Overload", "second overload option")
            : null;
        if (error is null)
        {
            Overload = data[0];
        }
        return error;
    }
}
