using System.Net;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>
/// The checks of a Proxy Binding Update by its purpose: initial registration, extension, de-registration (RFC 5213, Sections 6.9.1.1,
/// 6.9.1.3 and 6.9.1.4).
/// </summary>
internal static class UpdatePurpose
{
    private static readonly int[] _comparedOptions =
    [
        MobileNodeIdentifierKind.Type,
        HomeNetworkPrefixKind.Type,
        HandoffIndicatorKind.Type,
        AccessTechnologyTypeKind.Type,
        MobileNodeLinkLayerIdentifierKind.Type,
        LinkLocalAddressKind.Type,
        TimestampKind.Type,
    ];

    /// <summary>The ICS item of a MAG that chooses its link-local address itself.</summary>
    private const string OwnLinkLocalAddress = "own-link-local-address";

    public static Check<Update>[] All() =>
        [
            When(IsDeregistration, "options of a de-registration", "rfc5213-6.9.1.4-k2", SameOptions),
            When(IsDeregistration, "prefixes of a de-registration", "rfc5213-6.9.1.4-k3", Prefixes),
            When(
                IsDeregistration,
                "Handoff Indicator of a de-registration",
                "rfc5213-6.9.1.4-k4",
                update => Handoff(update, HandoffIndicator.HandoffStateUnknown, "a de-registration")
            ),
            When(IsExtension, "options of a re-registration", "rfc5213-6.9.1.3-k1", SameOptions),
            When(IsExtension, "prefixes of a re-registration", "rfc5213-6.9.1.3-k2", Prefixes),
            When(
                IsExtension,
                "Handoff Indicator of a re-registration",
                "rfc5213-6.9.1.3-k3",
                update => Handoff(update, HandoffIndicator.HandoffStateNotChanged, "a re-registration")
            ),
            When(IsInitial, "Link-local Address of an initial registration", "rfc5213-6.9.1.1-k25", AsksForLinkLocalAddress),
        ];

    /// <summary>The release of an IPv4 home address alone ends no session (RFC 5844, Section 3.2.3.3).</summary>
    private static bool IsDeregistration(Update update) =>
        update is { Node: { } node, IsDeregistration: true }
        && !(
            UpdateOptions.AsksForIpv4(update)
            && !update.Has(HomeNetworkPrefixKind.Type)
            && node.Session.Prefixes.Count > 0
            && node.Link is not null
        );

    /// <summary>A request for IPv4 in a session without it does more than to extend the session (RFC 5844, Section 3.2.3.3).</summary>
    private static bool IsExtension(Update update) =>
        update is { IsDeregistration: false, IsExtension: true, Node: { } node }
        && !(UpdateOptions.AsksForIpv4(update) && node.Session.Ipv4Addresses.Count == 0);

    private static bool IsInitial(Update update) =>
        update is { Node: not null, IsDeregistration: false, IsExtension: false, IsInDoubt: false };

    private static Check<Update> When(Func<Update, bool> applies, string name, string statement, Func<Update, CheckResult?> judge) =>
        new(name, statement, update => applies(update) ? judge(update) : null);

    /// <summary>Whether the option is present is another check.</summary>
    private static CheckResult? Handoff(Update update, HandoffIndicator wanted, string message) =>
        update.Given(HandoffIndicatorKind.Type) is { } given
            ? new(given.Value == (byte)wanted, $"Handoff Indicator {(byte)wanted} in {message}", $"{given.Value}", given)
            : null;

    private static CheckResult? SameOptions(Update update)
    {
        if (update.Initial is not { } first || update.Session.Device.HasNewVariables)
        {
            return null;
        }

        var missing = _comparedOptions
            .Where(type => first.First(type) is not null && !update.Has(type))
            .Select(type => MobilityOptionKind.OfType(type).Name)
            .ToList();

        // The link-layer identifier may have become known since; then Section 6.9.1.1(7) applies.
        var added = _comparedOptions
            .Where(type => type != MobileNodeLinkLayerIdentifierKind.Type && first.First(type) is null && update.Has(type))
            .Select(type => MobilityOptionKind.OfType(type).Name)
            .ToList();
        string?[] parts =
        [
            missing.Count > 0 ? $"without {string.Join(", ", missing)}" : null,
            added.Count > 0 ? $"with {string.Join(", ", added)}" : null,
        ];
        return new(
            missing.Count + added.Count == 0,
            "the same set of options as in the initial registration",
            string.Join("; ", parts.OfType<string>())
        );
    }

    private static CheckResult? Prefixes(Update update)
    {
        var prefixes = update.Node!.Session.Prefixes;
        var options = update.Message.All(HomeNetworkPrefixKind.Type).ToList();
        if (prefixes.Count == 0 || prefixes.Any(update.Session.Device.HasWithdrawn) || options.Exists(option => option.HasWrongLength))
        {
            return null;
        }

        var given = Sorted(options.Select(option => option.PrefixText));
        var assigned = Sorted(prefixes.Select(prefix => prefix.ToString()));
        return new(
            given.SequenceEqual(assigned),
            $"a Home Network Prefix option for each assigned prefix: {string.Join(", ", assigned)}",
            given.Count == 0 ? "none" : string.Join(", ", given),
            update.Given(HomeNetworkPrefixKind.Type)
        );
    }

    /// <summary>
    /// Only a MAG that wants the LMA to name an address has to ask for one. A MAG whose binding has expired may go on with the address
    /// that the LMA gave it for the node.
    /// </summary>
    private static CheckResult? AsksForLinkLocalAddress(Update update) =>
        !update.Session.Claims(OwnLinkLocalAddress)
        && !update.Session.Claims(UpdateOptions.FixedLinkLocalAddress)
        && update.Given(LinkLocalAddressKind.Type) is { } given
        && !given.Address.Equals(update.Node!.Mark)
            ? new(
                given.Address.Equals(IPAddress.IPv6None),
                "the Link-local Address option set to ALL_ZERO, to ask for an address",
                $"{given.Address}",
                given
            )
            : null;

    private static List<string> Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}
