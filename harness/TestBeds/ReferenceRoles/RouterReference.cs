using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// The router of the links to which a mobile node of Mobile IPv6 comes, on the core link, too. The home link is behind the home agent.
/// </summary>
internal sealed class RouterReference : ReferenceRole
{
    public override NodeRole Role => NodeRole.Router;

    public override bool Plays(DomainNode node) => base.Plays(node) && node.IsReal;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random) => new AdvertisingRouter(AdvertisedBy(node, setup));

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            IsRouter = true,
            Routes = [RouteTo(McoaDomains.HomePrefix, setup.Domain.Of(NodeRole.Ha).First())],
        };

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed) =>
        Process(node, setup, seed, NodeConfiguration.RouterRole) with
        {
            Router = Advertises(node, setup),
            Routes = [NodeRouteTo(McoaDomains.HomePrefix, setup.Domain.Of(NodeRole.Ha).First())],
        };

    /// <summary>The same as <see cref="AdvertisedBy"/>, for a <c>pmip-node</c>; null if there are none.</summary>
    internal static RouterSettings? Advertises(DomainNode node, ReferenceSetup setup) =>
        AdvertisedBy(node, setup) is { Count: > 0 } links
            ? new RouterSettings { AdvertisedLinks = [.. links.Select(link => link.Link)] }
            : null;

    /// <inheritdoc cref="RouteTo"/>
    internal static NodeRoute NodeRouteTo(Ipv6Prefix prefix, DomainNode router) =>
        new()
        {
            To = prefix,
            Via = router.AddressOn(Ports.Core)!,
            Link = Ports.Core.Name,
        };

    /// <summary>The links to which mobile nodes come and on which a node has an address, each with its prefix.</summary>
    internal static IReadOnlyList<AdvertisedLink> AdvertisedBy(DomainNode node, ReferenceSetup setup) =>
        [
            .. node
                .Interfaces.Where(known => setup.Domain.IsAccess(known.Link) && known.Addresses.Count > 0)
                .Select(known => new AdvertisedLink(
                    new LinkId(known.Name),
                    known.LinkLayer!.Value,
                    new Ipv6Prefix(known.Addresses[0], DomainInterface.PrefixLengthOf(known.Addresses[0]))
                )),
        ];

    /// <summary>A route over the core link.</summary>
    internal static StaticRoute RouteTo(Ipv6Prefix prefix, DomainNode router) =>
        new(prefix, new LinkId(Ports.Core.Name), router.AddressOn(Ports.Core)!);
}
