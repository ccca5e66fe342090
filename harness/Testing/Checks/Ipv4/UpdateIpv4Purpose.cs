using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of updates that extend or end a session with an IPv4 home address. A de-registration of one family alone is none of the
/// session.
/// </summary>
internal static class UpdateIpv4Purpose
{
    public static IReadOnlyList<EditionCheck<Update>> All { get; } =
    [
        UpdateSet.Row(
            "re-registration with IPv4",
            "3.2.3.3-k1a",
            "3.2.3.3-k1a",
            "3.2.2-k14",
            update => IsExtension(update) ? SameKinds(update) : null
        ),
        UpdateSet.Row(
            "de-registration with IPv4",
            "3.2.3.3-k1b",
            "3.2.3.3-k1b",
            "3.2.2-k17",
            update => IsEnd(update) ? SameKinds(update) : null
        ),
        UpdateSet.Row(
            "one IPv4 request of a session",
            "3.2.3.3-k3",
            "3.2.3.3-k3",
            "",
            update => IsOfSession(update) ? OneEach(update) : null
        ),
        UpdateSet.Row("assigned IPv4 address", "3.2.3.3-k4", "3.2.3.3-k4", "", update => IsOfSession(update) ? Assigned(update) : null),
        UpdateSet.Row(
            "assigned IPv4 address of a re-registration",
            "",
            "",
            "3.2.2-k13",
            update => IsExtension(update) ? Assigned(update) : null
        ),
        UpdateSet.Row("assigned IPv4 address of a de-registration", "", "", "3.2.2-k16", update => IsEnd(update) ? Assigned(update) : null),
        UpdateSet.Row("P bit of a session", "", "3.2.3.3-k5", "", update => IsOfSession(update) ? UpdateIpv4.NoPrefixBit(update) : null),
        UpdateSet.Row("no prefixes that were not asked for", "3.2.3.3-k12", "3.2.3.3-k6", "", NoPrefixes),
    ];

    private static IReadOnlyList<Ipv4HomeAddress> AddressesOf(Update update) => update.Node!.Session.Ipv4Addresses;

    private static bool IsExtension(Update update) =>
        update is { IsDeregistration: false, IsExtension: true, Node: not null } && AddressesOf(update).Count > 0;

    /// <summary>True for the end of a session with an IPv4 home address, not of one family of it.</summary>
    private static bool IsEnd(Update update) =>
        update is { IsDeregistration: true, Node: { } node }
        && AddressesOf(update).Count > 0
        && (
            node.Session.Prefixes.Count == 0
            || (UpdateIpv4.HasPrefixes(update) && UpdateIpv4.RequestsOf(update).Count > 0)
            || node.Link is null
        );

    private static bool IsOfSession(Update update) => IsExtension(update) || IsEnd(update);

    private static CheckResult? SameKinds(Update update)
    {
        if (update.Initial is not { } first)
        {
            return null;
        }

        var hadPrefixes = first.First(HomeNetworkPrefixKind.Type) is not null;
        var wanted = (byte)(update.IsDeregistration ? HandoffIndicator.HandoffStateUnknown : HandoffIndicator.HandoffStateNotChanged);
        var (prefixes, requests) = (UpdateIpv4.HasPrefixes(update), UpdateIpv4.RequestsOf(update).Count);
        var hint = update.Given(HandoffIndicatorKind.Type)?.Value;
        return new(
            prefixes == hadPrefixes && requests > 0 && hint == wanted,
            $"an IPv4 request, {(hadPrefixes ? "prefixes" : "no prefixes")}, and Handoff Indicator {wanted}",
            $"{requests} IPv4 requests, {(prefixes ? "prefixes" : "no prefixes")}, and Handoff Indicator {hint}"
        )
        {
            IsAbsence = requests == 0 || (hadPrefixes && !prefixes),
        };
    }

    private static CheckResult OneEach(Update update)
    {
        var (requests, addresses) = (UpdateIpv4.RequestsOf(update), AddressesOf(update));
        return new(
            requests.Count == addresses.Count,
            $"{addresses.Count} IPv4 request(s), one for each address of the session",
            $"{requests.Count}",
            requests.Count > 0 ? requests[^1].Option : null
        );
    }

    /// <summary>Whether there is a request at all is another check.</summary>
    private static CheckResult? Assigned(Update update)
    {
        var requests = UpdateIpv4.RequestsOf(update);
        var assigned = AddressesOf(update).Select(address => address.ToString()).Order(StringComparer.Ordinal).ToList();
        return requests.Count == 0
            ? null
            : new(
                requests.Select(request => request.ToString()).Order(StringComparer.Ordinal).SequenceEqual(assigned),
                $"IPv4 requests for the assigned addresses: {string.Join(", ", assigned)}",
                string.Join(", ", requests),
                requests[0].Option
            );
    }

    private static CheckResult? NoPrefixes(Update update) =>
        update is { Node: not null, Initial: { } first } && !UpdateIpv4.IsInitial(update) && first.First(HomeNetworkPrefixKind.Type) is null
            ? new(
                !UpdateIpv4.HasPrefixes(update),
                "no Home Network Prefix option, as the first update of the session had none",
                "one",
                update.Given(HomeNetworkPrefixKind.Type)
            )
            : null;
}
