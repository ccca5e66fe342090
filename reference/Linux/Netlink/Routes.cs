using System.Net;
using Pmip.Linux.Native;

namespace Pmip.Linux.Netlink;

/// <summary>Routes: RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE.</summary>
public sealed class Routes
{
    /// <summary>linux/rtnetlink.h.</summary>
    internal const ushort NewMessage = 24,
        DeleteMessage = 25,
        GetMessage = 26;

    /// <summary>linux/rtnetlink.h: RT_SCOPE_*; only IPv4 has scopes.</summary>
    private const byte UniverseScope = 0,
        LinkScope = 253,
        HostScope = 254,
        NowhereScope = 255;

    private readonly NetlinkSocket _socket;

    internal Routes(NetlinkSocket socket) => _socket = socket;

    /// <summary>Lists the routes of all tables, including the local table.</summary>
    public IReadOnlyList<KernelRoute> List() =>
        _socket.Dump(new NetlinkRequest(GetMessage, "RTM_GETROUTE").AddHeader(new KernelRoute.Header()), Read);

    /// <exception cref="LinuxException">The route exists already (EEXIST), or its next hop cannot be reached.</exception>
    public void Add(KernelRoute route) =>
        _socket.Execute(Request(NewMessage, "RTM_NEWROUTE", route, NetlinkRequest.Create | NetlinkRequest.Exclusive), Describe(route));

    /// <summary>Adds the route; replaces an existing route to the same network with the same metric.</summary>
    public void Replace(KernelRoute route) =>
        _socket.Execute(Request(NewMessage, "RTM_NEWROUTE", route, NetlinkRequest.Create | NetlinkRequest.Replace), Describe(route));

    /// <exception cref="LinuxException">There is no such route (ESRCH).</exception>
    public void Remove(KernelRoute route) => _socket.Execute(Request(DeleteMessage, "RTM_DELROUTE", route, 0), Describe(route));

    /// <summary>Returns the route that a packet of this node would take.</summary>
    /// <exception cref="LinuxException">There is no route (ENETUNREACH), or the route refuses packets (EINVAL for a blackhole).</exception>
    public KernelRoute Lookup(IPAddress destination, IPAddress? source = null)
    {
        var octets = destination.GetAddressBytes();
        var header = new KernelRoute.Header
        {
            Family = Family.Of(destination),
            ToLength = (byte)(8 * octets.Length),
            FromLength = (byte)(source is null ? 0 : 8 * octets.Length),
        };
        var request = new NetlinkRequest(GetMessage, "RTM_GETROUTE").AddHeader(header).Add(KernelRoute.DestinationAttribute, octets);
        if (source is not null)
        {
            request.Add(KernelRoute.SourceAttribute, source.GetAddressBytes());
        }
        return _socket.Get(request, $"from {source?.ToString() ?? "any"} to {destination}", Read);
    }

    private static KernelRoute? Read(ushort type, ReadOnlySpan<byte> payload) => KernelRoute.Read(payload);

    private static string Describe(KernelRoute route) =>
        $"{route.Type.ToString().ToLowerInvariant()} {route.To}"
        + (route.From is { } from ? $" from {from}" : "")
        + (route.Gateway is { } gateway ? $" via {gateway}" : "")
        + (route.LinkIndex is { } link ? $" on interface {link}" : "")
        + $" in table {route.Table}";

    private static NetlinkRequest Request(ushort type, string name, KernelRoute route, int flags)
    {
        var family = Family.Of(route.To.BaseAddress);
        var header = new KernelRoute.Header
        {
            Family = family,
            ToLength = (byte)route.To.PrefixLength,
            FromLength = (byte)(route.From?.PrefixLength ?? 0),

            // The attribute gives the table if its number does not fit into the octet.
            Table = (byte)Math.Min(route.Table, byte.MaxValue),
            Protocol = route.Protocol,
            Scope = family == Libc.FamilyInet6 ? UniverseScope : Scope(type, route),
            Type = (byte)route.Type,
        };
        var request = new NetlinkRequest(type, name, (ushort)flags)
            .AddHeader(header)
            .Add(KernelRoute.TableAttribute, route.Table)
            .AddIfAny(KernelRoute.OutAttribute, route.LinkIndex)
            .AddIfAny(KernelRoute.PriorityAttribute, route.Metric);
        if (route.To.PrefixLength > 0)
        {
            request.Add(KernelRoute.DestinationAttribute, route.To.BaseAddress.GetAddressBytes());
        }
        if (route.From is { PrefixLength: > 0 } from)
        {
            request.Add(KernelRoute.SourceAttribute, from.BaseAddress.GetAddressBytes());
        }
        if (route.Gateway is { } gateway)
        {
            request.Add(KernelRoute.GatewayAttribute, gateway.GetAddressBytes());
        }
        if (route.PreferredSource is { } source)
        {
            request.Add(KernelRoute.PreferredSourceAttribute, source.GetAddressBytes());
        }
        if (route.Mtu is { } mtu)
        {
            request.AddNested(KernelRoute.MetricsAttribute, metrics => metrics.Add(KernelRoute.MtuMetric, mtu));
        }
        route.Encapsulation?.AddTo(request);
        return request;
    }

    private static byte Scope(ushort type, KernelRoute route) =>
        route switch
        {
            _ when type == DeleteMessage => NowhereScope,
            { Type: KernelRouteType.Local } => HostScope,
            { Type: KernelRouteType.Unicast, Gateway: null } => LinkScope,
            _ => UniverseScope,
        };
}
