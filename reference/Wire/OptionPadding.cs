namespace Pmip.Wire;

/// <summary>Pad1 and PadN for mobility options (RFC 6275, Sections 6.2.2 and 6.2.3) and for IPv6 options (RFC 8200, Section 4.2).</summary>
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
    /// <summary>The length of a header with options is a multiple of this number of octets.</summary>
    internal const int HeaderUnit = 8;

    internal const int OptionHeaderLength = 2;

    private const byte Pad1 = 0;
    private const byte PadN = 1;

    internal static bool Is(byte type) => type is Pad1 or PadN;

    /// <summary>The alignment of an option that may start anywhere.</summary>
    internal static (int Multiple, int Offset) AnyAlignment => (1, 0);

    /// <summary>Length of the padding in octets that aligns an option which would start at <paramref name="position"/>.</summary>
    /// <param name="alignment">The multiple is 1, 2, 4 or 8.</param>
    internal static int Before((int Multiple, int Offset) alignment, int position) =>
        (alignment.Offset - position) & (alignment.Multiple - 1);

    /// <summary>Fills a gap of at most 7 octets with one padding option.</summary>
    internal static void Write(Span<byte> gap)
    {
        // A gap of one octet becomes Pad1, whose type is zero; a longer gap becomes PadN with zero-valued data.
        gap.Clear();
        if (gap.Length < OptionHeaderLength)
        {
            return;
        }
        gap[0] = PadN;
        gap[1] = (byte)(gap.Length - OptionHeaderLength);
    }

    /// <summary>The length of the option or padding that begins at <paramref name="position"/>, within the header.</summary>
    internal static bool TryMeasure(ReadOnlySpan<byte> header, int position, out int length)
    {
        length = 1;
        if (header[position] == Pad1)
        {
            return true;
        }
        if (position + 1 >= header.Length)
        {
            return false;
        }
        length = OptionHeaderLength + header[position + 1];
        return length <= header.Length - position;
    }
}
