using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// A raw socket for one protocol above IPv6: ipv6(7), RFC 3542. The kernel writes the IPv6 header, and removes extension headers from
/// received packets. While a socket is open, the kernel does not report its protocol as unknown.
/// </summary>
public sealed class Ipv6RawSocket : IReadable, IDisposable
{
    /// <summary>linux/in6.h.</summary>
    private const int Ipv6Level = 41,
        ChecksumOption = 7,
        MembershipOption = 20,
        ReceivePacketInformation = 49,
        PacketInformation = 50,
        ReceiveHopLimit = 51,
        HopLimitMessage = 52,
        ReceiveTrafficClass = 66,
        TrafficClassMessage = 67;

    /// <summary>linux/icmpv6.h: SOL_ICMPV6, ICMPV6_FILTER.</summary>
    private const int Icmpv6Level = 58,
        FilterOption = 1;

    private const int NoChecksum = -1;
    private const int MaximumPayload = 64 * 1024;

    private readonly byte[] _buffer = new byte[MaximumPayload];
    private readonly string _target;

    private Ipv6RawSocket(byte protocol)
    {
        Protocol = protocol;
        _target = $"raw socket {protocol}";
        Descriptor = Libc.OpenSocket(Libc.FamilyInet6, Libc.RawSocket | Libc.NonBlockingSocket, protocol, _target);
    }

    public FileDescriptor Descriptor { get; }

    public byte Protocol { get; }

    /// <summary>
    /// Opens a socket for Mobility Headers (RFC 6275, Section 6.1). The kernel drops received messages with a bad checksum, and fills
    /// in the checksum of sent messages.
    /// </summary>
    public static Ipv6RawSocket OpenMobilityHeader() => Open(IpProtocol.MobilityHeader);

    /// <summary>
    /// Opens a socket for Mobility Headers that neither verifies nor fills in checksums, so that bad checksums can be sent.
    /// </summary>
    public static Ipv6RawSocket OpenMobilityHeaderUnverified() =>
        Open(
            IpProtocol.MobilityHeader,
            socket => Libc.SetOption(socket.Descriptor, Ipv6Level, ChecksumOption, NoChecksum, "IPV6_CHECKSUM", socket._target)
        );

    /// <summary>Opens a socket for ICMPv6 messages of some types. The kernel verifies and fills in their checksums.</summary>
    public static Ipv6RawSocket OpenIcmpv6(Icmpv6Filter filter) =>
        Open(
            IpProtocol.Icmpv6,
            socket => Libc.SetOption(socket.Descriptor, Icmpv6Level, FilterOption, filter.Blocked, "ICMPV6_FILTER", socket._target)
        );

    /// <summary>Opens a socket for any other protocol, for instance 41, in the calling thread's namespace.</summary>
    public static Ipv6RawSocket Open(byte protocol) => Open(protocol, static _ => { });

    /// <summary>Joins a multicast group on a link, so that the socket also receives packets sent to the group.</summary>
    public void Join(IPAddress group, int linkIndex) =>
        Libc.SetOption(
            Descriptor,
            Ipv6Level,
            MembershipOption,
            new AddressOnLink { Address = ToOctets(group), LinkIndex = linkIndex },
            "IPV6_ADD_MEMBERSHIP",
            $"{group} on interface {linkIndex}"
        );

    /// <summary>
    /// From now on, the socket receives only packets that pass the filter. The filter sees packets from the header of the protocol
    /// on.
    /// </summary>
    public void SetFilter(PacketFilter filter) => filter.Attach(Descriptor, _target);

    /// <summary>Sends a packet; waits for buffer space.</summary>
    /// <param name="source">One of this node's addresses; null lets the kernel choose.</param>
    /// <param name="payload">
    /// From the header of the protocol on. If the kernel fills in checksums, it overwrites the checksum field.
    /// </param>
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
                Ipv6Level,
                PacketInformation,
                new AddressOnLink { Address = source is null ? default : ToOctets(source), LinkIndex = options.LinkIndex ?? 0 }
            );
        }

        if (options.HopLimit is { } hopLimit)
        {
            control.Add(Ipv6Level, HopLimitMessage, (int)hopLimit);
        }
        if (options.TrafficClass is { } trafficClass)
        {
            control.Add(Ipv6Level, TrafficClassMessage, (int)trafficClass);
        }
        var address = new SocketAddress6 { Family = Libc.FamilyInet6, Address = ToOctets(destination) };
        if (destination.IsIPv6LinkLocal || destination.IsIPv6Multicast)
        {
            address.Scope = (uint)(options.LinkIndex ?? 0);
        }
        Libc.Send(Descriptor, address, payload, control.Written, $"{_target} to {destination}");
    }

    /// <summary>Takes the oldest queued packet. False if the queue is empty.</summary>
    public bool TryReceive([NotNullWhen(true)] out ReceivedPacket? packet)
    {
        packet = null;
        Span<byte> control = stackalloc byte[256];
        if (!Libc.TryReceive<SocketAddress6>(Descriptor, _buffer, control, _target, out var from, out var received))
        {
            return false;
        }

        packet = new ReceivedPacket(
            ToAddress(from.Address),
            IPAddress.IPv6Any,
            0,
            0,
            0,
            default,
            _buffer.AsSpan(0, received.Length).ToArray()
        );
        var messages = new ControlReader(control[..received.ControlLength]);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            switch (level, type)
            {
                case (Ipv6Level, PacketInformation):
                    var to = MemoryMarshal.Read<AddressOnLink>(data);
                    packet = packet with { Destination = ToAddress(to.Address), LinkIndex = to.LinkIndex };
                    break;
                case (Ipv6Level, HopLimitMessage):
                    packet = packet with { HopLimit = (byte)MemoryMarshal.Read<int>(data) };
                    break;
                case (Ipv6Level, TrafficClassMessage):
                    packet = packet with { TrafficClass = (byte)MemoryMarshal.Read<int>(data) };
                    break;
                case (Libc.SocketLevel, Libc.TimestampNanoseconds):
                    packet = packet with { At = KernelTime.FromRealtime(MemoryMarshal.Read<Timespec>(data)) };
                    break;
            }
        }

        return true;
    }

    public void Dispose() => Descriptor.Dispose();

    /// <summary>Packets that arrive before the options are set lack the data that the options request; they cannot be held back.</summary>
    private static Ipv6RawSocket Open(byte protocol, Action<Ipv6RawSocket> setUp)
    {
        var socket = new Ipv6RawSocket(protocol);
        try
        {
            setUp(socket);
            Libc.SetOption(socket.Descriptor, Ipv6Level, ReceivePacketInformation, 1, "IPV6_RECVPKTINFO", socket._target);
            Libc.SetOption(socket.Descriptor, Ipv6Level, ReceiveHopLimit, 1, "IPV6_RECVHOPLIMIT", socket._target);
            Libc.SetOption(socket.Descriptor, Ipv6Level, ReceiveTrafficClass, 1, "IPV6_RECVTCLASS", socket._target);
            Libc.SetOption(socket.Descriptor, Libc.SocketLevel, Libc.TimestampNanoseconds, 1, "SO_TIMESTAMPNS", socket._target);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Octets16 ToOctets(IPAddress address)
    {
        var octets = new Octets16();
        return address.TryWriteBytes(octets, out var written) && written == Octets16.Length
            ? octets
            : throw new ArgumentException($"{address} is not an IPv6 address.", nameof(address));
    }

    private static IPAddress ToAddress(Octets16 octets) => new((ReadOnlySpan<byte>)octets);
}

/// <summary>Overrides of the kernel's choices for a packet to send; the default overrides none.</summary>
public readonly record struct SendOptions
{
    /// <summary>The outgoing interface; required for link-local destinations and multicast groups.</summary>
    public int? LinkIndex { get; init; }

    public byte? HopLimit { get; init; }

    public byte? TrafficClass { get; init; }
}

/// <summary>A packet received by a raw socket.</summary>
/// <param name="Source">Without a scope ID: <paramref name="LinkIndex"/> gives the interface.</param>
/// <param name="Destination">An address of this node, or a multicast group.</param>
/// <param name="LinkIndex">The interface on which the packet arrived.</param>
/// <param name="At">The time at which the kernel took the packet from the device.</param>
/// <param name="Payload">From the header of the protocol on.</param>
public sealed record ReceivedPacket(
    IPAddress Source,
    IPAddress Destination,
    int LinkIndex,
    byte HopLimit,
    byte TrafficClass,
    KernelTime At,
    ReadOnlyMemory<byte> Payload
);
