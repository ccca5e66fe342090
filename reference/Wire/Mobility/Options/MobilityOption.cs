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
        option = null;
        error = CheckExtent(bytes);
        if (error is not null)
        {
            return false;
        }

        var data = bytes[HeaderLength..];
        option = edition.OptionOf(bytes[0]) switch
        {
            MobilityOptionType.BindingRefreshAdvice => BindingRefreshAdviceOption.ReadData(data, out error),
            MobilityOptionType.AlternateCareOfAddress => AlternateCareOfAddressOption.ReadData(data, out error),
            MobilityOptionType.NonceIndices => NonceIndicesOption.ReadData(data, out error),
            MobilityOptionType.BindingAuthorizationData => new BindingAuthorizationDataOption(new OctetString(data)),
            MobilityOptionType.MobileNetworkPrefix => MobileNetworkPrefixOption.ReadData(data, out error),
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
}
