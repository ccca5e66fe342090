using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>The reference as a home agent.</summary>
internal sealed class HomeAgentReference : ReferenceRole
{
    public override NodeRole Role => NodeRole.Ha;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random)
    {
        var settings = Settings(node, setup);
        var agent = new HomeAgent(settings, setup.Changes.Apply(HomeAgentRules.For(settings)));
        return RouterReference.AdvertisedBy(node, setup) is { Count: > 0 } links ? new AdvertisingRouter(links, agent) : agent;
    }

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            IsRouter = true,
            VerifyReversePathOfTunnels = true,
            ProcessesHomeAddressOption = true,
            Routes =
            [
                .. RealRouters(setup).Select(router => RouterReference.RouteTo(Ipv6Prefix.AllZero, router)),
                .. Ipv4Routers(setup).Select(router => new StaticRoute(IpPrefix.AllIpv4, new LinkId(Ports.Core.Name), router)),
            ],
        };

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed) =>
        Process(node, setup, seed, NodeConfiguration.HomeAgentRole) with
        {
            HomeAgent = Settings(node, setup),
            Router = RouterReference.Advertises(node, setup),
            Routes =
            [
                .. RealRouters(setup).Select(router => RouterReference.NodeRouteTo(Ipv6Prefix.AllZero, router)),
                .. Ipv4Routers(setup)
                    .Select(router => new NodeRoute
                    {
                        To = IpPrefix.AllIpv4,
                        Via = router,
                        Link = Ports.Core.Name,
                    }),
            ],
        };

    /// <summary>
    /// How long duplicate address detection of a home address takes (RFC 4861, Section 10), and how long an address is not intercepted any
    /// more before its binding is removed (RFC 6275, Section 12).
    /// </summary>
    public override IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup) =>
        [new("RetransTimer", TimeSpan.FromMilliseconds(1000)), new("MAX_DELETE_BCE_TIMEOUT", TimeSpan.FromMilliseconds(10_000))];

    private static IEnumerable<DomainNode> RealRouters(ReferenceSetup setup) =>
        setup.Domain.Of(NodeRole.Router).Where(router => router.IsReal);

    /// <summary>The IPv4 addresses of the routers of the core link, where a home agent with IPv4 reaches other networks.</summary>
    private static IEnumerable<IPAddress> Ipv4Routers(ReferenceSetup setup) =>
        setup.Domain.Of(NodeRole.Router).Select(router => router.AddressOn(Ports.Core, AddressFamily.InterNetwork)).OfType<IPAddress>();

    private static HomeAgentSettings Settings(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(
            new HomeAgentSettings
            {
                Address = node.Address!,
                HomeLink = new LinkId(Ports.Home.Name),
                HomePrefixes = [McoaDomains.HomePrefix],
                MobileNodes = [McoaDomains.HomeAddresses],
                ProtectionRequired = IsProtectionRequired(node, setup),
                ProtectedTunnels = ProtectedTunnels(node, setup),
                MobileNetworks =
                [
                    new MobileNetworkPolicy(McoaDomains.Addresses.HomeAddressPattern, McoaDomains.Addresses.MobileNetworkPattern),
                ],
            }
        );
}
