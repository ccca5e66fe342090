using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>Opens the data path of a node.</summary>
public static class TunnelDevices
{
    /// <summary>
    /// The modes for which a kernel's devices are taken if it has them. Not UDP: two MAGs behind one NAT differ in their ports only, and a
    /// kernel that tells tunnels apart by addresses has one of them.
    /// </summary>
    private static readonly TunnelMode[] _ofKernels = [TunnelMode.Ipv6, TunnelMode.Ipv4];

    /// <summary>
    /// Opens tunnels in the calling thread's namespace. Afterwards any thread can use them; they start the threads that they need.
    /// </summary>
    /// <exception cref="LinuxException">The kernel does not support the requested kind, or this process may not use it.</exception>
    /// <param name="protection">For tunnels under ESP; null if there are to be none. Only TUN devices carry them.</param>
    /// <param name="messages">Takes the messages at the UDP ports of tunnels; null if none are expected there.</param>
    public static ITunnelDevices Open(TunnelDeviceKind kind, ITunnelProtection? protection = null, TunnelMessages? messages = null)
    {
        using (var netlink = RouteNetlink.Open())
        {
            Seg6Tunnels.RemoveLeftovers(netlink);
        }
        return Make(kind, protection, messages);
    }

    private static ITunnelDevices Make(TunnelDeviceKind kind, ITunnelProtection? protection, TunnelMessages? messages) =>
        kind switch
        {
            TunnelDeviceKind.Kernel => KernelTunnels.Open(),
            TunnelDeviceKind.Tun => TunTunnels.Open(
                KernelTunnels.WhyNot(TunnelMode.Ipv6) is null
                    ? "TUN, as requested; the kernel's own tunnel devices answer some packets of TUN tunnels with Port Unreachable"
                    : "TUN, as requested",
                protection,
                messages
            ),
            TunnelDeviceKind.Seg6 => Seg6Tunnels.Open(),
            TunnelDeviceKind.Auto => Choose(protection, messages),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of data path."),
        };

    private static ITunnelDevices Choose(ITunnelProtection? protection, TunnelMessages? messages)
    {
        var missing = _ofKernels.ToDictionary(mode => mode, KernelTunnels.WhyNot);
        return missing.Values.All(reason => reason is not null)
            ? TunTunnels.Open($"TUN, because {string.Join(", and ", missing.Values)}", protection, messages)
            : FallbackTunnels.Open([.. _ofKernels.Where(mode => missing[mode] is null)], protection, messages);
    }
}
