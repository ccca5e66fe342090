using Conformance.Testing.Bed;
using Conformance.Testing.Statements;
using Pmip.Protocol.MobileIpv6;

namespace Conformance.TestBeds;

/// <summary>
/// The configurations of a mobile node: Mobile IPv6 alone (RFC 6275), and several care-of addresses
/// (draft-ietf-monami6-multiplecoa-04 and RFC 5648). There is one mobile node, with one home address.
/// </summary>
internal static class McoaMobileNodeConfigurations
{
    private const string MobileIpv6 = "mobile-ipv6";

    private static readonly Edition[] _editions = [Edition.McoaDraft04, Edition.Rfc5648];

    private static readonly string[] _ofEveryNode =
    [
        MobileIpv6,
        "mcoa-draft-04",
        "mcoa-rfc5648",
        "interface-trigger",
        "mn-keeps-bids",
        "mn-removes-lost-bindings",
    ];

    private static readonly string[] _withCorrespondents = ["mn-asks-correspondents-for-answers", "mn-keeps-correspondents"];

    private static readonly string[] _ofMobileIpv6 =
    [
        MobileIpv6,
        "mn-route-optimization",
        "mn-returns-home",
        "mn-prefix-discovery",
        "mn-deletes-at-correspondents",
        "mn-restored-by-restart",
        .. _withCorrespondents,
    ];

    private static readonly string[] _bulk = ["mcoa-draft-04-sends-bulk", "bulk-registration"];

    private static readonly string[] _routeOptimization =
    [
        "mcoa-draft-04-route-optimization",
        "mcoa-route-optimization",
        .. _withCorrespondents,
    ];

    private static readonly string[] _simultaneousUse = ["mcoa-draft-04-home-binding", "simultaneous-home-use", "names-link-layer-address"];

    /// <summary>A mobile node that does all that it may do.</summary>
    public static NamedConfiguration Everything { get; } =
        MobileNode(
            "mn-mcoa",
            "a mobile node that registers its care-of addresses in bulk, optimizes routes, and uses home and foreign links at once",
            settings => settings with { RegistersInBulk = true, OptimizesRoutes = true, AtHome = ReturnPolicy.Simultaneous },
            [.. _bulk, .. _routeOptimization, .. _simultaneousUse, "mn-several-prefixes"]
        );

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        MobileNode(
            "mn-mipv6",
            "a mobile node of Mobile IPv6, with one care-of address at a time, which optimizes routes",
            settings => settings with { OptimizesRoutes = true }
        ) with
        {
            Claims = _ofMobileIpv6,
            Editions = [Edition.Rfc6275],
            ChangesOf = _ => Changes.None,
        },
        Everything,
        MobileNode(
            "mn-mcoa-single",
            "a mobile node that registers each care-of address by an update of its own, and goes on over its foreign links when at home",
            settings => settings with { AtHome = ReturnPolicy.ForeignOnly },
            "mn-foreign-links-at-home"
        ),
        MobileNode(
            "mn-mcoa-home",
            "as mn-mcoa, but when at home it uses the home link alone",
            settings => settings with { RegistersInBulk = true, OptimizesRoutes = true, AtHome = ReturnPolicy.HomeOnly },
            [.. _bulk, .. _routeOptimization, "mn-home-link-only"]
        ),
        Everything with
        {
            Name = "mn-mcoa-esp",
            Description = "as mn-mcoa, with every binding message for the home agent under ESP",
            Domain = McoaDomains.MobileNodeWithEsp,
        },
        MobileNode(
            "mn-dsmipv6",
            "a mobile node with an IPv4 home address that has an IPv4 care-of address on one of its links, and registers others in bulk",
            settings =>
                settings with
                {
                    RegistersInBulk = true,
                    DualStack = new DualStackMobileNodeSettings
                    {
                        HomeAgent = McoaDomains.Ipv4HomeAgent,
                        HomeAddress = McoaDomains.Ipv4HomeAddress,
                    },
                },
            [.. _bulk, "mn-home-link-only", "dsmipv6", "dsmipv6-home-address"]
        ) with
        {
            Domain = McoaDomains.MobileNodeDualStack,
            Editions = [Edition.Rfc5648],
            Provision = ixit =>
                Provision(ixit) with
                {
                    MobileNode = McoaDomains.OfMobileNode with { Ipv4HomeAddress = McoaDomains.Ipv4HomeAddress },
                },
        },
    ];

    private static NamedConfiguration MobileNode(
        string name,
        string description,
        Func<MobileNodeSettings, MobileNodeSettings> change,
        params IReadOnlyList<string> claims
    ) =>
        new(name, McoaDomains.MobileNode, description, [.. _ofEveryNode, .. claims])
        {
            Editions = _editions,
            Identities = 1,
            Changes = Changes.To(change),
            ChangesOf = edition =>
                Changes.To<MobileNodeSettings>(settings => settings with { Mcoa = McoaConfigurations.EditionOf(edition) }),
            Provision = Provision,
        };

    private static Ixit Provision(Ixit ixit) => McoaConfigurations.WithHome(ixit) with { MobileNode = McoaDomains.OfMobileNode };
}
