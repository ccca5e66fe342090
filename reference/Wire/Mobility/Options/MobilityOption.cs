using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>A mobility option, RFC 6275, Section 6.2.1. Padding is not an option here: see <see cref="MobilityOptionList"/>.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Option Type  | Option Length |         Option Data ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
public abstract record MobilityOption : IAlignedOption
{
    /// <summary>Octets before the option data.</summary>
    public const int HeaderLength = OptionPadding.OptionHeaderLength;

    /// <summary>Octets of option data, at most.</summary>
    public const int MaximumDataLength = byte.MaxValue;

    private protected static readonly (int Multiple, int Offset) AnyAlignment = (1, 0);

    private protected MobilityOption()
    {
    }

    /// <summary>See <see cref="MobilityOptionType"/>.</summary>
    public abstract byte Type { get; }

    /// <summary>The Option Length field: octets without type and length, 0-255.</summary>
    public abstract int DataLength { get; }

    /// <summary>Octets with type and length.</summary>
    public int Length => HeaderLength + DataLength;

    /// <summary>The option starts <c>Offset</c> octets behind a multiple of <c>Multiple</c> octets from the start of the Mobility Header.</summary>
    public abstract (int Multiple, int Offset) Alignment { get; }

    /// <summary>Reads one option as <see cref="WireEdition.Default"/> has it.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityOption?, out WireError?)"/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MobilityOption? option, [NotNullWhen(false)] out WireError? error) =>
        TryParse(bytes, WireEdition.Default, out option, out error);

    /// <summary>Reads one option that fills <paramref name="bytes"/>, padding excepted.</summary>
    /// <param name="bytes">From the type on.</param>
    /// <param name="edition">Which types are known, and how they are laid out.</param>
    /// <param name="option">An <see cref="UnknownOption"/> if the edition does not know the type.</param>
    /// <param name="error">
    /// <c>OptionTruncated</c>; <c>OptionLength</c>, at offset 0: not the length of this type; <c>TrailingOctets</c>; <c>Padding</c>:
    /// Pad1 or PadN; <c>PrefixLength</c>: beyond 128, or 32 in IPv4; <c>CareOfAddressFlag</c>: the C flag and the length of a
    /// <see cref="BindingUniqueIdentifierOption"/> disagree.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, WireEdition edition, [NotNullWhen(true)] out MobilityOption? option, [NotNullWhen(false)] out WireError? error)
    {
        option = null;
        error = CheckExtent(bytes);
        if (error is not null) return false;

        var data = bytes[HeaderLength..];
        option = edition.OptionOf(bytes[0]) switch
        {
            MobilityOptionType.BindingRefreshAdvice => BindingRefreshAdviceOption.ReadData(data, out error),
            MobilityOptionType.AlternateCareOfAddress => AlternateCareOfAddressOption.ReadData(data, out error),
            MobilityOptionType.NonceIndices => NonceIndicesOption.ReadData(data, out error),
            MobilityOptionType.BindingAuthorizationData => new BindingAuthorizationDataOption(new OctetString(data)),
            MobilityOptionType.MobilityHeaderLinkLayerAddress => MobilityHeaderLinkLayerAddressOption.ReadData(data, out error),
            MobilityOptionType.MobileNodeIdentifier => MobileNodeIdentifierOption.ReadData(data, out error),
            MobilityOptionType.VendorSpecific => VendorSpecificOption.ReadData(data, out error),
            MobilityOptionType.HomeNetworkPrefix => HomeNetworkPrefixOption.ReadData(data, out error),
            MobilityOptionType.HandoffIndicator => HandoffIndicatorOption.ReadData(data, out error),
            MobilityOptionType.AccessTechnologyType => AccessTechnologyTypeOption.ReadData(data, out error),
            MobilityOptionType.MobileNodeLinkLayerIdentifier => MobileNodeLinkLayerIdentifierOption.ReadData(data, out error),
            MobilityOptionType.LinkLocalAddress => LinkLocalAddressOption.ReadData(data, out error),
            MobilityOptionType.Timestamp => TimestampOption.ReadData(data, out error),
            MobilityOptionType.Ipv4HomeAddress => Ipv4HomeAddressOption.ReadData(data, out error),
            MobilityOptionType.Ipv4AddressAcknowledgement => Ipv4AddressAcknowledgementOption.ReadData(data, out error),
            MobilityOptionType.NatDetection => NatDetectionOption.ReadData(data, out error),
            MobilityOptionType.Ipv4CareOfAddress => Ipv4CareOfAddressOption.ReadData(data, out error),
            MobilityOptionType.GreKey => GreKeyOption.ReadData(data, out error),
            MobilityOptionType.BindingIdentifier when edition.BindingIdentifier == BindingIdentifierLayout.Draft04 =>
                BindingUniqueIdentifierOption.ReadData(bytes[0], data, out error),
            MobilityOptionType.BindingIdentifier => BindingIdentifierOption.ReadData(data, out error),
            MobilityOptionType.Ipv4HomeAddressRequest => Ipv4HomeAddressRequestOption.ReadData(data, out error),
            MobilityOptionType.Ipv4HomeAddressReply => Ipv4HomeAddressReplyOption.ReadData(data, out error),
            MobilityOptionType.Ipv4DefaultRouterAddress => Ipv4DefaultRouterAddressOption.ReadData(bytes[0], data, out error),
            MobilityOptionType.Ipv4DhcpSupportMode => Ipv4DhcpSupportModeOption.ReadData(data, out error),
            _ => new UnknownOption(bytes[0], new OctetString(data)),
        };
        return option is not null;
    }

    /// <summary>Writes type, length and data and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than that.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < Length)
            throw new ArgumentException($"The option has {Length} octets, the destination {destination.Length}.", nameof(destination));
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

    private protected static WireError OtherLength(ReadOnlySpan<byte> data, string demanded) => new(0, "OptionLength", $"{data.Length}, not {demanded}");

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength) return new WireError(0, "OptionTruncated", $"{bytes.Length} octets, without a length");
        if (OptionPadding.Is(bytes[0]))
            return new WireError(0, "Padding", $"type {bytes[0]} is padding");

        var announced = HeaderLength + bytes[1];
        if (bytes.Length < announced) return new WireError(0, "OptionTruncated", $"{announced} octets announced, {bytes.Length} present");
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets behind the option")
            : null;
    }
}
