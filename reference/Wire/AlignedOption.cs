using System.Text;

namespace Pmip.Wire;

/// <summary>
/// An option with an alignment requirement: a mobility option (RFC 6275, Section 6.2.1) or an IPv6 option (RFC 8200, Section 4.2).
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+--------------------------------
/// |  Option Type  | Option Length |         Option Data ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
public abstract record AlignedOption
{
    /// <summary>Length of the fields before the option data in octets.</summary>
    public const int HeaderLength = OptionPadding.OptionHeaderLength;

    /// <summary>Maximum length of the option data in octets.</summary>
    public const int MaximumDataLength = byte.MaxValue;

    private protected AlignedOption() { }

    /// <summary>The Option Type field.</summary>
    public abstract byte Type { get; }

    /// <summary>The Option Length field: the length in octets without type and length, 0-255.</summary>
    public abstract int DataLength { get; }

    /// <summary>Length in octets including type and length.</summary>
    public int Length => HeaderLength + DataLength;

    /// <summary>The option starts <c>Offset</c> octets after a multiple of <c>Multiple</c> octets from the start of its header.</summary>
    public abstract (int Multiple, int Offset) Alignment { get; }

    /// <summary>Writes type, length and data and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"The option has {Length} octets, the destination {destination.Length}.", nameof(destination));
        }
        destination[0] = Type;
        destination[1] = (byte)DataLength;
        WriteData(destination[HeaderLength..Length]);
        return Length;
    }

    /// <summary>Writes the option data into <see cref="DataLength"/> octets and overwrites every octet.</summary>
    public abstract void WriteData(Span<byte> destination);

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>
    /// The reason why the octets are not exactly one option, or null: <c>OptionTruncated</c>, <c>Padding</c> or
    /// <c>TrailingOctets</c>.
    /// </summary>
    internal static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return new WireError(0, "OptionTruncated", $"{bytes.Length} octets, too few for type and length");
        }
        if (OptionPadding.Is(bytes[0]))
        {
            return new WireError(0, "Padding", $"type {bytes[0]} is padding");
        }

        var announced = HeaderLength + bytes[1];
        if (bytes.Length < announced)
        {
            return new WireError(0, "OptionTruncated", $"{announced} octets announced, {bytes.Length} present");
        }
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets after the option")
            : null;
    }
}
