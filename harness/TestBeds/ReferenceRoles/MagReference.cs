using System.Net;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>The reference as a mobile access gateway.</summary>
internal sealed class MagReference : ReferenceRole
{
    private const string InitialBindackTimeout = "INITIAL_BINDACK_TIMEOUT",
        MaxBindackTimeout = "MAX_BINDACK_TIMEOUT";

    public override NodeRole Role => NodeRole.Mag;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random)
    {
        var settings = Settings(node, setup);
        return new MobileAccessGateway(settings, random, setup.Changes.Apply(MobileAccessGatewayRules.For(settings)));
    }

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            IsRouter = true,
            Routes =
            [
                .. RouterFor(setup) is { } router ? (StaticRoute[])[new(Ipv6Prefix.AllZero, new LinkId(Ports.Core.Name), router)] : [],
                .. NatReference.RouteOf(node, setup.Domain) is var (link, nat) ? (StaticRoute[])[new(IpPrefix.AllIpv4, link, nat)] : [],
            ],
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    setup.Domain.IsAccess(known.Link)
                        ? Interface(known) with
                        {
                            MacAddress = LinkLayerOf(known, Settings(node, setup)),
                            ForwardOnlyBySourceRoute = true,
                            InitiallyUp = false,
                            Mtu = MtuOf(known, setup),
                        }
                        : Interface(known) with
                        {
                            Mtu = MtuOf(known, setup),
                        }
                ),
                .. Settings(node, setup)
                    .AccessLinks.Where(access => !IsInterface(access, node))
                    .Select(access => new InterfaceSettings(access.Link, access.MacAddress)
                    {
                        ForwardOnlyBySourceRoute = true,
                        InitiallyUp = false,
                        Mtu = access.Mtu,
                    }),
            ],
        };

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed)
    {
        var process = Process(node, setup, seed, NodeConfiguration.GatewayRole);
        var settings = WithoutSharedLinks(Settings(node, setup), node);
        return process with
        {
            MobileAccessGateway = settings,
            Security = settings.Ipv4?.ForceRenewKey is null
                ? process.Security
                : (process.Security ?? new NodeSecurity()) with
                {
                    ForceRenewKey = ReferenceKeys.ForceRenewOfNode,
                },
            Routes =
            [
                .. RouterFor(setup) is { } router
                    ? (NodeRoute[])
                        [
                            new()
                            {
                                To = Ipv6Prefix.AllZero,
                                Via = router,
                                Link = Ports.Core.Name,
                            },
                        ]
                    : [],
                .. NatReference.RouteOf(node, setup.Domain) is var (link, nat)
                    ? (NodeRoute[])
                        [
                            new()
                            {
                                To = IpPrefix.AllIpv4,
                                Via = nat,
                                Link = link.Name,
                            },
                        ]
                    : [],
            ],
        };
    }

    public override IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup) =>
        [
            new(InitialBindackTimeout, TimeSpan.FromMilliseconds(1000)),
            // RFC 6275, Section 13: the first request has a timeout of its own.
            new("InitialBindackTimeoutFirstReg", TimeSpan.FromMilliseconds(1500)),
            new(MaxBindackTimeout, TimeSpan.FromMilliseconds(32000)),
        ];

    public override Changes WithTimers(Ixit ixit) =>
        Changes.To<MobileAccessGatewaySettings>(settings =>
            settings with
            {
                InitialBindackTimeout = ixit.Timer(InitialBindackTimeout),
                MaxBindackTimeout = ixit.Timer(MaxBindackTimeout),
            }
        );

    public override void WarmUp(ITestBed bed) => new SanityExchange(bed, Role).TryWork(out _);

    private static MobileAccessGatewaySettings Settings(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(
            new MobileAccessGatewaySettings
            {
                ProxyCareOfAddress = node.Address!,
                LocalMobilityAnchorAddress = setup.AddressOf(NodeRole.Lma),
                ProtectionRequired = IsProtectionRequired(node, setup),
                ProtectedTunnels = ProtectedTunnels(node, setup),
                Dhcpv6Servers = [.. setup.Domain.Of(NodeRole.Dhcp).Select(server => server.Address!)],
                CoreMtu = setup.Domain.Find(Ports.Core)!.Mtu,
                AccessLinks =
                [
                    .. node
                        .Interfaces.Where(known => setup.Domain.IsAccess(known.Link))
                        .Select(known => new AccessLinkSettings
                        {
                            Link = new LinkId(known.Name),
                            MacAddress = known.LinkLayer!.Value,
                            BoundIdentifier = setup.Domain.Find(known.Link!.Value)!.BoundIdentity,
                            Mtu = MtuOf(known, setup),
                            VisitedPrefix = setup.Domain.Find(known.Link!.Value)!.VisitedPrefix,
                        }),
                ],
                Identification =
                [
                    .. ReferenceSetup.Multihomed.LinkLayers.Select(linkLayer => new MobileNodeIdentification
                    {
                        MacPattern = linkLayer.ToString(),
                        IdentifierFormat = ReferenceSetup.Multihomed.Identifier,
                    }),
                    new MobileNodeIdentification { MacPattern = "02:5e:*", IdentifierFormat = "{mac}@dynamic.pmip.example" },
                ],
            }
        );

    /// <summary>The router for packets of nodes without mobility service; null if such nodes get no access.</summary>
    private static IPAddress? RouterFor(ReferenceSetup setup) =>
        setup.Domain.Links.Any(link => link.VisitedPrefix is not null) ? setup.AddressOf(NodeRole.Router) : null;

    /// <summary>False for a link that another one carries.</summary>
    private static bool IsInterface(AccessLinkSettings access, DomainNode node) =>
        node.Interfaces.Any(known => known.Name == access.Link.Name);

    private static MobileAccessGatewaySettings WithoutSharedLinks(MobileAccessGatewaySettings settings, DomainNode node) =>
        settings with
        {
            AccessLinks = [.. settings.AccessLinks.Where(access => IsInterface(access, node))],
        };

    private static MacAddress LinkLayerOf(DomainInterface known, MobileAccessGatewaySettings settings) =>
        settings.AccessLinks.FirstOrDefault(link => link.Link.Name == known.Name) is { } access
            ? settings.LinkLayerAddressOn(access)
            : known.LinkLayer!.Value;

    private static uint MtuOf(DomainInterface known, ReferenceSetup setup) => setup.Domain.Find(known.Link!.Value)!.Mtu;
}
