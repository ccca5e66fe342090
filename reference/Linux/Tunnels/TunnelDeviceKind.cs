namespace Pmip.Linux.Tunnels;

/// <summary>What carries the packets of tunnels.</summary>
public enum TunnelDeviceKind
{
    /// <summary>Kernel tunnel devices where there are any, TUN otherwise.</summary>
    Auto,

    /// <summary>Tunnel devices of the kernel (<c>ip6tnl</c>).</summary>
    Kernel,

    /// <summary>This program, behind TUN devices.</summary>
    Tun,

    /// <summary>The kernel's segment routing: fast, and never by itself, for it departs from the specifications.</summary>
    Seg6,
}
