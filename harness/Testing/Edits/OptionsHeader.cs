namespace Conformance.Testing.Edits;

/// <summary>A Hop-by-Hop Options or Destination Options header (RFC 8200, Sections 4.3 and 4.6).</summary>
internal static class OptionsHeader
{
    private const int Unit = 8;
    private const byte PadN = 1;

    /// <param name="next">The number of the header after it.</param>
    /// <param name="options">The octets of its options, which are padded to a multiple of 8 octets (RFC 8200, Section 4.2).</param>
    public static byte[] Of(byte next, byte[] options)
    {
        var length = (2 + options.Length + Unit - 1) / Unit * Unit;
        var header = new byte[length];
        (header[0], header[1]) = (next, (byte)((length / Unit) - 1));
        options.CopyTo(header, 2);
        var padding = length - 2 - options.Length;

        // A single octet of padding is Pad1, which is zero.
        if (padding > 1)
        {
            (header[2 + options.Length], header[3 + options.Length]) = (PadN, (byte)(padding - 2));
        }

        return header;
    }
}
