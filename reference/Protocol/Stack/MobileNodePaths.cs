using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The paths by which a mobile node sends (RFC 6275, Section 11.3.1): by the interface of the source address, and from a home address by a
/// tunnel to the home agent, by the home link, or from a care-of address with a Home Address option.
/// </summary>
internal sealed class MobileNodePaths(StackParts parts, StackTunnels tunnels)
{
    /// <summary>A packet out of a tunnel is reported at most once in this time of each source.</summary>
    private static readonly TimeSpan _reportInterval = TimeSpan.FromSeconds(1);

    private readonly FlowTable _flows = new();
    private readonly IdleTable<IPAddress, bool> _reported = new(FlowTable.Capacity, _reportInterval);

    private OwnHomeAddresses Homes => parts.OwnHomes;

    /// <summary>The target for packets of this node with a source address, which may have several paths; null if there is none.</summary>
    public RouteTarget? RouteOf(IPAddress source, IPAddress destination)
    {
        if (!Homes.IsMobileNode)
        {
            return parts.Routes.Find(destination);
        }
        if (Homes.Contains(source) && parts.Routes.FindBySource(source, destination) is { } target)
        {
            return target;
        }
        return parts.Interfaces.Values.FirstOrDefault(on => on.HasAssigned(source)) is { } own ? RouteBy(own, source, destination)
            : Homes.Contains(source) ? new RouteTarget.Blackhole()
            : parts.Routes.Find(destination);
    }

    /// <summary>The path of a flow from a home address. Without one that is there, packets are dropped.</summary>
    public RouteTarget? PathOf(RouteTarget.OneOf several, IpPacket packet, Now now)
    {
        var there = several.Tunnels.Where(tunnel => tunnels.Contains(tunnel) && parts.CanSendFrom(tunnel.Local)).ToList();
        List<IPAddress> paths = [.. there.Select(tunnel => tunnel.Local)];
        if (several.HomeLink is { } home && parts.Interfaces[home].IsUp)
        {
            paths.Add(packet.Source);
        }
        if (paths.Count == 0)
        {
            return new RouteTarget.Blackhole();
        }

        var path = _flows.Choose(packet, paths, now.Monotonic);
        return there.Find(tunnel => tunnel.Local.Equals(path)) is { } chosen ? new RouteTarget.IntoTunnel(chosen)
            : several.HomeLink is { } link ? RouteBy(parts.Interfaces[link], packet.Source, packet.Destination)
            : null;
    }

    /// <summary>
    /// The packet with a Home Address option, if it is one from a home address to a peer that takes such packets; otherwise as it is.
    /// </summary>
    /// <param name="packet">A packet of this node.</param>
    /// <param name="routed">The same, possibly with a routing header to its destination.</param>
    public IpPacket FromCareOf(IpPacket packet, IpPacket routed, Now now)
    {
        if (routed is not Ipv6Packet ipv6 || !Homes.Contains(packet.Source))
        {
            return routed;
        }

        List<IPAddress> careOfs = [.. Homes.CareOfAddressesFor(packet.Destination, packet.Source).Where(parts.CanSendFrom)];
        if (careOfs.Count == 0)
        {
            return routed;
        }

        var (at, next) = Ipv6FragmentablePart.Start(ipv6);
        var header = new DestinationOptionsHeader(next, [new HomeAddressOption(packet.Source)]);
        if (ipv6.Payload.Length + header.Length > ushort.MaxValue)
        {
            parts.Log("HomeAddressRoom", $"{ipv6.Length} octets to {packet.Destination} leave no room for a Home Address option");
            return routed;
        }

        var marked = Ipv6FragmentablePart.WithNextHeader(ipv6, at, IpProtocol.DestinationOptions, header.Before(ipv6.Payload.Span[at..]));
        return marked with { Source = _flows.Choose(packet, careOfs, now.Monotonic) };
    }

    /// <summary>The home address with which this node begins to talk to a global destination; null if none has a path.</summary>
    public IPAddress? HomeFor(IPAddress destination) =>
        AddressScope.IsIpv4(destination) || AddressScope.IsLink(destination) || AddressScope.IsGroup(destination)
            ? null
            : Homes.All.FirstOrDefault(home => RouteOf(home, destination) is not (null or RouteTarget.Blackhole));

    /// <summary>A packet to a home address has come on a path: that of a care-of address, or of the home address itself at home.</summary>
    public void Hear(IpPacket packet, IPAddress path, Now now)
    {
        if (!IsSignal(packet))
        {
            _flows.Hear(packet, path, now.Monotonic);
        }
    }

    /// <summary>New flows take this path.</summary>
    public void Prefer(IPAddress path, Now now) => _flows.Prefer(path, now.Monotonic);

    /// <summary>Tells the role of a packet to a home address that has come out of a tunnel (RFC 6275, Section 11.7.2).</summary>
    public void Report(Tunnel tunnel, IpPacket inner, Now now)
    {
        if (inner.Source.Equals(tunnel.Remote) || IsSignal(inner) || _reported.TryFind(inner.Source, now.Monotonic, out _))
        {
            return;
        }

        _reported.Set(inner.Source, true, now.Monotonic);
        parts.Tell(new RoleInput.TunnelledPacket(tunnel, inner.Source, inner.Destination), now);
    }

    /// <summary>
    /// The route by an interface. RFC 5648, Section 5.6.4: from an address about which it is silent, all packets go to a default router.
    /// </summary>
    private RouteTarget? RouteBy(NodeInterface on, IPAddress source, IPAddress destination) =>
        parts.Routes.Find(destination, on.Link, onlyByRouter: on.Find(source) is { IsSilent: true });

    private static bool IsSignal(IpPacket packet) =>
        packet is Ipv6Packet ipv6
        && ipv6.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol is IpProtocol.MobilityHeader or IpProtocol.Esp;
}
