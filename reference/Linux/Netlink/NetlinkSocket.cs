using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux.Netlink;

/// <summary>
/// A netlink socket, for requests and their answers, or for notifications. It stays in the namespace in which it was opened.
/// </summary>
internal sealed class NetlinkSocket : IDisposable
{
    /// <summary>linux/netlink.h: NETLINK_ROUTE, NETLINK_GENERIC.</summary>
    internal const int RouteProtocol = 0,
        GenericProtocol = 16;

    private const string Target = "netlink";

    /// <summary>linux/netlink.h: socket options.</summary>
    private const int NetlinkLevel = 270,
        AddMembership = 1,
        DropMembership = 2,
        CapAcknowledgement = 10,
        ExtendedAcknowledgement = 11;

    /// <summary>linux/netlink.h: control message types, NLM_F_DUMP_INTR, NLM_F_ACK_TLVS, NLMSGERR_ATTR_MSG.</summary>
    private const ushort ErrorType = 2,
        DoneType = 3,
        DumpInterrupted = 0x10,
        HasErrorAttributes = 0x200,
        ErrorTextAttribute = 1;

    /// <summary>The kernel's dump messages are at most 32 KiB long.</summary>
    private const int BufferLength = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly Lock _lock = new();
    private uint _sequence;

    internal NetlinkSocket(bool blocking, int protocol = RouteProtocol)
    {
        Descriptor = Libc.OpenSocket(Libc.FamilyNetlink, Libc.RawSocket | (blocking ? 0 : Libc.NonBlockingSocket), protocol, Target);
        try
        {
            Libc.SetOption(Descriptor, NetlinkLevel, CapAcknowledgement, 1, "NETLINK_CAP_ACK", Target);
            Libc.SetOption(Descriptor, NetlinkLevel, ExtendedAcknowledgement, 1, "NETLINK_EXT_ACK", Target);
            Libc.Bind(Descriptor, new NetlinkAddress { Family = Libc.FamilyNetlink }, Target);
        }
        catch
        {
            Descriptor.Dispose();
            throw;
        }
    }

    internal FileDescriptor Descriptor { get; }

    internal void Join(int group) =>
        Libc.SetOption(Descriptor, NetlinkLevel, AddMembership, group, "NETLINK_ADD_MEMBERSHIP", $"group {group}");

    internal void Leave(int group) =>
        Libc.SetOption(Descriptor, NetlinkLevel, DropMembership, group, "NETLINK_DROP_MEMBERSHIP", $"group {group}");

    internal void SetReceiveBuffer(int octets) =>
        Libc.SetOption(Descriptor, Libc.SocketLevel, Libc.ReceiveBufferForce, octets, "SO_RCVBUFFORCE", Target);

    /// <summary>Executes a request, and returns when the kernel has done it.</summary>
    /// <param name="target">The object of the request, for the exception.</param>
    internal void Execute(NetlinkRequest request, string target) =>
        Exchange<object>(request, NetlinkRequest.Acknowledge, target, read: null);

    /// <summary>Requests one object.</summary>
    internal T Get<T>(NetlinkRequest request, string target, MessageParser<T> read) =>
        Exchange(request, NetlinkRequest.Acknowledge, target, read) is [var only, ..]
            ? only
            : throw new LinuxException(request.Name, target, Errno.NoEntry);

    /// <summary>Requests all objects. Repeats the request if the list changed during the dump.</summary>
    internal IReadOnlyList<T> Dump<T>(NetlinkRequest request, MessageParser<T> read)
    {
        while (true)
        {
            if (Exchange(request, NetlinkRequest.Dump, "dump", read) is { } all)
            {
                return all;
            }
        }
    }

    /// <summary>Passes all messages of the next datagram to <paramref name="read"/>. False if no datagram has arrived.</summary>
    internal bool TryReceive(MessageHandler read)
    {
        lock (_lock)
        {
            if (!TryReceiveFromKernel(out var datagram))
            {
                return false;
            }
            foreach (var message in new MessageEnumerable(datagram))
            {
                read(message.Type, message.Payload);
            }
            return true;
        }
    }

    public void Dispose() => Descriptor.Dispose();

    /// <summary>Null if a change interrupted a dump.</summary>
    private List<T>? Exchange<T>(NetlinkRequest request, ushort flags, string target, MessageParser<T>? read)
    {
        lock (_lock)
        {
            var sequence = ++_sequence;
            Libc.Send(Descriptor, new NetlinkAddress { Family = Libc.FamilyNetlink }, request.Finish(sequence, flags), default, target);
            var (results, interrupted) = (new List<T>(), false);
            while (true)
            {
                if (!TryReceiveFromKernel(out var datagram))
                {
                    throw new LinuxException(request.Name, target, Errno.TryAgain);
                }
                foreach (var message in new MessageEnumerable(datagram))
                {
                    // The rest of an exchange that ended early with an exception.
                    if (message.Sequence != sequence)
                    {
                        continue;
                    }

                    interrupted |= (message.Flags & DumpInterrupted) != 0;
                    if (message.Type is ErrorType or DoneType)
                    {
                        ThrowIfError(message, request, target);
                        return interrupted ? null : results;
                    }

                    if (read is not null && read(message.Type, message.Payload) is { } result)
                    {
                        results.Add(result);
                    }
                }
            }
        }
    }

    /// <summary>Receives the next datagram from the kernel, which is port 0; drops datagrams from other processes.</summary>
    private bool TryReceiveFromKernel(out ReadOnlySpan<byte> datagram)
    {
        NetlinkAddress from;
        Received received;
        do
        {
            datagram = default;
            if (!Libc.TryReceive(Descriptor, _buffer, default, Target, out from, out received))
            {
                return false;
            }
            if (received.IsTruncated)
            {
                throw new LinuxException("recvmsg", Target, Errno.MessageSize);
            }
            datagram = _buffer.AsSpan(0, received.Length);
        } while (from.Port != 0);
        return true;
    }

    /// <summary>
    /// struct nlmsgerr: a negative errno or 0, the header of the request, attributes. NLMSG_DONE carries the number only.
    /// </summary>
    private static void ThrowIfError(Message message, NetlinkRequest request, string target)
    {
        if (message.Payload.Length < sizeof(int))
        {
            return;
        }
        var number = -MemoryMarshal.Read<int>(message.Payload);
        if (number <= 0)
        {
            return;
        }

        string? detail = null;
        var attributes = sizeof(int) + NetlinkRequest.HeaderLength;
        if (message.Type == ErrorType && (message.Flags & HasErrorAttributes) != 0 && message.Payload.Length > attributes)
        {
            var reader = new AttributeReader(message.Payload[attributes..]);
            while (reader.TryNext(out var attribute))
            {
                if (attribute.Type == ErrorTextAttribute)
                {
                    detail = attribute.Text;
                }
            }
        }

        throw new LinuxException(request.Name, target, number, detail);
    }

    internal delegate T? MessageParser<T>(ushort type, ReadOnlySpan<byte> payload);

    internal delegate void MessageHandler(ushort type, ReadOnlySpan<byte> payload);

    private readonly ref struct Message(ushort type, ushort flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        internal ushort Type { get; } = type;

        internal ushort Flags { get; } = flags;

        internal uint Sequence { get; } = sequence;

        internal ReadOnlySpan<byte> Payload { get; } = payload;
    }

    /// <summary>The messages of a datagram.</summary>
    private ref struct MessageEnumerable(ReadOnlySpan<byte> datagram)
    {
        private ReadOnlySpan<byte> _left = datagram;

        public Message Current { get; private set; }

        public readonly MessageEnumerable GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left.Length < NetlinkRequest.HeaderLength)
            {
                return false;
            }
            var header = MemoryMarshal.Read<Header>(_left);
            if (header.Length < NetlinkRequest.HeaderLength || header.Length > _left.Length)
            {
                return false;
            }

            Current = new Message(header.Type, header.Flags, header.Sequence, _left[NetlinkRequest.HeaderLength..(int)header.Length]);
            _left = _left[Math.Min(NetlinkRequest.Align((int)header.Length), _left.Length)..];
            return true;
        }
    }

    /// <summary>struct nlmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        internal uint Length;
        internal ushort Type;
        internal ushort Flags;
        internal uint Sequence;
        internal uint Port;
    }

    /// <summary>struct sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NetlinkAddress
    {
        internal ushort Family;
        internal ushort Padding;
        internal uint Port;
        internal uint Groups;
    }
}
