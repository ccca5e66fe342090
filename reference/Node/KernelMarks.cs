using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>Marks the routes, rules and addresses of a node in the kernel, so that they can be found after the node was killed.</summary>
internal static class KernelMarks
{
    /// <summary>
    /// RTPROT_*, IFAPROT_*: an unregistered number, shown by <c>ip route</c>, <c>ip rule</c> and <c>ip address</c> as <c>proto
    /// 213</c>.
    /// </summary>
    public const byte Protocol = 213;

    /// <summary>The metric of routes: they coexist with other routes and have precedence.</summary>
    public const uint Metric = 213;

    /// <summary>
    /// The priorities of rules: permitted packets are looked up first, other packets of the interface are dropped, both before
    /// the main table.
    /// </summary>
    public const uint AcceptPriority = 5213,
        DropPriority = 5214;

    /// <summary>A table that drops all packets.</summary>
    public const uint BlackholeTable = 5213_0;

    /// <summary>For packets from the tunnel of a MAG: to an access link or dropped (RFC 5213, Section 6.10.5).</summary>
    public const uint DeliveryTable = 5213_1;

    /// <summary>The first of the tables for packets from one source prefix.</summary>
    public const uint FirstSourceTable = 5213_00;

    /// <summary>Removes the rules, routes and addresses of a node.</summary>
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
