using Pmip.Linux.Netlink;

namespace Pmip.Linux.Tunnels;

/// <summary>Opens the data path of a node.</summary>
public static class TunnelDevices
{
    /// <summary>
    /// Opens tunnels in the calling thread's namespace. Afterwards any thread can use them; they start the threads that they need.
    /// </summary>
    /// <exception cref="LinuxException">The kernel does not support the requested kind, or this process may not use it.</exception>
    public static ITunnelDevices Open(TunnelDeviceKind kind)
    {
        using (var netlink = RouteNetlink.Open())
        {
            Seg6Tunnels.RemoveLeftovers(netlink);
        }
        return Make(kind);
    }

    private static ITunnelDevices Make(TunnelDeviceKind kind) =>
        kind switch
        {
            TunnelDeviceKind.Kernel => KernelTunnels.Open(),
            TunnelDeviceKind.Tun => TunTunnels.Open(
                KernelTunnels.WhyNot() is null
                    ? "TUN, as requested; the kernel's own tunnel devices answer some packets of TUN tunnels with Port Unreachable"
                    : "TUN, as requested"
            ),
            TunnelDeviceKind.Seg6 => Seg6Tunnels.Open(),
            TunnelDeviceKind.Auto => KernelTunnels.WhyNot() is { } reason
                ? TunTunnels.Open($"TUN, because {reason}")
                : KernelTunnels.Open(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of data path."),
        };
}
