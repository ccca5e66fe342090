namespace Pmip.Wire;

/// <summary>
/// The wire formats that differ between editions (RFCs and drafts) of the protocols. A message does not identify its edition: the C
/// flag of one draft is the H flag of an RFC. The reader of a message must therefore specify the edition.
/// </summary>
/// <remarks>
/// <para>
/// Every edition knows the options of RFC 6275, RFC 4283, RFC 5094 and RFC 5213. An option that an edition does not know is read as an
/// <see cref="UnknownOption"/>. To combine editions, or to choose the numbers that a draft leaves open, use a <c>with</c> expression:
/// <c>WireEdition.Rfc5844 with { BindingIdentifier = BindingIdentifierLayout.Draft04 }</c>.
/// </para>
/// <para>
/// In every edition the message flags have the positions defined by the RFCs. The documents that the IPv4 drafts cite assign to F (in
/// a Binding Update) and T (in a Binding Acknowledgement) the bit that RFC 5213 assigns to P, which every message needs.
/// </para>
/// </remarks>
/// <param name="Name">The name shown in reports.</param>
public sealed record WireEdition(string Name)
{
    /// <summary>The default for the type that the draft leaves open: the number assigned in RFC 5648.</summary>
    public const byte DefaultBindingUniqueIdentifierType = (byte)MobilityOptionType.BindingIdentifier;

    private const int BitsOfKnownEverywhere = 64;

    /// <summary>The types of the options that every edition knows, a bit for each.</summary>
    private const ulong KnownEverywhere =
        (1UL << (int)MobilityOptionType.Pad1)
        | (1UL << (int)MobilityOptionType.PadN)
        | (1UL << (int)MobilityOptionType.BindingRefreshAdvice)
        | (1UL << (int)MobilityOptionType.AlternateCareOfAddress)
        | (1UL << (int)MobilityOptionType.NonceIndices)
        | (1UL << (int)MobilityOptionType.BindingAuthorizationData)
        | (1UL << (int)MobilityOptionType.MobileNodeIdentifier)
        | (1UL << (int)MobilityOptionType.VendorSpecific)
        | (1UL << (int)MobilityOptionType.HomeNetworkPrefix)
        | (1UL << (int)MobilityOptionType.HandoffIndicator)
        | (1UL << (int)MobilityOptionType.AccessTechnologyType)
        | (1UL << (int)MobilityOptionType.MobileNodeLinkLayerIdentifier)
        | (1UL << (int)MobilityOptionType.LinkLocalAddress)
        | (1UL << (int)MobilityOptionType.Timestamp);

    /// <summary>Proxy Mobile IPv6 without extensions.</summary>
    public static WireEdition Rfc5213 { get; } = new("RFC 5213");

    public static WireEdition Rfc5844 { get; } = new("RFC 5844") { Ipv4Options = Ipv4OptionSet.Rfc5844, KnowsGreKey = true };

    /// <summary>
    /// draft-ietf-netlmm-pmip6-ipv4-support-02. The IPv4 Address Acknowledgement option has the format of RFC 5555: the figure in
    /// the document that the draft cites gives the prefix length 5 bits, too few for a prefix length of 32. The draft builds on a
    /// version of Proxy Mobile IPv6 with the handoff in the Access Technology Type option; this edition uses RFC 5213 instead.
    /// </summary>
    public static WireEdition Ipv4Draft02 { get; } = new("draft-ietf-netlmm-pmip6-ipv4-support-02") { Ipv4Options = Ipv4OptionSet.Rfc5555 };

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04.</summary>
    public static WireEdition Ipv4Draft04 { get; } = new("draft-ietf-netlmm-pmip6-ipv4-support-04") { Ipv4Options = Ipv4OptionSet.Draft04 };

    /// <summary>Mobile IPv6 without extensions.</summary>
    public static WireEdition Rfc6275 { get; } = new("RFC 6275") { KnowsMobileNetworkPrefix = true };

    /// <summary>draft-ietf-monami6-multiplecoa-04.</summary>
    public static WireEdition McoaDraft04 { get; } =
        new("draft-ietf-monami6-multiplecoa-04") { BindingIdentifier = BindingIdentifierLayout.Draft04, KnowsMobileNetworkPrefix = true };

    /// <summary>RFC 5648 with the options of RFC 5555, which Section 8 of RFC 5648 uses.</summary>
    public static WireEdition Rfc5648 { get; } =
        new("RFC 5648")
        {
            BindingIdentifier = BindingIdentifierLayout.Rfc5648,
            Ipv4Options = Ipv4OptionSet.Rfc5555,
            KnowsMobileNetworkPrefix = true,
        };

    /// <summary>All options of all RFCs, without the drafts.</summary>
    public static WireEdition Default { get; } =
        new("all RFCs")
        {
            BindingIdentifier = BindingIdentifierLayout.Rfc5648,
            Ipv4Options = Ipv4OptionSet.Rfc5555 | Ipv4OptionSet.Rfc5844,
            KnowsGreKey = true,
            KnowsMobileNetworkPrefix = true,
        };

    public Ipv4OptionSet Ipv4Options { get; init; }

    /// <summary>The type of the IPv4 Default-Router Address option: 38 in RFC 5844, not assigned in the draft.</summary>
    /// <exception cref="ArgumentException">Every edition uses that number for a different option.</exception>
    public byte Ipv4DefaultRouterType
    {
        get;
        init => field = RequireFree(value);
    } = (byte)MobilityOptionType.Ipv4DefaultRouterAddress;

    /// <summary>Whether the GRE Key option, RFC 5845, is known.</summary>
    public bool KnowsGreKey { get; init; }

    /// <summary>Whether the Mobile Network Prefix option of mobile routers, RFC 3963, is known.</summary>
    public bool KnowsMobileNetworkPrefix { get; init; }

    /// <summary>
    /// The layout of the Binding Identifier option. With <see cref="BindingIdentifierLayout.Rfc5648"/> the edition also knows the Mobility
    /// Header Link-Layer Address option of home bindings (RFC 5648, Section 5.6.3).
    /// </summary>
    public BindingIdentifierLayout BindingIdentifier { get; init; }

    /// <summary>The type of the Binding Unique Identifier sub-option, which the draft does not assign.</summary>
    /// <exception cref="ArgumentException">Every edition uses that number for a different option.</exception>
    public byte BindingUniqueIdentifierType
    {
        get;
        init => field = RequireFree(value);
    } = DefaultBindingUniqueIdentifierType;

    /// <summary>The status numbers of the drafts.</summary>
    public DraftStatusCodes DraftStatuses { get; init; } = new();

    public OverwritePlace OverwriteFlag =>
        BindingIdentifier switch
        {
            BindingIdentifierLayout.Rfc5648 => OverwritePlace.BindingUpdate,
            BindingIdentifierLayout.Draft04 => OverwritePlace.Option,
            _ => OverwritePlace.Nowhere,
        };

    /// <summary>
    /// Whether the type means the same option in every edition: the options of RFC 6275, RFC 4283, RFC 5094 and RFC 5213, and
    /// padding.
    /// </summary>
    public static bool IsKnownEverywhere(byte type) => type < BitsOfKnownEverywhere && ((KnownEverywhere >> type) & 1) != 0;

    /// <summary>Whether a Binding Update requests that its bindings replace all existing ones.</summary>
    public bool RequestsOverwrite(BindingUpdate update) =>
        OverwriteFlag switch
        {
            OverwritePlace.BindingUpdate => update.Flags.HasFlag(BindingUpdateFlags.BulkOverwrite),
            OverwritePlace.Option => update.Options.All<BindingUniqueIdentifierOption>().Any(option => option.Overwrite),
            _ => false,
        };

    /// <summary>The name of a status in this edition, in the spelling of <see cref="BindingStatus"/>; its number if it has none.</summary>
    public string NameOf(BindingStatus status)
    {
        if (DraftNames().FirstOrDefault(named => named.Status == status) is { Name: { } name })
        {
            return name;
        }
        return IsNamed(status) ? status.ToString() : $"{(byte)status}";
    }

    /// <summary>Finds the status with this name in this edition.</summary>
    /// <param name="name">The name as in the specification, with spaces, slashes and hyphens, or with underscores in their place.</param>
    public bool TryFindStatus(string name, out BindingStatus status)
    {
        var spelled = string.Concat(
            name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_')
        );
        foreach (
            var named in DraftNames()
                .Concat(Enum.GetValues<BindingStatus>().Where(IsNamed).Select(value => (Name: value.ToString(), Status: value)))
        )
        {
            status = named.Status;
            if (named.Name == spelled)
            {
                return true;
            }
        }

        status = default;
        return false;
    }

    /// <summary>The option that a type means in this edition; null if none.</summary>
    internal MobilityOptionType? OptionOf(byte type) =>
        // A number that is known everywhere cannot be chosen for another option.
        IsKnownEverywhere(type) ? (MobilityOptionType)type : OptionOfThisEdition(type);

    private MobilityOptionType? OptionOfThisEdition(byte type)
    {
        // The number chosen for an option that a draft leaves unnumbered takes precedence over the option to which another document
        // assigned that number later.
        if (type == BindingUniqueIdentifierType && BindingIdentifier == BindingIdentifierLayout.Draft04)
        {
            return MobilityOptionType.BindingIdentifier;
        }
        if (type == Ipv4DefaultRouterType && Knows(Ipv4OptionSet.DefaultRouter))
        {
            return MobilityOptionType.Ipv4DefaultRouterAddress;
        }

        var option = (MobilityOptionType)type;
        var isKnown = option switch
        {
            MobilityOptionType.Ipv4HomeAddress or MobilityOptionType.Ipv4AddressAcknowledgement or MobilityOptionType.Ipv4CareOfAddress =>
                Knows(Ipv4OptionSet.DualStack),
            MobilityOptionType.NatDetection => Knows(Ipv4OptionSet.NatDetection),
            MobilityOptionType.Ipv4HomeAddressRequest
            or MobilityOptionType.Ipv4HomeAddressReply
            or MobilityOptionType.Ipv4DhcpSupportMode => Knows(Ipv4OptionSet.ProxyMobile),
            MobilityOptionType.GreKey => KnowsGreKey,
            MobilityOptionType.MobileNetworkPrefix => KnowsMobileNetworkPrefix,
            MobilityOptionType.BindingIdentifier or MobilityOptionType.MobilityHeaderLinkLayerAddress => BindingIdentifier
                == BindingIdentifierLayout.Rfc5648,
            _ => false,
        };
        return isKnown ? option : null;
    }

    /// <param name="options">One flag. HasFlag allocates until the compiler has optimized its caller.</param>
    private bool Knows(Ipv4OptionSet options) => (Ipv4Options & options) != 0;

    private static byte RequireFree(byte type) =>
        IsKnownEverywhere(type)
            ? throw new ArgumentException($"Mobility option {type} is a different option in every edition.", nameof(type))
            : type;

    /// <summary>Whether the name in <see cref="BindingStatus"/> is also the name in this edition.</summary>
    private bool IsNamed(BindingStatus status) =>
        Enum.IsDefined(status)
        && status switch
        {
            BindingStatus.MCOA_NOTCOMPLETE or BindingStatus.MCOA_RETURNHOME_WO_NDP => BindingIdentifier == BindingIdentifierLayout.Rfc5648,
            >= BindingStatus.MCOA_MALFORMED and <= BindingStatus.MCOA_SIMULTANEOUS_HOME_AND_FOREIGN_PROHIBITED => BindingIdentifier
                == BindingIdentifierLayout.Rfc5648,
            >= BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
            and <= BindingStatus.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED => Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile),
            BindingStatus.CANNOT_FORCE_UDP_ENCAPSULATION => Ipv4Options.HasFlag(Ipv4OptionSet.DualStack),
            BindingStatus.GRE_KEY_OPTION_NOT_REQUIRED
            or BindingStatus.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED
            or BindingStatus.GRE_KEY_OPTION_REQUIRED => KnowsGreKey,
            _ => true,
        };

    /// <summary>The statuses of this edition whose numbers are configurable.</summary>
    private IEnumerable<(string Name, BindingStatus Status)> DraftNames()
    {
        if (BindingIdentifier == BindingIdentifierLayout.Draft04)
        {
            yield return ("MCOA_INCOMPLIANT", (BindingStatus)DraftStatuses.McoaIncompliant);
            yield return ("MCOA_BID_CONFLICT", (BindingStatus)DraftStatuses.McoaBidConflict);
            yield return ("MCOA_PROHIBITED", (BindingStatus)DraftStatuses.McoaProhibited);
            yield return ("MCOA_BULK_REGISTRATION_NOT_SUPPORTED", (BindingStatus)DraftStatuses.McoaBulkRegistrationNotSupported);
            yield return ("MCOA_FLAG_CONFLICTS", (BindingStatus)DraftStatuses.McoaFlagConflicts);
        }

        if (Ipv4Options == Ipv4OptionSet.Draft04)
        {
            yield return (
                nameof(BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS),
                (BindingStatus)DraftStatuses.NotAuthorizedForIpv4HomeAddress
            );
        }
    }
}
