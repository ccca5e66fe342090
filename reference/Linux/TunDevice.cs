using System.Runtime.InteropServices;
using System.Text;
using Pmip.Linux.Native;
using Pmip.Linux.Netlink;

namespace Pmip.Linux;

/// <summary>
/// An interface whose other end is this program: packets that the kernel sends by it are read, packets written come in by
/// it. linux/if_tun.h. It is gone when it is disposed of, and with the process.
/// </summary>
public sealed class TunDevice : IReadable, IDisposable
{
    private const string Path = "/dev/net/tun";

    /// <summary>linux/if_tun.h: TUNSETIFF, IFF_TUN, IFF_NO_PI.</summary>
    private const nuint SetInterface = 0x400454ca;

    private const short LayerThree = 0x0001,
        NoPacketInformation = 0x1000,
        VirtioHeaders = 0x4000;

    /// <summary>linux/if_tun.h: TUNSETOFFLOAD; checksums, and segments of TCP, with ECN, and of UDP, both versions of IP.</summary>
    private const nuint SetOffloads = 0x400454d0;
    private const nint ChecksumOffload = 0x01,
        TcpOffloads = 0x04 | 0x08,
        UdpOffloads = 0x20 | 0x40;

    /// <summary>Room for what a connection sends while this program is busy with the other direction.</summary>
    private const int TunnelQueue = 4000;

    private TunDevice(FileDescriptor descriptor, string name, int interfaceIndex)
    {
        Descriptor = descriptor;
        Name = name;
        InterfaceIndex = interfaceIndex;
    }

    public FileDescriptor Descriptor { get; }

    public string Name { get; }

    public int InterfaceIndex { get; }

    /// <summary>Makes a device in the calling thread's namespace, brings it up and waits until it is running.</summary>
    /// <param name="name">At most 15 octets; <c>%d</c> in it becomes a free number.</param>
    public static TunDevice Create(string name, int mtu = 1500) => Create(name, mtu, isForTunnel: false);

    /// <summary>
    /// Makes a device that the kernel gives no address and asks for no routers on. A <see cref="VirtioHeader"/> stands before each
    /// packet: cutting long TCP segments and UDP datagrams and finishing checksums are left to this program, as far as the kernel can.
    /// </summary>
    /// <inheritdoc cref="Create(string, int)"/>
    internal static TunDevice CreateForTunnel(string name, int mtu) => Create(name, mtu, isForTunnel: true);

    private static TunDevice Create(string name, int mtu, bool isForTunnel)
    {
        var descriptor = Libc.Open(Path, Libc.ReadWrite | Libc.NonBlocking);
        try
        {
            var given = Attach(descriptor, name, isForTunnel);
            if (isForTunnel)
            {
                Offload(descriptor, given);
            }
            using var netlink = RouteNetlink.Open();
            var index = netlink.Links.Get(given).Index;
            netlink.Links.SetMtu(index, mtu);
            if (isForTunnel)
            {
                netlink.Links.SetLinkLocalAddress(index, enabled: false);
                netlink.Links.SetQueueLength(index, TunnelQueue);
            }

            netlink.Links.SetUp(index);
            netlink.Links.WaitUntilRunning(index, until: null);
            return new TunDevice(descriptor, given, index);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Reads the oldest packet not yet taken, from its IP header on. False if there is none now.</summary>
    /// <param name="buffer">What is longer than it is cut off: let it be as long as the MTU.</param>
    public bool TryRead(Span<byte> buffer, out int length) => Libc.TryRead(Descriptor, buffer, Name, out length);

    /// <summary>Has a packet come in by the device.</summary>
    /// <exception cref="LinuxException">The device is down (EIO), or this is no IP packet (EINVAL).</exception>
    public void Write(ReadOnlySpan<byte> packet) => Libc.Write(Descriptor, packet, Name);

    public void Dispose() => Descriptor.Dispose();

    public override string ToString() => Name;

    /// <returns>The name the device was given.</returns>
    private static unsafe string Attach(FileDescriptor descriptor, string name, bool hasVirtioHeaders)
    {
        var request = new InterfaceRequest { Flags = (short)(LayerThree | NoPacketInformation | (hasVirtioHeaders ? VirtioHeaders : 0)) };
        if (Encoding.UTF8.GetByteCount(name) >= Octets16.Length)
        {
            throw new ArgumentException($"'{name}' is too long for an interface.", nameof(name));
        }
        Encoding.UTF8.GetBytes(name, request.Name);
        if (Libc.Control(descriptor, SetInterface, &request) < 0)
        {
            throw LinuxException.Last("ioctl TUNSETIFF", name);
        }
        var given = (ReadOnlySpan<byte>)request.Name;
        return Encoding.UTF8.GetString(given[..given.IndexOf((byte)0)]);
    }

    private static unsafe void Offload(FileDescriptor descriptor, string name)
    {
        // Before Linux 6.2 there are no segments of UDP.
        if (
            Libc.Control(descriptor, SetOffloads, (void*)(ChecksumOffload | TcpOffloads | UdpOffloads)) < 0
            && Libc.Control(descriptor, SetOffloads, (void*)(ChecksumOffload | TcpOffloads)) < 0
        )
        {
            throw LinuxException.Last("ioctl TUNSETOFFLOAD", name);
        }
    }

    /// <summary>struct ifreq with ifr_flags.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    private struct InterfaceRequest
    {
        internal Octets16 Name;
        internal short Flags;
    }
}
