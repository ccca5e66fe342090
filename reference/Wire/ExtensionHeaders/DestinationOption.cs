using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// An option of a Destination Options header, RFC 8200, Section 4.2. Padding is not represented: see
/// <see cref="DestinationOptionList"/>.
/// </summary>
public abstract record DestinationOption : AlignedOption
{
    private protected DestinationOption() { }

    /// <summary>Reads one option that fills <paramref name="bytes"/>, padding excepted.</summary>
    /// <param name="bytes">The octets from the type on.</param>
    /// <param name="option">An <see cref="UnknownDestinationOption"/> if the type has no dedicated record.</param>
    /// <param name="error">
    /// <c>OptionTruncated</c>; <c>OptionLength</c>, at offset 0: invalid length for this type; <c>TrailingOctets</c>; <c>Padding</c>:
    /// Pad1 or PadN.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out DestinationOption? option,
        [NotNullWhen(false)] out WireError? error
    )
    {
        option = null;
        error = CheckExtent(bytes);
        if (error is not null)
        {
            return false;
        }

        var data = bytes[HeaderLength..];
        option =
            bytes[0] == HomeAddressOption.OptionType
                ? HomeAddressOption.ReadData(data, out error)
                : new UnknownDestinationOption(bytes[0], new OctetString(data));
        return option is not null;
    }
}
