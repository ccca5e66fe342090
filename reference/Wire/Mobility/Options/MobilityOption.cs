using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// A mobility option, RFC 6275, Section 6.2.1; its type is one of <see cref="MobilityOptionType"/>. Padding is not represented: see
/// <see cref="MobilityOptionList"/>.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Option Type  | Option Length |         Option Data ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
public abstract record MobilityOption : AlignedOption
{
    private protected MobilityOption() { }

    /// <summary>Reads one option in the edition <see cref="WireEdition.Default"/>.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityOption?, out WireError?)"/>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out MobilityOption? option,
        [NotNullWhen(false)] out WireError? error
    ) => TryParse(bytes, WireEdition.Default, out option, out error);

    /// <summary>Reads one option that fills <paramref name="bytes"/>, padding excepted.</summary>
    /// <param name="bytes">The octets from the type on.</param>
    /// <param name="edition">The edition that defines the known types and their layout.</param>
    /// <param name="option">An <see cref="UnknownOption"/> if the edition does not know the type.</param>
    /// <param name="error">
    /// <c>OptionTruncated</c>; <c>OptionLength</c>, at offset 0: invalid length for this type; <c>TrailingOctets</c>; <c>Padding</c>:
    /// Pad1 or PadN; <c>PrefixLength</c>: greater than 128, or than 32 for IPv4; <c>CareOfAddressFlag</c>: the C flag and the length of a
    /// <see cref="BindingUniqueIdentifierOption"/> disagree.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        WireEdition edition,
        [NotNullWhen(true)] out MobilityOption? option,
        [NotNullWhen(false)] out WireError? error
    )
    {
        ArgumentNullException.ThrowIfNull(edition);
        error = CheckExtent(bytes) ?? MobilityOptionReader.Check(bytes, edition);
        option = error is null ? MobilityOptionReader.OfChecked(bytes, edition).ToRecord(edition.BindingIdentifier) : null;
        return option is not null;
    }
}
