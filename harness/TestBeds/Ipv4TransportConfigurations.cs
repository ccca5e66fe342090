using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds;

/// <summary>The configurations in which MAGs and LMAs reach each other over IPv4: RFC 5844, Section 4, and its drafts.</summary>
internal static class Ipv4TransportConfigurations
{
    private static readonly string[] _claims =
    [
        "ipv4-transport",
        "forced-udp",
        "ipsec-over-ipv4",
        "dynamic-ipv4-tunnel-mtu",
        "ipv4-draft-04-transport",
        "ipv4-draft-04-tlv-header",
        "ipv4-draft-04-ipsec-outside",
        "ipv4-draft-04-ipsec-inside",
        "ipv4-draft-02-transport",
        "ipv4-draft-02-tlv-header",
        "ipv4-draft-02-ipsec",
    ];

    private static readonly Edition[] _drafts = [.. Edition.OfIpv4.Where(edition => edition != Edition.Rfc5844)];

    private static readonly IPAddress _anchor = AddressOf("LMA1", AddressFamily.InterNetwork);
    private static readonly IPAddress _otherAnchor = AddressOf("LMA2", AddressFamily.InterNetwork);

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        Anchor(
            "lma-ipv4-transport",
            "as lma-ipv4, reachable over IPv4, too, with the default variables for that",
            (transport, _) => transport
        ),
        Anchor(
            "lma-ipv4-transport-udp",
            "as lma-ipv4-transport, with AcceptForcedIPv4UDPEncapsulationRequest = 1, in the drafts AcceptIPv4UDPEncapsulationRequest = 0",
            (transport, edition) =>
                edition == Edition.Rfc5844
                    ? transport with
                    {
                        AcceptForcedIPv4UDPEncapsulationRequest = true,
                    }
                    : transport with
                    {
                        AcceptIPv4UDPEncapsulationRequest = false,
                    }
        ) with
        {
            WithoutUdpEncapsulation = _drafts,
        },
        Anchor(
            "lma-ipv4-transport-esp",
            "as lma-ipv4-transport, with signalling over IPv4 under ESP: around UDP for MAG1 and MAG3, behind it for MAG2 in the drafts",
            (transport, _) => transport
        ) with
        {
            DomainOf = Ipv4TransportDomains.LmaWithEsp,
        },
        Gateway("mag-ipv4-transport", "as mag-ipv4-server, with LMAs that it reaches over IPv4 alone", (transport, _) => transport),
        Gateway(
            "mag-ipv4-transport-udp",
            "as mag-ipv4-transport, with ForceIPv4UDPEncapsulationSupport = 1, in the drafts RequestIPv4UDPEncapsulationSupport = 1, too",
            (transport, edition) =>
                transport with
                {
                    ForceIPv4UDPEncapsulationSupport = true,
                    RequestIPv4UDPEncapsulationSupport = edition != Edition.Rfc5844,
                }
        ),
        Gateway(
            "mag-ipv4-transport-tlv",
            "as mag-ipv4-transport, with the TLV header in use",
            (transport, _) => transport with { UsesTlvHeader = true }
        ) with
        {
            Editions = _drafts,
        },
        Gateway(
            "mag-ipv4-transport-esp",
            "as mag-ipv4-transport, with all signalling under ESP: around UDP for LMA1, behind it for LMA2 in the drafts",
            (transport, _) => transport
        ) with
        {
            DomainOf = Ipv4TransportDomains.MagWithEsp,
        },
    ];

    private static NamedConfiguration Anchor(
        string name,
        string description,
        Func<Ipv4AnchorTransport, Edition, Ipv4AnchorTransport> change
    )
    {
        var known = Ipv4LmaConfigurations.All.First(configuration => configuration.Name == "lma-ipv4");
        return known with
        {
            Name = name,
            Description = description,
            Domain = Ipv4TransportDomains.Lma,
            Claims = [.. known.Claims, .. _claims, "ipv4-draft-04-accepts-udp"],
            ChangesOf = edition =>
                known
                    .ChangesOf(edition)
                    .AndTo<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            Ipv4Transport = change(
                                new Ipv4AnchorTransport
                                {
                                    Edition = settings.Ipv4!.Edition,
                                    Address = _anchor,
                                    SupportsTlvHeader = edition != Edition.Rfc5844,
                                },
                                edition
                            ),
                        }
                    ),
        };
    }

    private static NamedConfiguration Gateway(
        string name,
        string description,
        Func<Ipv4GatewayTransport, Edition, Ipv4GatewayTransport> change
    )
    {
        var known = Ipv4MagConfigurations.All.First(configuration => configuration.Name == "mag-ipv4-server");
        return known with
        {
            Name = name,
            Description = description,
            Domain = Ipv4TransportDomains.Mag,
            Claims = [.. known.Claims, .. _claims, "ipv4-draft-04-requests-udp"],
            ChangesOf = edition =>
                known
                    .ChangesOf(edition)
                    .AndTo<MobileAccessGatewaySettings>(settings =>
                        OfKinds(settings) with
                        {
                            Ipv4Transport = change(
                                new Ipv4GatewayTransport
                                {
                                    Edition = settings.Ipv4!.Edition,
                                    Address = AddressOf("MAG1", AddressFamily.InterNetwork),
                                    Anchors = new Dictionary<IPAddress, IPAddress>
                                    {
                                        [AddressOf("LMA1")] = _anchor,
                                        [AddressOf("LMA2")] = _otherAnchor,
                                    },
                                },
                                edition
                            ),
                        }
                    ),
            Provision = ixit =>
            {
                var provisioned = known.Provision(ixit);
                return provisioned with { Kinds = [.. provisioned.Kinds, Ixit.OtherAnchorKind, Ixit.OverIpv6Kind] };
            },
        };
    }

    private static MobileAccessGatewaySettings OfKinds(MobileAccessGatewaySettings settings) =>
        settings with
        {
            Identification =
            [
                Access("02:5e:00:05:*", Ixit.OtherAnchorKind),
                Access("02:5e:00:14:*", Ixit.OverIpv6Kind),
                .. settings.Identification,
            ],
            Profiles =
            [
                new MobileNodeProfile
                {
                    IdentifierPattern = PatternOf(Ixit.OtherAnchorKind),
                    IpVersions = IpVersions.Both,
                    LocalMobilityAnchorAddress = AddressOf("LMA2"),
                    Ipv4AnchorAddress = _otherAnchor,
                },
                new MobileNodeProfile { IdentifierPattern = PatternOf(Ixit.OverIpv6Kind), SignalsOverIpv4 = false },
                .. settings.Profiles,
            ],
        };

    private static MobileNodeIdentification Access(string linkLayers, string kind) =>
        new() { MacPattern = linkLayers, IdentifierFormat = $"{{mac}}@{kind}.pmip.example" };

    private static string PatternOf(string kind) => $"*@{kind}.pmip.example";

    private static IPAddress AddressOf(string node, AddressFamily family = AddressFamily.InterNetworkV6) =>
        Ipv4TransportDomains.Mag.Find(node)!.AddressOf(family)!;
}
