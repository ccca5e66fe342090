using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that ask wrongly for IPv4 home addresses: RFC 5844, Sections 3.2.2, 3.2.3.1 and 3.2.3.3, and its drafts.
/// </summary>
internal static class MagIpv4UpdateDeviations
{
    private const byte HostLength = 32,
        HomeLength = 16;

    /// <summary>An address of the home network that nobody has asked for.</summary>
    private static readonly IPAddress _invented = IPAddress.Parse("198.18.0.99");

    private static readonly LinkId _firstLink = new("link1");

    public static IReadOnlyList<Deviation> All { get; } = [.. First(), .. Later()];

    private static IEnumerable<Deviation> First() =>
        [
            Constructs(
                "mag-ipv4-not-asked-for",
                "leaves the IPv4 Home Address Request out of first registrations of mobile nodes of both versions",
                "rfc5844-3.2.3.1-k3",
                draft => draft.Ipv4Options = IsFirst(draft) && IsOf(draft, IpVersions.Both) ? [] : draft.Ipv4Options
            ) with
            {
                WhyMany = "without a request no rule about what follows it is kept",
            },
            Profiles(
                "mag-ipv4-for-all",
                "asks for IPv4 for mobile nodes whose profile allows IPv6 alone",
                "rfc5844-3.2.3.1-k1",
                profile => profile with { IpVersions = profile.IpVersions | IpVersions.Ipv4 }
            ),
            Constructs(
                "mag-ipv4-only-with-prefix",
                "asks for a prefix for mobile nodes whose profile allows IPv4 alone",
                "rfc5844-3.2.3.1-k9",
                draft => draft.HomeNetworkPrefixes = IsFirst(draft) && IsOf(draft, IpVersions.Ipv4) ? [Ipv6Prefix.AllZero] : Prefixes(draft)
            ),
            Constructs(
                "mag-ipv4-without-prefix",
                "asks for no prefix if it asks for an IPv4 home address on its first access link",
                "rfc5844-3.2.3.1-k8",
                draft =>
                    draft.HomeNetworkPrefixes =
                        IsFirst(draft) && IsOf(draft, IpVersions.Both) && draft.Attachment.Link == _firstLink ? [] : Prefixes(draft)
            ),
            Constructs(
                "mag-ipv4-neither",
                "asks for neither prefix nor address in first registrations for IPv4 alone",
                "rfc5844-3.1.2.1-k3",
                draft => draft.Ipv4Options = IsFirst(draft) && IsOf(draft, IpVersions.Ipv4) ? [] : draft.Ipv4Options
            ) with
            {
                WhyMany = "each rule that demands one of both options is judged",
            },
            Constructs(
                "mag-ipv4-any-with-length",
                "names the prefix length of a host where it leaves the address to the LMA",
                "rfc5844-3.2.3.1-k5",
                draft =>
                    draft.Ipv4Options = [.. draft.Ipv4Options.Select(option => IsAny(option) ? WithLength(option, HostLength) : option)]
            ),
            Profiles(
                "mag-ipv4-profile-unread",
                "leaves the IPv4 home address to the LMA although the profile has one",
                "rfc5844-3.2.2-k1b",
                profile => profile with { Ipv4HomeAddresses = [] }
            ),
            Profiles(
                "mag-ipv4-profile-without-mask",
                "asks for the IPv4 home address of the profile with prefix length 0",
                "rfc5844-3.2.3.1-k4",
                profile =>
                    profile with
                    {
                        Ipv4HomeAddresses = [.. profile.Ipv4HomeAddresses.Select(known => known with { PrefixLength = 0 })],
                    }
            ),
            Constructs(
                "mag-ipv4-address-invented",
                "asks for an IPv4 home address of its own choice where it knows none",
                "ipv4-draft-02-3.1-d1",
                draft => draft.Ipv4Options = IsFirst(draft) ? [.. draft.Ipv4Options.Select(Invented)] : draft.Ipv4Options
            ) with
            {
                WhyMany = "an address that the LMA has not assigned breaks each rule about addresses, DHCP and packets",
            },
            OnDemand(
                "mag-ipv4-late-and-invented",
                "asks for an IPv4 home address of its own choice when a mobile node wants one later",
                "rfc5844-3.2.3.3-k7",
                draft => draft.Ipv4Options = [.. draft.Ipv4Options.Select(Invented)]
            ) with
            {
                WhyMany = "an address that the LMA has not assigned breaks each rule about addresses, DHCP and packets",
            },
            Deviation.OfMag(
                "mag-ipv4-unprotected",
                "sends Proxy Binding Updates that ask for IPv4 without ESP",
                "ipv4-draft-02-3.2.2-k5",
                rules => rules with { Construction = rules.Construction.Only("SecurityAssociation", draft => draft.Ipv4Options.Count == 0) }
            ),
            Constructs(
                "mag-ipv4-first-address-alone",
                "asks for the first IPv4 home address of the profile, and for no other",
                "ipv4-draft-04-3.2.2-k1b",
                draft => draft.Ipv4Options = IsFirst(draft) ? [.. draft.Ipv4Options.Take(1)] : draft.Ipv4Options
            ),
        ];

    private static IEnumerable<Deviation> Later() =>
        [
            Constructs(
                "mag-ipv4-lost-in-refresh",
                "extends a session without its IPv4 home address",
                "rfc5844-3.2.3.3-k3",
                draft => draft.Ipv4Options = draft.Update.Kind == UpdateKind.Extension ? [] : draft.Ipv4Options
            ) with
            {
                WhyMany = "the request and what the node keeps by it are judged",
            },
            Constructs(
                "mag-ipv4-lost-in-deregistration",
                "ends a session without its IPv4 home address",
                "rfc5844-3.2.3.3-k1b",
                draft => draft.Ipv4Options = draft.Update.Kind == UpdateKind.DeRegistration ? [] : draft.Ipv4Options
            ),
            Constructs(
                "mag-ipv4-any-in-refresh",
                "asks for any IPv4 home address again when it extends a session",
                "rfc5844-3.2.3.3-k4",
                draft =>
                    draft.Ipv4Options = draft.Update.Kind == UpdateKind.Extension ? [.. draft.Ipv4Options.Select(Any)] : draft.Ipv4Options
            ),
            Constructs(
                "mag-ipv4-host-length-at-the-end",
                "ends a session with the prefix length of a host for its IPv4 home address",
                "rfc5844-3.2.3.3-k4",
                draft =>
                    draft.Ipv4Options =
                        draft.Update.Kind == UpdateKind.DeRegistration
                            ? [.. draft.Ipv4Options.Select(option => WithLength(option, HostLength))]
                            : draft.Ipv4Options
            ),
            Constructs(
                "mag-ipv4-asked-for-twice",
                "names the IPv4 home address twice when it extends a session",
                "rfc5844-3.2.3.3-k3",
                draft =>
                    draft.Ipv4Options =
                        draft.Update.Kind == UpdateKind.Extension ? [.. draft.Ipv4Options, .. draft.Ipv4Options] : draft.Ipv4Options
            ),
            Extends(
                "mag-ipv4-only-refresh-with-prefix",
                "asks for a prefix when it extends a session of IPv4 alone",
                "rfc5844-3.2.3.3-k12",
                draft => draft.HomeNetworkPrefixes = IsOf(draft, IpVersions.Ipv4) ? [Ipv6Prefix.AllZero] : Prefixes(draft)
            ),
            Constructs(
                "mag-ipv4-release-of-any",
                "names no address when it gives up an IPv4 home address alone",
                "rfc5844-3.2.3.3-k9",
                draft =>
                    draft.Ipv4Options = draft.Update.Kind == UpdateKind.Ipv4Release ? [.. draft.Ipv4Options.Select(Any)] : draft.Ipv4Options
            ),
            Deviation.OfMag(
                "mag-ipv4-release-with-prefixes",
                "names the prefixes when it gives up an IPv4 home address alone",
                "rfc5844-3.2.3.3-k8",
                rules => rules with { DeRegistration = rules.DeRegistration.InsertingBefore("HandoffStateUnknown", Edit(NameAllIfRelease)) }
            ),
            Deviation.OfMag(
                "mag-ipv4-never-extended",
                "does not extend the lifetime of a session with an IPv4 home address",
                "ipv4-draft-02-3.2.2-k12",
                rules =>
                    rules with
                    {
                        StartOfExtension = rules.StartOfExtension.InsertingBefore(
                            "CurrentlyRegistered",
                            new("RFC 5844 3.2.3.3", "NotWithIpv4", NotWithIpv4)
                        ),
                    }
            ),
            Constructs(
                "mag-ipv4-one-address-extended",
                "extends the first IPv4 home address of a session alone",
                "ipv4-draft-04-3.2.3.3-k3",
                draft => draft.Ipv4Options = draft.Update.Kind == UpdateKind.Extension ? [.. draft.Ipv4Options.Take(1)] : draft.Ipv4Options
            ),
            Constructs(
                "mag-ipv4-prefix-flag",
                "sets the P flag of the IPv4 Home Address option when it extends or ends a session",
                "ipv4-draft-04-3.2.3.3-k5",
                draft => draft.Ipv4Options = IsFirst(draft) ? draft.Ipv4Options : [.. draft.Ipv4Options.Select(WithPrefixFlag)]
            ),
        ];

    private static Deviation Constructs(string name, string description, string statement, Action<UpdateDraft> edit) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules => rules with { Construction = rules.Construction.InsertingBefore("SecurityAssociation", Edit(edit)) }
        );

    /// <summary>The fault is in the request that a DHCP message causes in a session without IPv4.</summary>
    private static Deviation OnDemand(string name, string description, string statement, Action<UpdateDraft> edit)
    {
        var deviation = Constructs(name, description, statement, EditIfLate).Claiming("ipv4-on-demand");
        return deviation with
        {
            Implementation = deviation.Implementation with
            {
                Changes = deviation.Implementation.Changes.AndTo<MobileAccessGatewaySettings>(settings =>
                    settings.Ipv4 is { } ipv4 ? settings with { Ipv4 = ipv4 with { WaitsForDhcp = true } } : settings
                ),
            },
            Roles = ["MAG"],
        };

        void EditIfLate(UpdateDraft draft)
        {
            if (draft is { Update.Kind: UpdateKind.Extension, Attachment.Binding.Ipv4: null })
            {
                edit(draft);
            }
        }
    }

    private static Deviation Extends(string name, string description, string statement, Action<UpdateDraft> edit) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules => rules with { LifetimeExtension = rules.LifetimeExtension.InsertingBefore("HandoffStateNotChanged", Edit(edit)) }
        );

    private static Deviation Profiles(
        string name,
        string description,
        string statement,
        Func<MobileNodeProfile, MobileNodeProfile> change
    ) =>
        Deviation.Of(
            name,
            description,
            statement,
            mag =>
                mag with
                {
                    Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                        settings.Ipv4 is null ? settings : settings with { Profiles = [.. settings.Profiles.Select(change)] }
                    ),
                }
        ) with
        {
            Roles = ["MAG"],
        };

    private static NamedRule<UpdateDraft> Edit(Action<UpdateDraft> edit) =>
        new(
            "RFC 5844",
            "Ipv4Fault",
            draft =>
            {
                edit(draft);
                return RuleOutcome.Continue;
            }
        );

    private static IReadOnlyList<Ipv6Prefix> Prefixes(UpdateDraft draft) => draft.HomeNetworkPrefixes;

    private static bool IsFirst(UpdateDraft draft) => draft.Update.Kind == UpdateKind.Initial;

    private static bool IsOf(UpdateDraft draft, IpVersions versions) => draft.Update.IpVersions == versions;

    private static bool IsAny(MobilityOption option) =>
        option switch
        {
            Ipv4HomeAddressRequestOption { HomeAddress: var asked } => asked.Equals(IPAddress.Any),
            Ipv4HomeAddressOption { HomeAddress: var asked } => asked.Equals(IPAddress.Any),
            _ => false,
        };

    private static MobilityOption Any(MobilityOption option) =>
        option switch
        {
            Ipv4HomeAddressRequestOption request => request with { HomeAddress = IPAddress.Any, PrefixLength = 0 },
            Ipv4HomeAddressOption home => home with { HomeAddress = IPAddress.Any, PrefixLength = 0 },
            _ => option,
        };

    private static MobilityOption WithLength(MobilityOption option, byte length) =>
        option switch
        {
            Ipv4HomeAddressRequestOption request => request with { PrefixLength = length },
            Ipv4HomeAddressOption home => home with { PrefixLength = length },
            _ => option,
        };

    private static MobilityOption WithPrefixFlag(MobilityOption option) =>
        option is Ipv4HomeAddressOption home ? home with { RequestsPrefix = true } : option;

    private static MobilityOption Invented(MobilityOption option) =>
        option switch
        {
            Ipv4HomeAddressRequestOption request when IsAny(option) => request with { HomeAddress = _invented, PrefixLength = HomeLength },
            Ipv4HomeAddressOption home when IsAny(option) => home with { HomeAddress = _invented, PrefixLength = HomeLength },
            _ => option,
        };

    private static void NameAllIfRelease(UpdateDraft draft) =>
        draft.HomeNetworkPrefixes = draft.Update.Kind == UpdateKind.Ipv4Release ? draft.Attachment.Prefixes : draft.HomeNetworkPrefixes;

    private static RuleOutcome NotWithIpv4(AttachmentEvent due) =>
        due.Attachment.Binding?.Ipv4 is null ? RuleOutcome.Continue : RuleOutcome.Stop;
}
