using System.Runtime.CompilerServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// A batch of packets to send into a tunnel with the same outer header. The octets of the packets must not change until
/// <see cref="Clear"/>. In UDP, consecutive packets of one length are one message, which the kernel cuts into datagrams (UDP_SEGMENT).
/// </summary>
internal sealed unsafe class OuterSendBatch
{
    internal const int Capacity = 64;

    /// <summary>Enough space for the control message of a message.</summary>
    private const int ControlLength = 64;

    /// <summary>The longest payload of UDP in IPv4, also of a message that is cut.</summary>
    private const int MaximumPayload = ushort.MaxValue - Ipv4Packet.MinimumHeaderLength - Transport.UdpHeader;

    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(Capacity, pinned: true);
    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(Capacity, pinned: true);
    private readonly SocketAddress6[] _to = GC.AllocateArray<SocketAddress6>(1, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(Capacity * ControlLength, pinned: true);

    internal OuterSendBatch()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _messages[i].Header = new MessageHeader
            {
                Name = Unsafe.AsPointer(ref _to[0]),
                Control = Unsafe.AsPointer(ref _control[i * ControlLength]),
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
        var sender = Sender;
        sender.Set(Header);
        _to[0] = Tunnel!.RemoteAddress.Octets;
        var result = Send(sender, first, Count, joins: sender.Mode == TunnelMode.Ipv4Udp);
        var joined = (int)_messages[0].Header.VectorCount;

        // The kernel cuts no message into datagrams that it must fragment.
        return result < 0 && joined > 1 && result is not (-Errno.TryAgain or -Errno.Interrupted)
            ? Send(sender, first, first + joined, joins: false)
            : result;
    }

    private int Send(OuterSocket sender, int first, int end, bool joins)
    {
        var messages = 0;
        for (var at = first; at < end; messages++)
        {
            var packets = joins ? Joinable(at, end) : 1;
            Fill(messages, at, packets);
            at += packets;
        }

        var sent = Libc.SendMessages(sender.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[0]), messages);
        if (sent <= 0 || !joins)
        {
            return sent;
        }
        var count = 0;
        foreach (ref readonly var message in _messages.AsSpan(0, sent))
        {
            count += (int)message.Header.VectorCount;
        }
        return count;
    }

    /// <summary>
    /// The number of packets from <paramref name="first"/> on that one message can have: all as long as the first, the last possibly
    /// shorter.
    /// </summary>
    private int Joinable(int first, int end)
    {
        var length = _pieces[first].Length;
        var (total, at) = (length, first + 1);
        while (at < end && _pieces[at].Length <= length && total + _pieces[at].Length <= MaximumPayload)
        {
            total += _pieces[at].Length;
            if (_pieces[at++].Length < length)
            {
                break;
            }
        }

        return at - first;
    }

    private void Fill(int index, int first, int packets)
    {
        var tunnel = Tunnel!;
        var control = new ControlWriter(_control.AsSpan(index * ControlLength, ControlLength));
        if (tunnel.Source is { } source)
        {
            control.Add(OuterSocket.Ipv4Level, OuterSocket.Ipv4PacketInformation, new Ipv4PacketInformation { LocalAddress = source });
        }
        if (packets > 1)
        {
            control.Add(OuterSocket.UdpLevel, OuterSocket.UdpSegment, (ushort)_pieces[first].Length);
        }
        ref var header = ref _messages[index].Header;
        header.NameLength = tunnel.RemoteAddress.Length;
        header.ControlLength = (nuint)control.Written.Length;
        header.Vectors = (IoVector*)Unsafe.AsPointer(ref _pieces[first]);
        header.VectorCount = (nuint)packets;
    }
}
