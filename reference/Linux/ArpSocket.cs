using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// Receives the ARP packets that arrive on any interface of a namespace, and sends others: packet(7). The kernel processes
/// received packets as well.
/// </summary>
public sealed class ArpSocket : IReadable, IDisposable
{
    private const string Target = "ARP socket";
    private const int MaximumPacket = 128;

    private static readonly ushort _protocol = BinaryPrimitives.ReverseEndianness(ArpPacket.EtherType);

    private readonly byte[] _buffer = new byte[MaximumPacket];

    private ArpSocket(FileDescriptor descriptor) => Descriptor = descriptor;

    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a socket in the calling thread's namespace.</summary>
    public static ArpSocket Open()
    {
        // Protocol 0 receives nothing. The bind below sets the protocol, after all options.
        var socket = Libc.OpenSocket(Libc.FamilyPacket, Libc.DatagramSocket | Libc.NonBlockingSocket, 0, Target);
        try
        {
            Libc.SetOption(socket, PacketPort.PacketLevel, PacketPort.IgnoreOutgoing, 1, "PACKET_IGNORE_OUTGOING", Target);
            Libc.Bind(socket, new PacketPort.LinkLayerAddress { Family = Libc.FamilyPacket, Protocol = _protocol }, Target);
            return new ArpSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a packet to all nodes of a link.</summary>
    /// <exception cref="LinuxException">The interface is down or was deleted.</exception>
    public void Broadcast(int linkIndex, ArpPacket packet) => Send(linkIndex, MacAddress.Broadcast, packet);

    /// <summary>Sends a packet to a node of a link.</summary>
    /// <exception cref="LinuxException">The interface is down or was deleted.</exception>
    public void Send(int linkIndex, MacAddress destination, ArpPacket packet)
    {
        var to = new PacketPort.LinkLayerAddress
        {
            Family = Libc.FamilyPacket,
            Protocol = _protocol,
            Index = linkIndex,
            AddressLength = MacAddress.Length,
        };
        destination.CopyTo(to.Address);
        Libc.Send(Descriptor, to, packet.ToBytes(), default, Target);
    }

    /// <summary>
    /// Takes the oldest queued packet that is well-formed. False if there is none, or if an interface went down, which is not an error
    /// here.
    /// </summary>
    public bool TryReceive(out int linkIndex, [NotNullWhen(true)] out ArpPacket? packet)
    {
        (linkIndex, packet) = (0, null);
        try
        {
            while (Libc.TryReceive<PacketPort.LinkLayerAddress>(Descriptor, _buffer, default, Target, out var from, out var received))
            {
                if (ArpPacket.TryParse(_buffer.AsSpan(0, received.Length), out packet, out _))
                {
                    linkIndex = from.Index;
                    return true;
                }
            }
        }
        catch (LinuxException down) when (down.ErrorNumber == Errno.NetworkDown)
        {
            // Packets arrive again when the interface is up.
        }
        return false;
    }

    public void Dispose() => Descriptor.Dispose();
}
