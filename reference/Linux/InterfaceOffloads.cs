using System.Runtime.InteropServices;
using System.Text;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// Work that a device does in place of the kernel. With offloads, captured frames can differ from the frames on the wire.
/// </summary>
[Flags]
public enum Offloads
{
    None = 0,

    /// <summary>Verifying transport checksums.</summary>
    ReceiveChecksum = 0x01,

    /// <summary>Filling in transport checksums.</summary>
    TransmitChecksum = 0x02,

    /// <summary>Cutting long TCP segments to size (TSO).</summary>
    TcpSegmentation = 0x04,

    /// <summary>Cutting long packets of any protocol to size, as late as possible (GSO).</summary>
    GenericSegmentation = 0x08,

    /// <summary>Joining received segments (GRO).</summary>
    GenericReceive = 0x10,

    /// <summary>Joining received segments in hardware (LRO).</summary>
    LargeReceive = 0x20,
}

/// <summary>The offloads of an interface of the calling thread's namespace: ioctl SIOCETHTOOL, linux/ethtool.h.</summary>
public static class InterfaceOffloads
{
    /// <summary>linux/sockios.h: SIOCETHTOOL.</summary>
    private const nuint EthtoolRequest = 0x8946;

    /// <summary>linux/ethtool.h: ETHTOOL_GFLAGS, ETHTOOL_SFLAGS, and ETH_FLAG_LRO among those flags.</summary>
    private const uint GetFlags = 0x25,
        SetFlags = 0x26,
        LargeReceiveFlag = 1 << 15;

    /// <summary>
    /// linux/ethtool.h: ETHTOOL_G* and ETHTOOL_S* of each offload. Checksums come first: segmentation cannot be switched on without
    /// them, and is switched off with them.
    /// </summary>
    private static readonly (Offloads Offload, uint Get, uint Set)[] _switches =
    [
        (Offloads.TransmitChecksum, 0x16, 0x17),
        (Offloads.ReceiveChecksum, 0x14, 0x15),
        (Offloads.TcpSegmentation, 0x1e, 0x1f),
        (Offloads.GenericSegmentation, 0x23, 0x24),
        (Offloads.GenericReceive, 0x2b, 0x2c),
    ];

    /// <summary>The offloads that are on. An offload that the device lacks counts as off.</summary>
    public static Offloads Read(string interfaceName)
    {
        using var socket = OpenSocket(interfaceName);
        var on = Offloads.None;
        foreach (var (offload, get, _) in _switches)
        {
            if (Control(socket, interfaceName, get, 0) is > 0)
            {
                on |= offload;
            }
        }

        return (Control(socket, interfaceName, GetFlags, 0) & LargeReceiveFlag) is > 0 ? on | Offloads.LargeReceive : on;
    }

    /// <summary>Switches offloads on or off. Ignores offloads that the device lacks or does not let be switched.</summary>
    public static void Set(string interfaceName, Offloads offloads, bool on)
    {
        using var socket = OpenSocket(interfaceName);
        foreach (var (offload, _, set) in _switches)
        {
            if (offloads.HasFlag(offload))
            {
                Control(socket, interfaceName, set, on ? 1u : 0);
            }
        }

        if (offloads.HasFlag(Offloads.LargeReceive) && Control(socket, interfaceName, GetFlags, 0) is { } flags)
        {
            Control(socket, interfaceName, SetFlags, on ? flags | LargeReceiveFlag : flags & ~LargeReceiveFlag);
        }
    }

    private static FileDescriptor OpenSocket(string interfaceName) =>
        Libc.OpenSocket(Libc.FamilyInet6, Libc.DatagramSocket, 0, interfaceName);

    /// <summary>The value after the command, or null if the device does not support the command.</summary>
    private static unsafe uint? Control(FileDescriptor socket, string interfaceName, uint command, uint value)
    {
        var argument = new Value { Command = command, Data = value };
        var request = new InterfaceRequest { Data = &argument };
        Encoding.UTF8.GetBytes(interfaceName, request.Name);
        if (Libc.Control(socket, EthtoolRequest, &request) >= 0)
        {
            return argument.Data;
        }

        var error = LinuxException.Last($"ioctl SIOCETHTOOL 0x{command:x}", interfaceName);
        return error.ErrorNumber is Errno.NotSupported or Errno.InvalidArgument ? null : throw error;
    }

    /// <summary>struct ethtool_value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Value
    {
        internal uint Command;
        internal uint Data;
    }

    /// <summary>struct ifreq with ifr_data.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    private unsafe struct InterfaceRequest
    {
        internal Octets16 Name;
        internal void* Data;
    }
}
