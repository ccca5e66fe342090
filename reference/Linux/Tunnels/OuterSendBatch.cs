using System.Runtime.CompilerServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Packets on their way into a tunnel, sent together because their outer headers say the same. What they point to stays as it is
/// until <see cref="Clear"/>.
/// </summary>
internal sealed unsafe class OuterSendBatch
{
    internal const int Capacity = 64;

    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(Capacity, pinned: true);
    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(Capacity, pinned: true);
    private readonly SocketAddress6[] _to = GC.AllocateArray<SocketAddress6>(1, pinned: true);

    internal OuterSendBatch()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _messages[i].Header = new MessageHeader
            {
                Name = Unsafe.AsPointer(ref _to[0]),
                NameLength = (uint)sizeof(SocketAddress6),
                Vectors = (IoVector*)Unsafe.AsPointer(ref _pieces[i]),
                VectorCount = 1,
            };
        }
    }

    internal TunTunnel? Tunnel { get; private set; }

    internal byte TrafficClass { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Whether there is room for a packet of such an outer header.</summary>
    internal bool Takes(TunTunnel tunnel, byte trafficClass) =>
        Count == 0 || Count < Capacity && tunnel == Tunnel && trafficClass == TrafficClass;

    internal void Add(TunTunnel tunnel, byte trafficClass, byte* packet, int length)
    {
        (Tunnel, TrafficClass) = (tunnel, trafficClass);
        _pieces[Count++] = new IoVector { Base = packet, Length = (nuint)length };
    }

    internal void Clear() => (Tunnel, Count) = (null, 0);

    /// <summary>Sends those from <paramref name="first"/> on, as many as can be now.</summary>
    /// <returns>How many; or, if not one, the errno of the first as its negative.</returns>
    internal int Send(int first)
    {
        _to[0] = Tunnel!.RemoteAddress;
        Tunnel.Sender.SetTrafficClass(TrafficClass);
        return Libc.SendMessages(Tunnel.Sender.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[first]), Count - first);
    }
}
