using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The whole domains in which a MAG reaches its LMA over IPv4: RFC 5844, Section 4, and its drafts. The mobile node moves between that MAG
/// and another one, which reaches the LMA otherwise.
/// </summary>
public static class Ipv4TransportEndToEnd
{
    private static readonly string[] _claims = ["ipv4-transport", "ipv4-draft-04-transport", "ipv4-draft-02-transport"];

    /// <summary>Less than a NAT keeps a binding, so that the binding lasts as long as a MAG heeds the Refresh Time.</summary>
    private static readonly TimeSpan _natRefreshTime = NatBindings.Timeout / 2;

    /// <summary>Short, so that a MAG soon tells the LMA behind which port of the NAT it is.</summary>
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(32);

    /// <summary>MAG1 reaches the LMA over IPv4, MAG2 over IPv6.</summary>
    public static Domain WithoutNat { get; } =
        ReferenceDomains.EndToEndIpv4 with
        {
            Nodes = [.. Changed("LMA1", ReferenceDomains.WithIpv4OnCore, Changed("MAG1", ReferenceDomains.WithIpv4OnCore))],
        };

    /// <summary>
    /// MAG1 is on a link of its own behind NAT1, and reaches the LMA through it, over IPv4 alone. MAG2 reaches the LMA over IPv4 on the
    /// core link.
    /// </summary>
    public static Domain WithNat { get; } =
        ReferenceDomains.EndToEndIpv4 with
        {
            Links = [.. ReferenceDomains.EndToEndIpv4.Links, new(Ports.BehindNat, LinkKind.Core)],
            Nodes =
            [
                .. Changed(
                    "LMA1",
                    ReferenceDomains.WithIpv4OnCore,
                    Changed("MAG2", ReferenceDomains.WithIpv4OnCore, Changed("MAG1", BehindNat))
                ),
                new DomainNode(
                    "NAT1",
                    NodeRole.Nat,
                    [
                        new(Ports.Core) { Addresses = [IPAddress.Parse("192.0.2.240")], LinkLayer = MacAddress.Parse("02:7e:00:00:00:f0") },
                        new(Ports.BehindNat)
                        {
                            Addresses = [IPAddress.Parse("10.0.0.1")],
                            LinkLayer = MacAddress.Parse("02:7e:00:00:00:f1"),
                        },
                    ]
                )
                {
                    Player = NodePlayer.Bed,
                },
            ],
        };

    /// <summary>The configurations with these domains.</summary>
    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        Of("e2e-ipv4-transport", "as e2e-ipv4; MAG1 reaches LMA1 over IPv4, MAG2 over IPv6", WithoutNat, Edition.OfIpv4),
        Of(
            "e2e-ipv4-nat",
            "as e2e-ipv4-transport; MAG1 is behind a NAT, MAG2 reaches LMA1 over IPv4 without one, and lifetimes are short",
            WithNat,
            [.. Edition.OfIpv4.Where(edition => edition != Edition.Rfc5844)]
        ),
    ];

    /// <summary>The nodes of the domain without IPv4 transport, or these nodes, of which one is changed.</summary>
    private static IEnumerable<DomainNode> Changed(
        string name,
        Func<DomainNode, DomainNode> change,
        IEnumerable<DomainNode>? nodes = null
    ) => (nodes ?? ReferenceDomains.EndToEndIpv4.Nodes).Select(node => node.Name == name ? change(node) : node);

    private static DomainNode BehindNat(DomainNode node) =>
        node with
        {
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    known.Link == Ports.Core
                        ? known with
                        {
                            Link = Ports.BehindNat,
                            Addresses = [.. known.Addresses, IPAddress.Parse("10.0.0.161")],
                        }
                        : known
                ),
            ],
        };

    private static NamedConfiguration Of(string name, string description, Domain domain, IReadOnlyList<Edition> editions)
    {
        var known = Ipv4MagConfigurations.All.First(configuration => configuration.Name == "e2e-ipv4");
        var anchor = domain.Find("LMA1")!;
        return known with
        {
            Name = name,
            Description = description,
            Domain = domain,
            Claims = [.. known.Claims, .. _claims],
            Editions = editions,
            ChangesOf = edition =>
                known
                    .ChangesOf(edition)
                    .AndTo<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            Ipv4Transport = new Ipv4AnchorTransport
                            {
                                Edition = settings.Ipv4!.Edition,
                                Address = AddressOf(anchor),
                                NatRefreshTime = _natRefreshTime,
                            },
                        }
                    )
                    .AndTo<MobileAccessGatewaySettings>(settings =>
                        domain.OwnerOf(settings.ProxyCareOfAddress)!.AddressOf(AddressFamily.InterNetwork) is { } address
                            ? settings with
                            {
                                RequestedLifetime = domain.Of(NodeRole.Nat).Any() ? _lifetime : settings.RequestedLifetime,
                                Ipv4Transport = new Ipv4GatewayTransport
                                {
                                    Edition = settings.Ipv4!.Edition,
                                    Address = address,
                                    Anchors = new Dictionary<IPAddress, IPAddress> { [anchor.Address!] = AddressOf(anchor) },
                                },
                            }
                            : settings
                    ),
        };
    }

    private static IPAddress AddressOf(DomainNode anchor) => anchor.AddressOn(Ports.Core, AddressFamily.InterNetwork)!;
}
