using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// Destination Options header, RFC 8200, Section 4.6. A mobile node away from home includes the <see cref="HomeAddressOption"/>.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+--------------------------------
/// |  Next Header  |  Hdr Ext Len  |   Options ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <exception cref="ArgumentException">The options do not fit into the header.</exception>
public sealed record DestinationOptionsHeader(byte NextHeader, DestinationOptionList Options) : WritableExtensionHeader(NextHeader)
{
    public const int OptionsOffset = 2;

    public DestinationOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => IpProtocol.DestinationOptions;

    public override int Length => Options.EndFrom(OptionsOffset);

    /// <summary>Reads a header that fills <paramref name="bytes"/>.</summary>
    /// <param name="error">
    /// <c>Truncated</c>, <c>TrailingOctets</c>, a rule of <see cref="DestinationOption.TryParse"/>, or <c>HeaderLength</c>: the options,
    /// when aligned, do not fit.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out DestinationOptionsHeader? header,
        [NotNullWhen(false)] out WireError? error
    )
    {
        header = null;
        error = CheckExtent(bytes);
        if (error is not null || !DestinationOptionList.TryParse(bytes, OptionsOffset, out var options, out error))
        {
            return false;
        }

        header = new DestinationOptionsHeader(bytes[NextHeaderOffset], options);
        return true;
    }

    private protected override void WriteData(Span<byte> header)
    {
        header[HeaderExtensionLengthOffset] = (byte)(header.Length / LengthUnit - 1);
        Options.Write(header, OptionsOffset);
    }
}
