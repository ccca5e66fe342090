using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>A neighbour discovery option, RFC 4861, Section 4.6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Type      |  Length (x8)  |              ...              |
/// +---------------+---------------+-------------------------------+
/// </code></remarks>
public abstract record NdOption
{
    /// <summary>Length of the fields before the option's data in octets.</summary>
    public const int HeaderLength = 2;

    /// <summary>The Length field counts units of this many octets.</summary>
    public const int LengthUnit = 8;

    private protected NdOption() { }

    /// <summary>See <see cref="NdOptionType"/>.</summary>
    public abstract byte Type { get; }

    /// <summary>Length of the data after type and length in octets: 2 less than a multiple of 8.</summary>
    public abstract int DataLength { get; }

    /// <summary>Length in octets including type and length, a multiple of 8.</summary>
    public int Length => HeaderLength + DataLength;

    /// <summary>Reads one option that fills <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The octets from the type on.</param>
    /// <param name="option">An <see cref="UnknownNdOption"/> if the type has no dedicated record.</param>
    /// <param name="error">
    /// <c>OptionTruncated</c>; <c>OptionLength</c>, at offset 0: zero or invalid for this type; <c>TrailingOctets</c>;
    /// <c>PrefixLength</c>: greater than 128.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out NdOption? option,
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
        option = (NdOptionType)bytes[0] switch
        {
            NdOptionType.SourceLinkLayerAddress => SourceLinkLayerAddressOption.ReadData(data, out error),
            NdOptionType.TargetLinkLayerAddress => TargetLinkLayerAddressOption.ReadData(data, out error),
            NdOptionType.PrefixInformation => PrefixInformationOption.ReadData(data, out error),
            NdOptionType.Mtu => MtuOption.ReadData(data, out error),
            _ => new UnknownNdOption(bytes[0], new OctetString(data)),
        };
        return option is not null;
    }

    /// <summary>Writes type, length and data and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"The option has {Length} octets, the destination {destination.Length}.", nameof(destination));
        }
        destination[0] = Type;
        destination[1] = (byte)(Length / LengthUnit);
        WriteData(destination[HeaderLength..Length]);
        return Length;
    }

    /// <summary>Writes the option's data into <see cref="DataLength"/> octets and overwrites every octet.</summary>
    public abstract void WriteData(Span<byte> destination);

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    private protected static bool HasLength(ReadOnlySpan<byte> data, int length, out WireError? error)
    {
        error =
            data.Length == length
                ? null
                : new WireError(0, "OptionLength", $"{HeaderLength + data.Length} octets, expected {HeaderLength + length}");
        return error is null;
    }

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return new WireError(0, "OptionTruncated", $"{bytes.Length} octets, too few for type and length");
        }
        // RFC 4861, Section 4.6: a packet with an option of length zero is discarded.
        if (bytes[1] == 0)
        {
            return new WireError(0, "OptionLength", "length zero");
        }

        var announced = bytes[1] * LengthUnit;
        if (bytes.Length < announced)
        {
            return new WireError(0, "OptionTruncated", $"{announced} octets announced, {bytes.Length} present");
        }
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets after the option")
            : null;
    }
}
