using System.Buffers.Binary;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The option, flags and statuses of one edition of registration with several care-of addresses. Nodes read messages in
/// <see cref="Wire"/>, where the option is unknown: one that is wrong is answered, and not dropped with its message.
/// </summary>
public sealed record McoaVocabulary
{
    private const int StatusOffset = 2;
    private const int FlagsOffset = 3;
    private const int CareOfOffset = 4;
    private const byte HomeFlag = 0x80;
    private const byte DraftCareOfFlag = 0x80;
    private const byte DraftOverwriteFlag = 0x40;
    private const byte DraftHomeFlag = 0x20;

    /// <summary>Mobile IPv6 with the option of mobile routers (RFC 3963), and none of IPv4 and of several care-of addresses.</summary>
    public static WireEdition Wire { get; } = WireEdition.Rfc6275 with { KnowsMobileNetworkPrefix = true };

    /// <summary>The same with the options of IPv4 of RFC 5555, Section 3, for a node that is set up for them.</summary>
    public static WireEdition DualStackWire { get; } = Wire with { Ipv4Options = Ipv4OptionSet.Rfc5555 };

    /// <summary>RFC 5648, Sections 4.2 to 4.4.</summary>
    public static McoaVocabulary Rfc5648 { get; } =
        new()
        {
            OptionType = (byte)MobilityOptionType.BindingIdentifier,
            Read = ReadRfc5648,
            Answer = (identity, status) => new BindingIdentifierOption(identity.BindingId, status, identity.Home, CareOfAddress: null),
            Register = identity => new BindingIdentifierOption(identity.BindingId, Status: 0, identity.Home, identity.CareOf),
            Overwrites = (update, _) => update.Flags.HasFlag(BindingUpdateFlags.BulkOverwrite),
            Malformed = BindingStatus.MCOA_MALFORMED,
            PlainBindingExists = BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS,
            Prohibited = BindingStatus.MCOA_PROHIBITED,
            BulkProhibited = BindingStatus.MCOA_BULK_REGISTRATION_PROHIBITED,
            NotComplete = BindingStatus.MCOA_NOTCOMPLETE,
            NoneComplete = BindingStatus.MCOA_NOTCOMPLETE,
            WithoutNeighborDiscovery = BindingStatus.MCOA_RETURNHOME_WO_NDP,
        };

    /// <summary>draft-ietf-monami6-multiplecoa-04, Sections 4.2.1 and 4.3, with the numbers that this project has chosen.</summary>
    public static McoaVocabulary Draft04 { get; } = OfDraft(new DraftStatusCodes());

    /// <summary>The type of the option.</summary>
    public required byte OptionType { get; init; }

    /// <summary>Reads an option of that type, right or wrong.</summary>
    public required Func<UnknownOption, BindingIdentity> Read { get; init; }

    /// <summary>The option of an answer: BID and flags are repeated, without a care-of address.</summary>
    public required Func<BindingIdentity, BindingStatus, MobilityOption> Answer { get; init; }

    /// <summary>The option of an update or a test: BID, flags and care-of address, and no status.</summary>
    public required Func<BindingIdentity, MobilityOption> Register { get; init; }

    /// <summary>O: the new bindings take the place of all that the home address has.</summary>
    public required Func<BindingUpdate, IReadOnlyList<BindingIdentity>, bool> Overwrites { get; init; }

    /// <summary>The option is wrong.</summary>
    public required BindingStatus Malformed { get; init; }

    /// <summary>There was a binding without BID.</summary>
    public required BindingStatus PlainBindingExists { get; init; }

    public required BindingStatus Prohibited { get; init; }

    public required BindingStatus BulkProhibited { get; init; }

    /// <summary>The flags of the options of one Binding Update differ; in the draft only.</summary>
    public BindingStatus FlagConflicts { get; init; } = BindingStatus.REASON_UNSPECIFIED;

    /// <summary>
    /// The status of an acknowledgement whose options have the statuses of single bindings, some of which are registered.
    /// </summary>
    public required BindingStatus NotComplete { get; init; }

    /// <summary>The same if none of them is registered.</summary>
    public required BindingStatus NoneComplete { get; init; }

    /// <summary>The status of a home binding beside other routers on the home link; in RFC 5648 only.</summary>
    public BindingStatus WithoutNeighborDiscovery { get; init; }

    /// <summary>The vocabulary of an edition; null if it has none.</summary>
    public static McoaVocabulary? Of(McoaEdition edition) =>
        edition switch
        {
            McoaEdition.Rfc5648 => Rfc5648,
            McoaEdition.Draft04 => Draft04,
            _ => null,
        };

    /// <summary>What the options of a Binding Update or another message say, in their order.</summary>
    public IReadOnlyList<BindingIdentity> ReadAll(MobilityOptionList options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. options.All<UnknownOption>().Where(option => option.OptionType == OptionType).Select(Read)];
    }

    private static McoaVocabulary OfDraft(DraftStatusCodes statuses) =>
        new()
        {
            OptionType = WireEdition.DefaultBindingUniqueIdentifierType,
            Read = ReadDraft,
            Answer = (identity, status) =>
                new BindingUniqueIdentifierOption(identity.BindingId, status, identity.Overwrite, identity.Home, CareOfAddress: null),
            Register = identity => new BindingUniqueIdentifierOption(
                identity.BindingId,
                Status: 0,
                identity.Overwrite,
                identity.Home,
                identity.CareOf
            ),
            Overwrites = (_, identities) => identities.Any(identity => identity.Overwrite),
            Malformed = (BindingStatus)statuses.McoaIncompliant,
            PlainBindingExists = (BindingStatus)statuses.McoaBidConflict,
            Prohibited = (BindingStatus)statuses.McoaProhibited,
            BulkProhibited = (BindingStatus)statuses.McoaBulkRegistrationNotSupported,
            FlagConflicts = (BindingStatus)statuses.McoaFlagConflicts,
            NotComplete = BindingStatus.ACCEPTED,
            NoneComplete = BindingStatus.REASON_UNSPECIFIED,
        };

    private static BindingIdentity ReadRfc5648(UnknownOption option)
    {
        var data = option.Data.Span;
        var identity = new BindingIdentity(BindingIdIn(data))
        {
            Status = StatusIn(data),
            Home = (FlagsIn(data) & HomeFlag) != 0,
            Flags = FlagsIn(data),
        };
        return data.Length is CareOfOffset or CareOfOffset + 4 or CareOfOffset + 16
            ? identity with
            {
                HasRightLength = true,
                CareOf = CareOfIn(data),
            }
            : identity;
    }

    private static BindingIdentity ReadDraft(UnknownOption option)
    {
        var data = option.Data.Span;
        var flags = FlagsIn(data);
        var identity = new BindingIdentity(BindingIdIn(data))
        {
            Status = StatusIn(data),
            Home = (flags & DraftHomeFlag) != 0,
            Overwrite = (flags & DraftOverwriteFlag) != 0,
            Flags = (byte)(flags & (DraftCareOfFlag | DraftOverwriteFlag | DraftHomeFlag)),
        };
        var length = (flags & DraftCareOfFlag) != 0 ? CareOfOffset + 16 : CareOfOffset;
        return data.Length == length ? identity with { HasRightLength = true, CareOf = CareOfIn(data) } : identity;
    }

    private static ushort BindingIdIn(ReadOnlySpan<byte> data) =>
        data.Length >= StatusOffset ? BinaryPrimitives.ReadUInt16BigEndian(data) : (ushort)0;

    private static BindingStatus StatusIn(ReadOnlySpan<byte> data) => data.Length > StatusOffset ? (BindingStatus)data[StatusOffset] : 0;

    private static byte FlagsIn(ReadOnlySpan<byte> data) => data.Length > FlagsOffset ? data[FlagsOffset] : (byte)0;

    private static IPAddress? CareOfIn(ReadOnlySpan<byte> data) => data.Length > CareOfOffset ? new IPAddress(data[CareOfOffset..]) : null;
}
