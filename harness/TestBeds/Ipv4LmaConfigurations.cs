using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>The configurations of a local mobility anchor with IPv4 home addresses: RFC 5844, Section 3.1, and its drafts.</summary>
internal static class Ipv4LmaConfigurations
{
    private static readonly string[] _kinds = [Ixit.DualKind, Ixit.Ipv4OnlyKind, Ixit.Ipv6OnlyKind, Ixit.FixedIpv4Kind, Ixit.TwoIpv4Kind];

    private static readonly string[] _claims =
    [
        "ipsec-esp-transport",
        "timestamp-option",
        "sequence-number-scheme",
        "dynamic-tunnels",
        "waits-for-deregistration",
        "ipv4-support",
        "dual-profiles",
        "ipv4-only-profiles",
        "ipv6-only-profiles",
        "dhcp-support-mode",
        "ipv4-draft-04",
        "ipv4-draft-04-several-addresses",
        "ipv4-draft-04-dual-profiles",
        "ipv4-draft-04-ipv4-only-profiles",
        "ipv4-draft-04-ipv6-only-profiles",
        "ipv4-draft-04-fixed-server-id",
        "ipv4-draft-02",
    ];

    /// <summary>The IPv4 address of LMA1.</summary>
    private static readonly IPAddress _dhcpServer = IPAddress.Parse("198.51.100.1");

    private static readonly Ipv4AnchorSettings _settings = new()
    {
        HomeNetwork = ReferenceSetup.Ipv4.Prefix,
        DefaultRouter = ReferenceSetup.Ipv4.DefaultRouter,

        // The addresses that the IXIT names are of the home network, too, and outside this pool.
        AddressPool = IpPrefix.Parse("198.18.0.0/17"),
    };

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        Of("lma-ipv4", "as lma-baseline, with IPv4 home addresses; every kind of mobile node provisioned", _settings),
        Of(
            "lma-ipv4-narrow",
            "as lma-ipv4, with a pool of two IPv4 addresses, without routing of IPv6 in the home network; MAGs are to be DHCP servers",
            _settings with
            {
                AddressPool = IpPrefix.Parse("198.18.0.4/31"),
                Ipv6RoutingEnabled = false,
                GatewayActsAsDhcpServer = true,
            }
        ),
        Of("lma-no-ipv4", "as lma-ipv4, without routing of IPv4 in the home network", _settings with { Ipv4RoutingEnabled = false }),
        Of(
            "lma-ipv4-dhcp",
            "as lma-ipv4, with a DHCP server, to which the relay agents of the MAGs send on the home link",
            _settings with
            {
                DhcpServerAddress = _dhcpServer,
                DhcpPool = IpPrefix.Parse("198.18.128.0/18"),
            },
            ReferenceDomains.LmaIpv4WithDhcp,
            "dhcp-server-at-anchor",
            "ipv4-draft-02-dhcp-server-at-anchor"
        ),
        Announcing(
            Of(
                "lma-ipv4-route-announcement",
                "as lma-ipv4, with routes for prefixes announced by RIPng, and one for the IPv4 home network by RIP",
                _settings,
                claims: "route-announcement"
            )
        ),
    ];

    private static NamedConfiguration Announcing(NamedConfiguration configuration) =>
        configuration with
        {
            Changes = configuration.Changes.AndTo<LocalMobilityAnchorSettings>(settings => settings with { AnnounceRoutes = true }),
        };

    private static NamedConfiguration Of(
        string name,
        string description,
        Ipv4AnchorSettings ipv4,
        Domain? domain = null,
        params IReadOnlyList<string> claims
    ) =>
        new(name, domain ?? ReferenceDomains.LmaIpv4, description, [.. _claims, .. claims])
        {
            Editions = Edition.OfIpv4,
            Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                settings with
                {
                    Ipv4 = ipv4,
                    MobileNodes = [.. settings.MobileNodes, .. Policies()],
                }
            ),
            ChangesOf = edition =>
                Changes.To<LocalMobilityAnchorSettings>(settings =>
                    settings with
                    {
                        Ipv4 = settings.Ipv4! with { Edition = EditionOf(edition) },
                    }
                ),
            Provision = ixit => ixit with { Ipv4 = ReferenceSetup.Ipv4, Kinds = [.. ixit.Kinds, .. _kinds] },
        };

    private static IEnumerable<MobileNodePolicy> Policies() =>
        [
            new MobileNodePolicy { IdentifierPattern = PatternOf(Ixit.DualKind) },
            new MobileNodePolicy { IdentifierPattern = PatternOf(Ixit.Ipv4OnlyKind), IpVersions = IpVersions.Ipv4 },
            new MobileNodePolicy { IdentifierPattern = PatternOf(Ixit.Ipv6OnlyKind), IpVersions = IpVersions.Ipv6 },
            new MobileNodePolicy
            {
                IdentifierPattern = PatternOf(Ixit.FixedIpv4Kind),
                Ipv4HomeAddresses = ReferenceSetup.Ipv4.Fixed is { } address ? [address] : Array.Empty<IPAddress>(),
            },
            new MobileNodePolicy { IdentifierPattern = PatternOf(Ixit.TwoIpv4Kind), Ipv4AddressCount = 2 },
        ];

    private static string PatternOf(string kind) => $"*@{kind}.pmip.example";

    private static Ipv4Edition EditionOf(Edition edition) =>
        edition.Name switch
        {
            "rfc5844" => Ipv4Edition.Rfc5844,
            "ipv4-draft-04" => Ipv4Edition.Draft04,
            "ipv4-draft-02" => Ipv4Edition.Draft02,
            _ => throw new ArgumentException($"{edition} is no edition of IPv4 support.", nameof(edition)),
        };
}
