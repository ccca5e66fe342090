using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// A configuration of the implementation under test that scenarios ask for by name (<c>@config:lma-baseline</c>).
/// There are few, because a device is set up by hand for each: the baseline provisions every kind of mobile node at once.
/// </summary>
/// <param name="Domain">The network around the implementation under test.</param>
/// <param name="Claims">The ICS of the reference in this configuration.</param>
public sealed record NamedConfiguration(string Name, Domain Domain, string Description, IReadOnlyList<string> Claims)
{
    private static readonly string[] _bothRoles = ["ipsec-esp-transport", "timestamp-option", "sequence-number-scheme", "dynamic-tunnels"];

    private static readonly string[] _gateway =
    [
        .. _bothRoles,
        "notices-link-up",
        "notices-duplicate-address-detection",
        "notices-router-solicitation",
        "synchronized-clock",
        "stateless-address-configuration",
        "handoff-hint",
        "silent-node-detection",
        "link-teardown-advertisement",
    ];

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        new(
            "lma-baseline",
            ReferenceDomains.Lma,
            "RFC 5213 defaults, but for a MaxDelayBeforeNewBCEAssign of 6 s; every kind of mobile node provisioned",
            [.. _bothRoles, "waits-for-deregistration", "stateful-address-configuration"]
        ),
        new(
            "lma-small-pool",
            ReferenceDomains.Lma,
            "as lma-baseline, with a pool of four /64 prefixes and lifetimes of at most 20 s",
            [.. _bothRoles, "waits-for-deregistration", "limits-lifetime"]
        )
        {
            HasSparePrefixes = false,
            Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                settings with
                {
                    PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/62"),
                    MaximumLifetime = TimeSpan.FromSeconds(20),
                }
            ),
        },
        new("lma-no-wait", ReferenceDomains.Lma, "as lma-baseline, set up not to wait for a de-registration in doubt", _bothRoles)
        {
            Changes = Changes.To<LocalMobilityAnchorSettings>(settings => settings with { MaxDelayBeforeNewBCEAssign = TimeSpan.Zero }),
        },
        new(
            "lma-defaults",
            ReferenceDomains.Lma,
            "as lma-baseline, with no variable of RFC 5213, Section 9, configured",
            [.. _bothRoles, "waits-for-deregistration"]
        )
        {
            HasDefaultVariables = true,
            Changes = Changes.To<LocalMobilityAnchorSettings>(WithDefaults),
        },
        new(
            "lma-variables",
            ReferenceDomains.Lma,
            "as lma-baseline, with MobileNodeGeneratedTimestampInUse = 1",
            [.. _bothRoles, "waits-for-deregistration", "mobile-node-generated-timestamp"]
        )
        {
            Changes = Changes.To<LocalMobilityAnchorSettings>(settings => settings with { MobileNodeGeneratedTimestampInUse = true }),
        },
        new(
            "lma-route-announcement",
            ReferenceDomains.Lma,
            "as lma-baseline, with routes for the prefixes of mobile nodes announced by RIPng",
            [.. _bothRoles, "waits-for-deregistration", "route-announcement"]
        )
        {
            Changes = Changes.To<LocalMobilityAnchorSettings>(settings => settings with { AnnounceRoutes = true }),
        },
        new(
            "lma-esp",
            ReferenceDomains.LmaWithEsp,
            "as lma-baseline, with all signalling under ESP, and the tunnel to MAG2",
            [.. _bothRoles, "waits-for-deregistration", "esp-payload"]
        ),
        new(
            "mag-baseline",
            ReferenceDomains.Mag,
            "RFC 5213 defaults; links 1, 2 and 4 identify mobile nodes by link-layer address, link 3 has a fixed identifier",
            [.. _gateway, "anchor-link-local-address"]
        ),
        new(
            "mag-fixed-link-local",
            ReferenceDomains.Mag,
            "as mag-baseline, with FixedMAGLinkLocalAddressOnAllAccessLinks set",
            [.. _gateway, "fixed-mag-link-local-address"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                settings with
                {
                    FixedMAGLinkLocalAddressOnAllAccessLinks = IPAddress.Parse("fe80::200:5eff:fe00:5213"),
                }
            ),
        },
        new(
            "mag-fixed-link-layer",
            ReferenceDomains.MagWithOwnLinkLayers,
            "as mag-baseline, with FixedMAGLinkLayerAddressOnAllAccessLinks set to 00:00:5e:00:52:13",
            [.. _gateway, "anchor-link-local-address", "fixed-mag-link-layer-address"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                settings with
                {
                    FixedMAGLinkLayerAddressOnAllAccessLinks = MacAddress.Parse("00:00:5e:00:52:13"),
                }
            ),
        },
        new(
            "mag-sequence-numbers",
            ReferenceDomains.Mag,
            "as mag-baseline, with TimestampBasedApproachInUse = 0",
            [.. _gateway, "anchor-link-local-address", "sequence-numbers-in-use"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(settings => settings with { TimestampBasedApproachInUse = false }),
        },
        new(
            "mag-local-routing",
            ReferenceDomains.Mag,
            "as mag-baseline, with EnableMAGLocalRouting = 1",
            [.. _gateway, "anchor-link-local-address", "local-routing"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(settings => settings with { EnableMAGLocalRouting = true }),
        },
        new(
            "mag-defaults",
            ReferenceDomains.Mag,
            "as mag-baseline, with no variable of RFC 5213, Section 9, configured",
            [.. _gateway, "anchor-link-local-address"]
        )
        {
            HasDefaultVariables = true,
        },
        new(
            "mag-variables",
            ReferenceDomains.Mag,
            "as mag-baseline, with MobileNodeGeneratedTimestampInUse = 1",
            [.. _gateway.Except(["synchronized-clock"]), "anchor-link-local-address", "mobile-node-generated-timestamp"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(settings => settings with { MobileNodeGeneratedTimestampInUse = true }),
        },
        new(
            "mag-profile",
            ReferenceDomains.MagWithProfiles,
            "as mag-baseline, with profiles for further kinds of mobile nodes, a default path MTU of 1400 and a link 2 with an MTU of 1300",
            [
                .. _gateway,
                "anchor-link-local-address",
                "requests-profile-prefixes",
                "asks-anew-without-prefixes",
                "local-routing-policy",
                "profile-prefix-lifetime",
            ]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(MagProfiles.Provision),
            Provision = MagProfiles.Provision,
        },
        new(
            "mag-regular-access",
            ReferenceDomains.MagWithVisitors,
            "as mag-baseline, with regular access on links 1 and 2 for nodes that are not entitled or not registered",
            [.. _gateway, "anchor-link-local-address", "regular-access", "regular-access-after-rejection", "local-routing"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(MagProfiles.ProvisionVisitors),
            Provision = MagProfiles.ProvisionVisitors,
        },
        new(
            "mag-shared-link",
            ReferenceDomains.Mag,
            "as mag-baseline, with two mobile nodes on link 1, which emulates a point-to-point link to each",
            [.. _gateway, "anchor-link-local-address", SharedLinks.Claim]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(SharedLinks.Share),
        },
        new(
            "mag-dhcpv6",
            ReferenceDomains.MagWithDhcp,
            "as mag-baseline, with a DHCPv6 relay agent for the server DHCP1",
            [.. _gateway, "anchor-link-local-address", "dhcpv6-relay"]
        ),
        new(
            "mag-esp",
            ReferenceDomains.MagWithEsp,
            "as mag-baseline, with all signalling under ESP, and the tunnel to a second LMA",
            [.. _gateway, "anchor-link-local-address", "esp-payload"]
        )
        {
            Changes = Changes.To<MobileAccessGatewaySettings>(MagProfiles.ProvisionOtherAnchor),
            Provision = MagProfiles.ProvisionOtherAnchor,
        },
        new(
            "e2e-baseline",
            ReferenceDomains.EndToEnd,
            "RFC 5213 defaults; MN1 moves between MAG1 and MAG2, CN1 is behind LMA1",
            [.. _bothRoles, "waits-for-deregistration"]
        ),
        .. Ipv4LmaConfigurations.All,
        .. Ipv4MagConfigurations.All,
        .. Ipv4TransportConfigurations.All,
        .. Ipv4TransportEndToEnd.All,
        .. McoaConfigurations.All,
        .. McoaMobileNodeConfigurations.All,
        McoaEndToEnd.Configuration,
    ];

    /// <summary>The editions of the specification that the implementation can be set up for.</summary>
    public IReadOnlyList<Edition> Editions { get; init; } = [Edition.Rfc5213];

    /// <summary>The network in an edition, if it depends on that; null if it does not.</summary>
    public Func<Edition, Domain>? DomainOf { get; init; }

    /// <summary>The edition that the implementation is set up for: the newest, unless <see cref="In"/> chose another.</summary>
    public Edition Edition
    {
        get => field ?? Edition.NewestOf(Editions);
        private init;
    }

    /// <summary>Distinguishes the configuration from others, and from itself in another edition.</summary>
    public (string Name, Edition Edition) Key => (Name, Edition);

    /// <inheritdoc cref="Testing.Bed.Ixit.HasSparePrefixes"/>
    public bool HasSparePrefixes { get; init; } = true;

    /// <summary>The editions in which the implementation is an LMA that may not tunnel in UDP, see <see cref="Ixit"/>.</summary>
    public IReadOnlyList<Edition> WithoutUdpEncapsulation { get; init; } = [];

    /// <summary>
    /// True if the variables of RFC 5213, Section 9, have the defaults of the implementation, also where time is real and the defaults are
    /// long.
    /// </summary>
    public bool HasDefaultVariables { get; init; }

    /// <summary>The number of mobile nodes that the implementation is provisioned for, at most 65535.</summary>
    public int Identities { get; init; } = 65535;

    /// <summary>What the IXIT of the reference has otherwise than in a baseline.</summary>
    public Func<Ixit, Ixit> Provision { get; init; } = ixit => ixit;

    /// <summary>What differs from the reference's defaults.</summary>
    public Changes Changes { get; init; } = Changes.None;

    /// <summary>What an edition changes in addition.</summary>
    public Func<Edition, Changes> ChangesOf { get; init; } = _ => Changes.None;

    public static NamedConfiguration? Find(string name) => All.FirstOrDefault(configuration => configuration.Name == name);

    /// <summary>The configuration in an edition.</summary>
    /// <exception cref="ArgumentException">No configuration has that name, or the configuration does not have that edition.</exception>
    public static NamedConfiguration Find(string name, Edition edition) =>
        (Find(name) ?? throw new ArgumentException($"There is no configuration '{name}'.", nameof(name))).In(edition);

    /// <summary>The set-up with other leases of the DHCP server at each MAG.</summary>
    public NamedConfiguration WithLeases(TimeSpan time) =>
        this with
        {
            Changes = Changes.AndTo<MobileAccessGatewaySettings>(settings =>
                settings with
                {
                    Ipv4 = settings.Ipv4 is { } ipv4 ? ipv4 with { LeaseTime = time } : null,
                }
            ),
        };

    /// <summary>The set-up for one of the <see cref="Editions"/>.</summary>
    /// <exception cref="ArgumentException">The edition is none of them.</exception>
    public NamedConfiguration In(Edition edition) =>
        Editions.Contains(edition)
            ? this with
            {
                Edition = edition,
                Domain = DomainOf?.Invoke(edition) ?? Domain,
            }
            : throw new ArgumentException($"The configuration '{Name}' does not exist in the edition {edition}.", nameof(edition));

    private static LocalMobilityAnchorSettings WithDefaults(LocalMobilityAnchorSettings settings)
    {
        var defaults = new LocalMobilityAnchorSettings { Address = settings.Address, PrefixPool = settings.PrefixPool };
        return settings with
        {
            MinDelayBeforeBCEDelete = defaults.MinDelayBeforeBCEDelete,
            MaxDelayBeforeNewBCEAssign = defaults.MaxDelayBeforeNewBCEAssign,
            TimestampValidityWindow = defaults.TimestampValidityWindow,
        };
    }
}
