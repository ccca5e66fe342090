using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Domains;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// The reference as a mobile node of Mobile IPv6, which has a home address; any other one is a host. It makes its care-of addresses from
/// router advertisements, when the carrier of a link comes up.
/// </summary>
internal sealed class MobileNodeReference : ReferenceRole
{
    public override NodeRole Role => NodeRole.Mn;

    public override bool Plays(DomainNode node) => base.Plays(node) && node.HomeAddress is not null;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random)
    {
        var settings = Settings(node, setup);
        return new MobileNode(settings, setup.Changes.Apply(MobileNodeRules.For(settings)), random);
    }

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            ProcessesHomeAddressOption = true,
            Interfaces = [.. node.Interfaces.Select(known => Interface(known) with { Autoconfigure = true, InitiallyUp = false })],
            Routes = [.. Ipv4Routes(node, setup).Select(route => new StaticRoute(IpPrefix.AllIpv4, route.Link, route.Router))],
        };

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed) =>
        Process(node, setup, seed, NodeConfiguration.MobileNodeRole) with
        {
            MobileNode = Settings(node, setup),
            Routes =
            [
                .. Ipv4Routes(node, setup)
                    .Select(route => new NodeRoute
                    {
                        To = IpPrefix.AllIpv4,
                        Via = route.Router,
                        Link = route.Link.Name,
                    }),
            ],
        };

    /// <summary>RFC 6275, Sections 12 and 13.</summary>
    public override IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup) =>
        [
            new("INITIAL_BINDACK_TIMEOUT", TimeSpan.FromMilliseconds(1000)),
            new("InitialBindackTimeoutFirstReg", TimeSpan.FromMilliseconds(1500)),
            new("MAX_BINDACK_TIMEOUT", TimeSpan.FromMilliseconds(32_000)),
            new("MAX_DELETE_BCE_TIMEOUT", TimeSpan.FromMilliseconds(10_000)),
        ];

    /// <summary>The IPv4 routers of the links on which the node has an IPv4 address.</summary>
    private static IEnumerable<(LinkId Link, IPAddress Router)> Ipv4Routes(DomainNode node, ReferenceSetup setup) =>
        from known in node.Interfaces
        where known.Addresses.Any(address => address.AddressFamily == AddressFamily.InterNetwork)
        from router in setup.Domain.Of(NodeRole.Router)
        let address = known.Link is { } link ? router.AddressOn(link, AddressFamily.InterNetwork) : null
        where address is not null
        select (new LinkId(known.Name), address);

    private static MobileNodeSettings Settings(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(
            new MobileNodeSettings
            {
                HomeAddress = node.HomeAddress!,
                HomePrefix = McoaDomains.HomePrefix,
                HomeAgent = setup.AddressOf(NodeRole.Ha),
                Links = [.. node.Interfaces.Select(known => new LinkId(known.Name))],
                LinkLayerAddresses = node.Interfaces.ToDictionary(known => new LinkId(known.Name), known => known.LinkLayer!.Value),
                ProtectionRequired = IsProtectionRequired(node, setup),
            }
        );
}
