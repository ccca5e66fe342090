using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// Receives the IPv6 packets that arrive on any interface of a namespace and pass a <see cref="PacketFilter"/>, with all their
/// headers and the link-layer source. The kernel processes the packets as well. packet(7).
/// </summary>
public sealed class Ipv6Tap : IReadable, IDisposable
{
    /// <summary>linux/if_packet.h: SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_IGNORE_OUTGOING, PACKET_MR_ALLMULTI.</summary>
    private const int PacketLevel = 263,
        AddMembership = 1,
        IgnoreOutgoing = 23;

    private const ushort AllMulticastMembership = 2;
    private const string Target = "IPv6 tap";
    private const int MaximumPacket = 64 * 1024;
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[MaximumPacket];

    private Ipv6Tap(FileDescriptor descriptor) => Descriptor = descriptor;

    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a tap in the calling thread's namespace.</summary>
    public static Ipv6Tap Open(PacketFilter filter)
    {
        // Protocol 0 receives nothing. The bind below sets the protocol, after all options.
        var socket = Libc.OpenSocket(Libc.FamilyPacket, Libc.DatagramSocket | Libc.NonBlockingSocket, 0, Target);
        try
        {
            Libc.SetOption(socket, Libc.SocketLevel, Libc.ReceiveBufferForce, ReceiveBuffer, "SO_RCVBUFFORCE", Target);
            Libc.SetOption(socket, Libc.SocketLevel, Libc.TimestampNanoseconds, 1, "SO_TIMESTAMPNS", Target);
            Libc.SetOption(socket, PacketLevel, IgnoreOutgoing, 1, "PACKET_IGNORE_OUTGOING", Target);
            filter.Attach(socket, Target);
            var protocol = BinaryPrimitives.ReverseEndianness(EthernetFrame.Ipv6EtherType);
            Libc.Bind(socket, new PacketPort.LinkLayerAddress { Family = Libc.FamilyPacket, Protocol = protocol }, Target);
            return new Ipv6Tap(socket);
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

        var at = default(KernelTime);
        var messages = new ControlReader(control[..received.ControlLength]);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            if ((level, type) == (Libc.SocketLevel, Libc.TimestampNanoseconds))
            {
                at = KernelTime.FromRealtime(MemoryMarshal.Read<Timespec>(data));
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
        );
        return true;
    }

    public void Dispose() => Descriptor.Dispose();
}

/// <summary>A packet received by an <see cref="Ipv6Tap"/>.</summary>
/// <param name="LinkIndex">The interface on which the packet arrived.</param>
/// <param name="LinkLayerSource">Null if the link has no six-octet addresses.</param>
/// <param name="IsForThisStation">Whether the frame was addressed to this station alone, not to a group.</param>
/// <param name="At">The time at which the kernel took the packet from the device.</param>
/// <param name="Bytes">From the IPv6 header on.</param>
public sealed record TappedPacket(
    int LinkIndex,
    MacAddress? LinkLayerSource,
    bool IsForThisStation,
    KernelTime At,
    ReadOnlyMemory<byte> Bytes
);
