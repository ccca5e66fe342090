using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The configurations of a mobile access gateway that serves IPv4 home addresses, with a DHCP server or relay agent: RFC 5844, Section 3,
/// and its drafts. As in <see cref="MagProfiles"/>, the fourth octet of a link-layer address is the number of the kind of mobile node.
/// </summary>
internal static class Ipv4MagConfigurations
{
    private const byte PrefixLength = 16;

    /// <summary>Leases end to end, where clients are programs that renew them by a real clock.</summary>
    public static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(24);

    /// <summary>What the LMA assigns end to end: few addresses, so that a DHCP server can have a rule for each.</summary>
    public static readonly IpPrefix AddressPool = IpPrefix.Parse("198.18.0.0/28");

    /// <summary>The claims of the gateway of RFC 5213, and those of all IPv4 configurations.</summary>
    private static readonly string[] _gateway =
    [
        "ipsec-esp-transport",
        "timestamp-option",
        "sequence-number-scheme",
        "dynamic-tunnels",
        "notices-link-up",
        "notices-duplicate-address-detection",
        "notices-router-solicitation",
        "synchronized-clock",
        "stateless-address-configuration",
        "handoff-hint",
        "silent-node-detection",
        "link-teardown-advertisement",
        "anchor-link-local-address",
        "fixed-mag-link-layer-address",
        "ipv4-support",
        "dual-profiles",
        "ipv4-only-profiles",
        "ipv6-only-profiles",
        "requests-ipv4-address",
        "falls-back-to-any-ipv4-address",
        "selective-deregistration",
        "proxy-arp",
        "ipv4-draft-04",
        "ipv4-draft-04-several-addresses",
        "ipv4-draft-04-dual-profiles",
        "ipv4-draft-04-ipv4-only-profiles",
        "ipv4-draft-04-ipv6-only-profiles",
        "ipv4-draft-04-fixed-server-id",
        "ipv4-draft-02",
        "ipv4-draft-02-static-address",
        "ipv4-draft-02-one-message",
    ];

    private static readonly string[] _server =
    [
        "dhcp-server",
        "fixed-dhcp-server-address",
        "ipv4-draft-04-dhcp-server",
        "ipv4-draft-04-discards-renewals",
        "ipv4-draft-02-dhcp-server",
    ];

    private static readonly string[] _relay =
    [
        "dhcp-relay",
        "intercepts-renewals",
        "ipv4-draft-04-dhcp-relay",
        "ipv4-draft-04-intercepts-renewals",
    ];

    /// <summary>The IPv4 address of DHCP1.</summary>
    private static readonly IPAddress _dhcpServer = IPAddress.Parse("198.51.100.67");

    /// <summary>The address of the DHCP agents of all MAGs in mag-ipv4-variables.</summary>
    private static readonly IPAddress _fixedServer = IPAddress.Parse("198.18.0.67");

    /// <summary>The link-layer address of every MAG on every access link: RFC 6543, Section 4, and RFC 5844, Section 1.1.</summary>
    private static readonly MacAddress _linkLayer = MacAddress.Parse("00:00:5e:00:52:13");

    private static readonly DhcpKey _forceRenew = new(
        ReferenceKeys.ForceRenewSecret,
        TesterKeys.Find(ReferenceKeys.ForceRenewFile)!.Fingerprint
    );

    private static readonly string[] _kinds =
    [
        "dynamic",
        Ixit.DualKind,
        Ixit.Ipv4OnlyKind,
        Ixit.Ipv6OnlyKind,
        Ixit.FixedIpv4Kind,
        Ixit.TwoIpv4Kind,
    ];

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        Of(
            "mag-ipv4-server",
            "as mag-baseline, with IPv4 home addresses and a DHCP server; every kind of mobile node provisioned",
            [.. _server],
            Edition.OfIpv4,
            new Ipv4GatewaySettings()
        ) with
        {
            ChangesOf = edition =>
                InEdition(edition)
                    .Then(
                        edition.Name == "ipv4-draft-04"
                            ? Changing(ipv4 => ipv4 with { FixedDHCPServerId = ReferenceSetup.Ipv4.DefaultRouter })
                            : Changes.None
                    ),
        },
        Of(
            "mag-ipv4-relay",
            "as mag-ipv4-server, with a DHCP relay agent for the server DHCP1, and a DHCP server where the LMA wants one",
            [.. _relay, "dhcp-server", "ipv4-draft-04-server-id-override", "ipv4-draft-02-dhcp-relay", "ipv4-draft-02-sees-renewals"],
            Edition.OfIpv4,
            new Ipv4GatewaySettings { ActsAsDhcpServer = false, DhcpServers = [_dhcpServer] }
        ) with
        {
            ChangesOf = edition =>
                InEdition(edition)
                    .Then(
                        edition.Name == "ipv4-draft-04" ? Changing(ipv4 => ipv4 with { OverridesServerIdentifier = true }) : Changes.None
                    ),
        },
        Of(
                "mag-ipv4-variables",
                "as mag-ipv4-server, with FixedDHCPServerId 198.18.0.67 and local routing; the relay agent overrides the server identifier",
                [.. _server, .. _relay, "local-routing", "server-id-override", "ipv4-draft-04-server-id-override"],
                [.. Edition.OfIpv4.Where(edition => edition.Name != "ipv4-draft-02")],
                new Ipv4GatewaySettings
                {
                    FixedDHCPServerId = _fixedServer,
                    DhcpServers = [_dhcpServer],
                    OverridesServerIdentifier = true,
                }
            )
            .With(Changes.To<MobileAccessGatewaySettings>(settings => settings with { EnableMAGLocalRouting = true })),
        Of(
                "mag-ipv4-forcerenew",
                "as mag-ipv4-server, with DHCPFORCERENEW instead of a server address that all MAGs share",
                [.. _server.Except(["ipv4-draft-04-discards-renewals"]), "ipv4-draft-04-forcerenew", "forcerenew-keys"],
                [.. Edition.OfIpv4.Where(edition => edition.Name == "ipv4-draft-04")],
                new Ipv4GatewaySettings()
            )
            .With(Changing(ipv4 => ipv4 with { ForceRenewKey = ReferenceKeys.ForceRenew })) with
        {
            Provision = ixit => Provision(ixit, ReferenceSetup.Ipv4 with { ForceRenewKey = _forceRenew }),
        },
        Of("mag-ipv4-esp", "as mag-ipv4-server, with all signalling under ESP", _server, Edition.OfIpv4, new Ipv4GatewaySettings()) with
        {
            Domain = ReferenceDomains.MagIpv4WithEsp,
        },
        EndToEnd(
            "e2e-ipv4",
            "as e2e-baseline, with IPv4 home addresses and a DHCP server at each MAG",
            ReferenceDomains.EndToEndIpv4,
            Edition.OfIpv4,
            new Ipv4GatewaySettings { LeaseTime = ShortLease }
        ),
        EndToEnd(
            "e2e-ipv4-relay",
            "as e2e-ipv4, with a DHCP relay agent at each MAG for the server DHCP1, which it reaches on the core link",
            ReferenceDomains.EndToEndIpv4Relay,
            [.. Edition.OfIpv4.Where(edition => edition.Name == "rfc5844")],
            new Ipv4GatewaySettings
            {
                ActsAsDhcpServer = false,
                DhcpServers = [ReferenceDomains.EndToEndIpv4Relay.Find("DHCP1")!.AddressOf(AddressFamily.InterNetwork)!],
            },
            relaysOnCore: true
        ),
    ];

    private static NamedConfiguration Of(
        string name,
        string description,
        IReadOnlyList<string> claims,
        IReadOnlyList<Edition> editions,
        Ipv4GatewaySettings ipv4
    ) =>
        new(name, ReferenceDomains.MagIpv4, description, [.. _gateway, .. claims])
        {
            Editions = editions,
            Changes = Gateway(ipv4),
            ChangesOf = InEdition,
            Provision = ixit => Provision(ixit, ReferenceSetup.Ipv4),
        };

    private static Ixit Provision(Ixit ixit, Ipv4HomeNetwork network) =>
        ixit with
        {
            Ipv4 = network,
            Kinds = _kinds,
            LinkLayerPattern = "02:5e:00:{kind}:{n}",
        };

    private static NamedConfiguration EndToEnd(
        string name,
        string description,
        Domain domain,
        IReadOnlyList<Edition> editions,
        Ipv4GatewaySettings ipv4,
        bool relaysOnCore = false
    ) =>
        new(
            name,
            domain,
            description,
            [
                "ipsec-esp-transport",
                "timestamp-option",
                "sequence-number-scheme",
                "dynamic-tunnels",
                "waits-for-deregistration",
                "ipv4-support",
            ]
        )
        {
            Editions = editions,
            Changes = Gateway(ipv4, relaysOnCore)
                .AndTo<LocalMobilityAnchorSettings>(settings =>
                    settings with
                    {
                        Ipv4 = new Ipv4AnchorSettings
                        {
                            HomeNetwork = ReferenceSetup.Ipv4.Prefix,
                            DefaultRouter = ReferenceSetup.Ipv4.DefaultRouter,
                            AddressPool = AddressPool,
                            GatewayActsAsDhcpServer = ipv4.ActsAsDhcpServer,
                        },
                    }
                ),
            ChangesOf = edition =>
                InEdition(edition)
                    .AndTo<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            Ipv4 = settings.Ipv4! with { Edition = EditionOf(edition) },
                        }
                    ),
            Provision = ixit => ixit with { Ipv4 = ReferenceSetup.Ipv4 },
        };

    private static NamedConfiguration With(this NamedConfiguration configuration, Changes also) =>
        configuration with
        {
            Changes = configuration.Changes.Then(also),
        };

    /// <param name="relaysOnCore">The MAG and the DHCP servers reach each other by IPv4 on the core link.</param>
    private static Changes Gateway(Ipv4GatewaySettings ipv4, bool relaysOnCore = false) =>
        Changes.To<MobileAccessGatewaySettings>(settings =>
            settings with
            {
                Ipv4 = ipv4 with
                {
                    DhcpAddress = ReferenceDomains.Ipv4OnCore(settings.ProxyCareOfAddress),
                    RelayAddress = relaysOnCore ? ReferenceDomains.Ipv4OnCore(settings.ProxyCareOfAddress) : null,
                },
                FixedMAGLinkLayerAddressOnAllAccessLinks = _linkLayer,
                Identification =
                [
                    Access("02:5e:00:0f:*", Ixit.DualKind),
                    Access("02:5e:00:10:*", Ixit.Ipv4OnlyKind),
                    Access("02:5e:00:11:*", Ixit.Ipv6OnlyKind),
                    Access("02:5e:00:12:*", Ixit.FixedIpv4Kind),
                    Access("02:5e:00:13:*", Ixit.TwoIpv4Kind),
                    .. settings.Identification,
                ],
                Profiles =
                [
                    new MobileNodeProfile { IdentifierPattern = PatternOf(Ixit.Ipv4OnlyKind), IpVersions = IpVersions.Ipv4 },
                    new MobileNodeProfile { IdentifierPattern = PatternOf(Ixit.Ipv6OnlyKind), IpVersions = IpVersions.Ipv6 },
                    new MobileNodeProfile
                    {
                        IdentifierPattern = PatternOf(Ixit.FixedIpv4Kind),
                        IpVersions = IpVersions.Both,
                        Ipv4HomeAddresses = [new Ipv4HomeAddress(ReferenceSetup.Ipv4.Fixed!, PrefixLength)],
                    },
                    new MobileNodeProfile
                    {
                        IdentifierPattern = PatternOf(Ixit.TwoIpv4Kind),
                        IpVersions = IpVersions.Both,
                        Ipv4HomeAddresses = _twoAddresses,
                    },
                    new MobileNodeProfile { IdentifierPattern = "*", IpVersions = IpVersions.Both },
                ],
            }
        );

    /// <summary>The addresses that the profile of a mobile node with two has.</summary>
    private static readonly Ipv4HomeAddress[] _twoAddresses =
    [
        new(IPAddress.Parse("198.18.254.1"), PrefixLength),
        new(IPAddress.Parse("198.18.254.2"), PrefixLength),
    ];

    private static Changes InEdition(Edition edition) => Changing(ipv4 => ipv4 with { Edition = EditionOf(edition) });

    private static Changes Changing(Func<Ipv4GatewaySettings, Ipv4GatewaySettings> change) =>
        Changes.To<MobileAccessGatewaySettings>(settings => settings with { Ipv4 = change(settings.Ipv4!) });

    private static Ipv4Edition EditionOf(Edition edition) =>
        edition.Name switch
        {
            "ipv4-draft-04" => Ipv4Edition.Draft04,
            "ipv4-draft-02" => Ipv4Edition.Draft02,
            _ => Ipv4Edition.Rfc5844,
        };

    private static MobileNodeIdentification Access(string linkLayers, string kind) =>
        new() { MacPattern = linkLayers, IdentifierFormat = $"{{mac}}@{kind}.pmip.example" };

    private static string PatternOf(string kind) => $"*@{kind}.pmip.example";
}
