using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>A batch of outer packets received from tunnels.</summary>
internal sealed unsafe class OuterReceiveBatch
{
    internal const int Capacity = 64;

    /// <summary>The longest payload, plus some octets so that packets do not occupy the same places in the cache.</summary>
    private const int Stride = 64 * 1024 + 33 * 64;

    /// <summary>More than enough space for the two requested control messages.</summary>
    private const int ControlLength = 128;

    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(Capacity * Stride, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(Capacity * ControlLength, pinned: true);
    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(Capacity, pinned: true);
    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(Capacity, pinned: true);
    private readonly SocketAddress6[] _from = GC.AllocateArray<SocketAddress6>(Capacity, pinned: true);

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
        foreach (ref var message in _messages.AsSpan())
        {
            message.Header.NameLength = (uint)sizeof(SocketAddress6);
            message.Header.ControlLength = ControlLength;
        }

        return Libc.ReceiveMessages(socket.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[0]), Capacity);
    }

    /// <summary>The content of the outer packet, in place.</summary>
    internal Span<byte> Content(int i, out byte* octets) => new(octets = At(i), (int)_messages[i].Length);

    /// <summary>The ends of the packet's tunnel as seen from this node, and the traffic class of the outer header.</summary>
    internal TunnelEnds Ends(int i, out byte trafficClass)
    {
        trafficClass = 0;
        var local = UInt128.Zero;
        var messages = new ControlReader(_control.AsSpan(i * ControlLength, (int)_messages[i].Header.ControlLength));
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

        return new TunnelEnds(local, TunnelEnds.Read(_from[i].Address));
    }

    private byte* At(int i) => (byte*)Unsafe.AsPointer(ref _octets[i * Stride]);
}
