namespace Pmip.Wire;

/// <summary>Pad1 and PadN: of mobility options (RFC 6275, Sections 6.2.2 and 6.2.3) and of IPv6 options (RFC 8200, Section 4.2).</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+               Pad1: one octet, without a length
/// |   Type = 0    |
/// +---------------+---------------+--------------------------------
/// |   Type = 1    |    Length     |   zeros ...        PadN
/// +---------------+---------------+--------------------------------
/// </code></remarks>
internal static class OptionPadding
{
    /// <summary>A header with options ends on a multiple of this many octets.</summary>
    internal const int HeaderUnit = 8;

    internal const int OptionHeaderLength = 2;

    private const byte Pad1 = 0;
    private const byte PadN = 1;

    internal static bool Is(byte type) => type is Pad1 or PadN;

    /// <summary>Octets of padding that bring an option from <paramref name="position"/> to its alignment.</summary>
    internal static int Before((int Multiple, int Offset) alignment, int position) =>
        (alignment.Multiple + alignment.Offset - position % alignment.Multiple) % alignment.Multiple;

    /// <summary>Fills a gap of at most 7 octets with one padding option.</summary>
    internal static void Write(Span<byte> gap)
    {
        // One octet is Pad1, whose type is zero; more are PadN with zero-valued data.
        gap.Clear();
        if (gap.Length < OptionHeaderLength)
        {
            return;
        }
        gap[0] = PadN;
        gap[1] = (byte)(gap.Length - OptionHeaderLength);
    }

    /// <summary>The length of the option or padding that <paramref name="rest"/> begins with.</summary>
    internal static bool TryMeasure(ReadOnlySpan<byte> rest, out int length)
    {
        length = 1;
        if (rest[0] == Pad1)
        {
            return true;
        }
        if (rest.Length < OptionHeaderLength)
        {
            return false;
        }
        length = OptionHeaderLength + rest[1];
        return rest.Length >= length;
    }
}
