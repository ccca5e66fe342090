using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>A batch of outer packets received from tunnels.</summary>
internal sealed unsafe class OuterReceiveBatch
{
    internal const int Capacity = 64;

    /// <summary>The longest payload, plus some octets so that packets do not occupy the same places in the cache.</summary>
    private const int Stride = 64 * 1024 + 33 * 64;

    /// <summary>More than enough space for the three control messages that are requested of a socket.</summary>
    private const int ControlLength = 128;

    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(Capacity * Stride, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(Capacity * ControlLength, pinned: true);
    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(Capacity, pinned: true);
    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(Capacity, pinned: true);
    private readonly SocketAddress6[] _from = GC.AllocateArray<SocketAddress6>(Capacity, pinned: true);
    private OuterSocket? _socket;

    internal OuterReceiveBatch()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _pieces[i] = new IoVector { Base = At(i), Length = Stride };
            _messages[i].Header = new MessageHeader
            {
                Name = Unsafe.AsPointer(ref _from[i]),
                Vectors = (IoVector*)Unsafe.AsPointer(ref _pieces[i]),
                VectorCount = 1,
                Control = Unsafe.AsPointer(ref _control[i * ControlLength]),
            };
        }
    }

    /// <summary>Receives the packets that have arrived, up to the capacity.</summary>
    /// <returns>The number of packets, or the negated errno.</returns>
    internal int Receive(OuterSocket socket)
    {
        _socket = socket;
        foreach (ref var message in _messages.AsSpan())
        {
            message.Header.NameLength = (uint)sizeof(SocketAddress6);
            message.Header.ControlLength = ControlLength;
        }

        return Libc.ReceiveMessages(socket.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[0]), Capacity);
    }

    /// <summary>The packet in the tunnel, in place: the octets behind the outer headers.</summary>
    internal Span<byte> Content(int i, out byte* octets)
    {
        var outer = OuterHeaderLength(i);
        octets = At(i) + outer;
        return new(octets, (int)_messages[i].Length - outer);
    }

    /// <summary>
    /// The length of each packet in the content except the last, which may be shorter; the whole content if the kernel has joined none.
    /// </summary>
    internal int SegmentLength(int i)
    {
        var messages = _socket!.Mode == TunnelMode.Ipv4Udp ? Control(i) : default;
        while (messages.TryNext(out var level, out var type, out var data))
        {
            if ((level, type) == (OuterSocket.UdpLevel, OuterSocket.UdpReceiveOffload))
            {
                return MemoryMarshal.Read<int>(data);
            }
        }

        return Stride;
    }

    /// <summary>The addresses and ports of a datagram, and the interface on which it arrived; 0 if the socket does not tell.</summary>
    internal UdpPath Path(int i, out int linkIndex)
    {
        linkIndex = 0;
        var local = default(IPAddress);
        var messages = Control(i);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            if ((level, type) == (OuterSocket.Ipv4Level, OuterSocket.Ipv4PacketInformation))
            {
                var information = MemoryMarshal.Read<Ipv4PacketInformation>(data);
                (linkIndex, local) = (information.LinkIndex, new IPAddress(information.Destination));
            }
        }

        ref readonly var from = ref From(i);
        var port = BinaryPrimitives.ReverseEndianness(from.Port);
        return new UdpPath(new IPAddress(from.Address), port, local ?? IPAddress.Any, _socket!.LocalPort);
    }

    /// <summary>The tunnel of the packet as seen from this node, and the traffic class of the outer header.</summary>
    internal TunnelEnds Ends(int i, out byte trafficClass) =>
        _socket!.Mode switch
        {
            TunnelMode.Ipv6 or TunnelMode.EspTunnel => Ipv6Ends(i, out trafficClass),
            TunnelMode.Ipv4 => Ipv4Ends(i, out trafficClass),
            _ => UdpEnds(i, out trafficClass),
        };

    private TunnelEnds Ipv6Ends(int i, out byte trafficClass)
    {
        trafficClass = 0;
        var local = UInt128.Zero;
        var messages = Control(i);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            switch (level, type)
            {
                case (OuterSocket.Ipv6Level, OuterSocket.PacketInformation):
                    local = TunnelEnds.Read(data);
                    break;
                case (OuterSocket.Ipv6Level, OuterSocket.TrafficClass):
                    trafficClass = (byte)MemoryMarshal.Read<int>(data);
                    break;
            }
        }

        return new TunnelEnds(_socket!.Mode, local, TunnelEnds.Read(_from[i].Address));
    }

    /// <summary>A raw socket of IPv4 receives packets with their header, which the kernel has verified.</summary>
    private TunnelEnds Ipv4Ends(int i, out byte trafficClass)
    {
        var packet = new ReadOnlySpan<byte>(At(i), Ipv4Packet.MinimumHeaderLength);
        trafficClass = InnerPacket.TrafficClass(packet);
        var (source, destination) = InnerPacket.Addresses(packet);
        return new TunnelEnds(TunnelMode.Ipv4, destination, source);
    }

    private TunnelEnds UdpEnds(int i, out byte trafficClass)
    {
        trafficClass = 0;
        var messages = Control(i);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            if ((level, type) == (OuterSocket.Ipv4Level, OuterSocket.TypeOfService))
            {
                trafficClass = data[0];
            }
        }

        ref readonly var from = ref From(i);
        var remote = TunnelEnds.ReadIpv4(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in from.Address)));
        var port = BinaryPrimitives.ReverseEndianness(from.Port);
        return new TunnelEnds(TunnelMode.Ipv4Udp, _socket!.Local, remote, _socket.LocalPort, port);
    }

    /// <summary>The sender, as of a socket of IPv4.</summary>
    private ref SocketAddress4 From(int i) => ref Unsafe.As<SocketAddress6, SocketAddress4>(ref _from[i]);

    private int OuterHeaderLength(int i) =>
        _socket!.Mode == TunnelMode.Ipv4 ? InnerPacket.HeaderLength(new ReadOnlySpan<byte>(At(i), Ipv4Packet.MinimumHeaderLength)) : 0;

    private ControlReader Control(int i) => new(_control.AsSpan(i * ControlLength, (int)_messages[i].Header.ControlLength));

    private byte* At(int i) => (byte*)Unsafe.AsPointer(ref _octets[i * Stride]);
}
