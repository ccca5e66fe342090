using System.Runtime.CompilerServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// A batch of packets to send into a tunnel with the same outer header. The octets of the packets must not change until
/// <see cref="Clear"/>.
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

    internal OuterHeader Header { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Whether the batch has space for a packet with this outer header.</summary>
    internal bool Takes(TunTunnel tunnel, OuterHeader header) => Count == 0 || Count < Capacity && tunnel == Tunnel && header == Header;

    internal void Add(TunTunnel tunnel, OuterHeader header, byte* packet, int length)
    {
        (Tunnel, Header) = (tunnel, header);
        _pieces[Count++] = new IoVector { Base = packet, Length = (nuint)length };
    }

    internal void Clear() => (Tunnel, Count) = (null, 0);

    /// <summary>Sends the packets from <paramref name="first"/> on, as many as possible without waiting.</summary>
    /// <returns>The number of packets sent; if none was sent, the negated errno of the first.</returns>
    internal int Send(int first)
    {
        _to[0] = Tunnel!.RemoteAddress;
        Tunnel.Sender.Set(Header);
        return Libc.SendMessages(Tunnel.Sender.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[first]), Count - first);
    }
}
