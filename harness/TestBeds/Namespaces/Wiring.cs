using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Conformance.TestBeds.Namespaces;

/// <summary>Cables between namespaces, made so that frames are on the wire as they are seen: no offloads, no addresses of the kernel's choice.</summary>
internal static class Wiring
{
    /// <summary>Joins two namespaces by a veth pair. Both ends are down.</summary>
    /// <param name="address">The link-layer address of the end in <paramref name="node"/>; null leaves it to the kernel.</param>
    /// <param name="isAccessLink">Nodes come and go on it, so that the node tests its addresses there for uniqueness.</param>
    public static void Cable(
        NetworkNamespace node,
        string nodeInterface,
        MacAddress? address,
        NetworkNamespace other,
        string otherInterface,
        bool isAccessLink
    )
    {
        other.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.AddVethPair(new VethEnd(otherInterface), new VethEnd(nodeInterface) { Namespace = node, Address = address });
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

    /// <summary>Switches off what makes a frame on the wire other than what is captured.</summary>
    public static void Plain(string name) => InterfaceOffloads.Set(name, InterfaceOffloads.Read(name), on: false);

    public static void Up(NetworkNamespace inside, string name) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Links.SetUp(netlink.Links.Get(name).Index);
        });

    /// <summary>Waits until packets pass at an end, and the kernel there can ask for its neighbours; both ends are up.</summary>
    public static void WaitUntilRunning(NetworkNamespace inside, string name) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var index = netlink.Links.Get(name).Index;
            netlink.Links.WaitUntilRunning(index, KernelTime.Now + RunsWithin);
            netlink.Addresses.WaitUntilLinkLocal(index, KernelTime.Now + RunsWithin);
        });

    /// <summary>Whether packets pass at an end. Asking makes the kernel settle what it had not told yet.</summary>
    public static bool IsUp(NetworkNamespace inside, string name) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            return netlink.Links.Get(name).IsRunning;
        });

    private static TimeSpan RunsWithin => TimeSpan.FromSeconds(10);
}
