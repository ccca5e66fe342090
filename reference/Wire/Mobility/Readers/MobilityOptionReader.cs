namespace Pmip.Wire;

/// <summary>
/// One mobility option in place, RFC 6275, Section 6.2.1. Its format has been checked, so that no member fails for what is on the wire.
/// </summary>
/// <remarks>
/// A member named after an option reads the data of that option.
/// It throws an <see cref="InvalidOperationException"/> if <see cref="Kind"/> is another option.
/// </remarks>
public readonly ref struct MobilityOptionReader
{
    private readonly ReadOnlySpan<byte> _option;

    private MobilityOptionReader(ReadOnlySpan<byte> option, MobilityOptionType? kind)
    {
        _option = option;
        Kind = kind;
    }

    /// <summary>The Option Type field.</summary>
    public byte Type => _option[0];

    /// <summary>The option that the edition gives this type to; null if it knows no such option.</summary>
    public MobilityOptionType? Kind { get; }

    /// <summary>The octets after type and length.</summary>
    public ReadOnlySpan<byte> Data => _option[OptionPadding.OptionHeaderLength..];

    /// <summary>The interval in units of 4 seconds.</summary>
    public ushort BindingRefreshAdvice => BindingRefreshAdviceFormat.Read(DataOf(MobilityOptionType.BindingRefreshAdvice));

    /// <summary>The sixteen octets of the address.</summary>
    public ReadOnlySpan<byte> AlternateCareOfAddress => DataOf(MobilityOptionType.AlternateCareOfAddress);

    public NonceIndicesData NonceIndices => new(DataOf(MobilityOptionType.NonceIndices));

    /// <summary>The authenticator.</summary>
    public ReadOnlySpan<byte> BindingAuthorizationData => DataOf(MobilityOptionType.BindingAuthorizationData);

    public Ipv6Prefix MobileNetworkPrefix => Ipv6PrefixFormat.Read(DataOf(MobilityOptionType.MobileNetworkPrefix));

    public MobilityHeaderLinkLayerAddressData MobilityHeaderLinkLayerAddress =>
        new(DataOf(MobilityOptionType.MobilityHeaderLinkLayerAddress));

    public MobileNodeIdentifierData MobileNodeIdentifier => new(DataOf(MobilityOptionType.MobileNodeIdentifier));

    public VendorSpecificData VendorSpecific => new(DataOf(MobilityOptionType.VendorSpecific));

    public Ipv6Prefix HomeNetworkPrefix => Ipv6PrefixFormat.Read(DataOf(MobilityOptionType.HomeNetworkPrefix));

    public HandoffIndicator HandoffIndicator => (HandoffIndicator)IndicatorFormat.Read(DataOf(MobilityOptionType.HandoffIndicator));

    public AccessTechnologyType AccessTechnologyType =>
        (AccessTechnologyType)IndicatorFormat.Read(DataOf(MobilityOptionType.AccessTechnologyType));

    /// <summary>The identifier, up to the end of the option.</summary>
    public ReadOnlySpan<byte> MobileNodeLinkLayerIdentifier =>
        MobileNodeLinkLayerIdentifierFormat.Read(DataOf(MobilityOptionType.MobileNodeLinkLayerIdentifier));

    /// <summary>The sixteen octets of the address.</summary>
    public ReadOnlySpan<byte> LinkLocalAddress => DataOf(MobilityOptionType.LinkLocalAddress);

    public Timestamp Timestamp => TimestampFormat.Read(DataOf(MobilityOptionType.Timestamp));

    public Ipv4HomeAddressData Ipv4HomeAddress => new(DataOf(MobilityOptionType.Ipv4HomeAddress));

    public Ipv4AddressStatusData Ipv4AddressAcknowledgement => new(DataOf(MobilityOptionType.Ipv4AddressAcknowledgement));

    public NatDetectionData NatDetection => new(DataOf(MobilityOptionType.NatDetection));

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> Ipv4CareOfAddress => Ipv4AddressFormat.Read(DataOf(MobilityOptionType.Ipv4CareOfAddress));

    /// <summary>The key, or null: GRE without keys.</summary>
    public uint? GreKey => GreKeyFormat.Read(DataOf(MobilityOptionType.GreKey));

    /// <summary>The option that identifies a binding, in the layout of the edition.</summary>
    public BindingIdentityData BindingIdentifier => new(DataOf(MobilityOptionType.BindingIdentifier));

    public Ipv4HomeAddressData Ipv4HomeAddressRequest => new(DataOf(MobilityOptionType.Ipv4HomeAddressRequest));

    public Ipv4AddressStatusData Ipv4HomeAddressReply => new(DataOf(MobilityOptionType.Ipv4HomeAddressReply));

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> Ipv4DefaultRouterAddress => Ipv4AddressFormat.Read(DataOf(MobilityOptionType.Ipv4DefaultRouterAddress));

    /// <summary>The S flag: the mobile access gateway acts as a DHCP server.</summary>
    public bool Ipv4DhcpSupportMode => Ipv4DhcpSupportModeFormat.Read(DataOf(MobilityOptionType.Ipv4DhcpSupportMode));

    /// <summary>Where the option starts in a header that is written: see <see cref="AlignedOption.Alignment"/>.</summary>
    internal (int Multiple, int Offset) Alignment =>
        Kind.GetValueOrDefault() switch
        {
            MobilityOptionType.BindingRefreshAdvice => BindingRefreshAdviceFormat.Alignment,
            MobilityOptionType.AlternateCareOfAddress or MobilityOptionType.LinkLocalAddress => Ipv6AddressFormat.Alignment,
            MobilityOptionType.NonceIndices => NonceIndicesData.Alignment,
            MobilityOptionType.BindingAuthorizationData => BindingAuthorizationDataFormat.AlignmentOf(Data.Length),
            MobilityOptionType.MobileNetworkPrefix or MobilityOptionType.HomeNetworkPrefix => Ipv6PrefixFormat.Alignment,
            MobilityOptionType.VendorSpecific => VendorSpecificData.Alignment,
            MobilityOptionType.MobileNodeLinkLayerIdentifier => MobileNodeLinkLayerIdentifierFormat.AlignmentOf(
                MobileNodeLinkLayerIdentifier.Length
            ),
            MobilityOptionType.Timestamp => TimestampFormat.Alignment,
            MobilityOptionType.Ipv4HomeAddress or MobilityOptionType.Ipv4HomeAddressRequest => Ipv4HomeAddressData.Alignment,
            MobilityOptionType.Ipv4AddressAcknowledgement or MobilityOptionType.Ipv4HomeAddressReply => Ipv4AddressStatusData.Alignment,
            MobilityOptionType.NatDetection => NatDetectionData.Alignment,
            MobilityOptionType.Ipv4CareOfAddress or MobilityOptionType.Ipv4DefaultRouterAddress => Ipv4AddressFormat.Alignment,
            MobilityOptionType.GreKey => GreKeyFormat.Alignment,
            MobilityOptionType.BindingIdentifier => BindingIdentityData.AlignmentOf(BindingIdentifier.CareOfAddress.Length),
            _ => OptionPadding.AnyAlignment,
        };

    /// <summary>The record of the option.</summary>
    /// <param name="layout">That of the edition.</param>
    internal MobilityOption ToRecord(BindingIdentifierLayout layout) =>
        Kind.GetValueOrDefault() switch
        {
            MobilityOptionType.BindingRefreshAdvice => new BindingRefreshAdviceOption(BindingRefreshAdvice),
            MobilityOptionType.AlternateCareOfAddress => new AlternateCareOfAddressOption(Ipv6Octets.Read(AlternateCareOfAddress)),
            MobilityOptionType.NonceIndices => new NonceIndicesOption(NonceIndices.HomeNonceIndex, NonceIndices.CareOfNonceIndex),
            MobilityOptionType.BindingAuthorizationData => new BindingAuthorizationDataOption(new OctetString(BindingAuthorizationData)),
            MobilityOptionType.MobileNetworkPrefix => new MobileNetworkPrefixOption(MobileNetworkPrefix),
            MobilityOptionType.MobilityHeaderLinkLayerAddress => new MobilityHeaderLinkLayerAddressOption(
                MobilityHeaderLinkLayerAddress.OptionCode,
                new OctetString(MobilityHeaderLinkLayerAddress.Address)
            ),
            MobilityOptionType.MobileNodeIdentifier => new MobileNodeIdentifierOption(
                MobileNodeIdentifier.Subtype,
                new OctetString(MobileNodeIdentifier.Identifier)
            ),
            MobilityOptionType.VendorSpecific => new VendorSpecificOption(
                VendorSpecific.VendorId,
                VendorSpecific.Subtype,
                new OctetString(VendorSpecific.Content)
            ),
            MobilityOptionType.HomeNetworkPrefix => new HomeNetworkPrefixOption(HomeNetworkPrefix),
            MobilityOptionType.HandoffIndicator => new HandoffIndicatorOption(HandoffIndicator),
            MobilityOptionType.AccessTechnologyType => new AccessTechnologyTypeOption(AccessTechnologyType),
            MobilityOptionType.MobileNodeLinkLayerIdentifier => new MobileNodeLinkLayerIdentifierOption(
                new OctetString(MobileNodeLinkLayerIdentifier)
            ),
            MobilityOptionType.LinkLocalAddress => new LinkLocalAddressOption(Ipv6Octets.Read(LinkLocalAddress)),
            MobilityOptionType.Timestamp => new TimestampOption(Timestamp),
            MobilityOptionType.Ipv4HomeAddress => new Ipv4HomeAddressOption(
                Ipv4Octets.Read(Ipv4HomeAddress.HomeAddress),
                Ipv4HomeAddress.PrefixLength,
                Ipv4HomeAddress.RequestsPrefix
            ),
            MobilityOptionType.Ipv4AddressAcknowledgement => new Ipv4AddressAcknowledgementOption(
                (Ipv4AddressAcknowledgementStatus)Ipv4AddressAcknowledgement.Status,
                Ipv4AddressAcknowledgement.PrefixLength,
                Ipv4Octets.Read(Ipv4AddressAcknowledgement.HomeAddress)
            ),
            MobilityOptionType.NatDetection => new NatDetectionOption(NatDetection.ForcesUdp, NatDetection.RefreshTimeSeconds),
            MobilityOptionType.Ipv4CareOfAddress => new Ipv4CareOfAddressOption(Ipv4Octets.Read(Ipv4CareOfAddress)),
            MobilityOptionType.GreKey => new GreKeyOption(GreKey),
            MobilityOptionType.BindingIdentifier => BindingIdentityOption.Of(BindingIdentifier, layout, Type),
            MobilityOptionType.Ipv4HomeAddressRequest => new Ipv4HomeAddressRequestOption(
                Ipv4Octets.Read(Ipv4HomeAddressRequest.HomeAddress),
                Ipv4HomeAddressRequest.PrefixLength
            ),
            MobilityOptionType.Ipv4HomeAddressReply => new Ipv4HomeAddressReplyOption(
                (Ipv4HomeAddressReplyStatus)Ipv4HomeAddressReply.Status,
                Ipv4HomeAddressReply.PrefixLength,
                Ipv4Octets.Read(Ipv4HomeAddressReply.HomeAddress)
            ),
            MobilityOptionType.Ipv4DefaultRouterAddress => new Ipv4DefaultRouterAddressOption(Ipv4Octets.Read(Ipv4DefaultRouterAddress))
            {
                OptionType = Type,
            },
            MobilityOptionType.Ipv4DhcpSupportMode => new Ipv4DhcpSupportModeOption(Ipv4DhcpSupportMode),
            _ => new UnknownOption(Type, new OctetString(Data)),
        };

    /// <summary>Reads an option whose format has been checked.</summary>
    /// <param name="option">From the type to the end of the data.</param>
    internal static MobilityOptionReader OfChecked(ReadOnlySpan<byte> option, WireEdition edition) =>
        new(option, edition.OptionOf(option[0]));

    /// <summary>The violated rule of the format of an option, or null.</summary>
    /// <param name="option">From the type to the end of the data; the extent has been checked.</param>
    internal static WireError? Check(ReadOnlySpan<byte> option, WireEdition edition)
    {
        var data = option[OptionPadding.OptionHeaderLength..];
        return edition.OptionOf(option[0]).GetValueOrDefault() switch
        {
            MobilityOptionType.BindingRefreshAdvice => BindingRefreshAdviceFormat.Check(data),
            MobilityOptionType.AlternateCareOfAddress or MobilityOptionType.LinkLocalAddress => Ipv6AddressFormat.Check(data),
            MobilityOptionType.NonceIndices => NonceIndicesData.Check(data),
            MobilityOptionType.MobileNetworkPrefix or MobilityOptionType.HomeNetworkPrefix => Ipv6PrefixFormat.Check(data),
            MobilityOptionType.MobilityHeaderLinkLayerAddress => MobilityHeaderLinkLayerAddressData.Check(data),
            MobilityOptionType.MobileNodeIdentifier => MobileNodeIdentifierData.Check(data),
            MobilityOptionType.VendorSpecific => VendorSpecificData.Check(data),
            MobilityOptionType.HandoffIndicator or MobilityOptionType.AccessTechnologyType => IndicatorFormat.Check(data),
            MobilityOptionType.MobileNodeLinkLayerIdentifier => MobileNodeLinkLayerIdentifierFormat.Check(data),
            MobilityOptionType.Timestamp => TimestampFormat.Check(data),
            MobilityOptionType.Ipv4HomeAddress or MobilityOptionType.Ipv4HomeAddressRequest => Ipv4HomeAddressData.Check(data),
            MobilityOptionType.Ipv4AddressAcknowledgement or MobilityOptionType.Ipv4HomeAddressReply => Ipv4AddressStatusData.Check(data),
            MobilityOptionType.NatDetection => NatDetectionData.Check(data),
            MobilityOptionType.Ipv4CareOfAddress or MobilityOptionType.Ipv4DefaultRouterAddress => Ipv4AddressFormat.Check(data),
            MobilityOptionType.GreKey => GreKeyFormat.Check(data),
            MobilityOptionType.BindingIdentifier when edition.BindingIdentifier == BindingIdentifierLayout.Draft04 =>
                BindingIdentityData.CheckDraft(data),
            MobilityOptionType.BindingIdentifier => BindingIdentityData.Check(data),
            MobilityOptionType.Ipv4DhcpSupportMode => Ipv4DhcpSupportModeFormat.Check(data),
            _ => null,
        };
    }

    private ReadOnlySpan<byte> DataOf(MobilityOptionType kind) => Kind == kind ? Data : throw OtherKind(kind);

    private InvalidOperationException OtherKind(MobilityOptionType kind) => new($"The option of type {Type} is not {kind}.");
}
