namespace Pmip.Linux.Tunnels;

/// <summary>The kinds of data path for tunnels.</summary>
public enum TunnelDeviceKind
{
    /// <summary>For each mode without UDP, kernel tunnel devices if the kernel has them; TUN otherwise.</summary>
    Auto,

    /// <summary>Tunnel devices of the kernel (<c>ip6tnl</c>, <c>sit</c>, <c>fou</c>).</summary>
    Kernel,

    /// <summary>Tunnels that this program implements itself, behind TUN devices.</summary>
    Tun,

    /// <summary>The kernel's segment routing: fast, but never chosen automatically, because it departs from the specifications.</summary>
    Seg6,
}
