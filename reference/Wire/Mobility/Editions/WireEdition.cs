namespace Pmip.Wire;

/// <summary>
/// What the editions of the protocols disagree on in octets. Nothing in a message tells its edition: the C flag of one draft is the
/// H flag of an RFC. So whoever reads has to say which one it is.
/// </summary>
/// <remarks>
/// <para>
/// Every edition knows the options of RFC 6275, RFC 4283, RFC 5094 and RFC 5213. An option an edition does not know is an
/// <see cref="UnknownOption"/>. Another mixture, or other numbers where a draft has none, is a <c>with</c> expression:
/// <c>WireEdition.Rfc5844 with { BindingIdentifier = BindingIdentifierLayout.Draft04 }</c>.
/// </para>
/// <para>
/// The flags of messages stand in every edition where the RFCs put them. The texts that the IPv4 drafts cite give F of an update and
/// T of an acknowledgement the bit that RFC 5213 gives P, which every message needs.
/// </para>
/// </remarks>
/// <param name="Name">For reports.</param>
public sealed record WireEdition(string Name)
{
    /// <summary>The number proposed where the draft has none: the one RFC 5648 was given.</summary>
    public const byte DefaultBindingUniqueIdentifierType = (byte)MobilityOptionType.BindingIdentifier;

    /// <summary>Proxy Mobile IPv6 alone.</summary>
    public static WireEdition Rfc5213 { get; } = new("RFC 5213");

    public static WireEdition Rfc5844 { get; } = new("RFC 5844") { Ipv4Options = Ipv4OptionSet.Rfc5844, KnowsGreKey = true };

    /// <summary>
    /// draft-ietf-netlmm-pmip6-ipv4-support-02. Its IPv4 Address Acknowledgement is that of RFC 5555: drawn with 5 bits in the text
    /// it cites, the prefix length could not be that of one address. It builds on a Proxy Mobile IPv6 with the hand-off in the
    /// Access Technology Type option; here that is RFC 5213 as well.
    /// </summary>
    public static WireEdition Ipv4Draft02 { get; } = new("draft-ietf-netlmm-pmip6-ipv4-support-02") { Ipv4Options = Ipv4OptionSet.Rfc5555 };

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04.</summary>
    public static WireEdition Ipv4Draft04 { get; } = new("draft-ietf-netlmm-pmip6-ipv4-support-04") { Ipv4Options = Ipv4OptionSet.Draft04 };

    /// <summary>draft-ietf-monami6-multiplecoa-04.</summary>
    public static WireEdition McoaDraft04 { get; } =
        new("draft-ietf-monami6-multiplecoa-04") { BindingIdentifier = BindingIdentifierLayout.Draft04 };

    /// <summary>With the options of RFC 5555, which its Section 8 uses.</summary>
    public static WireEdition Rfc5648 { get; } =
        new("RFC 5648") { BindingIdentifier = BindingIdentifierLayout.Rfc5648, Ipv4Options = Ipv4OptionSet.Rfc5555 };

    /// <summary>Every option of every RFC; nothing of a draft.</summary>
    public static WireEdition Default { get; } =
        new("all RFCs")
        {
            BindingIdentifier = BindingIdentifierLayout.Rfc5648,
            Ipv4Options = Ipv4OptionSet.Rfc5555 | Ipv4OptionSet.Rfc5844,
            KnowsGreKey = true,
        };

    public Ipv4OptionSet Ipv4Options { get; init; }

    /// <summary>The type of the IPv4 Default-Router Address option: 38 in RFC 5844, without a number in the draft.</summary>
    /// <exception cref="ArgumentException">Every edition has that number for another option.</exception>
    public byte Ipv4DefaultRouterType
    {
        get;
        init => field = RequireFree(value);
    } = (byte)MobilityOptionType.Ipv4DefaultRouterAddress;

    /// <summary>The GRE Key option, RFC 5845, is known.</summary>
    public bool KnowsGreKey { get; init; }

    /// <summary>
    /// With <see cref="BindingIdentifierLayout.Rfc5648"/> the Mobility Header Link-Layer Address option of home bindings (RFC 5648,
    /// Section 5.6.3) is known too.
    /// </summary>
    public BindingIdentifierLayout BindingIdentifier { get; init; }

    /// <summary>The type of the Binding Unique Identifier sub-option of the draft, which has no number there.</summary>
    /// <exception cref="ArgumentException">Every edition has that number for another option.</exception>
    public byte BindingUniqueIdentifierType
    {
        get;
        init => field = RequireFree(value);
    } = DefaultBindingUniqueIdentifierType;

    /// <summary>Of the drafts among the editions.</summary>
    public DraftStatusCodes DraftStatuses { get; init; } = new();

    public OverwritePlace OverwriteFlag =>
        BindingIdentifier switch
        {
            BindingIdentifierLayout.Rfc5648 => OverwritePlace.BindingUpdate,
            BindingIdentifierLayout.Draft04 => OverwritePlace.Option,
            _ => OverwritePlace.Nowhere,
        };

    /// <summary>Whether the type means the same option in every edition: RFC 6275, RFC 4283, RFC 5094 and RFC 5213, and padding.</summary>
    public static bool IsKnownEverywhere(byte type) =>
        (MobilityOptionType)type
            is MobilityOptionType.Pad1
                or MobilityOptionType.PadN
                or MobilityOptionType.BindingRefreshAdvice
                or MobilityOptionType.AlternateCareOfAddress
                or MobilityOptionType.NonceIndices
                or MobilityOptionType.BindingAuthorizationData
                or MobilityOptionType.MobileNodeIdentifier
                or MobilityOptionType.VendorSpecific
                or MobilityOptionType.HomeNetworkPrefix
                or MobilityOptionType.HandoffIndicator
                or MobilityOptionType.AccessTechnologyType
                or MobilityOptionType.MobileNodeLinkLayerIdentifier
                or MobilityOptionType.LinkLocalAddress
                or MobilityOptionType.Timestamp;

    /// <summary>Whether a Binding Update asks that its bindings replace all that are there.</summary>
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

    /// <summary>The status of a name in this edition.</summary>
    /// <param name="name">As in the specification, with blanks, slashes and hyphens, or with underscores in their place.</param>
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

    /// <summary>Which option a type stands for in this edition; null if for none.</summary>
    internal MobilityOptionType? OptionOf(byte type)
    {
        // A number that was chosen where a draft has none comes before the one another document has given it since.
        if (type == BindingUniqueIdentifierType && BindingIdentifier == BindingIdentifierLayout.Draft04)
        {
            return MobilityOptionType.BindingIdentifier;
        }
        if (type == Ipv4DefaultRouterType && Ipv4Options.HasFlag(Ipv4OptionSet.DefaultRouter))
        {
            return MobilityOptionType.Ipv4DefaultRouterAddress;
        }

        var option = (MobilityOptionType)type;
        var isKnown = option switch
        {
            MobilityOptionType.Ipv4HomeAddress or MobilityOptionType.Ipv4AddressAcknowledgement or MobilityOptionType.Ipv4CareOfAddress =>
                Ipv4Options.HasFlag(Ipv4OptionSet.DualStack),
            MobilityOptionType.NatDetection => Ipv4Options.HasFlag(Ipv4OptionSet.NatDetection),
            MobilityOptionType.Ipv4HomeAddressRequest
            or MobilityOptionType.Ipv4HomeAddressReply
            or MobilityOptionType.Ipv4DhcpSupportMode => Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile),
            MobilityOptionType.GreKey => KnowsGreKey,
            MobilityOptionType.BindingIdentifier or MobilityOptionType.MobilityHeaderLinkLayerAddress => BindingIdentifier
                == BindingIdentifierLayout.Rfc5648,
            _ => IsKnownEverywhere(type),
        };
        return isKnown ? option : null;
    }

    private static byte RequireFree(byte type) =>
        IsKnownEverywhere(type)
            ? throw new ArgumentException($"In every edition mobility option {type} is another one.", nameof(type))
            : type;

    /// <summary>Whether <see cref="BindingStatus"/> has the name that this edition has.</summary>
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

    /// <summary>The statuses of this edition whose numbers are parameters.</summary>
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
