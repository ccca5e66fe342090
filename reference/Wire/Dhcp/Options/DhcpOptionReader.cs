using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// Reads the options of a DHCP message from its options field and, if the overload option says so, from file and sname, in this order
/// (RFC 2131, Section 4.1), and joins the parts of options.
/// </summary>
/// <remarks>
/// All options that occur more than once are joined, in the order of their parts and at the place of the first part, even if the
/// definition of the option does not mention long values (RFC 3396, Section 5, leaves that open). An option of fixed length that
/// occurs twice therefore has an invalid length.
/// </remarks>
internal ref struct DhcpOptionReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly List<Part> _parts = [];

    /// <summary>The value of the overload option, or 0 if none has been read.</summary>
    internal byte Overload { get; private set; }

    /// <summary>Reads the options from <paramref name="start"/> to the end option, which must precede <paramref name="end"/>.</summary>
    internal bool TryRead(int start, int end, [NotNullWhen(false)] out WireError? error)
    {
        error = null;
        for (int position = start, length; position < end; position += length)
        {
            var rest = _message[position..end];
            var code = (DhcpOptionCode)rest[0];
            if (code == DhcpOptionCode.End)
            {
                return true;
            }

            length = 1;
            if (code == DhcpOptionCode.Pad)
            {
                continue;
            }
            if (!DhcpOption.TryMeasure(rest, out length))
            {
                error = new WireError(position, "OptionTruncated", $"option with code {rest[0]} exceeds the end of its field");
                return false;
            }

            var part = new Part(rest[0], position, length - DhcpOption.HeaderLength);
            if (code != DhcpOptionCode.Overload)
            {
                _parts.Add(part);
            }
            else if (!TryReadOverload(part, out error))
            {
                return false;
            }
        }

        error = new WireError(end, "OptionsEnd", "no end option");
        return false;
    }

    /// <summary>The options read so far, with their parts joined.</summary>
    internal readonly bool TryJoin([NotNullWhen(true)] out DhcpOptionList? options, [NotNullWhen(false)] out WireError? error)
    {
        (options, error) = (null, null);
        Span<int> count = stackalloc int[byte.MaxValue + 1];
        foreach (var part in _parts)
        {
            count[part.Code]++;
        }

        var read = new List<DhcpOption>();
        for (var i = 0; i < _parts.Count; i++)
        {
            var part = _parts[i];
            // A count of zero means that this part was already joined to the first part of its option.
            if (count[part.Code] == 0)
            {
                continue;
            }
            var isWhole = count[part.Code] == 1;
            count[part.Code] = 0;

            var option = DhcpOption.ReadData(part.Code, isWhole ? DataOf(part) : JoinFrom(i), out error);
            if (option is null)
            {
                error = isWhole ? error!.Shifted(part.Offset) : error! with { Offset = part.Offset };
                return false;
            }

            read.Add(option);
        }

        options = new DhcpOptionList(read);
        return true;
    }

    private bool TryReadOverload(Part part, [NotNullWhen(false)] out WireError? error)
    {
        var data = DataOf(part);
        error =
            data.Length != 1 ? new WireError(part.Offset, "OptionLength", $"length {data.Length}, expected 1")
            : data[0] is < 1 or > 3 ? new WireError(part.Offset + DhcpOption.HeaderLength, "Overload", $"value {data[0]}, expected 1 to 3")
            : Overload != 0 ? new WireError(part.Offset, "Overload", "second overload option")
            : null;
        if (error is not null)
        {
            return false;
        }

        Overload = data[0];
        return true;
    }

    private readonly byte[] JoinFrom(int first)
    {
        var joined = new List<byte>();
        for (var i = first; i < _parts.Count; i++)
        {
            if (_parts[i].Code == _parts[first].Code)
            {
                joined.AddRange(DataOf(_parts[i]));
            }
        }

        return [.. joined];
    }

    private readonly ReadOnlySpan<byte> DataOf(Part part) => _message.Slice(part.Offset + DhcpOption.HeaderLength, part.DataLength);

    private readonly record struct Part(byte Code, int Offset, int DataLength);
}
