using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// Receives the packets of one family that arrive on any interface of a namespace and pass a <see cref="PacketFilter"/>, with all their
/// headers and the link-layer source, and sends others in frames. The kernel processes received packets as well. packet(7).
/// </summary>
public sealed class PacketTap : IReadable, IDisposable
{
    /// <summary>linux/if_packet.h: SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_IGNORE_OUTGOING, PACKET_MR_ALLMULTI.</summary>
    private const int PacketLevel = 263,
        AddMembership = 1,
        AuxiliaryData = 8,
        IgnoreOutgoing = 23;

    private const ushort AllMulticastMembership = 2;

    /// <summary>linux/if_packet.h: TP_STATUS_CSUMNOTREADY.</summary>
    private const uint ChecksumNotReady = 8;

    private const string Target = "packet tap";
    private const int MaximumPacket = 64 * 1024;
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[MaximumPacket];

    private readonly ushort _protocol;

    private PacketTap(FileDescriptor descriptor, ushort protocol) => (Descriptor, _protocol) = (descriptor, protocol);

    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a tap for IPv6 in the calling thread's namespace.</summary>
    public static PacketTap OpenIpv6(PacketFilter filter) => Open(EthernetFrame.Ipv6EtherType, filter);

    /// <summary>Opens a tap for IPv4 in the calling thread's namespace.</summary>
    public static PacketTap OpenIpv4(PacketFilter filter) => Open(Ipv4Packet.EtherType, filter);

    private static PacketTap Open(ushort etherType, PacketFilter filter)
    {
        // Protocol 0 receives nothing. The bind below sets the protocol, after all options.
        var socket = Libc.OpenSocket(Libc.FamilyPacket, Libc.DatagramSocket | Libc.NonBlockingSocket, 0, Target);
        try
        {
            Libc.SetOption(socket, Libc.SocketLevel, Libc.ReceiveBufferForce, ReceiveBuffer, "SO_RCVBUFFORCE", Target);
            Libc.SetOption(socket, Libc.SocketLevel, Libc.TimestampNanoseconds, 1, "SO_TIMESTAMPNS", Target);
            Libc.SetOption(socket, PacketLevel, IgnoreOutgoing, 1, "PACKET_IGNORE_OUTGOING", Target);
            Libc.SetOption(socket, PacketLevel, AuxiliaryData, 1, "PACKET_AUXDATA", Target);
            filter.Attach(socket, Target);
            var protocol = BinaryPrimitives.ReverseEndianness(etherType);
            Libc.Bind(socket, new PacketPort.LinkLayerAddress { Family = Libc.FamilyPacket, Protocol = protocol }, Target);
            return new PacketTap(socket, protocol);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes an interface receive all multicast groups, including groups that this node has not joined.</summary>
    public void ReceiveAllGroups(int linkIndex) =>
        Libc.SetOption(
            Descriptor,
            PacketLevel,
            AddMembership,
            new PacketPort.Membership { Index = linkIndex, Type = AllMulticastMembership },
            "PACKET_ADD_MEMBERSHIP",
            $"interface {linkIndex}"
        );

    /// <summary>Sends a packet on an interface, in a frame to this link-layer address.</summary>
    /// <exception cref="LinuxException">The interface is down or was deleted, or the packet is too long for it.</exception>
    public void Send(int linkIndex, MacAddress destination, ReadOnlySpan<byte> packet)
    {
        var to = new PacketPort.LinkLayerAddress
        {
            Family = Libc.FamilyPacket,
            Protocol = _protocol,
            Index = linkIndex,
            AddressLength = MacAddress.Length,
        };
        destination.CopyTo(to.Address);
        Libc.Send(Descriptor, to, packet, default, Target);
    }

    /// <summary>
    /// Takes the oldest queued packet. False if the queue is empty, or if an interface went down, which is not an error here.
    /// </summary>
    public bool TryReceive([NotNullWhen(true)] out TappedPacket? packet)
    {
        packet = null;
        Span<byte> control = stackalloc byte[128];
        PacketPort.LinkLayerAddress from;
        Received received;
        try
        {
            if (!Libc.TryReceive(Descriptor, _buffer, control, Target, out from, out received))
            {
                return false;
            }
        }
        catch (LinuxException down) when (down.ErrorNumber == Errno.NetworkDown)
        {
            return false;
        }

        var (at, isChecksumReady) = (default(KernelTime), true);
        var messages = new ControlReader(control[..received.ControlLength]);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            if ((level, type) == (Libc.SocketLevel, Libc.TimestampNanoseconds))
            {
                at = KernelTime.FromRealtime(MemoryMarshal.Read<Timespec>(data));
            }
            else if ((level, type) == (PacketLevel, AuxiliaryData))
            {
                isChecksumReady = (MemoryMarshal.Read<uint>(data) & ChecksumNotReady) == 0;
            }
        }

        MacAddress? source =
            from.AddressLength == MacAddress.Length ? new MacAddress(((ReadOnlySpan<byte>)from.Address)[..MacAddress.Length]) : null;
        packet = new TappedPacket(
            from.Index,
            source,
            from.PacketType == PacketPort.ToThisHost,
            at,
            _buffer.AsSpan(0, received.Length).ToArray()
        )
        {
            IsChecksumReady = isChecksumReady,
        };
        return true;
    }

    public void Dispose() => Descriptor.Dispose();
}

/// <summary>A packet received by an <see cref="PacketTap"/>.</summary>
/// <param name="LinkIndex">The interface on which the packet arrived.</param>
/// <param name="LinkLayerSource">Null if the link has no six-octet addresses.</param>
/// <param name="IsForThisStation">Whether the frame was addressed to this station alone, not to a group.</param>
/// <param name="At">The time at which the kernel took the packet from the device.</param>
/// <param name="Bytes">From the IP header on.</param>
public sealed record TappedPacket(
    int LinkIndex,
    MacAddress? LinkLayerSource,
    bool IsForThisStation,
    KernelTime At,
    ReadOnlyMemory<byte> Bytes
)
{
    /// <summary>False if the sender is a kernel of this machine that has left the checksum of the upper layer to the hardware.</summary>
    public bool IsChecksumReady { get; init; } = true;
}
