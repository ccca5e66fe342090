using Conformance.Testing.Bed;
using Conformance.Testing.Statements;
using Pmip.Protocol.MobileIpv6;

namespace Conformance.TestBeds;

/// <summary>
/// The configurations of a home agent and of a correspondent node: Mobile IPv6 alone (RFC 6275), and several care-of addresses
/// (draft-ietf-monami6-multiplecoa-04 and RFC 5648).
/// </summary>
internal static class McoaConfigurations
{
    private const string PrefixDiscovery = "mobile-prefix-discovery";

    private const string MobileIpv6 = "mobile-ipv6";

    private const string DraftBulk = "mcoa-draft-04-accepts-bulk";

    /// <summary>Not a multiple of the unit of lifetimes, 4 s.</summary>
    private static readonly TimeSpan _refreshRequestBefore = TimeSpan.FromSeconds(5);

    private static readonly Edition[] _editions = [Edition.McoaDraft04, Edition.Rfc5648];

    private static readonly string[] _bothRoles = [MobileIpv6, "mcoa-draft-04", "mcoa-rfc5648"];

    private static readonly string[] _refreshRequests = ["mcoa-draft-04-refresh-requests", "mcoa-refresh-requests"];

    private static readonly string[] _prohibition = ["mcoa-draft-04-prohibition", "mcoa-prohibition"];

    private static readonly string[] _bulk = [DraftBulk, "bulk-registration"];

    private static readonly string[] _simultaneousUse = ["mcoa-draft-04-home-binding", "simultaneous-home-use"];

    private static readonly string[] _ofHomeAgent =
    [
        .. _bothRoles,
        .. _refreshRequests,
        "mcoa-draft-04-prefix-discovery",
        "mcoa-prefix-discovery",
        PrefixDiscovery,
        "nemo",
    ];

    private static readonly string[] _ofCorrespondent = [.. _bothRoles, .. _refreshRequests, "mcoa-draft-04-care-of-test"];

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        HomeAgent(
            "ha-mipv6",
            "a home agent of Mobile IPv6, which takes no option with a BID; bindings need no protection",
            settings => settings
        ) with
        {
            Claims = [MobileIpv6, PrefixDiscovery],
            Editions = [Edition.Rfc6275],
            ChangesOf = _ => Changes.None,
        },
        HomeAgent(
            "ha-mcoa",
            "a home agent that registers several care-of addresses, and asks for refreshes 5 s before a binding ends",
            settings => settings,
            [.. _bulk, .. _simultaneousUse]
        ),
        HomeAgent(
            "ha-mcoa-narrow",
            "as ha-mcoa, beside other routers on the home link, without simultaneous use of home and foreign links or bulk in RFC 5648",
            settings =>
                settings with
                {
                    AcceptsBulkRegistration = false,
                    AllowsSimultaneousHomeAndForeign = false,
                    HasOtherRoutersOnHomeLink = true,
                },
            DraftBulk
        ),
        HomeAgent(
            "ha-mcoa-forbidden",
            "as ha-mcoa, set up to forbid several care-of addresses",
            settings => settings with { AllowsMultipleCareOfAddresses = false },
            [.. _bulk, .. _simultaneousUse, .. _prohibition]
        ),
        HomeAgent(
            "ha-mcoa-esp",
            "as ha-mcoa, with every binding message under ESP, by associations of the home addresses of 8 mobile nodes",
            settings => settings,
            [.. _bulk, .. _simultaneousUse]
        ) with
        {
            Domain = McoaDomains.HomeAgentWithEsp,
            Identities = McoaDomains.ProtectedNodes,
        },
        HomeAgent(
            "ha-mcoa-payload-esp",
            "as ha-mcoa-esp, with the packets in the tunnels under ESP, too, by other associations of the home addresses",
            settings => settings,
            [.. _bulk, .. _simultaneousUse, "mcoa-draft-04-payload-esp", "mcoa-payload-esp"]
        ) with
        {
            Domain = McoaDomains.HomeAgentWithPayloadEsp,
            Identities = McoaDomains.ProtectedNodes,
        },
        HomeAgent(
            "ha-mcoa-other-routers",
            "as ha-mcoa, beside other routers on the home link: a mobile node at home is reached by the link-layer address that it names",
            settings => settings with { HasOtherRoutersOnHomeLink = true },
            [.. _bulk, .. _simultaneousUse, "other-routers-on-home-link"]
        ),
        HomeAgent(
            "ha-dsmipv6",
            "as ha-mcoa, with IPv4 care-of addresses and IPv4 home addresses",
            settings => settings,
            [.. _bulk, .. _simultaneousUse, "dsmipv6", "dsmipv6-home-address"]
        ) with
        {
            Domain = McoaDomains.HomeAgentDualStack,
            Editions = [Edition.Rfc5648],
            Identities = McoaDomains.ProtectedNodes,
            ChangesOf = edition =>
                Changes.To<HomeAgentSettings>(settings =>
                    settings with
                    {
                        Mcoa = EditionOf(edition),
                        RefreshRequestBefore = _refreshRequestBefore,
                        DualStack = DualStack,
                    }
                ),
            Provision = ixit => WithHome(ixit) with { Mobility = McoaDomains.DualStackAddresses, Ipv4 = McoaDomains.Ipv4Home },
        },
        Correspondent(
            "cn-mipv6",
            "a correspondent node of Mobile IPv6, which takes no option with a BID, and asks for refreshes 5 s before a binding ends",
            settings => settings with { RefreshRequestBefore = _refreshRequestBefore }
        ) with
        {
            Claims = [MobileIpv6, "refresh-requests"],
            Editions = [Edition.Rfc6275],
            ChangesOf = _ => Changes.None,
        },
        Correspondent(
            "cn-mcoa",
            "a correspondent node that registers several care-of addresses, and asks for refreshes 5 s before a binding ends",
            settings => settings
        ),
        Correspondent(
            "cn-mcoa-forbidden",
            "as cn-mcoa, set up to forbid several care-of addresses",
            settings => settings with { AllowsMultipleCareOfAddresses = false },
            _prohibition
        ),
    ];

    private static DualStackHomeAgentSettings DualStack =>
        new()
        {
            Address = McoaDomains.Ipv4HomeAgent,
            HomeAddresses = Enumerable
                .Range(1, McoaDomains.ProtectedNodes)
                .ToDictionary(
                    McoaDomains.DualStackAddresses.HomeAddressOf,
                    number => McoaDomains.DualStackAddresses.Ipv4HomeAddressOf(number)!
                ),
            Pool = McoaDomains.Ipv4HomePool,
        };

    private static NamedConfiguration HomeAgent(
        string name,
        string description,
        Func<HomeAgentSettings, HomeAgentSettings> change,
        params IReadOnlyList<string> claims
    ) =>
        new(name, McoaDomains.HomeAgent, description, [.. _ofHomeAgent, .. claims])
        {
            Editions = _editions,
            Changes = Changes.To(change),
            ChangesOf = edition =>
                Changes.To<HomeAgentSettings>(settings =>
                    settings with
                    {
                        Mcoa = EditionOf(edition),
                        RefreshRequestBefore = _refreshRequestBefore,
                    }
                ),
            Provision = ixit => WithHome(ixit) with { Mobility = McoaDomains.Addresses },
        };

    private static NamedConfiguration Correspondent(
        string name,
        string description,
        Func<CorrespondentNodeSettings, CorrespondentNodeSettings> change,
        params IReadOnlyList<string> claims
    ) =>
        new(name, McoaDomains.Correspondent, description, [.. _ofCorrespondent, .. claims])
        {
            Editions = _editions,
            Changes = Changes.To(change),
            ChangesOf = edition =>
                Changes.To<CorrespondentNodeSettings>(settings =>
                    settings with
                    {
                        Mcoa = EditionOf(edition),
                        RefreshRequestBefore = _refreshRequestBefore,
                    }
                ),
            Provision = ixit => WithHome(ixit) with { Mobility = McoaDomains.Addresses },
        };

    /// <summary>The IXIT of a domain whose mobile nodes have addresses on the home link, and no identifier.</summary>
    internal static Ixit WithHome(Ixit ixit) =>
        ixit with
        {
            IdentifierPattern = McoaDomains.IdentifierPattern,
            Kinds = [McoaDomains.Kind],
            Multihomed = null,
            OwnedPrefix = McoaDomains.HomePrefix,
            FixedPrefix = null,
        };

    /// <summary>What the roles of the reference follow in an edition.</summary>
    internal static McoaEdition EditionOf(Edition edition) =>
        edition.Name switch
        {
            "mcoa-draft-04" => McoaEdition.Draft04,
            "rfc5648" => McoaEdition.Rfc5648,
            _ => throw new ArgumentException($"{edition} is no edition of several care-of addresses.", nameof(edition)),
        };
}
