using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux;

/// <summary>
/// Receives the datagrams to one UDP port of all addresses of one family, with their destination and link: udp(7), ip(7), ipv6(7). The
/// kernel drops those with an incorrect checksum. While the socket is open, it does not report the port as unreachable.
/// </summary>
public sealed class UdpSocket : IReadable, IDisposable
{
    /// <summary>linux/in.h: IPPROTO_IP, IP_PKTINFO.</summary>
    private const int Ipv4Level = 0,
        Ipv4PacketInformationOption = 8;

    /// <summary>linux/in6.h: IPPROTO_IPV6 and its options.</summary>
    private const int Ipv6Level = 41,
        MembershipOption = 20,
        Ipv6Only = 26,
        ReceivePacketInformation = 49,
        PacketInformation = 50;

    /// <summary>asm-generic/socket.h: SO_REUSEADDR.</summary>
    private const int ReuseAddress = 2;

    private const int MaximumPayload = 64 * 1024;

    private readonly byte[] _buffer = new byte[MaximumPayload];
    private readonly bool _isIpv6;
    private readonly ushort _port;
    private readonly string _target;

    private UdpSocket(bool isIpv6, ushort port)
    {
        (_isIpv6, _port, _target) = (isIpv6, port, $"UDP port {port}");
        Descriptor = Libc.OpenSocket(isIpv6 ? Libc.FamilyInet6 : Libc.FamilyInet, Libc.DatagramSocket | Libc.NonBlockingSocket, 0, _target);
    }

    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a port of IPv4 in the calling thread's namespace.</summary>
    /// <exception cref="LinuxException">Another socket has the port (EADDRINUSE).</exception>
    /// <param name="isShared">Tunnels may have the port as well; they take all datagrams to their addresses.</param>
    public static UdpSocket OpenIpv4(ushort port, bool isShared = false) =>
        Open(
            new UdpSocket(isIpv6: false, port),
            socket =>
            {
                if (isShared)
                {
                    Libc.SetOption(socket.Descriptor, Libc.SocketLevel, ReuseAddress, 1, "SO_REUSEADDR", socket._target);
                }
                Libc.SetOption(socket.Descriptor, Ipv4Level, Ipv4PacketInformationOption, 1, "IP_PKTINFO", socket._target);
                Libc.Bind(
                    socket.Descriptor,
                    new SocketAddress4 { Family = Libc.FamilyInet, Port = BinaryPrimitives.ReverseEndianness(socket._port) },
                    socket._target
                );
            }
        );

    /// <summary>Opens a port of IPv6 in the calling thread's namespace.</summary>
    /// <exception cref="LinuxException">Another socket has the port (EADDRINUSE).</exception>
    public static UdpSocket OpenIpv6(ushort port) =>
        Open(
            new UdpSocket(isIpv6: true, port),
            static socket =>
            {
                Libc.SetOption(socket.Descriptor, Ipv6Level, Ipv6Only, 1, "IPV6_V6ONLY", socket._target);
                Libc.SetOption(socket.Descriptor, Ipv6Level, ReceivePacketInformation, 1, "IPV6_RECVPKTINFO", socket._target);
                Libc.Bind(
                    socket.Descriptor,
                    new SocketAddress6 { Family = Libc.FamilyInet6, Port = BinaryPrimitives.ReverseEndianness(socket._port) },
                    socket._target
                );
            }
        );

    /// <summary>From now on, the socket receives only datagrams that pass the filter, which sees them from the UDP header on.</summary>
    public void SetFilter(PacketFilter filter) => filter.Attach(Descriptor, _target);

    /// <summary>Joins an IPv6 group on a link, so that the socket also receives datagrams to the group.</summary>
    public void Join(IPAddress group, int linkIndex)
    {
        var octets = new Octets16();
        group.TryWriteBytes(octets, out _);
        Libc.SetOption(
            Descriptor,
            Ipv6Level,
            MembershipOption,
            new AddressOnLink { Address = octets, LinkIndex = linkIndex },
            "IPV6_ADD_MEMBERSHIP",
            $"{group} on interface {linkIndex}"
        );
    }

    /// <summary>Takes the oldest queued datagram. False if the queue is empty.</summary>
    public bool TryReceive([NotNullWhen(true)] out ReceivedDatagram? datagram) =>
        _isIpv6 ? TryReceiveIpv6(out datagram) : TryReceiveIpv4(out datagram);

    public void Dispose() => Descriptor.Dispose();

    private static UdpSocket Open(UdpSocket socket, Action<UdpSocket> setUp)
    {
        try
        {
            setUp(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool TryReceiveIpv4([NotNullWhen(true)] out ReceivedDatagram? datagram)
    {
        datagram = null;
        Span<byte> control = stackalloc byte[128];
        if (!Libc.TryReceive<SocketAddress4>(Descriptor, _buffer, control, _target, out var from, out var received))
        {
            return false;
        }

        var to = Find<Ipv4PacketInformation>(control[..received.ControlLength], Ipv4Level, Ipv4PacketInformationOption);
        datagram = Datagram(new IPAddress(from.Address), from.Port, new IPAddress(to.Destination), to.LinkIndex, received);
        return true;
    }

    private bool TryReceiveIpv6([NotNullWhen(true)] out ReceivedDatagram? datagram)
    {
        datagram = null;
        Span<byte> control = stackalloc byte[128];
        if (!Libc.TryReceive<SocketAddress6>(Descriptor, _buffer, control, _target, out var from, out var received))
        {
            return false;
        }

        var to = Find<AddressOnLink>(control[..received.ControlLength], Ipv6Level, PacketInformation);
        datagram = Datagram(ToAddress(from.Address), from.Port, ToAddress(to.Address), to.LinkIndex, received);
        return true;
    }

    private ReceivedDatagram Datagram(IPAddress source, ushort sourcePort, IPAddress destination, int linkIndex, Received received) =>
        new(
            new UdpPath(source, BinaryPrimitives.ReverseEndianness(sourcePort), destination, _port),
            linkIndex,
            _buffer.AsSpan(0, received.Length).ToArray()
        );

    private static T Find<T>(ReadOnlySpan<byte> control, int wantedLevel, int wantedType)
        where T : unmanaged
    {
        var messages = new ControlReader(control);
        while (messages.TryNext(out var level, out var type, out var data))
        {
            if ((level, type) == (wantedLevel, wantedType))
            {
                return MemoryMarshal.Read<T>(data);
            }
        }

        return default;
    }

    private static IPAddress ToAddress(Octets16 octets) => new((ReadOnlySpan<byte>)octets);
}

/// <summary>A datagram received by a <see cref="UdpSocket"/>.</summary>
/// <param name="Path">Addresses without scope IDs: <paramref name="LinkIndex"/> gives the interface.</param>
/// <param name="LinkIndex">The interface on which the datagram arrived.</param>
/// <param name="Payload">From the end of the UDP header on.</param>
public sealed record ReceivedDatagram(UdpPath Path, int LinkIndex, ReadOnlyMemory<byte> Payload);
