using System.Net;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// The kernel's routing table for packets that arrive on one interface: an access link, or a tunnel of a local mobility anchor. It
/// has a source-specific route for each prefix from which packets may come, and drops all others. One rule per interface leads to
/// it, so the number of rules does not grow with the number of sessions.
/// </summary>
internal static class ArrivalTable
{
    /// <summary>The table's number: interface indices are unique in a network namespace.</summary>
    public static uint Of(int interfaceIndex) => KernelMarks.FirstArrivalTable + (uint)interfaceIndex;

    public static void Add(RouteNetlink netlink, string name, int interfaceIndex)
    {
        netlink.Routes.Add(KernelMarks.DropAll(Of(interfaceIndex)));
        netlink.Rules.Add(KernelMarks.Arriving(name, Of(interfaceIndex)));
    }

    /// <summary>Removes the table and its rule, also if the interface is gone. The table has no other routes any more.</summary>
    public static void Remove(RouteNetlink netlink, string name, int interfaceIndex)
    {
        KernelMarks.IgnoreGone(() => netlink.Rules.Remove(KernelMarks.Arriving(name, Of(interfaceIndex))));
        KernelMarks.IgnoreGone(() => netlink.Routes.Remove(KernelMarks.DropAll(Of(interfaceIndex))));
    }

    /// <summary>Lets packets with a source address in a prefix pass on to the next rule, and so to the main table.</summary>
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
