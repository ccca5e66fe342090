using System.Runtime.InteropServices;
using System.Text;
using Pmip.Linux.Native;
using Pmip.Linux.Netlink;

namespace Pmip.Linux;

/// <summary>
/// An interface whose other end is this program: the program reads the packets that the kernel sends on the interface, and the kernel
/// receives the packets that the program writes. linux/if_tun.h. The interface is deleted when this object is disposed of, or when
/// the process ends.
/// </summary>
public sealed class TunDevice : IReadable, IDisposable
{
    private const string Path = "/dev/net/tun";

    /// <summary>linux/if_tun.h: TUNSETIFF, IFF_TUN, IFF_NO_PI.</summary>
    private const nuint SetInterface = 0x400454ca;

    private const short LayerThree = 0x0001,
        NoPacketInformation = 0x1000,
        VirtioHeaders = 0x4000;

    /// <summary>
    /// linux/if_tun.h: TUNSETOFFLOAD; flags for checksums, for TCP segments over both versions of IP, also with ECN, and for UDP segments
    /// over both.
    /// </summary>
    private const nuint SetOffloads = 0x400454d0;
    private const nint ChecksumOffload = 0x01,
        TcpOffloads = 0x02 | 0x04 | 0x08,
        UdpOffloads = 0x20 | 0x40;

    /// <summary>Queue length in packets: room for a connection that sends while this program is busy with the other direction.</summary>
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

    /// <summary>Creates a device in the calling thread's namespace, brings it up and waits until it is running.</summary>
    /// <param name="name">At most 15 octets; the kernel replaces <c>%d</c> by a free number.</param>
    public static TunDevice Create(string name, int mtu = 1500) => Create(name, mtu, isForTunnel: false);

    /// <summary>
    /// Creates a device to which the kernel assigns no address and on which it solicits no routers. A <see cref="VirtioHeader"/>
    /// precedes each packet: as far as the kernel supports it, this program cuts long TCP segments and UDP datagrams and completes
    /// checksums.
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

    /// <summary>Reads the oldest queued packet, from its IP header on. False if the queue is empty.</summary>
    /// <param name="buffer">Should be as long as the MTU; longer packets are truncated.</param>
    public bool TryRead(Span<byte> buffer, out int length) => Libc.TryRead(Descriptor, buffer, Name, out length);

    /// <summary>Makes the kernel receive a packet on the device.</summary>
    /// <exception cref="LinuxException">The device is down (EIO), or the octets are not an IP packet (EINVAL).</exception>
    public void Write(ReadOnlySpan<byte> packet) => Libc.Write(Descriptor, packet, Name);

    public void Dispose() => Descriptor.Dispose();

    public override string ToString() => Name;

    /// <returns>The name the device was given.</returns>
    private static unsafe string Attach(FileDescriptor descriptor, string name, bool hasVirtioHeaders)
    {
        var request = new InterfaceRequest { Flags = (short)(LayerThree | NoPacketInformation | (hasVirtioHeaders ? VirtioHeaders : 0)) };
        if (Encoding.UTF8.GetByteCount(name) >= Octets16.Length)
        {
            throw new ArgumentException($"'{name}' is too long for an interface name.", nameof(name));
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
        // Linux before 6.2 does not support UDP segments.
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
