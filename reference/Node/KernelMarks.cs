using System.Net;
using System.Net.Sockets;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// Marks what a node adds to the kernel: routes, rules, addresses, proxy neighbours, so that they can be found after the node was killed.
/// </summary>
internal static class KernelMarks
{
    /// <summary>
    /// RTPROT_*, IFAPROT_*: an unregistered number, shown by <c>ip route</c>, <c>ip rule</c> and <c>ip address</c> as <c>proto
    /// 213</c>.
    /// </summary>
    public const byte Protocol = 213;

    /// <summary>The metric of routes: they coexist with other routes and have precedence.</summary>
    public const uint Metric = 213;

    /// <summary>The metric of the route that drops all other packets: the same for both families, whose defaults differ.</summary>
    private const uint LastMetric = 1024;

    /// <summary>The priority of the rules for datagrams that the role takes, before all others.</summary>
    public const uint InterceptionPriority = 5211;

    /// <summary>The priority of the rules for packets of one source, before those for all packets of an interface.</summary>
    public const uint SourcePriority = 5212;

    /// <summary>The priority of the rules for packets that arrive on an access link or from a tunnel: before the main table.</summary>
    public const uint Priority = 5213;

    /// <summary>For packets from the tunnel of a MAG: to an access link or dropped (RFC 5213, Section 6.10.5).</summary>
    public const uint DeliveryTable = 5213_1;

    /// <summary>For datagrams that the role takes: all are dropped.</summary>
    public const uint InterceptionTable = 5213_2;

    /// <summary>The number of the first <see cref="ArrivalTable"/>.</summary>
    public const uint FirstArrivalTable = 5213_00;

    /// <summary>The number of the first table of the sources of <see cref="Ipv4SourceRoutes"/> that need one of their own.</summary>
    public const uint FirstSourceTable = 5215_0000;

    /// <summary>The unspecified addresses of both families, for what a node adds once for each.</summary>
    public static IReadOnlyList<IPAddress> Families { get; } = [IPAddress.IPv6Any, IPAddress.Any];

    /// <summary>Drops all packets of a family that no other route of the table matches.</summary>
    public static KernelRoute DropAll(uint table, IPAddress any) =>
        new(new IPNetwork(any, 0))
        {
            Type = KernelRouteType.Blackhole,
            Table = table,
            Protocol = Protocol,
            Metric = LastMetric,
        };

    /// <summary>Packets of a family that arrive on an interface are looked up in a table first.</summary>
    public static KernelRule Arriving(string name, uint table, IPAddress any) =>
        new(Priority, table)
        {
            InputInterface = name,
            IsIpv4 = any.AddressFamily == AddressFamily.InterNetwork,
            Protocol = Protocol,
        };

    /// <summary>IPv4 datagrams to a UDP port that arrive on an interface are not forwarded.</summary>
    public static KernelRule Intercepting(string name, ushort port) =>
        new(InterceptionPriority, InterceptionTable)
        {
            InputInterface = name,
            IsIpv4 = true,
            UpperLayer = Ipv4Protocol.Udp,
            DestinationPort = port,
            Protocol = Protocol,
        };

    /// <summary>Removes the rules, routes, addresses and proxy neighbours of a node.</summary>
    public static void RemoveAll(RouteNetlink netlink)
    {
        foreach (var rule in netlink.Rules.List().Where(rule => rule.Protocol == Protocol))
        {
            IgnoreGone(() => netlink.Rules.Remove(rule));
        }
        foreach (var route in netlink.Routes.List().Where(route => route.Protocol == Protocol))
        {
            IgnoreGone(() => netlink.Routes.Remove(route));
        }
        foreach (var address in netlink.Addresses.List().Where(address => address.Protocol == Protocol))
        {
            IgnoreGone(() => netlink.Addresses.Remove(address.LinkIndex, address.Address, address.PrefixLength));
        }
        foreach (var proxy in netlink.Neighbors.ListProxies().Where(proxy => proxy.Protocol == Protocol))
        {
            IgnoreGone(() => netlink.Neighbors.RemoveProxy(proxy.LinkIndex, proxy.Address));
        }
    }

    /// <summary>Removes an object that may already be gone because its interface went down or was removed.</summary>
    public static void IgnoreGone(Action remove)
    {
        try
        {
            remove();
        }
        catch (LinuxException gone)
            when (gone.ErrorNumber is Errno.NoDevice or Errno.NoEntry or Errno.NoProcess or Errno.AddressNotAvailable)
        {
            // The object is already gone.
        }
    }
}
