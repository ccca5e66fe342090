using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of the form of a BID option in a message of a node of Mobile IPv6: RFC 5648, Section 4.3;
/// draft-ietf-monami6-multiplecoa-04, Section 4.2.1.
/// </summary>
internal static class IdentifierForm
{
    private const int FlagsOffset = MobilityOptionKind.HeaderLength + 3;

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        OfOthers("length of a BID option without care-of address", null, "4.3-k2", WithoutAddress),
        OfOthers("length of a BID option with an IPv6 care-of address", null, "4.3-k4", WithAddress),
        Of(
            "no octets for a care-of address that is not named",
            null,
            "4.3-k9",
            IsUpdate,
            option => option.Option.Length < BindingIdentity.Ipv4Length ? Length(option) : null
        ) with
        {
            Only = MobilityCheck.MobileNode,
        },
        Of(
            "no care-of address in a BID option",
            null,
            "4.3-k10",
            type => IsOther(type) && !IsUpdate(type),
            option => option.HasKnownLength ? Length(option) : null
        ),
        OfOthers("length of a BID option with C clear", "4.2.1-k1", null, WithCareOfFlagClear),
        OfOthers("length of a BID option with C set", "4.2.1-k2", null, WithCareOfFlagSet),
        OfOthers("reserved bits of a BID option", "4.2.1-d2", "4.3-k7", ReservedBits),
        new MobilityCheck<OptionInMessage>(
            "alignment of a BID option",
            null,
            null,
            "4.3-d1",
            message => Of(message) is { HasKnownLength: true } option ? Alignment(option) : null
        ),
    ];

    public static CheckResult WithoutAddress(BindingIdentity option)
    {
        // More octets than these are there for an address.
        var result = Length(option);
        return result with { Ok = result.Ok || option.Option.Length >= BindingIdentity.Ipv4Length };
    }

    public static CheckResult WithAddress(BindingIdentity option) =>
        new(
            option.Option.Length is <= BindingIdentity.Ipv4Length or BindingIdentity.LongLength,
            $"an IPv6 care-of address in a BID option of Length {BindingIdentity.LongLength}, or none",
            $"Length {option.Option.Length}",
            option.Option.Offset + 1
        );

    public static CheckResult? WithCareOfFlagClear(BindingIdentity option) => option.SaysCareOf ? null : Length(option);

    public static CheckResult WithCareOfFlagSet(BindingIdentity option) =>
        new(
            !option.SaysCareOf || option.Option.Length == BindingIdentity.LongLength,
            $"C in a BID option of Length {BindingIdentity.LongLength} alone",
            $"Length {option.Option.Length}, and C is set",
            option.Option.Offset + 1
        );

    public static CheckResult? ReservedBits(BindingIdentity option) =>
        option.Option.Length < BindingIdentity.ShortLength
            ? null
            : new(
                option.ReservedBits == 0,
                "reserved bits of 0 in the BID option",
                $"they are 0x{option.ReservedBits:x}",
                option.Option.Offset + FlagsOffset
            );

    /// <summary>A check of all messages but acknowledgements, whose options are compared with those of their updates.</summary>
    private static MobilityCheck<OptionInMessage> OfOthers(
        string name,
        string? draft04,
        string? rfc5648,
        Func<BindingIdentity, CheckResult?> judge
    ) => Of(name, draft04, rfc5648, IsOther, judge);

    private static MobilityCheck<OptionInMessage> Of(
        string name,
        string? draft04,
        string? rfc5648,
        Func<int, bool> isJudged,
        Func<BindingIdentity, CheckResult?> judge
    ) => new(name, null, draft04, rfc5648, message => isJudged(message.Message.Type) && Of(message) is { } option ? judge(option) : null);

    private static bool IsOther(int type) => type != MobilityOctets.BindingAcknowledgementType;

    private static bool IsUpdate(int type) => type == MobilityOctets.BindingUpdateType;

    /// <summary>The option, if it is one with a BID in the edition of the run.</summary>
    private static BindingIdentity? Of(OptionInMessage message)
    {
        var edition = message.Session.Scenario.Edition.Wire;
        return MobilityOptionKind.Named(BindingIdentity.Name, edition)?.NumberIn(edition) == message.Option.Type
            ? new(message.Option, edition.BindingIdentifier == BindingIdentifierLayout.Draft04)
            : null;
    }

    private static CheckResult Length(BindingIdentity option) =>
        new(
            option.Option.Length == BindingIdentity.ShortLength,
            $"a BID option of Length {BindingIdentity.ShortLength}",
            $"Length {option.Option.Length}",
            option.Option.Offset + 1
        );

    private static CheckResult Alignment(BindingIdentity option)
    {
        var (multiple, offset) = new BindingIdentifierKind().Alignment(option.Option.Length);
        return new(
            option.Option.Offset % multiple == offset,
            $"a BID option aligned to {multiple}n+{offset}",
            $"it starts at octet {option.Option.Offset} of the Mobility Header",
            option.Option.Offset
        );
    }
}
