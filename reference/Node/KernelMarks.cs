using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>What a node's routes, rules and addresses are known by in the kernel, also after it was killed.</summary>
internal static class KernelMarks
{
    /// <summary>RTPROT_*, IFAPROT_*: a number nobody has registered, shown by <c>ip route</c>, <c>ip rule</c> and <c>ip address</c> as <c>proto 213</c>.</summary>
    public const byte Protocol = 213;

    /// <summary>Of routes: they stand beside those of others and win.</summary>
    public const uint Metric = 213;

    /// <summary>Of rules: what has a right to be forwarded is looked up before all else of its interface is dropped; both before the main table.</summary>
    public const uint AcceptPriority = 5213,
        DropPriority = 5214;

    /// <summary>Nothing leads anywhere.</summary>
    public const uint BlackholeTable = 5213_0;

    /// <summary>Everything that comes out of a gateway's tunnel: to an access link or nowhere (RFC 5213, Section 6.10.5).</summary>
    public const uint DeliveryTable = 5213_1;

    /// <summary>The first of the tables for packets from one prefix.</summary>
    public const uint FirstSourceTable = 5213_00;

    /// <summary>Removes what a node has left or leaves behind: rules, routes, addresses.</summary>
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

    /// <summary>Does something that is not missed where it has been done by an interface that went down or away.</summary>
    public static void IgnoreGone(Action remove)
    {
        try
        {
            remove();
        }
        catch (LinuxException gone)
            when (gone.ErrorNumber is Errno.NoDevice or Errno.NoEntry or Errno.NoProcess or Errno.AddressNotAvailable)
        {
            // It is gone already.
        }
    }
}
