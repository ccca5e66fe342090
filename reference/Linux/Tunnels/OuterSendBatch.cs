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

    /// <summary>Enough space for the control message with the source of a packet.</summary>
    private const int ControlLength = 64;

    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(Capacity, pinned: true);
    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(Capacity, pinned: true);
    private readonly SocketAddress6[] _to = GC.AllocateArray<SocketAddress6>(1, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(ControlLength, pinned: true);

    internal OuterSendBatch()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _messages[i].Header = new MessageHeader
            {
                Name = Unsafe.AsPointer(ref _to[0]),
                Vectors = (IoVector*)Unsafe.AsPointer(ref _pieces[i]),
                VectorCount = 1,
                Control = Unsafe.AsPointer(ref _control[0]),
            };
        }
    }

    internal TunTunnel? Tunnel { get; private set; }

    internal OuterHeader Header { get; private set; }

    internal int Count { get; private set; }

    /// <summary>The socket by which the batch is sent.</summary>
    internal OuterSocket Sender => Tunnel!.SenderOf(Header.Protocol);

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
        var tunnel = Tunnel!;
        _to[0] = tunnel.RemoteAddress.Octets;
        var control = new ControlWriter(_control);
        if (tunnel.Source is { } source)
        {
            control.Add(OuterSocket.Ipv4Level, OuterSocket.Ipv4PacketInformation, new Ipv4PacketInformation { LocalAddress = source });
        }
        foreach (ref var message in _messages.AsSpan(first, Count - first))
        {
            message.Header.NameLength = tunnel.RemoteAddress.Length;
            message.Header.ControlLength = (nuint)control.Written.Length;
        }

        var sender = Sender;
        sender.Set(Header);
        return Libc.SendMessages(sender.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[first]), Count - first);
    }
}
