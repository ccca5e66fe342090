using System.Globalization;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of the BID options of a Binding Update that a mobile node sends, by the update alone: RFC 5648, Sections 2 to 5, and
/// draft-ietf-monami6-multiplecoa-04, Sections 2 to 5.
/// </summary>
internal static class UpdateIdentifiers
{
    private const int FlagsOffset = 8;
    private const byte MobileNodeCode = 2;

    /// <summary>The ICS item of a mobile node that names its link-layer address at home.</summary>
    private const string NamesLinkLayerAddress = "names-link-layer-address";

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("no BID 0", "2-k1 5.1-k2", "4.3-k5 5.1-k2", NotZero),
        Row("BIDs of one update that differ", "2-d1 5.4-d2", "2-d1 5.1-k1 5.3-d1", Differ),
        Row("one BID towards a correspondent node", "2-k3", "2-d2", update => update.IsToHomeAgent ? null : AtMostOne(update)),
        Row("no C towards a correspondent node", "4.2.1-d3", null, update => NoFlag(update, "C", identity => identity.SaysCareOf)),
        Row("no O towards a correspondent node", "4.2.1-d4", null, update => NoFlag(update, "O", identity => identity.Overwrites)),
        Row("no H towards a correspondent node", "4.2.1-d5", "4.3-d2", update => NoFlag(update, "H", identity => identity.IsHome)),
        Row("C in a bulk update", "4.2.1-d1", null, CareOfInBulk),
        Row("flags of a bulk update", "5.4-k1", null, EqualFlags),
        Row("O with a BID option", null, "4.2-d2", Overwrite),
        Row("care-of address of a new BID", null, "5.1-k4 5.2-k3", CareOfOfNew),
        Row("care-of address of a new BID in a bulk update", null, "5.3-d2", update => IsBulk(update) ? CareOfOfNew(update) : null),
        Row(
            "C in a protected update",
            "5.3-k3",
            null,
            update => update is { IsProtected: true, IsRegistration: true } ? SaysCareOf(update) : null
        ),
        Row("no Alternate Care-of Address beside a BID", null, "5.2-k4", NoAlternate),
        Row(
            "no Alternate Care-of Address in a protected update",
            "5.3-k4",
            null,
            update => update.IsProtected ? NoAlternate(update) : null
        ),
        Row(
            "no Alternate Care-of Address in a protected bulk update",
            "5.4-k3",
            null,
            update => update.IsProtected && IsBulk(update) ? NoAlternate(update) : null
        ),
        Row("place of the care-of address", "4.2.1-k4", null, Place),
        Row("Binding Authorization Data behind the BID", "5.3-d1", "5.2-d1", Order),
        Row("no IPv4 care-of address towards a correspondent node", null, "4.3-d3", NoIpv4),
        Row("lifetime of a home binding in the draft", "5.5-d5", null, LifetimeOfDraft),
        Row("one home binding", null, "5.6.3-d1", OneHome),
        Row("lifetime of a home binding", null, "5.6.3-k2", LifetimeOfHome),
        Row("care-of address of a home binding", null, "5.6.3-k3", CareOfOfHome),
        Row("link-layer address of a home binding", null, "5.6.3-k4", LinkLayerAddress),
        Row("code of the link-layer address", null, "5.6.3-k5", LinkLayerCode),
    ];

    private static MobilityCheck<NodeMessage> Row(string name, string? draft04, string? rfc5648, Func<NodeMessage, CheckResult?> judge) =>
        new(
            name,
            null,
            draft04,
            rfc5648,
            update => update.IsUpdate && (update.Identities.Count > 0 || rfc5648 == "4.2-d2") ? judge(update) : null
        );

    private static bool IsBulk(NodeMessage update) => update.Identities.Count > 1;

    private static string Words(NodeMessage update) => string.Join(", ", update.Identities);

    private static CheckResult NotZero(NodeMessage update)
    {
        var zero = update.Identities.FirstOrDefault(identity => identity.Bid == 0);
        return new(zero is null, "a BID from 1 to 65535", "BID 0", (zero ?? update.FirstIdentity)?.Option);
    }

    private static CheckResult Differ(NodeMessage update)
    {
        var twice = update.Identities.GroupBy(identity => identity.Bid).FirstOrDefault(group => group.Count() > 1);
        return new(twice is null, "a BID option for each BID", $"BIDs {Words(update)}", twice?.Last().Option.Offset);
    }

    private static CheckResult AtMostOne(NodeMessage update) =>
        new(update.Identities.Count == 1, "one BID option", $"{update.Identities.Count}", update.Identities[^1].Option.Offset);

    private static CheckResult? NoFlag(NodeMessage update, string name, Func<BindingIdentity, bool> isSet)
    {
        var wrong = update.Identities.FirstOrDefault(isSet);
        return update.IsToHomeAgent
            ? null
            : new(wrong is null, $"{name} clear in a BID option to a correspondent node", "it is set", wrong?.Option.Offset);
    }

    /// <summary>
    /// A bulk update of lifetime 0 is right with and without care-of addresses (the ruling care-of-address-in-bulk-removal).
    /// </summary>
    private static CheckResult? CareOfInBulk(NodeMessage update) => IsBulk(update) && update.IsRegistration ? SaysCareOf(update) : null;

    private static CheckResult SaysCareOf(NodeMessage update)
    {
        var wrong = update.Identities.FirstOrDefault(identity => !identity.SaysCareOf);
        return new(wrong is null, "C set in every BID option", $"it is clear for BID {wrong?.Bid}", wrong?.Option.Offset);
    }

    /// <summary>H may differ in an update that tells of the home link (the ruling home-flag-in-bulk).</summary>
    internal static CheckResult? EqualFlags(NodeMessage update)
    {
        if (!IsBulk(update))
        {
            return null;
        }

        var first = update.Identities[0];
        var other = update.Identities.FirstOrDefault(identity =>
            identity.SaysCareOf != first.SaysCareOf || identity.Overwrites != first.Overwrites
        );
        return new(other is null, "equal flags in all BID options", $"those of BID {other?.Bid} differ", other?.Option.Offset);
    }

    private static CheckResult? Overwrite(NodeMessage update) =>
        update.Message.OverwriteFlag && !update.Message.HidesOptions
            ? new(update.Identities.Count > 0, "a BID option, as O is set", "none", FlagsOffset)
            : null;

    /// <summary>New is a BID that the mobile node has not registered with its peer, nor tried to register with a care-of address.</summary>
    private static CheckResult? CareOfOfNew(NodeMessage update)
    {
        if (!update.IsRegistration)
        {
            return null;
        }

        var known = update
            .Ledger.To(update.Destination)
            .SelectMany(sent => sent.Identities)
            .Where(identity => identity.Option.Length > BindingIdentity.ShortLength)
            .Select(identity => identity.Bid)
            .ToHashSet();
        var fresh = update.Identities.Where(identity => !known.Contains(identity.Bid)).ToList();
        var wrong = fresh.Find(identity => identity.Option.Length <= BindingIdentity.ShortLength);
        return fresh.Count == 0
            ? null
            : new(wrong is null, "a care-of address in the option of a new BID", $"none for BID {wrong?.Bid}", wrong?.Option.Offset);
    }

    private static CheckResult NoAlternate(NodeMessage update)
    {
        var given = update.Message.First(AlternateCareOfAddressKind.Type);
        return new(given is null, "no Alternate Care-of Address option beside a BID option", "one is there", given?.Offset);
    }

    /// <summary>The option with the address of the source says nothing that the header does not.</summary>
    private static CheckResult? Place(NodeMessage update) =>
        update is { IsToHomeAgent: true, IsRegistration: true }
            ? new(
                update.Alternate is null || update.Alternate.Address.Equals(update.Source),
                "the care-of address in the BID option with C set, or as source",
                $"an Alternate Care-of Address option with {update.Alternate?.Address}",
                update.Alternate?.Offset
            )
            : null;

    private static CheckResult? Order(NodeMessage update) =>
        update is { IsToHomeAgent: false } && update.Message.First(BindingAuthorizationDataKind.Type) is { } data
            ? new(
                update.Identities.All(identity => identity.Option.Offset < data.Offset),
                "the Binding Authorization Data option behind the BID option",
                "it stands before it",
                data.Offset
            )
            : null;

    private static CheckResult? NoIpv4(NodeMessage update)
    {
        const int Ipv4Length = 8;
        var wrong = update.Identities.FirstOrDefault(identity => identity.Option.Length == Ipv4Length);
        return update.IsToHomeAgent
            ? null
            : new(wrong is null, "an IPv6 care-of address or none in the BID option", "an IPv4 address", wrong?.Option.Offset);
    }

    private static IEnumerable<BindingIdentity> Homes(NodeMessage update) =>
        update is { IsToHomeAgent: true, IsRegistration: true } ? update.Identities.Where(identity => identity.IsHome) : [];

    /// <summary>A home binding moves to another BID where the old one is removed, or O is set.</summary>
    private static CheckResult? OneHome(NodeMessage update)
    {
        var homes = Homes(update).ToList();
        return homes.Count == 0 ? null : new(homes.Count == 1, "one BID option with H", $"{homes.Count} of them", homes[^1].Option.Offset);
    }

    /// <summary>An update of lifetime 0 ends the home binding, whatever H is (the ruling home-binding-lifetime-zero).</summary>
    private static CheckResult? LifetimeOfHome(NodeMessage update)
    {
        var bound = update.Ledger.All(update.Destination);
        var homes = update.IsToHomeAgent
            ? update.Identities.Where(identity => identity.IsHome && !bound.Any(binding => binding.Bid == identity.Bid)).ToList()
            : [];
        return homes.Count == 0 ? null : new(update.IsRegistration, "a Lifetime above 0, as H is set", "Lifetime 0", Octet: 10);
    }

    /// <summary>In bulk, the lifetime is that of the other bindings (the ruling home-binding-lifetime).</summary>
    private static CheckResult? LifetimeOfDraft(NodeMessage update) =>
        update is { IsToHomeAgent: true, Identities: [{ IsHome: true }] }
            ? new(update.IsRemoval, "Lifetime 0, as H is set in the only BID option", "a Lifetime above 0", Octet: 10)
            : null;

    /// <summary>Later updates may leave the address out (RFC 5648, Section 5.1).</summary>
    private static CheckResult? CareOfOfHome(NodeMessage update)
    {
        var homes = Homes(update).Where(identity => identity.Option.Length > BindingIdentity.ShortLength).ToList();
        var wrong = homes.Find(identity => !update.Addresses.HomeAddress.Equals(identity.CareOf));
        return homes.Count == 0
            ? null
            : new(
                wrong is null,
                $"the home address {update.Addresses.HomeAddress} as care-of address of a BID with H",
                $"{wrong?.CareOf?.ToString() ?? "no IPv6 address"}",
                wrong?.Option.Offset
            );
    }

    private static OptionOctets? LinkLayer(NodeMessage update) => update.Message.First(MobilityHeaderLinkLayerAddressKind.Type);

    private static CheckResult? LinkLayerAddress(NodeMessage update) =>
        Homes(update).Any() && update.Session.Claims(NamesLinkLayerAddress)
            ? new(LinkLayer(update) is not null, "a Mobility Header Link-Layer Address option", "none", LinkLayer(update))
            : null;

    private static CheckResult? LinkLayerCode(NodeMessage update) =>
        Homes(update).Any() && LinkLayer(update) is { Length: > 0 } option
            ? new(
                option.Data.Span[0] == MobileNodeCode,
                $"Option-Code {MobileNodeCode} in the Mobility Header Link-Layer Address option",
                string.Create(CultureInfo.InvariantCulture, $"{option.Data.Span[0]}"),
                option
            )
            : null;
}
