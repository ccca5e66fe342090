using System.Net;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// The kernel's routing table for packets that arrive on one interface: an access link, or a tunnel of a local mobility anchor. One
/// rule per interface and family leads to it, so the number of rules does not grow with the number of sessions. The table drops all
/// packets for which it has no route. For IPv6, it has a source-specific route for each prefix from which packets may come. The kernel
/// has no such routes for IPv4: see <see cref="Ipv4SourceRoutes"/> and <see cref="ReversePath"/>.
/// </summary>
internal static class ArrivalTable
{
    /// <summary>The table's number: interface indices are unique in a network namespace.</summary>
    public static uint Of(int interfaceIndex) => KernelMarks.FirstArrivalTable + (uint)interfaceIndex;

    public static void Add(RouteNetlink netlink, string name, int interfaceIndex, params IReadOnlyList<IPAddress> families)
    {
        foreach (var any in families)
        {
            netlink.Routes.Add(KernelMarks.DropAll(Of(interfaceIndex), any));
            netlink.Rules.Add(KernelMarks.Arriving(name, Of(interfaceIndex), any));
        }
    }

    /// <summary>Removes the table and its rules, also if the interface is gone. The table has no other routes any more.</summary>
    public static void Remove(RouteNetlink netlink, string name, int interfaceIndex, params IReadOnlyList<IPAddress> families)
    {
        foreach (var any in families)
        {
            KernelMarks.IgnoreGone(() => netlink.Rules.Remove(KernelMarks.Arriving(name, Of(interfaceIndex), any)));
            KernelMarks.IgnoreGone(() => netlink.Routes.Remove(KernelMarks.DropAll(Of(interfaceIndex), any)));
        }
    }

    /// <summary>Lets packets with a source address in an IPv6 prefix pass on to the next rule, and so to the main table.</summary>
    public static KernelRoute Pass(int interfaceIndex, IPNetwork from) =>
        new(new IPNetwork(IPAddress.IPv6Any, 0))
        {
            From = from,
            Type = KernelRouteType.Throw,
            Table = Of(interfaceIndex),
            Protocol = KernelMarks.Protocol,
            Metric = KernelMarks.Metric,
        };
}
