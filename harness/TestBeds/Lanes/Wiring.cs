using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// Cables between namespaces. Without offloads and automatic addresses, the frames on the wire are the frames that are captured.
/// </summary>
internal static class Wiring
{
    /// <summary>Joins two namespaces by a veth pair. Both ends are down.</summary>
    /// <param name="address">The link-layer address of the end in <paramref name="node"/>; null lets the kernel choose.</param>
    /// <param name="isAccessLink">True if nodes come and go on the link, so that duplicate address detection is needed there.</param>
    /// <param name="mtu">In octets; null for that of the kernel.</param>
    public static void Cable(
        NetworkNamespace node,
        string nodeInterface,
        MacAddress? address,
        NetworkNamespace other,
        string otherInterface,
        bool isAccessLink,
        int? mtu = null
    )
    {
        other.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.AddVethPair(
                new VethEnd(otherInterface) { Mtu = mtu },
                new VethEnd(nodeInterface)
                {
                    Namespace = node,
                    Address = address,
                    Mtu = mtu,
                }
            );
            Plain(otherInterface);
        });
        node.Run(() =>
        {
            Plain(nodeInterface);
            if (!isAccessLink)
            {
                KernelAddressTest.SwitchOff(nodeInterface);
            }
        });
    }

    /// <summary>Switches off the offloads, which make a captured frame differ from the frame on the wire.</summary>
    public static void Plain(string name) => InterfaceOffloads.Set(name, InterfaceOffloads.Read(name), on: false);

    /// <summary>Prepares the end of a cable in the calling thread's namespace whose other end is of another kernel.</summary>
    /// <param name="mtu">In octets; null for that of the kernel.</param>
    public static void Prepare(string name, int? mtu)
    {
        Plain(name);
        if (mtu is { } octets)
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetMtu(netlink.Links.Get(name).Index, octets);
        }
    }

    public static void Up(NetworkNamespace inside, string name) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetUp(netlink.Links.Get(name).Index);
        });

    /// <summary>Waits until packets pass at an end and its kernel can resolve its neighbours. Both ends must be up.</summary>
    public static void WaitUntilRunning(NetworkNamespace inside, string name) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var index = netlink.Links.Get(name).Index;
            netlink.Links.WaitUntilRunning(index, KernelTime.Now + RunsWithin);
            netlink.Addresses.WaitUntilLinkLocal(index, KernelTime.Now + RunsWithin);
        });

    /// <summary>Whether packets pass at an end. The query makes the kernel process pending changes of the link.</summary>
    public static bool IsUp(NetworkNamespace inside, string name) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            return netlink.Links.Get(name).IsRunning;
        });

    private static TimeSpan RunsWithin => TimeSpan.FromSeconds(10);
}
