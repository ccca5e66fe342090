using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// An interface as a port of a tester, for whole frames: packet(7). The port receives all frames that reach the interface, whatever
/// their destination, and none that leave by it. <see cref="QuietInterface"/> keeps the kernel from using the interface.
/// </summary>
public sealed class PacketPort : IReadable, IDisposable
{
    /// <summary>Room for some ten thousand small frames.</summary>
    public const int DefaultReceiveBuffer = 16 * 1024 * 1024;

    /// <summary>linux/if_packet.h.</summary>
    internal const int PacketLevel = 263,
        IgnoreOutgoing = 23;
    private const int AddMembership = 1,
        Statistics = 6,
        AuxiliaryData = 8;

    /// <summary>linux/if_packet.h: PACKET_MR_PROMISC; linux/if_ether.h: ETH_P_ALL.</summary>
    private const ushort PromiscuousMembership = 1,
        AllProtocols = 3;

    /// <summary>linux/if_packet.h: PACKET_HOST.</summary>
    internal const byte ToThisHost = 0;

    /// <summary>linux/if_packet.h: TP_STATUS_*.</summary>
    private const uint ChecksumNotReady = 0x08,
        VlanValid = 0x10,
        VlanProtocolValid = 0x40,
        ChecksumValid = 0x80;

    /// <summary>IEEE 802.1Q, the usual VLAN protocol, which the kernel does not report.</summary>
    private const ushort VlanProtocol = 0x8100;

    private const int AddressesLength = 2 * MacAddress.Length;
    private const int VlanTagLength = 4;
    private const int MaximumFrame = 64 * 1024 + EthernetFrame.HeaderLength;

    /// <summary>Frames are stored behind space for a VLAN tag.</summary>
    private readonly byte[] _buffer = new byte[VlanTagLength + MaximumFrame];

    private PacketStatistics _statistics;

    private PacketPort(FileDescriptor descriptor, string interfaceName, LinkLayerAddress bound)
    {
        Descriptor = descriptor;
        InterfaceName = interfaceName;
        InterfaceIndex = bound.Index;
        Address = new MacAddress(((ReadOnlySpan<byte>)bound.Address)[..MacAddress.Length]);
    }

    public string InterfaceName { get; }

    public int InterfaceIndex { get; }

    /// <summary>The interface's own address.</summary>
    public MacAddress Address { get; }

    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a port on an interface of the calling thread's namespace.</summary>
    /// <param name="receiveBuffer">
    /// Octets of kernel memory for queued frames; each frame takes some hundred octets more than its length.
    /// </param>
    public static PacketPort Open(string interfaceName, int receiveBuffer = DefaultReceiveBuffer)
    {
        var index = Libc.InterfaceIndex(interfaceName);

        // Protocol 0 receives nothing. The bind below sets the protocol, after all options.
        var socket = Libc.OpenSocket(Libc.FamilyPacket, Libc.RawSocket | Libc.NonBlockingSocket, 0, interfaceName);
        try
        {
            Libc.SetOption(socket, Libc.SocketLevel, Libc.ReceiveBufferForce, receiveBuffer, "SO_RCVBUFFORCE", interfaceName);
            Libc.SetOption(socket, Libc.SocketLevel, Libc.TimestampNanoseconds, 1, "SO_TIMESTAMPNS", interfaceName);
            Libc.SetOption(socket, PacketLevel, AuxiliaryData, 1, "PACKET_AUXDATA", interfaceName);
            Libc.SetOption(socket, PacketLevel, IgnoreOutgoing, 1, "PACKET_IGNORE_OUTGOING", interfaceName);
            Libc.SetOption(
                socket,
                PacketLevel,
                AddMembership,
                new Membership { Index = index, Type = PromiscuousMembership },
                "PACKET_ADD_MEMBERSHIP",
                interfaceName
            );
            Libc.Bind(
                socket,
                new LinkLayerAddress
                {
                    Family = Libc.FamilyPacket,
                    Protocol = BinaryPrimitives.ReverseEndianness(AllProtocols),
                    Index = index,
                },
                interfaceName
            );
            return new PacketPort(socket, interfaceName, Libc.BoundAddress<LinkLayerAddress>(socket, interfaceName));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits until one of the ports has a frame, or until the given time.</summary>
    /// <returns>The ports to receive from; empty if the time came first.</returns>
    public static IReadOnlyList<PacketPort> Wait(IReadOnlyList<PacketPort> ports, KernelTime until) => Readiness.Wait(ports, until);

    /// <summary>Sends a frame; waits for buffer space.</summary>
    /// <exception cref="LinuxException">The interface is down or was deleted, or the frame is too long for it.</exception>
    public void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            Libc.Send(Descriptor, frame, InterfaceName);
        }
        catch (LinuxException down) when (down.ErrorNumber == Errno.NetworkDown)
        {
            // The first call also fails if the interface was down in the past and is up again; the second call fails only if it is
            // down now.
            Libc.Send(Descriptor, frame, InterfaceName);
        }
    }

    /// <summary>
    /// Takes the oldest queued frame. False if the queue is empty, or if the interface went down, which is not an error here: frames
    /// arrive again when it is up.
    /// </summary>
    public bool TryReceive([NotNullWhen(true)] out CapturedFrame? frame)
    {
        frame = null;
        Span<byte> control = stackalloc byte[256];
        Received received;
        try
        {
            if (!Libc.TryReceive<LinkLayerAddress>(Descriptor, _buffer.AsSpan(VlanTagLength), control, InterfaceName, out _, out received))
            {
                return false;
            }
        }
        catch (LinuxException down) when (down.ErrorNumber == Errno.NetworkDown)
        {
            return false;
        }

        if (received.IsTruncated)
        {
            throw new LinuxException("recvmsg", InterfaceName, Errno.MessageSize);
        }
        var (at, auxiliary) = Read(new ControlReader(control[..received.ControlLength]));
        var bytes = _buffer.AsSpan(VlanTagLength, received.Length);
        if ((auxiliary.Status & VlanValid) != 0)
        {
            bytes = PutTagBack(received.Length, auxiliary);
        }
        frame = new CapturedFrame(bytes.ToArray(), at, Checksum(auxiliary.Status));
        return true;
    }

    /// <summary>The frames received and dropped since the port was opened.</summary>
    public PacketStatistics ReadStatistics()
    {
        // The kernel resets its counters at every reading, and counts dropped frames as received too.
        var since = Libc.GetOption<KernelStatistics>(Descriptor, PacketLevel, Statistics, "PACKET_STATISTICS", InterfaceName);
        return _statistics = new PacketStatistics(_statistics.Received + since.Packets - since.Drops, _statistics.Dropped + since.Drops);
    }

    public void Dispose() => Descriptor.Dispose();

    public override string ToString() => InterfaceName;

    private static (KernelTime At, AuxiliaryHeader Auxiliary) Read(ControlReader control)
    {
        var (at, auxiliary) = (default(KernelTime), default(AuxiliaryHeader));
        while (control.TryNext(out var level, out var type, out var data))
        {
            switch (level, type)
            {
                case (Libc.SocketLevel, Libc.TimestampNanoseconds):
                    at = KernelTime.FromRealtime(MemoryMarshal.Read<Timespec>(data));
                    break;
                case (PacketLevel, AuxiliaryData):
                    auxiliary = MemoryMarshal.Read<AuxiliaryHeader>(data);
                    break;
            }
        }

        return (at, auxiliary);
    }

    private static ChecksumState Checksum(uint status) =>
        (status & ChecksumNotReady) != 0 ? ChecksumState.Unfinished
        : (status & ChecksumValid) != 0 ? ChecksumState.Valid
        : ChecksumState.Unknown;

    /// <summary>Reinserts the VLAN tag after the addresses. The kernel removes it from every received frame.</summary>
    private Span<byte> PutTagBack(int length, AuxiliaryHeader auxiliary)
    {
        _buffer.AsSpan(VlanTagLength, AddressesLength).CopyTo(_buffer);
        var tag = _buffer.AsSpan(AddressesLength, VlanTagLength);
        BinaryPrimitives.WriteUInt16BigEndian(tag, (auxiliary.Status & VlanProtocolValid) != 0 ? auxiliary.VlanProtocol : VlanProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(tag[sizeof(ushort)..], auxiliary.VlanTag);
        return _buffer.AsSpan(0, VlanTagLength + length);
    }

    /// <summary>struct sockaddr_ll; the protocol is in network order.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct LinkLayerAddress
    {
        internal ushort Family;
        internal ushort Protocol;
        internal int Index;
        internal ushort HardwareType;
        internal byte PacketType;
        internal byte AddressLength;
        internal Octets8 Address;
    }

    /// <summary>struct packet_mreq.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Membership
    {
        internal int Index;
        internal ushort Type;
        internal ushort AddressLength;
        internal Octets8 Address;
    }

    /// <summary>struct tpacket_auxdata.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct AuxiliaryHeader
    {
        internal uint Status;
        internal uint Length;
        internal uint CapturedLength;
        internal ushort LinkOffset;
        internal ushort NetworkOffset;
        internal ushort VlanTag;
        internal ushort VlanProtocol;
    }

    /// <summary>struct tpacket_stats.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct KernelStatistics
    {
        internal uint Packets;
        internal uint Drops;
    }
}

/// <summary>Frames of a port since it was opened.</summary>
/// <param name="Received">Frames queued for the port, taken or not.</param>
/// <param name="Dropped">Frames lost because the receive buffer was full. If this is not 0, the absence of a frame proves nothing.</param>
public readonly record struct PacketStatistics(long Received, long Dropped);
