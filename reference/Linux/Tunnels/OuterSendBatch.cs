using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>Packets on their way into tunnels, sent together. What they point to stays as it is until <see cref="Clear"/>.</summary>
internal sealed unsafe class OuterSendBatch
{
    internal const int Capacity = 64;

    /// <summary>A packet is sent in two pieces: headers, and what follows in place.</summary>
    private const int Pieces = 2;

    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(Capacity, pinned: true);
    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(Capacity * Pieces, pinned: true);
    private readonly SocketAddress6[] _to = GC.AllocateArray<SocketAddress6>(Capacity, pinned: true);
    private readonly Control[] _control = GC.AllocateArray<Control>(Capacity, pinned: true);

    internal OuterSendBatch()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _to[i].Family = Libc.FamilyInet6;
            _control[i].Source = new ControlHeader { Length = (nuint)(sizeof(ControlHeader) + sizeof(AddressOnLink)), Level = OuterSocket.Ipv6Level, Type = OuterSocket.PacketInformation };
            _control[i].TrafficClass = new ControlHeader { Length = (nuint)(sizeof(ControlHeader) + sizeof(int)), Level = OuterSocket.Ipv6Level, Type = OuterSocket.TrafficClassMessage };
            _messages[i].Header = new MessageHeader
            {
                Name = Unsafe.AsPointer(ref _to[i]),
                NameLength = (uint)sizeof(SocketAddress6),
                Vectors = (IoVector*)Unsafe.AsPointer(ref _pieces[i * Pieces]),
                Control = Unsafe.AsPointer(ref _control[i]),
                ControlLength = (nuint)sizeof(Control),
            };
        }
    }

    internal int Count { get; private set; }

    internal bool IsFull => Count == Capacity;

    /// <param name="headers">The packet, or its beginning.</param>
    /// <param name="rest">What follows; nothing if the first piece is the whole packet.</param>
    internal void Add(TunnelEnds ends, byte trafficClass, byte* headers, int headersLength, byte* rest, int restLength)
    {
        var i = Count++;
        TunnelEnds.Write(ends.Remote, _to[i].Address);
        TunnelEnds.Write(ends.Local, _control[i].Address.Address);
        _control[i].TrafficClassValue = trafficClass;
        _pieces[i * Pieces] = new IoVector { Base = headers, Length = (nuint)headersLength };
        _pieces[i * Pieces + 1] = new IoVector { Base = rest, Length = (nuint)restLength };
        _messages[i].Header.VectorCount = restLength == 0 ? 1u : Pieces;
    }

    internal void Clear() => Count = 0;

    /// <summary>Sends those from <paramref name="first"/> on, as many as can be now.</summary>
    /// <returns>How many; or, if not one, the errno of the first as its negative.</returns>
    internal int Send(OuterSocket socket, int first) =>
        Libc.SendMessages(socket.Descriptor, (BatchMessage*)Unsafe.AsPointer(ref _messages[first]), Count - first);

    /// <summary>Two control messages, each aligned to a word: cmsg(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Control
    {
        internal ControlHeader Source;
        internal AddressOnLink Address;
        private readonly int _padding1;
        internal ControlHeader TrafficClass;
        internal int TrafficClassValue;
        private readonly int _padding2;
    }
}
