using System.Text;

namespace Pmip.Wire;

/// <summary>
/// An option that wants to start on a boundary: a mobility option (RFC 6275, Section 6.2.1) or an IPv6 option (RFC 8200, Section 4.2).
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
    /// <summary>Octets before the option data.</summary>
    public const int HeaderLength = OptionPadding.OptionHeaderLength;

    /// <summary>Octets of option data, at most.</summary>
    public const int MaximumDataLength = byte.MaxValue;

    private protected static readonly (int Multiple, int Offset) AnyAlignment = (1, 0);

    private protected AlignedOption() { }

    /// <summary>The Option Type field.</summary>
    public abstract byte Type { get; }

    /// <summary>The Option Length field: octets without type and length, 0-255.</summary>
    public abstract int DataLength { get; }

    /// <summary>Octets with type and length.</summary>
    public int Length => HeaderLength + DataLength;

    /// <summary>The option starts <c>Offset</c> octets behind a multiple of <c>Multiple</c> octets from the start of its header.</summary>
    public abstract (int Multiple, int Offset) Alignment { get; }

    /// <summary>Writes type, length and data and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than that.</exception>
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

    /// <summary>Writes the option data, every octet of it, into <see cref="DataLength"/> octets.</summary>
    public abstract void WriteData(Span<byte> destination);

    /// <summary>A record shows what it holds, not what follows from its type.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    private protected static bool HasLength(ReadOnlySpan<byte> data, int length, out WireError? error)
    {
        error = data.Length == length ? null : OtherLength(data, $"{length}");
        return error is null;
    }

    private protected static bool HasLengthFrom(ReadOnlySpan<byte> data, int shortest, out WireError? error)
    {
        error = data.Length >= shortest ? null : OtherLength(data, $"{shortest} or more");
        return error is null;
    }

    private protected static WireError OtherLength(ReadOnlySpan<byte> data, string demanded) =>
        new(0, "OptionLength", $"{data.Length}, not {demanded}");

    /// <summary>Why the octets are not one whole option: <c>OptionTruncated</c>, <c>Padding</c> or <c>TrailingOctets</c>.</summary>
    private protected static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return new WireError(0, "OptionTruncated", $"{bytes.Length} octets, without a length");
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
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets behind the option")
            : null;
    }
}
