using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// A raw socket for one protocol above IPv4: ip(7), raw(7). The kernel writes the IPv4 header. While a socket is open, the kernel does
/// not report its protocol as unknown.
/// </summary>
public sealed class Ipv4RawSocket : IReadable, IDisposable
{
    /// <summary>linux/in.h: IPPROTO_IP and its options.</summary>
    private const int Ipv4Level = 0,
        TypeOfServiceMessage = 1,
        TimeToLiveMessage = 2,
        PacketInformation = 8;

    /// <summary>linux/icmp.h: SOL_RAW, ICMP_FILTER.</summary>
    private const int RawLevel = 255,
        IcmpFilter = 1;

    private const int MaximumPacket = 64 * 1024;

    private readonly byte[] _buffer = new byte[MaximumPacket];
    private readonly string _target;

    private Ipv4RawSocket(byte protocol)
    {
        Protocol = protocol;
        _target = $"raw IPv4 socket {protocol}";
        Descriptor = Libc.OpenSocket(Libc.FamilyInet, Libc.RawSocket | Libc.NonBlockingSocket, protocol, _target);
    }

    public FileDescriptor Descriptor { get; }

    public byte Protocol { get; }

    /// <summary>Opens a socket for a protocol, for instance 50, in the calling thread's namespace.</summary>
    public static Ipv4RawSocket Open(byte protocol)
    {
        var socket = new Ipv4RawSocket(protocol);
        try
        {
            Libc.SetOption(socket.Descriptor, Ipv4Level, PacketInformation, 1, "IP_PKTINFO", socket._target);
            Libc.SetOption(socket.Descriptor, Libc.SocketLevel, Libc.TimestampNanoseconds, 1, "SO_TIMESTAMPNS", socket._target);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a socket for ICMP messages of one type, 0-31, in the calling thread's namespace. The kernel processes them as well. It does
    /// not verify their checksums for the socket.
    /// </summary>
    public static Ipv4RawSocket OpenIcmp(byte type)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(type, 31);
        var socket = Open(Ipv4Protocol.Icmp);
        try
        {
            Libc.SetOption(socket.Descriptor, RawLevel, IcmpFilter, ~(1u << type), "ICMP_FILTER", socket._target);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>From now on, the socket receives only packets that pass the filter, which sees them from the IPv4 header on.</summary>
    public void SetFilter(PacketFilter filter) => filter.Attach(Descriptor, _target);

    /// <summary>Sends a packet; waits for buffer space.</summary>
    /// <param name="source">One of this node's addresses; null lets the kernel choose.</param>
    /// <param name="payload">From the header of the protocol on, with its checksum.</param>
    /// <exception cref="LinuxException">
    /// There is no route (ENETUNREACH), the source is not an address of this node (EINVAL), the packet is too long (EMSGSIZE), and so
    /// on.
    /// </exception>
    public void Send(IPAddress? source, IPAddress destination, ReadOnlySpan<byte> payload, SendOptions options = default)
    {
        var control = new ControlWriter(stackalloc byte[128]);
        if (source is not null || options.LinkIndex is not null)
        {
            control.Add(
                Ipv4Level,
                PacketInformation,
                new Ipv4PacketInformation
                {
                    LinkIndex = options.LinkIndex ?? 0,
                    LocalAddress = source is null ? 0 : SocketAddress4.ToOctets(source),
                }
            );
        }
        if (options.HopLimit is { } hopLimit)
        {
            control.Add(Ipv4Level, TimeToLiveMessage, (int)hopLimit);
        }
        if (options.TrafficClass is { } trafficClass)
        {
            control.Add(Ipv4Level, TypeOfServiceMessage, (int)trafficClass);
        }
        var address = new SocketAddress4 { Family = Libc.FamilyInet, Address = SocketAddress4.ToOctets(destination) };
        Libc.Send(Descriptor, address, payload, control.Written, $"{_target} to {destination}");
    }

    /// <summary>Takes the oldest queued packet. False if the queue is empty.</summary>
    public bool TryReceive([NotNullWhen(true)] out ReceivedPacket? packet)
    {
        packet = null;
        Span<byte> control = stackalloc byte[256];
        while (Libc.TryReceive<SocketAddress4>(Descriptor, _buffer, control, _target, out _, out var received))
        {
            // The kernel gives the packet with its header, and has verified and reassembled it.
            if (!Ipv4Packet.TryParse(_buffer.AsMemory(0, received.Length), out var whole, out _))
            {
                continue;
            }
            packet = new ReceivedPacket(
                whole.Source,
                whole.Destination,
                0,
                whole.HopLimit,
                whole.TrafficClass,
                default,
                whole.Payload.ToArray()
            );
            var messages = new ControlReader(control[..received.ControlLength]);
            while (messages.TryNext(out var level, out var type, out var data))
            {
                packet = (level, type) switch
                {
                    (Ipv4Level, PacketInformation) => packet with { LinkIndex = MemoryMarshal.Read<Ipv4PacketInformation>(data).LinkIndex },
                    (Libc.SocketLevel, Libc.TimestampNanoseconds) => packet with
                    {
                        At = KernelTime.FromRealtime(MemoryMarshal.Read<Timespec>(data)),
                    },
                    _ => packet,
                };
            }
            return true;
        }
        return false;
    }

    public void Dispose() => Descriptor.Dispose();
}
