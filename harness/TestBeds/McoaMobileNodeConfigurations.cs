using Conformance.Testing.Bed;
using Conformance.Testing.Statements;

namespace Conformance.TestBeds;

/// <summary>
/// The configurations of a mobile node: Mobile IPv6 alone (RFC 6275), and several care-of addresses
/// (draft-ietf-monami6-multiplecoa-04 and RFC 5648). There is one mobile node, with one home address.
/// </summary>
internal static class McoaMobileNodeConfigurations
{
    private const string MobileIpv6 = "mobile-ipv6";

    private static readonly Edition[] _editions = [Edition.McoaDraft04, Edition.Rfc5648];

    private static readonly string[] _ofEveryNode = [MobileIpv6, "mcoa-draft-04", "mcoa-rfc5648", "interface-trigger"];

    private static readonly string[] _bulk = ["mcoa-draft-04-sends-bulk", "bulk-registration"];

    private static readonly string[] _routeOptimization = ["mcoa-draft-04-route-optimization", "mcoa-route-optimization"];

    private static readonly string[] _simultaneousUse = ["mcoa-draft-04-home-binding", "simultaneous-home-use", "names-link-layer-address"];

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        MobileNode("mn-mipv6", "a mobile node of Mobile IPv6, with one care-of address at a time, which optimizes routes") with
        {
            Claims = [MobileIpv6],
            Editions = [Edition.Rfc6275],
        },
        MobileNode(
            "mn-mcoa",
            "a mobile node that registers its care-of addresses in bulk, optimizes routes, and uses home and foreign links at once",
            [.. _bulk, .. _routeOptimization, .. _simultaneousUse]
        ),
        MobileNode(
            "mn-mcoa-single",
            "a mobile node that registers each care-of address by an update of its own, and goes on over its foreign links when at home"
        ),
        MobileNode("mn-mcoa-home", "as mn-mcoa, but when at home it uses the home link alone", [.. _bulk, .. _routeOptimization]),
        MobileNode(
            "mn-mcoa-esp",
            "as mn-mcoa, with every binding message for the home agent under ESP",
            [.. _bulk, .. _routeOptimization, .. _simultaneousUse]
        ) with
        {
            Domain = McoaDomains.MobileNodeWithEsp,
        },
    ];

    private static NamedConfiguration MobileNode(string name, string description, params IReadOnlyList<string> claims) =>
        new(name, McoaDomains.MobileNode, description, [.. _ofEveryNode, .. claims])
        {
            Editions = _editions,
            Identities = 1,
            Provision = Provision,
        };

    private static Ixit Provision(Ixit ixit) =>
        ixit with
        {
            MobileNode = McoaDomains.OfMobileNode,
            IdentifierPattern = McoaDomains.IdentifierPattern,
            Kinds = [McoaDomains.Kind],
            Multihomed = null,
            OwnedPrefix = McoaDomains.HomePrefix,
            FixedPrefix = null,
        };
}
