using Pmip.Linux.Netlink;

namespace Pmip.Linux.Tunnels;

/// <summary>Opens the data path of a node.</summary>
public static class TunnelDevices
{
    /// <summary>Tunnels of the calling thread's namespace. Afterwards any thread uses them; those they need are their own.</summary>
    /// <exception cref="LinuxException">The kernel has not what was asked for, or this process may not use it.</exception>
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
                    ? "TUN, as asked for, though the kernel has tunnel devices; with these it answers some packets of TUN's tunnels with Port Unreachable"
                    : "TUN, as asked for"
            ),
            TunnelDeviceKind.Seg6 => Seg6Tunnels.Open(),
            TunnelDeviceKind.Auto => KernelTunnels.WhyNot() is { } reason
                ? TunTunnels.Open($"TUN, because {reason}")
                : KernelTunnels.Open(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such data path."),
        };
}
